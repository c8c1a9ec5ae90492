//! How far a build has come, on the error output: a line that moves on a terminal, elsewhere a line
//! now and then, and none at all from a build that is over soon.

use crate::output::{self, grouped, size};
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// Between two frames on a terminal.
const FRAME: Duration = Duration::from_millis(100);
/// Between two lines elsewhere.
const LINE: Duration = Duration::from_secs(10);

/// Shows progress until it is dropped.
pub(crate) struct Progress {
    /// None where there is no terminal.
    bar: Option<ProgressBar>,
    pace: Pace,
    documents: Cell<u64>,
    bytes: Cell<u64>,
}

impl Progress {
    pub(crate) fn start() -> Progress {
        let terminal = stderr().is_terminal();
        let bar = terminal.then(|| {
            let style = ProgressStyle::with_template("{spinner:.cyan} {msg} {elapsed:.dim}");
            let bar = ProgressBar::new_spinner().with_style(style.expect("a sound template"));
            bar.set_message("looking for documents");
            bar.enable_steady_tick(FRAME);
            bar
        });
        let pace = Pace::new(if terminal { FRAME } else { LINE });
        Progress { bar, pace, documents: Cell::new(0), bytes: Cell::new(0) }
    }

    /// One more document, of so many bytes.
    pub(crate) fn document(&self, bytes: usize) {
        self.documents.set(self.documents.get() + 1);
        self.bytes.set(self.bytes.get() + bytes as u64);
        if self.pace.is_due(Instant::now()) {
            self.show("");
        }
    }

    /// What comes behind the documents.
    pub(crate) fn phase(&self, what: &str) {
        if self.bar.is_some() || self.pace.is_due(Instant::now()) {
            self.show(&format!(", {what}"));
        }
    }

    fn show(&self, behind: &str) {
        let (documents, bytes) = (grouped(self.documents.get()), size(self.bytes.get()));
        let message = format!("{documents} documents, {bytes} of text{behind}");
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None => output::note(&message),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Something that is done at most once in a while.
struct Pace {
    every: Duration,
    last: Cell<Instant>,
}

impl Pace {
    fn new(every: Duration) -> Pace {
        Pace { every, last: Cell::new(Instant::now()) }
    }

    fn is_due(&self, now: Instant) -> bool {
        let due = now.duration_since(self.last.get()) >= self.every;
        if due {
            self.last.set(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_build_says_nothing_and_a_slow_one_not_too_much() {
        let pace = Pace::new(LINE);
        let start = pace.last.get();
        let due: Vec<u64> =
            (0..40).filter(|&s| pace.is_due(start + Duration::from_secs(s))).collect();
        assert_eq!(due, [10, 20, 30]);
    }
}
