//! The index as files: where it lies and how it is opened.

use crate::layout::{self, Contents, VERSION};
use anyhow::{Context, Result, bail};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use suoyin_core::{Error, IndexReader};

/// An index, open, and the file it came from.
pub(crate) struct IndexFile {
    /// The file.
    pub(crate) path: PathBuf,
    /// What is in it.
    pub(crate) reader: IndexReader<Vec<u8>>,
    /// What is around it; its index has been taken out.
    pub(crate) contents: Contents,
}

impl IndexFile {
    /// Opens the index `given`: the folder it lies in, or a file of it, in any layout.
    pub(crate) fn open(given: &Path) -> Result<IndexFile> {
        let path = layout::locate(given);
        let mut contents = layout::open(&path)?;
        let reader = match IndexReader::open(mem::take(&mut contents.index)) {
            Err(Error::Version { found, supported }) if contents.made_by.is_some() => bail!(
                "{}: made by Suoyin {}, in format version {found}; this is Suoyin {VERSION}, which \
                 reads version {supported}: build the index again, or use that release",
                path.display(),
                contents.made_by.unwrap_or_default()
            ),
            reader => reader.with_context(|| format!("{}: cannot be opened", path.display()))?,
        };
        Ok(IndexFile { path, reader, contents })
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
