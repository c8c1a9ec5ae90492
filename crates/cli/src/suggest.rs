//! `suoyin suggest`: what a query may stand for.

use crate::index_file::{Index, IndexFile};
use crate::layout;
use crate::output::{self, FAINT, one_line};
use anyhow::{Context, Result};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use suoyin_core::SearchOptions;
use suoyin_suggest::{Suggester, Suggestion};

/// What was typed, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file of the index in it
    index: PathBuf,
    /// What was typed: pinyin, zhuyin, the beginning of a phrase, a misspelling
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Show at most N suggestions
    #[arg(long, value_name = "N", default_value_t = 8)]
    limit: usize,
    /// Print the answer as JSON, as `index.suggest` gives it
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Shown<'a> {
    query: &'a str,
    kind: &'static str,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, mut index, .. } = IndexFile::open(&options.index)?;
    let suggester = layout::suggest::open(&path)?.with_context(|| {
        format!(
            "{}: the index was built without suggestions; set `suggest = true` and build it again",
            path.display()
        )
    })?;
    let found = ask(&suggester, &mut index, &options.query, options.limit)
        .with_context(|| format!("{}: cannot be searched", path.display()))?;
    let shown = found.iter().map(|found| Shown { query: &found.query, kind: found.kind.name() });
    if options.json {
        return output::json(&shown.collect::<Vec<_>>());
    }
    let mut lines = String::new();
    for Shown { query, kind } in shown {
        let _ = writeln!(lines, "{} {FAINT}{kind}{FAINT:#}", one_line(query));
    }
    output::text(&lines)
}

/// What was most probably meant by a query that finds nothing; `None` where that cannot be said.
pub(crate) fn meant(path: &Path, index: &mut Index, query: &str) -> Result<Option<Suggestion>> {
    let Some(suggester) = layout::suggest::open(path)? else { return Ok(None) };
    Ok(ask(&suggester, index, query, 1)?.pop())
}

fn ask(
    suggester: &Suggester,
    index: &mut Index,
    query: &str,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let options = SearchOptions { limit: 0, ..SearchOptions::default() };
    suggester.suggest_all(query, limit, |text| Ok(index.search(text, &options)?.total > 0))
}
