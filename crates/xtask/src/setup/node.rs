//! Node, and the packages from npm that `tests/package-lock.json` lists.

use std::fs;
use std::path::PathBuf;
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
    /// Finds Node and the packages, or installs them.
    pub(crate) fn ensure() -> Result<NodeTools> {
        ensure("Node", find_node, install_node)?;
        Self::ensure_packages()
    }

    /// The same on a machine that has Node; `None` on one that has not.
    pub(crate) fn ensure_if_node() -> Result<Option<NodeTools>> {
        match program::find("node").and(program::find("npm")) {
            Some(_) => Self::ensure_packages().map(Some),
            None => Ok(None),
        }
    }

    fn ensure_packages() -> Result<NodeTools> {
        ensure("the npm packages", find_packages, install_packages)
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
fn find_packages() -> Result<Option<NodeTools>> {
    let wanted = fs::read_to_string(project::tests_dir().join("package-lock.json"))
        .context("reading tests/package-lock.json")?;
    let installed = fs::read_to_string(stamp()).unwrap_or_default();
    let bin = project::tests_dir().join("node_modules/.bin");
    Ok((installed == wanted).then_some(NodeTools { bin }))
}

fn install_packages() -> Result<()> {
    announce("fetching the npm packages of tests/");
    let dir = project::tests_dir();
    let wanted = fs::read_to_string(dir.join("package-lock.json"))?;
    let npm = program::find("npm").context("npm is not in PATH")?;
    program::run_silently(Command::new(npm).current_dir(&dir).arg("ci"))?;
    // Last, so that it is absent where npm was interrupted: `npm ci` starts by removing the folder.
    fs::write(stamp(), wanted).context("noting which packages are installed")
}

/// A copy of the lock file that the installed packages come from.
fn stamp() -> PathBuf {
    project::tests_dir().join("node_modules/.installed-from")
}
