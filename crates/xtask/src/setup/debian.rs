//! Packages of Debian that are only read: pages to test and to measure with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::{announce, apt, ensure as ensure_tool};
use crate::{program, project};

/// A package, unpacked and not installed.
pub(crate) struct DebianPackage {
    /// Where it is unpacked.
    pub(crate) files: PathBuf,
    /// The version of what is packaged, without Debian's additions.
    pub(crate) version: String,
}

impl DebianPackage {
    /// Whether such packages can be had on this machine.
    pub(crate) fn can_be_had() -> bool {
        apt::is_available() && program::find("dpkg-deb").is_some()
    }

    /// Finds the package among our tools, or fetches it.
    pub(crate) fn ensure(name: &str) -> Result<DebianPackage> {
        ensure_tool(
            &format!("Debian's package {name}"),
            || find(&folder(name)),
            || fetch(name, &folder(name)),
        )
    }
}

fn folder(name: &str) -> PathBuf {
    project::tools_dir().join("debian").join(name)
}

fn find(folder: &Path) -> Result<Option<DebianPackage>> {
    let Ok(version) = fs::read_to_string(folder.join(VERSION)) else { return Ok(None) };
    Ok(Some(DebianPackage { files: folder.join("files"), version }))
}

/// The file that says which version lies beside it.
const VERSION: &str = "version";

fn fetch(name: &str, folder: &Path) -> Result<()> {
    ensure!(DebianPackage::can_be_had(), "there is no apt-get and dpkg-deb to fetch it with");
    announce(&format!("fetching Debian's {name}"));
    // Unpacked beside and renamed, so that what an interruption leaves is never taken for it.
    let partial = folder.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    fs::create_dir_all(&partial).with_context(|| format!("creating {}", partial.display()))?;
    apt::download(name, &partial)?;
    let (package, version) = downloaded(&partial)?;
    let mut unpack = Command::new("dpkg-deb");
    program::run_silently(unpack.arg("-x").arg(&package).arg(partial.join("files")))?;
    fs::remove_file(&package)?;
    fs::write(partial.join(VERSION), version)?;
    fs::rename(&partial, folder).with_context(|| format!("renaming {}", partial.display()))
}

/// The file that was fetched, and the version in its name.
fn downloaded(folder: &Path) -> Result<(PathBuf, String)> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(version) = name.strip_suffix(".deb").and_then(|name| name.split('_').nth(1)) {
            return Ok((path, upstream(version)));
        }
    }
    bail!("apt-get left no package in {}", folder.display())
}

/// `7.4.7` of `4%3a7.4.7-1+deb12u14`, as it stands in the name of a file.
fn upstream(version: &str) -> String {
    let version = version.split_once("%3a").map_or(version, |(_epoch, rest)| rest);
    version.rsplit_once('-').map_or(version, |(upstream, _revision)| upstream).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_what_is_packaged() {
        assert_eq!(upstream("4%3a7.4.7-1+deb12u14"), "7.4.7");
        assert_eq!(upstream("5.3.0-4"), "5.3.0");
        assert_eq!(upstream("0.19+dfsg-6"), "0.19+dfsg");
        assert_eq!(upstream("1.0"), "1.0");
    }
}
