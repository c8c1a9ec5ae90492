//! `suoyin verify`: read all of an index, so that any damage shows.

use crate::counts::Counts;
use crate::index_file::{Index, IndexFile};
use crate::layout;
use crate::output::{self, STRONG, grouped};
use anyhow::{Context, Result};
use std::path::PathBuf;
use suoyin_core::format::{Kind, Structure};
use suoyin_core::{Error, FORMAT_VERSION, IndexReader};

/// What to verify.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file in it
    index: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, mut index, contents } = IndexFile::open(&options.index)?;
    let damaged = || format!("{}: not sound", path.display());
    let rows = match &mut index {
        Index::Whole(searcher) => whole(searcher.reader()).with_context(damaged)?,
        Index::Shards(shards) => {
            let count = shards.verify().with_context(damaged)? as u64;
            let documents = index.doc_count().into();
            format!(
                "root        format version {FORMAT_VERSION}, checksum\n\
                 shards      {}, with their checksums\n\
                 documents   {}\n",
                grouped(count),
                grouped(documents)
            )
        }
    };
    let layout = contents.verify(&path).with_context(damaged)?;
    let suggestions = match layout::suggest::open(&path).with_context(damaged)? {
        Some(suggester) => format!("suggestions {} phrases\n", grouped(suggester.len() as u64)),
        None => String::new(),
    };
    output::text(&format!(
        "{STRONG}{}: sound{STRONG:#}\n{layout}\n{rows}{suggestions}",
        path.display()
    ))
}

/// Reads all of an index in one piece; gives lines that say what it holds.
fn whole(reader: &IndexReader<Vec<u8>>) -> Result<String, Error> {
    reader.verify()?;
    let counts = Counts::of(reader)?;
    let texts = reader.structure(Structure::Texts).len() as u64;
    Ok(format!(
        "header      format version {FORMAT_VERSION}, {} structures, checksum\n\
         dictionary  {} terms\n\
         postings    {} in {} blocks\n\
         documents   {}, {} bytes of text\n",
        Kind::Index.structures().len(),
        grouped(counts.terms()),
        grouped(counts.postings),
        grouped(reader.block_count().into()),
        grouped(counts.documents.into()),
        grouped(texts),
    ))
}
