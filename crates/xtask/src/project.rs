//! Where things are: the checkout, and the folder for tools that outlive it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The root of the checkout that this task was started in.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/xtask lies two folders below the root")
}

/// The folder of the JavaScript tests, which also holds the tools that come from npm.
pub(crate) fn tests_dir() -> PathBuf {
    root().join("tests")
}

/// The variable that names other documents than `docs/` to compile into the module.
pub(crate) const DOCUMENTS_VARIABLE: &str = "SUOYIN_DOCS";

/// The documents that are compiled into the module.
pub(crate) fn documents() -> Result<PathBuf> {
    let path = match env::var_os(DOCUMENTS_VARIABLE) {
        // Relative to where the reader stands, but wasm-pack will stand in the root.
        Some(chosen) => std::path::absolute(chosen)?,
        None => root().join("docs"),
    };
    ensure!(
        path.exists(),
        "there are no documents at {}; set SUOYIN_DOCS to a folder that has some",
        path.display()
    );
    Ok(path)
}

/// Puts a finished folder in the place of an older one.
pub(crate) fn replace(finished: &Path, place: &Path) -> Result<()> {
    if place.exists() {
        fs::remove_dir_all(place).with_context(|| format!("removing {}", place.display()))?;
    }
    fs::rename(finished, place).with_context(|| format!("moving to {}", place.display()))
}

/// The folder where tools are kept for every checkout of this user, so that a fresh clone is quick.
pub(crate) fn tools_dir() -> PathBuf {
    let from = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = from("XDG_CACHE_HOME")
        .or_else(|| from("LOCALAPPDATA"))
        .or_else(|| Some(env::home_dir()?.join(".cache")));
    match cache {
        Some(cache) => cache.join("suoyin-tools"),
        None => root().join("target/tools"),
    }
}

/// The version of a crate that `Cargo.lock` pins.
pub(crate) fn locked_version(name: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    version_in(&lock, name)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock has no {name}: is it among the dependencies?"))
}

/// Finds the version of a crate in the text of a `Cargo.lock`.
fn version_in<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| line.strip_prefix("name = ").is_some_and(|v| v.trim_matches('"') == name))?;
    Some(lines.next()?.strip_prefix("version = ")?.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_that_of_the_crate_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(version_in(lock, "a"), Some("2.0.0"));
        assert_eq!(version_in(lock, "a-b"), Some("1.0.0"));
        assert_eq!(version_in(lock, "b"), None);
    }
}
