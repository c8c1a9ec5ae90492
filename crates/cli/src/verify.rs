//! `suoyin verify`: read all of an index, so that any damage shows.

use crate::counts::Counts;
use crate::index_file::IndexFile;
use crate::output::{self, STRONG, grouped};
use anyhow::{Context, Result};
use std::path::PathBuf;
use suoyin_core::FORMAT_VERSION;
use suoyin_core::format::Structure;

/// What to verify.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file in it
    index: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, reader, contents } = IndexFile::open(&options.index)?;
    let damaged = || format!("{}: not sound", path.display());
    reader.verify().with_context(damaged)?;
    let counts = Counts::of(&reader).with_context(damaged)?;
    let layout = contents.verify(&path).with_context(damaged)?;
    let texts = reader.structure(Structure::Texts).len() as u64;
    output::text(&format!(
        "{STRONG}{}: sound{STRONG:#}\n\
         {layout}\n\
         header      format version {FORMAT_VERSION}, {} structures, checksum\n\
         dictionary  {} terms\n\
         postings    {} in {} blocks\n\
         documents   {}, {} bytes of text\n",
        path.display(),
        Structure::ALL.len(),
        grouped(counts.terms()),
        grouped(counts.postings),
        grouped(reader.block_count().into()),
        grouped(counts.documents.into()),
        grouped(texts),
    ))
}
