//! The index as files: where it lies and how it is opened, in any layout.

use crate::layout::{self, Contents, VERSION, shards};
use anyhow::{Context, Result, bail};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use suoyin_core::format::Kind;
use suoyin_core::search::Explanation;
use suoyin_core::{Analyzer, Error, SearchOptions, SearchResults, Searcher, Sharded, Whole};

/// An index, open, and the file it came from.
pub(crate) struct IndexFile {
    /// The file.
    pub(crate) path: PathBuf,
    /// What is in it.
    pub(crate) index: Index,
    /// What is around it; its index has been taken out.
    pub(crate) contents: Contents,
}

/// An index in either form.
pub(crate) enum Index {
    Whole(Searcher<Whole<Vec<u8>>>),
    Shards(Shards),
}

/// An index in shards, which are read from its folder when they are needed.
pub(crate) struct Shards {
    folder: PathBuf,
    searcher: Searcher<Sharded>,
}

impl IndexFile {
    /// Opens the index `given`: the folder it lies in, or a file of it, in any layout.
    pub(crate) fn open(given: &Path) -> Result<IndexFile> {
        let path = layout::locate(given);
        let mut contents = layout::open(&path)?;
        let bytes = mem::take(&mut contents.index);
        let index = match Kind::of(&bytes) {
            Some(Kind::Root) => Searcher::open_root(bytes).map(|searcher| {
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                Index::Shards(Shards { folder, searcher })
            }),
            _ => Searcher::open(bytes).map(Index::Whole),
        };
        let index = match index {
            Err(error @ Error::Version { .. }) if contents.made_by.is_some() => {
                return Err(error).context(format!(
                    "{}: made by Suoyin {}, and this is Suoyin {VERSION}",
                    path.display(),
                    contents.made_by.unwrap_or_default()
                ));
            }
            index => index.with_context(|| format!("{}: cannot be opened", path.display()))?,
        };
        Ok(IndexFile { path, index, contents })
    }
}

impl Index {
    /// Answers a query.
    pub(crate) fn search(&mut self, query: &str, options: &SearchOptions) -> Result<SearchResults> {
        match self {
            Index::Whole(searcher) => Ok(searcher.search(query, options)?),
            Index::Shards(shards) => shards.ask(|searcher| searcher.search(query, options)),
        }
    }

    /// The fields that documents can be filtered, sorted and counted by.
    pub(crate) fn facets(&self) -> &[String] {
        match self {
            Index::Whole(searcher) => searcher.facets(),
            Index::Shards(shards) => shards.searcher.facets(),
        }
    }

    /// Explains the score of a document.
    pub(crate) fn explain(&mut self, query: &str, id: &str) -> Result<Option<Explanation>> {
        match self {
            Index::Whole(searcher) => Ok(searcher.explain(query, id)?),
            Index::Shards(shards) => shards.ask(|searcher| searcher.explain(query, id)),
        }
    }

    /// Number of documents.
    pub(crate) fn doc_count(&self) -> u32 {
        match self {
            Index::Whole(searcher) => searcher.doc_count(),
            Index::Shards(shards) => shards.searcher.doc_count(),
        }
    }

    /// Its analyzer.
    pub(crate) fn analyzer(&self) -> &Analyzer {
        match self {
            Index::Whole(searcher) => searcher.reader().analyzer(),
            Index::Shards(shards) => shards.searcher.analyzer(),
        }
    }
}

impl Shards {
    /// Asks, loading what is missing until there is an answer.
    fn ask<T>(&mut self, question: impl Fn(&Searcher<Sharded>) -> Result<T, Error>) -> Result<T> {
        loop {
            match question(&self.searcher) {
                Err(Error::Missing { shards }) => self.load(&shards)?,
                answer => return Ok(answer?),
            }
        }
    }

    fn load(&mut self, names: &[String]) -> Result<()> {
        for name in names {
            let shard = shards::read_shard(&self.folder, name)?;
            let sound = self.searcher.load(name, shard);
            sound
                .with_context(|| format!("{}: cannot be used", self.folder.join(name).display()))?;
        }
        Ok(())
    }

    /// Reads all of it, so that any damage shows; gives the number of shards.
    pub(crate) fn verify(&mut self) -> Result<usize> {
        let names = self.searcher.shard_names();
        self.load(&names)?;
        self.searcher.verify()?;
        Ok(names.len())
    }

    /// The names of all shards, relative to `folder`.
    pub(crate) fn names(&self) -> Vec<String> {
        self.searcher.shard_names()
    }

    /// Where the root lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
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
