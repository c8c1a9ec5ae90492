//! `cargo xtask setup`: installs what is missing of the tools the other tasks need.
//!
//! Every tool has a `find`, which is quick, and an `install`, which runs only where `find` came
//! back empty-handed. So a machine where all is in place sees nothing of this.

mod apt;
mod browser;
mod cargo_tools;
mod debian;
mod node;
mod wasm_rust;

use std::fs::{self, File};

use anyhow::{Context, Result};

pub(crate) use self::browser::{Browsers, Chromium};
pub(crate) use self::cargo_tools::{CargoTools, mdbook};
pub(crate) use self::debian::DebianPackage;
pub(crate) use self::node::NodeTools;
pub(crate) use self::wasm_rust::WasmRust;
use crate::project;

/// Brings the machine to where every other task can run.
pub(crate) fn run() -> Result<()> {
    WasmRust::ensure()?;
    CargoTools::ensure()?;
    NodeTools::ensure()?;
    Browsers::ensure()?;
    Ok(())
}

/// Returns what `find` finds; installs it first where there is nothing to find.
fn ensure<T>(
    what: &str,
    find: impl Fn() -> Result<Option<T>>,
    install: impl FnOnce() -> Result<()>,
) -> Result<T> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    // One installation at a time: another checkout may be at the same one.
    let dir = project::tools_dir();
    fs::create_dir_all(&dir).with_context(|| format!("creating {}", dir.display()))?;
    let lock = File::create(dir.join("setup.lock"))?;
    lock.lock().context("waiting for another `cargo xtask setup`")?;
    if let Some(found) = find()? {
        return Ok(found);
    }
    install().with_context(|| format!("installing {what}"))?;
    find()?.with_context(|| format!("{what}: still not found after its installation"))
}

/// Tells the reader what a long step does, and why.
fn announce(message: &str) {
    eprintln!("setup: {message}");
}
