//! `suoyin inspect`: where the bytes of an index go, or what it holds of one term.

mod bound;
mod shards;
mod sizes;
mod term;

use crate::index_file::{Index, IndexFile, Shards};
use crate::output;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// What to look into.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file in it
    index: PathBuf,
    /// Show what the index holds of this text instead of its sizes
    term: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Sizes are in bytes: as they are, by brotli at level 11, and the information bound:
  second characters     log2 C(A + 1, n) bits for each character that n terms start with,
                        A being the number of characters in the alphabet
  postings              log2 C(N, df) bits for each term in df of the N documents
  document frequencies, term frequencies, field norms
                        zero-order entropy of the values
B is the sum of the first two. The strings of words have no such bound, so B leaves them out.";

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, index, .. } = IndexFile::open(&options.index)?;
    let reader = match &index {
        Index::Whole(searcher) => searcher.reader(),
        Index::Shards(shards) => return inspect_shards(shards, options),
    };
    let unreadable = || format!("{}: cannot be read", path.display());
    match &options.term {
        None => {
            let sizes = sizes::Sizes::of(reader).with_context(unreadable)?;
            if options.json { output::json(&sizes) } else { output::text(&sizes.table()) }
        }
        Some(text) => {
            let found = term::Terms::of(reader, text).with_context(unreadable)?;
            if options.json { output::json(&found) } else { output::text(&found.list()) }
        }
    }
}

fn inspect_shards(shards: &Shards, options: &Options) -> Result<()> {
    ensure!(
        options.term.is_none(),
        "{}: the terms of an index in shards cannot be shown one by one; build the same documents \
         with `--layout module` to look into them",
        shards.folder().display()
    );
    let sizes = shards::Sizes::of(shards)?;
    if options.json { output::json(&sizes) } else { output::text(&sizes.table()) }
}
