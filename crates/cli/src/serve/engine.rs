//! The open index, on a thread of its own.
//!
//! A searcher keeps what it decodes in cells, which threads cannot share: questions are sent to it.

use crate::index_file::{Index, IndexFile};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use tokio::sync::oneshot;

/// A question for the thread.
type Job = Box<dyn FnOnce(&mut Opened) + Send>;

/// An index and where it lies.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    pub(super) index: Index,
}

impl Opened {
    fn open(given: &Path) -> Result<Opened> {
        let IndexFile { path, index, .. } = IndexFile::open(given)?;
        Ok(Opened { path, index })
    }
}

/// Where questions are sent.
#[derive(Clone)]
pub(super) struct Engine {
    jobs: mpsc::Sender<Job>,
    given: PathBuf,
}

impl Engine {
    /// Opens the index `given` and starts the thread.
    pub(super) fn start(given: &Path) -> Result<Engine> {
        // Before the thread: an index that cannot be opened is an error of the command.
        let (jobs, receiver) = mpsc::channel::<Job>();
        let (opened, result) = mpsc::channel();
        let path = given.to_owned();
        thread::spawn(move || match Opened::open(&path) {
            Ok(mut index) => {
                if opened.send(Ok(())).is_ok() {
                    receiver.into_iter().for_each(|job| job(&mut index));
                }
            }
            Err(error) => drop(opened.send(Err(error))),
        });
        result.recv()??;
        Ok(Engine { jobs, given: given.to_owned() })
    }

    /// Asks; none where the thread has ended, which it does only by a panic.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Opened) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let job = move |index: &mut Opened| {
            // Who asked may be gone by now.
            let _ = answer.send(question(index));
        };
        self.jobs.send(Box::new(job)).ok()?;
        answered.await.ok()
    }

    /// Opens the index again; the one before stays where that fails.
    ///
    /// # Errors
    /// What is wrong, for the user.
    pub(super) fn reload(&self) -> Result<(), String> {
        let given = self.given.clone();
        let (answer, answered) = mpsc::channel();
        let job = move |index: &mut Opened| {
            let opened = Opened::open(&given).map(|opened| *index = opened);
            // Who asked waits below.
            let _ = answer.send(opened.map_err(|error| format!("{error:#}")));
        };
        let ended = |_| "the engine has ended; start the command again".to_owned();
        self.jobs.send(Box::new(job)).map_err(|_| ended(mpsc::RecvError))?;
        answered.recv().map_err(ended)?
    }
}
