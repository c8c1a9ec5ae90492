//! Files that take their places together.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Files of one index, written beside where they belong until all of them are whole.
///
/// Where they are dropped without [`commit`](Self::commit), nothing of them is left.
pub(super) struct Files<'a> {
    folder: &'a Path,
    staged: Vec<(NamedTempFile, PathBuf)>,
}

impl<'a> Files<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Files { folder, staged: Vec::new() }
    }

    /// Writes a file that is to have this name and, one behind the other, these bytes; gives its
    /// path to be.
    pub(super) fn add(&mut self, name: &str, parts: &[&[u8]]) -> Result<PathBuf> {
        let path = self.folder.join(name);
        // Found out before any file is in its place, not in between.
        ensure!(
            !path.is_dir(),
            "{}: cannot be written, a folder has this name; move it, or give another folder",
            path.display()
        );
        // What stays the same is left alone, for whoever copies files by their age.
        if fs::read(&path).is_ok_and(|there| is_made_of(&there, parts)) {
            return Ok(path);
        }
        let write = || -> io::Result<NamedTempFile> {
            let mut file = builder().tempfile_in(self.folder)?;
            parts.iter().try_for_each(|bytes| file.write_all(bytes))?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = write().with_context(|| cannot_write(&path))?;
        self.staged.push((file, path.clone()));
        Ok(path)
    }

    /// Moves them into their places, in the order in which they were added.
    pub(super) fn commit(self) -> Result<()> {
        for (file, path) in self.staged {
            file.persist(&path).with_context(|| cannot_write(&path))?;
        }
        Ok(())
    }
}

/// Whether `bytes` are these parts, one behind the other.
fn is_made_of(bytes: &[u8], parts: &[&[u8]]) -> bool {
    let rest = parts.iter().try_fold(bytes, |rest, part| rest.strip_prefix(*part));
    rest.is_some_and(<[u8]>::is_empty)
}

/// Makes files that are written beside where they belong.
pub(super) fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".suoyin.").suffix(".part");
    // As any other file: the one that a server reads is often not the one that builds.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

pub(super) fn cannot_write(path: &Path) -> String {
    format!(
        "{}: cannot be written; check the space on the disk and the permissions",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &[&[u8]] = &[b"n", b"ew"];

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn until_all_are_written_the_old_ones_stand() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join("a"), "old").unwrap();
        fs::create_dir(folder.join("c")).unwrap();
        let mut files = Files::new(folder);
        files.add("a", NEW).unwrap();
        files.add("b", NEW).unwrap();
        assert!(files.add("c", NEW).is_err());
        drop(files);
        assert_eq!(names(folder), ["a", "c"]);
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"old");

        let mut files = Files::new(folder);
        files.add("a", NEW).unwrap();
        files.add("b", NEW).unwrap();
        files.commit().unwrap();
        assert_eq!(names(folder), ["a", "b", "c"]);
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"new");
    }
}
