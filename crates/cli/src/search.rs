//! `suoyin search`: ask an index a question.

mod filters;

use crate::config::Ranking;
use crate::exit::NotUnderstood;
use crate::index_file::{Index, IndexFile};
use crate::output::{self, FAINT, HIGHLIGHT, STRONG, grouped, one_line};
use crate::suggest;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use suoyin_core::{Error, Expansion, FacetCount, Hit, SearchOptions, SearchResults, Snippet, Sort};
use suoyin_suggest::Kind;

/// Values of a field that are shown for reading, at most.
const MOST_VALUES: usize = 12;

/// What to search for, and in what.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote, or a file in it
    index: PathBuf,
    /// What to search for: text, "a phrase", -excluded, one|another, title:text, begin*; quote it
    /// for the shell. With --filter or --sort it may be empty, which lists all documents
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Show at most N hits
    #[arg(long, value_name = "N", default_value_t = SearchOptions::default().limit)]
    limit: usize,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Only documents with this value, or one within bounds: FIELD=FROM..TO, inclusive, either of
    /// which may be left out; of several values of one field any will do
    #[arg(long = "filter", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// Sort by a field instead of by relevance, FIELD:asc or FIELD:desc; exact hits first still
    #[arg(long, value_name = "FIELD")]
    sort: Option<String>,
    /// Count the values of these fields; `all` for every field that the index can be filtered by
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    facets: Vec<String>,
    /// Show at most N sections of each hit, as hits of their own
    #[arg(long, value_name = "N", default_value_t = 0)]
    sections: usize,
    /// What counts more or less than the index says, such as k1=1.2,title=2,characters=0
    #[arg(long, value_name = "NAME=N,…")]
    ranking: Option<Ranking>,
    /// Width of a passage in columns, from 20 to 1000; a Chinese character takes two
    #[arg(long, value_name = "N", default_value_t = SearchOptions::default().snippet_width as u32)]
    #[arg(value_parser = clap::value_parser!(u32).range(20..=1000))]
    snippet_width: u32,
    /// Print the answer as JSON, with highlights as ranges of UTF-16 code units
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let IndexFile { path, mut index, .. } = IndexFile::open(&options.index)?;
    let wanted = wanted(options, &index)?;
    let start = Instant::now();
    let query = &options.query;
    let results = index.search(query, &wanted);
    let time = start.elapsed();
    let results = results
        .map_err(as_not_understood)
        .with_context(|| format!("{}: cannot be searched", path.display()))?;
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

fn wanted(options: &Options, index: &Index) -> Result<SearchOptions> {
    let fields = index.facets();
    let all = options.facets == ["all"] && !fields.iter().any(|field| field == "all");
    Ok(SearchOptions {
        limit: options.limit,
        offset: options.offset,
        filters: filters::filters(&options.filters)?,
        sort: options.sort.as_deref().map(Sort::parse),
        facets: if all { fields.to_vec() } else { options.facets.clone() },
        sections: options.sections,
        ranking: options.ranking.as_ref().map(Ranking::settings).unwrap_or_default(),
        snippet_width: options.snippet_width as usize,
    })
}

/// A field that the index does not have was misspelt on the command line.
fn as_not_understood(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<Error>() {
        Some(Error::NoField { .. }) => NotUnderstood(error.to_string()).into(),
        _ => error,
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
    for Expansion { word, by } in &results.expanded {
        let _ = writeln!(out, "{FAINT}also {} for {}{FAINT:#}", one_line(by), one_line(word));
    }
    push_facets(&mut out, results);
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

/// The most frequent values of each field that was counted.
fn push_facets(out: &mut String, results: &SearchResults) {
    for (field, counts) in &results.facets {
        let _ = write!(out, "{FAINT}{}{FAINT:#}", one_line(field));
        for FacetCount { value, count } in counts.iter().take(MOST_VALUES) {
            let _ =
                write!(out, "  {} {FAINT}{}{FAINT:#}", one_line(value), grouped((*count).into()));
        }
        let more = counts.len().saturating_sub(MOST_VALUES);
        if more > 0 {
            let _ = write!(out, "  {FAINT}and {} more values{FAINT:#}", grouped(more as u64));
        }
        out.push('\n');
    }
}

fn push_hit(out: &mut String, rank: usize, hit: &Hit) {
    let title = marked(&hit.title, &hit.title_highlights, STRONG);
    let _ = writeln!(out, "\n{rank:>3}. {title}");
    let anchor = hit.section.as_ref().map_or("", |section| &section.anchor);
    push_place(out, "     ", hit, anchor, &hit.snippet);
    for section in &hit.sections {
        let _ = writeln!(out, "       {STRONG}{}{STRONG:#}", one_line(&section.title));
        push_place(out, "         ", hit, &section.anchor, &section.snippet);
    }
}

/// Where a hit or a section of it leads, and what stands there.
fn push_place(out: &mut String, indent: &str, hit: &Hit, anchor: &str, snippet: &Snippet) {
    let hash = if anchor.is_empty() || hit.url.contains('#') { "" } else { "#" };
    let anchor = if hash.is_empty() { "" } else { anchor };
    let url = one_line(&hit.url);
    let _ = writeln!(out, "{indent}{FAINT}{url}{hash}{}{FAINT:#}", one_line(anchor));
    let snippet = marked(&snippet.text, &snippet.highlights, Default::default());
    if !snippet.is_empty() {
        let _ = writeln!(out, "{indent}{snippet}");
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
