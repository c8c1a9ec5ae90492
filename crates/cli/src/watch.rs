//! Waiting for files to change, or for the end.
//!
//! Editors and generators replace files and whole folders, and a watch on what was replaced hears no
//! more of it. So the folder above is watched too, and everything anew before each build.

use crate::output::one_line;
use anyhow::{Context, Result};
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Changes that follow each other closer than this are one.
const QUIET: Duration = Duration::from_millis(200);
/// After this long it is time to act, even if changes go on.
const PATIENCE: Duration = Duration::from_secs(3);
/// Changed files that are named.
const NAMED: usize = 3;

/// Waits for changes of some files and folders.
pub(crate) struct Watch {
    messages: Receiver<Message>,
    sender: Sender<Message>,
    targets: Vec<PathBuf>,
    except: Option<PathBuf>,
    /// Watches until it is dropped.
    watcher: Option<RecommendedWatcher>,
}

enum Message {
    Event(notify::Result<notify::Event>),
    Stop,
}

/// Why a [`Watch`] wakes up.
pub(crate) enum Wake {
    /// Something changed.
    Changed(Changed),
    /// The user wants the end.
    Stopped,
}

/// The files that changed; shown, the first few of them.
pub(crate) struct Changed(BTreeSet<PathBuf>);

/// Why something cannot be watched.
#[derive(Debug)]
pub(crate) enum Error {
    /// This is to be watched, and is what is not to be.
    Circle(PathBuf),
    /// The system does not allow it.
    Notify(notify::Error),
}

/// Whether the user wants the end: Ctrl-C, or a signal that asks for it.
#[derive(Clone)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that is not set ever: signals end the process.
    pub(crate) fn never() -> Stop {
        Stop(Arc::default())
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Watch {
    /// A watch of nothing yet. From now on signals do not end the process, but set what is given.
    pub(crate) fn new() -> Result<(Watch, Stop)> {
        let (sender, messages) = mpsc::channel();
        let stop = Stop::never();
        let (set, wake) = (stop.clone(), sender.clone());
        ctrlc::set_handler(move || {
            set.0.store(true, Ordering::Relaxed);
            // Where nobody waits any more, the end is near anyway.
            let _ = wake.send(Message::Stop);
        })
        .context("Ctrl-C cannot be listened to")?;
        let watch = Watch { messages, sender, targets: Vec::new(), except: None, watcher: None };
        Ok((watch, stop))
    }

    /// Watches `targets`, be they there or not, and no longer those before; what lies in `except`
    /// may change.
    ///
    /// # Errors
    /// [`Error::Circle`] where `except` is one of the targets, or that of the system; what was watched
    /// before still is.
    pub(crate) fn follow(&mut self, targets: &[&Path], except: Option<&Path>) -> Result<(), Error> {
        let resolved_targets: Vec<PathBuf> =
            targets.iter().map(|target| resolved(target)).collect();
        let except = except.map(resolved);
        if let Some(circle) = resolved_targets.iter().position(|t| Some(t) == except.as_ref()) {
            return Err(Error::Circle(targets[circle].to_owned()));
        }
        let mut folders = BTreeMap::new();
        for target in &resolved_targets {
            if target.is_dir() {
                folders.insert(target.as_path(), RecursiveMode::Recursive);
            }
            let above = target.ancestors().skip(1).find(|above| above.is_dir());
            if let Some(above) = above {
                folders.entry(above).or_insert(RecursiveMode::NonRecursive);
            }
        }
        let sender = self.sender.clone();
        let watcher = notify::recommended_watcher(move |event| {
            // Where nobody waits any more, the end is near anyway.
            let _ = sender.send(Message::Event(event));
        });
        let mut watcher = watcher.map_err(Error::Notify)?;
        for (folder, mode) in folders {
            watcher.watch(folder, mode).map_err(Error::Notify)?;
        }
        // The one before goes only now, so that nothing happens unseen.
        self.watcher = Some(watcher);
        (self.targets, self.except) = (resolved_targets, except);
        Ok(())
    }

    /// Waits until something changes and is quiet again, or until the end.
    pub(crate) fn wait(&self) -> Result<Wake> {
        let mut changed = BTreeSet::new();
        let mut first = None;
        loop {
            let message = match first {
                None => self.messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(first) if Instant::now().duration_since(first) > PATIENCE => {
                    Err(RecvTimeoutError::Timeout)
                }
                Some(_) => self.messages.recv_timeout(QUIET),
            };
            match message {
                Ok(Message::Stop) => return Ok(Wake::Stopped),
                Ok(Message::Event(event)) => {
                    let event = event.context("the files can no longer be watched")?;
                    changed.extend(self.relevant(event));
                    if !changed.is_empty() {
                        first.get_or_insert_with(Instant::now);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(Wake::Changed(Changed(changed))),
                // The sender that this watch keeps itself is never gone.
                Err(RecvTimeoutError::Disconnected) => return Ok(Wake::Stopped),
            }
        }
    }

    /// The paths of an event that a target depends on.
    fn relevant(&self, event: notify::Event) -> Vec<PathBuf> {
        // Builds read files, which is an event too.
        let news = match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) => true,
            EventKind::Remove(_) | EventKind::Other => true,
        };
        // Too many events at once: anything may have changed.
        if event.need_rescan() {
            return self.targets.clone();
        }
        let paths = event.paths.into_iter().filter(|path| news && self.concerns(path));
        paths.collect()
    }

    fn concerns(&self, path: &Path) -> bool {
        self.targets.iter().any(|target| match path.strip_prefix(target) {
            Ok(inside) => {
                let except = self.except.as_ref().filter(|except| except.starts_with(target));
                !is_hidden(inside) && !except.is_some_and(|except| path.starts_with(except))
            }
            // A folder above it came or went.
            Err(_) => target.starts_with(path),
        })
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        for (i, path) in self.0.iter().take(NAMED).enumerate() {
            let path = path.strip_prefix(&here).unwrap_or(path);
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}{}", one_line(&path.display().to_string()))?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// Whether a part of it starts with a dot, as do files that editors keep for themselves.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

/// The path as the system reports it: absolute and without links, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match known {
        Some((above, real)) => match path.strip_prefix(above) {
            Ok(rest) if rest.as_os_str().is_empty() => real,
            Ok(rest) => real.join(rest),
            Err(_) => path,
        },
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(targets: &[&str], except: &str) -> Watch {
        let (sender, messages) = mpsc::channel();
        let targets = targets.iter().map(PathBuf::from).collect();
        Watch { messages, sender, targets, except: Some(except.into()), watcher: None }
    }

    #[test]
    fn what_a_build_reads_concerns_it_and_what_it_writes_does_not() {
        let watch = watch(&["/site/docs", "/site/suoyin.toml"], "/site/docs/search");
        for path in ["/site/docs/a.md", "/site/docs/b", "/site/suoyin.toml", "/site/docs", "/site"]
        {
            assert!(watch.concerns(Path::new(path)), "{path}");
        }
        for path in ["/site/docs/search/index", "/site/docs/.a.swp", "/site/docs/.git/x", "/site/z"]
        {
            assert!(!watch.concerns(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn an_output_above_the_inputs_hides_none_of_them() {
        let watch = watch(&["/site/docs"], "/site");
        assert!(watch.concerns(Path::new("/site/docs/a.md")));
        assert!(!watch.concerns(Path::new("/site/index.suoyin")));
    }

    #[test]
    fn a_change_is_told_in_a_line() {
        let paths = ["/a", "/b\n", "/c", "/d", "/e"].map(PathBuf::from);
        let told = |count: usize| Changed(paths[..count].iter().cloned().collect()).to_string();
        assert_eq!(told(1), "/a");
        assert_eq!(told(5), "/a, /b , /c and 2 more");
    }
}
