//! What the index of a site answers, held against its pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use suoyin_core::{Hit, SearchOptions, SearchResults, Searcher, Whole};
use wasmparser::{Parser, Payload};

use super::draw::{Drawn, Words, draw};
use super::expected::Expected;
use super::page::{Heading, Page};

/// Strings that are drawn and searched for.
const DRAWN: usize = 100;
/// Headings that are.
const HEADINGS: usize = 60;
/// Of what was drawn, so many are asked of all layouts.
const COMPARED: usize = 3;

/// An index, and the pages it was made of.
pub(super) struct Index<'a> {
    searcher: Searcher<Whole<Vec<u8>>>,
    pages: &'a BTreeMap<String, Page>,
    drawn: Vec<Drawn>,
    /// Titles and anchors of hits that were seen, by the ids of their pages.
    seen: BTreeSet<(String, String, String)>,
}

impl<'a> Index<'a> {
    /// Opens the index in a module.
    pub(super) fn open(folder: &Path, pages: &'a BTreeMap<String, Page>) -> Result<Index<'a>> {
        let module = folder.join("suoyin.wasm");
        let bytes = fs::read(&module).with_context(|| format!("reading {}", module.display()))?;
        let mut index = None;
        for payload in Parser::new(0).parse_all(&bytes) {
            if let Payload::CustomSection(section) = payload?
                && section.name() == "suoyin.index"
            {
                index = Some(section.data().to_vec());
            }
        }
        let searcher = Searcher::open(index.context("there is no index in the module")?)?;
        Ok(Index { searcher, pages, drawn: Vec::new(), seen: BTreeSet::new() })
    }

    /// Checks all there is to check.
    pub(super) fn check(
        &mut self,
        expected: &Expected,
        words: Words,
        problems: &mut Vec<String>,
    ) -> Result<()> {
        for label in &expected.absent {
            let results = self.search(&format!("\"{label}\""))?;
            for hit in exact(&results) {
                problems.push(format!("{label}: found in {}, where it is no text", hit.id));
            }
        }
        for query in &expected.queries {
            if self.search(query)?.total == 0 {
                problems.push(format!("{query}: not found"));
            }
        }
        self.check_recall(words, problems)?;
        self.check_headings(problems)?;
        self.check_titles(expected, problems);
        self.check_anchors(problems);
        Ok(())
    }

    /// Some of what was drawn.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &str> {
        self.drawn.iter().take(COMPARED).map(|drawn| drawn.text.as_str())
    }

    /// All hits; what they say of pages is noted.
    fn search(&mut self, query: &str) -> Result<SearchResults> {
        let limit = self.searcher.doc_count() as usize;
        let results =
            self.searcher.search(query, &SearchOptions { limit, ..SearchOptions::default() })?;
        for Hit { id, title, section, .. } in &results.hits {
            let anchor = section.as_ref().map(|section| section.anchor.clone());
            self.seen.insert((id.clone(), title.clone(), anchor.unwrap_or_default()));
        }
        Ok(results)
    }

    /// Every page that has a string in one piece of its text is an exact hit.
    fn check_recall(&mut self, words: Words, problems: &mut Vec<String>) -> Result<()> {
        let drawn = draw(self.pages, words, DRAWN);
        if drawn.len() < DRAWN {
            problems.push(format!("only {} strings can be drawn from the pages", drawn.len()));
        }
        for Drawn { text, id } in &drawn {
            let results = self.search(text)?;
            let found: BTreeSet<&str> = exact(&results).map(|hit| hit.id.as_str()).collect();
            if !found.contains(id.as_str()) {
                problems.push(format!("{text}: not found in {id}, of which it was drawn"));
            }
            for (other, page) in self.pages {
                if other != id
                    && !found.contains(other.as_str())
                    && page.texts.iter().any(|piece| words.has(piece, text))
                {
                    problems.push(format!("{text}: not found in {other}"));
                }
            }
        }
        self.drawn = drawn;
        Ok(())
    }

    /// A heading that stands nowhere else leads to its own anchor.
    fn check_headings(&mut self, problems: &mut Vec<String>) -> Result<()> {
        let all: Vec<(&String, &Page, &Heading)> = self
            .pages
            .iter()
            .flat_map(|(id, page)| page.headings.iter().map(move |heading| (id, page, heading)))
            .filter(|(_, _, heading)| heading.level > 1)
            .collect();
        // Evenly spread over the pages.
        let some = all.iter().step_by(all.len().div_ceil(HEADINGS).max(1));
        for &(id, page, heading) in some.filter(|(_, page, heading)| stands_once(page, heading)) {
            let text = heading.text.trim();
            let results = self.search(&format!("\"{text}\""))?;
            let hit = exact(&results).find(|hit| hit.id == *id);
            let Some(hit) = hit else {
                problems.push(format!("the heading {text} of {id} is not found"));
                continue;
            };
            // The title is of the whole page.
            if page.titles().any(|title| title.contains(text)) {
                continue;
            }
            let anchor = hit.section.as_ref().map_or("", |section| section.anchor.as_str());
            let is_own = heading.id.as_ref().is_none_or(|id| id == anchor);
            if !is_own {
                problems.push(format!("the heading {text} of {id} leads to {anchor:?}"));
            }
        }
        Ok(())
    }

    fn check_titles(&self, expected: &Expected, problems: &mut Vec<String>) {
        let titles: BTreeMap<&String, &String> =
            self.seen.iter().map(|(id, title, _)| (id, title)).collect();
        for (id, title) in &titles {
            let Some(page) = self.pages.get(*id) else { continue };
            let is_right = match expected.titles.get(*id) {
                Some(wanted) => wanted == *title,
                // Where a page has none, ingestion takes what there is.
                None => {
                    let mut titles =
                        page.titles().map(pressed).filter(|t| !t.is_empty()).peekable();
                    titles.peek().is_none() || titles.any(|wanted| wanted == pressed(title))
                }
            };
            if !is_right {
                problems.push(format!("{id}: has the title {title:?}"));
            }
        }
        for id in expected.titles.keys().filter(|id| !titles.contains_key(id)) {
            problems.push(format!("{id}: never among the hits, so its title is not known"));
        }
    }

    fn check_anchors(&self, problems: &mut Vec<String>) {
        for (id, _, anchor) in self.seen.iter().filter(|(.., anchor)| !anchor.is_empty()) {
            if self.pages.get(id).is_none_or(|page| !page.ids.contains(anchor)) {
                problems.push(format!("{id}: has no element of the id {anchor:?}"));
            }
        }
    }
}

fn exact(results: &SearchResults) -> impl Iterator<Item = &Hit> {
    results.hits.iter().filter(|hit| hit.exact)
}

/// Whether a heading can be searched for as it stands, and stands in its page once.
fn stands_once(page: &Page, heading: &Heading) -> bool {
    let heading = heading.text.trim();
    heading.chars().nth(1).is_some()
        && heading.chars().all(|c| c.is_alphanumeric() || c == ' ')
        && page.texts.concat().matches(heading).count() == 1
}

/// A title without white space, which generators and ingestion set as they like.
fn pressed(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}
