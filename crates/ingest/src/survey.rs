//! A look at all pages before the first of them becomes a document: what they have in common.
//!
//! Whether a page is the copy of another, whether it lacks the mark that others have, and which of its
//! blocks belong to the site can only be said with the others in view. Pages are read by all processors
//! and forgotten again; what is kept are their canonical URLs, and the hashes of blocks of at most
//! [`SAMPLE`] pages, so memory does not grow with the text.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use regex::bytes::Regex;

use crate::blocks::{Census, Common, Seen};
use crate::decode::decode;
use crate::html::{self, Page};
use crate::ingest::IngestOptions;
use crate::markdown;
use crate::report::SkipReason;
use crate::url;
use crate::walk::{Format, Source};

/// So many pages of a format, evenly spread, say which blocks stand in most of them.
const SAMPLE: usize = 512;

/// What the pages have in common.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The blocks of pages in HTML and in Markdown.
    pub(crate) html: Common,
    pub(crate) markdown: Common,
    /// The inputs in which a page marks its content.
    marked: Vec<usize>,
    /// The ids of the pages that stand for a canonical URL, where several have it.
    originals: HashMap<String, String>,
    /// A canonical URL of most pages: a mistake of the template.
    pub(crate) mistaken: Option<String>,
}

/// What one page says.
#[derive(Debug, Default)]
struct Facts {
    has_body: bool,
    /// In the form that all addresses of a page have in common.
    canonical: Option<String>,
    /// For pages of the sample.
    blocks: Option<Seen>,
}

impl Survey {
    /// Reads the pages among `sources`. What cannot be read is left to who reads it next.
    pub(crate) fn of(sources: &[Source], options: &IngestOptions) -> Survey {
        let pages = |format| -> Vec<&Source> {
            sources.iter().filter(|source| source.format == format).collect()
        };
        let counts_blocks = options.common_share.is_some();
        let mut of_html = in_order(&pages(Format::Html), counts_blocks, options);
        // Markdown has nothing else to tell.
        let markdown = if counts_blocks { pages(Format::Markdown) } else { Vec::new() };
        let mut of_markdown = in_order(&markdown, counts_blocks, options);
        let mut marked: Vec<usize> =
            of_html.iter().filter(|(_, facts)| facts.has_body).map(|(s, _)| s.input).collect();
        marked.dedup();
        let common = |facts: &mut [(&Source, Facts)]| {
            let mut census = Census::default();
            // Pages that will be left out do not count.
            let stays = |source: &Source, facts: &Facts| {
                facts.has_body || source.format != Format::Html || !marked.contains(&source.input)
            };
            for (source, facts) in facts {
                if let Some(blocks) = facts.blocks.take().filter(|_| stays(source, facts)) {
                    census.add(blocks);
                }
            }
            census.common(options.common_share.unwrap_or(1.0))
        };
        let (html, markdown) = (common(&mut of_html), common(&mut of_markdown));
        let mut survey = Survey { html, markdown, marked, ..Survey::default() };
        survey.find_originals(&of_html, options);
        survey
    }

    fn find_originals(&mut self, pages: &[(&Source, Facts)], options: &IngestOptions) {
        /// Fewer pages with one canonical URL are copies of each other.
        const LEAST_MISTAKEN: usize = 8;
        let mut groups: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
        for (source, facts) in pages {
            if let Some(canonical) = &facts.canonical {
                groups.entry(canonical).or_default().push(source);
            }
        }
        for (source, _) in pages.iter().filter(|(_, facts)| facts.canonical.is_none()) {
            if let Some(group) = groups.get_mut(own(source, options).as_str()) {
                group.push(source);
            }
        }
        for (canonical, group) in groups {
            if group.len() >= LEAST_MISTAKEN && group.len() * 2 > pages.len() {
                self.mistaken = Some(canonical.to_owned());
                continue;
            }
            let best = group.iter().enumerate().max_by_key(|&(index, source)| {
                (likeness(canonical, source, options), std::cmp::Reverse(index))
            });
            if let Some((_, best)) = best.filter(|_| group.len() > 1) {
                self.originals.insert(canonical.to_owned(), best.id.clone());
            }
        }
    }

    /// Why a page becomes no document, given the others.
    pub(crate) fn skip_reason(
        &self,
        page: &Page,
        source: &Source,
        options: &IngestOptions,
    ) -> Option<SkipReason> {
        if !page.has_body() && self.marked.contains(&source.input) {
            return Some(SkipReason::Unmarked);
        }
        let canonical = canonical(page, source, options);
        let canonical = canonical.filter(|canonical| self.mistaken.as_ref() != Some(canonical))?;
        if self.originals.get(&canonical).is_some_and(|original| *original != source.id) {
            return Some(SkipReason::Duplicate);
        }
        let elsewhere = likeness(&canonical, source, options) == 0;
        (elsewhere && page.is_stub()).then_some(SkipReason::Redirect)
    }
}

/// Reads the pages on all processors; what they say, in their order.
fn in_order<'a>(
    pages: &[&'a Source],
    counts_blocks: bool,
    options: &IngestOptions,
) -> Vec<(&'a Source, Facts)> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get()).min(pages.len());
    let next = AtomicUsize::new(0);
    let read = || {
        let mut facts = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(&page) = pages.get(index) else { return facts };
            let in_sample = counts_blocks && is_in_sample(index, pages.len());
            facts.push((index, page, facts_of(page, in_sample, options)));
        }
    };
    let mut all: Vec<(usize, &Source, Facts)> = thread::scope(|scope| {
        let readers: Vec<_> = (0..threads).map(|_| scope.spawn(read)).collect();
        readers
            .into_iter()
            .flat_map(|reader| {
                reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    all.sort_unstable_by_key(|(index, ..)| *index);
    all.into_iter().map(|(_, page, facts)| (page, facts)).collect()
}

/// Whether this page of so many is in the sample.
fn is_in_sample(index: usize, pages: usize) -> bool {
    pages <= SAMPLE || index * SAMPLE / pages != (index + 1) * SAMPLE / pages
}

fn facts_of(source: &Source, in_sample: bool, options: &IngestOptions) -> Facts {
    let is_html = source.format == Format::Html;
    if !is_html && !in_sample {
        return Facts::default();
    }
    let Ok(bytes) = fs::read(&source.path) else { return Facts::default() };
    if !in_sample && !may_tell(&bytes) {
        return Facts::default();
    }
    let text = decode(bytes, is_html);
    let Some(text) = text.map(|decoded| decoded.text) else { return Facts::default() };
    let mut seen = Seen::default();
    if !is_html {
        // Malformed front matter is reported by who reads the file next.
        let _ = markdown::parse(&text, &mut seen);
        return Facts { blocks: Some(seen), ..Facts::default() };
    }
    let may_have_body = ["data-suoyin-body", "data-pagefind-body"].iter().any(|b| text.contains(b));
    let page = html::read(if in_sample || may_have_body { &text } else { head(&text) });
    if page.skip_reason().is_some() {
        return Facts::default();
    }
    let (has_body, canonical) = (page.has_body(), canonical(&page, source, options));
    let blocks = in_sample.then(|| {
        let _ = html::parse(page, &mut seen);
        seen
    });
    Facts { has_body, canonical, blocks }
}

/// Whether a page may say anything of itself that matters for others: cheap, before it is decoded.
fn may_tell(bytes: &[u8]) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("data-(?:suoyin|pagefind)-body|canonical|CANONICAL")
            .expect("a constant pattern is well-formed")
    });
    // In UTF-16 no word stands as such.
    matches!(bytes, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..])
        || WORDS.is_match(bytes)
}

/// What stands before the body of a page: where its canonical URL is.
fn head(page: &str) -> &str {
    let body = page.find("<body").or_else(|| page.find("<BODY"));
    &page[..body.unwrap_or(page.len())]
}

/// The address of a page, in the form that all its addresses have in common.
fn own(source: &Source, options: &IngestOptions) -> String {
    url::same_page(&url::of_id(&options.base_url, &source.id))
}

/// The canonical address, in that form.
fn canonical(page: &Page, source: &Source, options: &IngestOptions) -> Option<String> {
    let own = url::of_id(&options.base_url, &source.id);
    url::beside(&own, page.canonical()).map(|canonical| url::same_page(&canonical))
}

/// How much of a canonical address a page's own path is: 0 where it is another page's.
fn likeness(canonical: &str, source: &Source, options: &IngestOptions) -> usize {
    let path = url::same_page(&url::of_id("", &source.id));
    if own(source, options) == canonical {
        return usize::MAX;
    }
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (canonical, path) = (decoded(canonical), decoded(&path));
    let is_tail = canonical.strip_suffix(&path).is_some_and(|before| {
        // The start page is any folder, or the site itself.
        path.is_empty() || before.is_empty() || before.ends_with('/')
    });
    if is_tail { path.len() + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_spread() {
        for pages in [1, 511, 512, 513, 2549, 100_000] {
            let sample: Vec<usize> = (0..pages).filter(|&i| is_in_sample(i, pages)).collect();
            assert_eq!(sample.len(), pages.min(SAMPLE));
            let widest = sample.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(1);
            assert!(widest <= pages.div_ceil(SAMPLE));
        }
    }

    #[test]
    fn likeness_is_that_of_paths() {
        let source = |id: &str| Source {
            path: id.into(),
            id: id.to_owned(),
            format: Format::Html,
            input: 0,
        };
        let options = IngestOptions::default();
        let likeness = |canonical: &str, id: &str| likeness(canonical, &source(id), &options);
        assert_eq!(likeness("//example.org/docs/a", "a.html"), 2);
        assert_eq!(likeness("//example.org/docs/a", "docs/a/index.html"), 7);
        assert_eq!(likeness("//example.org/%E4%B8%AD", "中.html"), 4);
        assert_eq!(likeness("//example.org/ba", "a.html"), 0);
        assert_eq!(likeness("a", "a.html"), usize::MAX);
        assert_eq!(likeness("//example.org", "index.html"), 1);
    }

    #[test]
    fn what_may_tell() {
        assert!(may_tell(b"<link rel=canonical>") && may_tell(b"<p data-pagefind-body>"));
        assert!(may_tell(b"\xFF\xFE<\0") && !may_tell(b"<p>canon data-suoyin-meta"));
    }
}
