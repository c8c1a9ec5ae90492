//! `suoyin search`: ask an index a question.

use crate::index_file::IndexFile;
use crate::output::{self, FAINT, HIGHLIGHT, STRONG, grouped, one_line};
use crate::suggest;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use suoyin_core::{Hit, SearchOptions, SearchResults};
use suoyin_suggest::Kind;

/// What to search for, and in what.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file in it
    index: PathBuf,
    /// What to search for: text, "a phrase" in quotes, -excluded; quote it for the shell
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Show at most N hits
    #[arg(long, value_name = "N", default_value_t = SearchOptions::default().limit)]
    limit: usize,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Print the answer as JSON, with highlights as ranges of UTF-16 code units
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, mut index, .. } = IndexFile::open(&options.index)?;
    let wanted = SearchOptions { limit: options.limit, offset: options.offset };
    let start = Instant::now();
    let query = &options.query;
    let results = index.search(query, &wanted);
    let time = start.elapsed();
    let results = results.with_context(|| format!("{}: cannot be searched", path.display()))?;
    if options.json {
        return output::json(&results);
    }
    let meant = if results.total == 0 { suggest::meant(&path, &mut index, query)? } else { None };
    match meant {
        // What was typed is nothing but pinyin.
        Some(meant) if meant.kind == Kind::Pinyin && meant.whole => {
            let start = Instant::now();
            let results = index.search(&meant.query, &wanted)?;
            let note = format!("{}: read as pinyin\n", one_line(query));
            output::text(&(note + &list(&results, options.offset, start.elapsed())))
        }
        Some(meant) => {
            let note = format!("\nDid you mean {STRONG}{}{STRONG:#}?\n", one_line(&meant.query));
            output::text(&(list(&results, options.offset, time) + &note))
        }
        None => output::text(&list(&results, options.offset, time)),
    }
}

/// The answer for reading; its first hit has the rank `offset` plus one.
fn list(results: &SearchResults, offset: usize, time: Duration) -> String {
    let mut out = format!(
        "{STRONG}{}{STRONG:#}: {} exact, {} related, {:.2} ms\n",
        one_line(&results.query),
        grouped(results.total.into()),
        grouped(results.related.into()),
        time.as_secs_f64() * 1e3
    );
    let mut related = false;
    for (rank, hit) in (offset + 1..).zip(&results.hits) {
        if !hit.exact && !related {
            related = true;
            out.push_str("\nRelated: only parts of the query stand in these\n");
        }
        push_hit(&mut out, rank, hit);
    }
    out
}

fn push_hit(out: &mut String, rank: usize, hit: &Hit) {
    let title = marked(&hit.title, &hit.title_highlights, STRONG);
    let _ = writeln!(out, "\n{rank:>3}. {title}");
    let anchor = hit.section.as_ref().map_or("", |section| &section.anchor);
    let hash = if anchor.is_empty() || hit.url.contains('#') { "" } else { "#" };
    let anchor = if hash.is_empty() { "" } else { anchor };
    let _ = writeln!(out, "     {FAINT}{}{hash}{}{FAINT:#}", one_line(&hit.url), one_line(anchor));
    let snippet = marked(&hit.snippet.text, &hit.snippet.highlights, Default::default());
    if !snippet.is_empty() {
        let _ = writeln!(out, "     {snippet}");
    }
}

/// `text` in `style` with its highlights, `[start, end)` in UTF-16 code units, marked.
fn marked(text: &str, highlights: &[[u32; 2]], style: anstyle::Style) -> String {
    let mut out = String::with_capacity(text.len() + 16 * highlights.len());
    let mut push = |text: &str, style: anstyle::Style| {
        if !text.is_empty() {
            let _ = write!(out, "{style}{}{style:#}", one_line(text));
        }
    };
    let mut rest = text;
    let mut units = 0;
    for &[start, end] in highlights {
        let (before, behind) = split_utf16(rest, start.saturating_sub(units));
        let (inside, behind) = split_utf16(behind, end.saturating_sub(start));
        push(before, style);
        push(inside, HIGHLIGHT);
        (rest, units) = (behind, end);
    }
    push(rest, style);
    out
}

/// Splits `text` behind its first `units` UTF-16 code units.
fn split_utf16(text: &str, units: u32) -> (&str, &str) {
    let mut left = units as usize;
    let end = text.char_indices().find(|(_, c)| {
        let behind = left == 0;
        left = left.saturating_sub(c.len_utf16());
        behind
    });
    text.split_at(end.map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn highlights_count_utf16_units() {
        let text = "𠮷野家和🍙饭团";
        let marked = marked(text, &[[0, 3], [5, 8]], Default::default());
        let mark = |text| format!("{HIGHLIGHT}{text}{HIGHLIGHT:#}");
        assert_eq!(marked, format!("{}家和{}团", mark("𠮷野"), mark("🍙饭")));
        assert_eq!(strip(&marked), text);
    }

    #[test]
    fn highlights_may_touch_both_ends() {
        assert_eq!(strip(&marked("文明", &[[0, 2]], STRONG)), "文明");
        assert_eq!(strip(&marked("", &[], STRONG)), "");
        assert_eq!(strip(&marked("文明", &[[1, 9]], STRONG)), "文明");
    }
}
