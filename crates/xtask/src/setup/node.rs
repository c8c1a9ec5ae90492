//! Node, and the packages from npm that a `package-lock.json` lists, that of `tests/` above all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{announce, apt, ensure};
use crate::{program, project};

/// The oldest Node whose test runner has the options we use.
const OLDEST: u32 = 20;

/// Node and the programs of the npm packages.
pub(crate) struct NodeTools {
    /// `node_modules/.bin`.
    pub(crate) bin: PathBuf,
}

impl NodeTools {
    /// Finds Node and the packages of `tests/`, or installs them.
    pub(crate) fn ensure() -> Result<NodeTools> {
        Self::ensure_in(&project::tests_dir())
    }

    /// The same with the packages of another folder, which are installed there.
    pub(crate) fn ensure_in(folder: &Path) -> Result<NodeTools> {
        ensure("Node", find_node, install_node)?;
        Self::ensure_packages(folder)
    }

    /// The packages of `tests/` on a machine that has Node; `None` on one that has not.
    pub(crate) fn ensure_if_node() -> Result<Option<NodeTools>> {
        match program::find("node").and(program::find("npm")) {
            Some(_) => Self::ensure_packages(&project::tests_dir()).map(Some),
            None => Ok(None),
        }
    }

    fn ensure_packages(folder: &Path) -> Result<NodeTools> {
        let what = format!("the npm packages of {}", folder.display());
        ensure(&what, || find_packages(folder), || install_packages(folder))
    }
}

fn find_node() -> Result<Option<()>> {
    if program::find("node").and(program::find("npm")).is_none() {
        return Ok(None);
    }
    let version = program::read(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= OLDEST) {
        return Ok(Some(()));
    }
    bail!("Node {OLDEST} or newer is needed; this one is {}", version.trim());
}

fn install_node() -> Result<()> {
    if !apt::is_available() {
        bail!("please install Node {OLDEST} or newer, with npm: https://nodejs.org");
    }
    apt::install(&["nodejs", "npm"], "the tests of the page run in Node")
}

/// Complete packages, installed from the lock file as it is now.
fn find_packages(folder: &Path) -> Result<Option<NodeTools>> {
    let wanted = locked(folder)?;
    let installed = fs::read_to_string(stamp(folder)).unwrap_or_default();
    let bin = folder.join("node_modules/.bin");
    Ok((installed == wanted).then_some(NodeTools { bin }))
}

fn install_packages(folder: &Path) -> Result<()> {
    announce(&format!("fetching the npm packages of {}", folder.display()));
    let wanted = locked(folder)?;
    let npm = program::find("npm").context("npm is not in PATH")?;
    program::run_silently(Command::new(npm).current_dir(folder).arg("ci"))?;
    // Last, so that it is absent where npm was interrupted: `npm ci` starts by removing the folder.
    fs::write(stamp(folder), wanted).context("noting which packages are installed")
}

fn locked(folder: &Path) -> Result<String> {
    let lock = folder.join("package-lock.json");
    fs::read_to_string(&lock).with_context(|| format!("reading {}", lock.display()))
}

/// A copy of the lock file that the installed packages come from.
fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-from")
}
