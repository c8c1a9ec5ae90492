//! The scripts that pages load beside an index, whatever its layout: they find the client by themselves.

use super::files::Files;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Their names, and what is in them.
const SCRIPTS: &[(&str, &str)] = &[
    ("suoyin-highlight.js", include_str!("../../engine/suoyin-highlight.js")),
    ("suoyin-results.js", include_str!("../../engine/suoyin-results.js")),
    ("suoyin-search.js", include_str!("../../engine/suoyin-search.js")),
];

/// What they start with; the version follows.
const START: &str = "/*! Suoyin ";

/// Writes them, and gives their names.
pub(super) fn write(files: &mut Files<'_>) -> Result<Vec<&'static str>> {
    let add = |&(name, code): &(&'static str, &str)| {
        files.add(name, &[code.as_bytes()])?;
        Ok(name)
    };
    SCRIPTS.iter().map(add).collect()
}

/// Removes those that an earlier build left in `folder`.
pub(super) fn remove(folder: &Path) -> Result<()> {
    let ours = |bytes: &[u8]| bytes.starts_with(START.as_bytes());
    SCRIPTS.iter().try_for_each(|(name, _)| super::remove_if(&folder.join(name), ours))
}

/// Those beside the file at `path`, with what ought to be in them.
pub(super) fn beside(path: &Path) -> impl Iterator<Item = (PathBuf, &'static str)> {
    let paths = SCRIPTS.iter().map(|(name, code)| (path.with_file_name(name), *code));
    paths.filter(|(path, _)| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::VERSION;

    #[test]
    fn they_are_known_by_how_they_start() {
        for (name, code) in SCRIPTS {
            assert!(code.starts_with(&format!("{START}{VERSION} */\n")), "{name}");
            assert!(code.is_ascii(), "{name}: pages in any encoding read it alike");
        }
    }
}
