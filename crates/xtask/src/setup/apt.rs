//! Debian's packages, for what neither cargo nor npm can bring.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow};

use super::announce;
use crate::program;

/// Whether this machine has Debian's package manager.
pub(super) fn is_available() -> bool {
    program::find("apt-get").is_some()
}

/// Installs packages, without those they merely recommend.
pub(super) fn install(packages: &[&str], why: &str) -> Result<()> {
    update()?;
    announce(&format!("installing {} ({why})", packages.join(", ")));
    let mut command = apt_get()?;
    command.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    program::run_silently(&mut command)
        .with_context(|| format!("please install by hand: {}", packages.join(" ")))
}

/// Fetches the file of a package into a folder, without installing it.
pub(super) fn download(package: &str, folder: &Path) -> Result<()> {
    let mut download = Command::new("apt-get");
    download.args(["--quiet", "-o", "Acquire::Retries=3", "download", package]);
    download.current_dir(folder);
    let Err(first) = program::run_silently(&mut download) else { return Ok(()) };
    // The lists may be missing, or name a version that is no longer there.
    announce(&format!("{package} cannot be fetched yet: {first:#}"));
    update()?;
    program::run_silently(&mut download)
}

/// Fetches the lists of packages, once for each run of this program.
fn update() -> Result<()> {
    static DONE: OnceLock<Result<(), String>> = OnceLock::new();
    let done = DONE.get_or_init(|| {
        announce("updating the lists of Debian's packages");
        apt_get()
            .and_then(|mut command| program::run_silently(command.arg("update")))
            .map_err(|error| format!("{error:#}"))
    });
    done.clone().map_err(|message| anyhow!(message))
}

/// `apt-get` that asks nothing, and waits for another one that is running.
fn apt_get() -> Result<Command> {
    // By `env`, because sudo drops the variables of its caller.
    let mut command = program::as_root("env")?;
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    command.args(["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"]);
    Ok(command)
}
