//! The index as a file: where it lies, how it is read, how it is replaced.

use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use suoyin_core::IndexReader;

/// The name of the index in the folder that `suoyin build` writes.
pub(crate) const NAME: &str = "index.suoyin";

/// An index, open, and the file it came from.
pub(crate) struct IndexFile {
    /// The file.
    pub(crate) path: PathBuf,
    /// What is in it.
    pub(crate) reader: IndexReader<Vec<u8>>,
}

impl IndexFile {
    /// Opens the index `given`: the folder it lies in, or the file.
    pub(crate) fn open(given: &Path) -> Result<IndexFile> {
        let path = if given.is_dir() { given.join(NAME) } else { given.to_owned() };
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => anyhow!(
                "{}: there is no index here; `suoyin build DOCUMENTS -o FOLDER` makes one",
                path.display()
            ),
            _ => anyhow::Error::new(error).context(format!(
                "{}: the index cannot be read; check the path and its permissions",
                path.display()
            )),
        })?;
        let reader = IndexReader::open(bytes)
            .with_context(|| format!("{}: cannot be opened", path.display()))?;
        Ok(IndexFile { path, reader })
    }
}

/// Makes sure that `folder` is there and that files can be made in it.
pub(crate) fn prepare(folder: &Path) -> Result<()> {
    if folder.is_file() {
        bail!("{}: this is a file; give a folder to write the index into", folder.display());
    }
    let remedy = || {
        format!(
            "{}: cannot be written to; give another folder, or check its permissions",
            folder.display()
        )
    };
    fs::create_dir_all(folder).with_context(remedy)?;
    tempfile::tempfile_in(folder).with_context(remedy)?;
    Ok(())
}

/// Writes `index` into `folder`; gives its path.
///
/// The index that was there stays whole until the new one takes its place in one step.
pub(crate) fn write(folder: &Path, index: &[u8]) -> Result<PathBuf> {
    let path = folder.join(NAME);
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".index.").suffix(".suoyin");
        // As any other file: the one that a server reads is often not the one that builds.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(index)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    write().with_context(|| {
        format!(
            "{}: cannot be written; check the space on the disk and the permissions",
            path.display()
        )
    })?;
    Ok(path)
}
