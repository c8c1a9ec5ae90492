//! How the command ends: the codes that scripts go by.
//!
//! | code | means |
//! |---|---|
//! | 0 | all is well; `--watch` and `serve`, which run until they are told to end, too |
//! | 1 | the command failed: a file is missing or cannot be read or written, the index is damaged, … |
//! | 2 | the command line or `suoyin.toml` was not understood; nothing was done |
//! | 3 | `verify` found damage |

use std::fmt;
use std::process::ExitCode;

/// The same for `--help`.
pub(crate) const HELP: &str = "\
Exit codes:
  0  all is well
  1  the command failed
  2  the command line or suoyin.toml was not understood
  3  verify found damage";

/// What the user wrote was not understood.
#[derive(Debug)]
pub(crate) struct NotUnderstood(pub(crate) String);

impl fmt::Display for NotUnderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotUnderstood {}

/// What lies in a file is not what was written there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Damaged(pub(crate) &'static str);

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Damaged {}

/// The code for an error; `verifying` an index, what is wrong with its bytes is damage found.
pub(crate) fn code(error: &anyhow::Error, verifying: bool) -> ExitCode {
    let damage =
        || error.is::<Damaged>() || error.chain().any(|cause| cause.is::<suoyin_core::Error>());
    match error {
        _ if error.is::<NotUnderstood>() => ExitCode::from(2),
        _ if verifying && damage() => ExitCode::from(3),
        _ => ExitCode::FAILURE,
    }
}
