//! The best documents once more, by what only their texts tell: single characters, and headings.
//!
//! Bigrams tell documents that have the query's words; of those, the one that has its characters more
//! often, in other words too, mostly answers it better, and so does one that has a clause for a
//! heading. Characters are in so many documents that their postings would cost more than all others:
//! they are counted in the texts of the best few, where texts are at hand.

use super::bm25::{Bm25, is_function};
use super::order::{Ranking, Scored};
use super::query::{Clause, Query, QueryTerm};
use super::source::{Source, Stored};
use super::{Searcher, TermPostings};
use crate::analysis::{Analyzer, Class, Folded};
use crate::format::ranking::{Parameter, Parameters};
use crate::{DocId, Error};

/// So many documents of a tier are ranked anew.
const DEPTH: usize = 30;
/// Characters that are counted: the first so many of the query.
const MOST: usize = 32;
/// No character ends so.
const NONE: [u8; 256] = [MOST as u8; 256];
/// Bytes at the beginning of a text that are looked at, so that long documents take no longer.
const LOOKED_AT: usize = 8192;

/// What is looked for in the best documents.
pub(super) struct Evidence<'q> {
    bm25: &'q Bm25,
    /// Weight of a character.
    weight: f32,
    /// Folded, each once, with about the number of documents that have it.
    characters: Vec<(char, f32)>,
    /// By the last byte of a character: the first of them that ends so, or [`MOST`].
    first: [u8; 256],
    /// Each clause, by groups, with what it adds as a heading.
    clauses: Vec<Vec<(&'q str, f32)>>,
}

/// What was found of it in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) characters: f32,
    pub(super) headings: f32,
}

impl<'q> Evidence<'q> {
    /// None where there is nothing to look for, or no text at hand to look into.
    pub(super) fn new<S: Source>(
        source: &S,
        clauses: &'q [Clause],
        terms: &[TermPostings],
        bm25: &'q Bm25,
        parameters: &Parameters,
    ) -> Result<Option<Self>, Error> {
        let [headings, weight] =
            [Parameter::Headings, Parameter::Characters].map(|name| parameters.value(name));
        if !S::TEXTS_AT_HAND || headings + weight == 0.0 {
            return Ok(None);
        }
        let mut evidence =
            Evidence { bm25, weight, characters: Vec::new(), first: NONE, clauses: Vec::new() };
        if weight > 0.0 && terms.len() > 1 {
            evidence.want_characters(source, terms)?;
        }
        for group in Query::groups(clauses) {
            let mut worth = Vec::new();
            for clause in group.iter().filter(|clause| headings > 0.0 && !clause.sampled) {
                let mut sum = 0.0;
                for term in &clause.terms {
                    if let Ok(at) = terms.binary_search_by(|other| other.term.cmp(term)) {
                        sum += terms[at].weight * bm25.idf(terms[at].postings.len() as f32);
                    }
                }
                worth.push((&*clause.pattern, headings * sum));
            }
            evidence.clauses.push(worth);
        }
        Ok(Some(evidence))
    }

    /// A single term has been counted: its characters say little more, those of several do.
    fn want_characters<S: Source>(
        &mut self,
        source: &S,
        terms: &[TermPostings],
    ) -> Result<(), Error> {
        for term in terms {
            let QueryTerm::Bigram(first, second) = term.term else { continue };
            for c in [first, second] {
                let known = self.characters.iter().any(|&(other, _)| other == c);
                if !known && !is_function(c) && self.characters.len() < MOST {
                    let first = &mut self.first[usize::from(c as u8)];
                    *first = (*first).min(self.characters.len() as u8);
                    self.characters.push((c, source.character(c)?));
                }
            }
        }
        Ok(())
    }

    /// How often each character stands in `text`.
    fn count(&self, analyzer: &Analyzer, text: &str) -> [u32; MOST] {
        let mut counts = [0; MOST];
        if self.characters.is_empty() {
            return counts;
        }
        for c in text.chars().filter(|c| !c.is_ascii()) {
            // What becomes several characters is no character of a word.
            let c = match analyzer.fold.get(c) {
                Folded::Same => c,
                Folded::One(to) => to,
                _ => continue,
            };
            // Most characters are ruled out by their last byte.
            let from = usize::from(self.first[usize::from(c as u8)]);
            for (count, &(wanted, _)) in counts.iter_mut().zip(&self.characters).skip(from) {
                *count += u32::from(wanted == c);
            }
        }
        counts
    }

    /// What the characters of a document add.
    fn characters(&self, analyzer: &Analyzer, title: &str, text: &str) -> f32 {
        let (in_title, in_text) = (self.count(analyzer, title), self.count(analyzer, text));
        // Three bytes are a character, mostly.
        let (title_len, text_len) = (title.len() as f32 / 3.0, text.len() as f32 / 3.0);
        let mut score = 0.0;
        for (at, &(_, doc_freq)) in self.characters.iter().enumerate() {
            let title = (in_title[at] as f32, title_len);
            score += self.bm25.character(doc_freq, (in_text[at] as f32, text_len), title);
        }
        self.weight * score
    }

    /// Whether a heading has no ideograph that a clause lacks, which tells most apart from all of them.
    fn may_be_heading(&self, analyzer: &Analyzer, heading: &str) -> bool {
        let ideographs = heading.chars().filter(|&c| Class::is_unified_ideograph(c));
        let folded = ideographs.map(|c| match analyzer.fold.get(c) {
            Folded::One(to) => to,
            _ => c,
        });
        let mut patterns = self.clauses.iter().flatten().map(|&(pattern, _)| pattern);
        patterns.any(|pattern| folded.clone().all(|c| pattern.contains(c)))
    }

    /// What it adds that clauses are headings of a document.
    fn headings(&self, headings: &[String]) -> f32 {
        let mut score = 0.0;
        for group in &self.clauses {
            let mut best: f32 = 0.0;
            for &(pattern, worth) in group {
                if worth > best && headings.iter().any(|heading| heading == pattern) {
                    best = worth;
                }
            }
            score += best;
        }
        score
    }
}

impl<S: Source> Searcher<S> {
    /// Places `from..to` of a ranking without other ranks, its best ones ranked anew.
    pub(super) fn reranked(
        &self,
        ranking: &mut Ranking,
        evidence: &Evidence<'_>,
        (from, to): (usize, usize),
    ) -> Result<Vec<Scored>, Error> {
        let best = ranking.page(0, to.max(DEPTH), &|_| None);
        let mut anew = Ranking::default();
        for &Scored { doc, score } in best.iter().take(DEPTH) {
            let Found { characters, headings } = self.find(evidence, doc)?;
            anew.push(doc, score + characters + headings);
        }
        let mut page = anew.page(from, to.min(DEPTH), &|_| None);
        let to = to.min(best.len());
        page.extend_from_slice(&best[from.max(DEPTH).min(to)..to]);
        Ok(page)
    }

    /// What the evidence adds to the score of `doc`.
    pub(super) fn find(&self, evidence: &Evidence<'_>, doc: DocId) -> Result<Found, Error> {
        let Some(Stored { record, text }) = self.source().stored(doc)? else {
            return Ok(Found::default());
        };
        let analyzer = self.source().analyzer();
        let mut headings = Vec::new();
        for section in record.details()?.sections {
            if evidence.may_be_heading(analyzer, section.title) {
                headings.push(analyzer.folded(section.title));
            }
        }
        let text = beginning(text);
        let weight = self.source().weight(doc);
        Ok(Found {
            characters: weight * evidence.characters(analyzer, record.title, text),
            headings: weight * evidence.headings(&headings),
        })
    }
}

/// The characters of `text` that are looked at.
fn beginning(text: &[u8]) -> &str {
    let text = &text[..text.len().min(LOOKED_AT)];
    match std::str::from_utf8(text) {
        Ok(text) => text,
        // Cut within a character, or damaged.
        Err(error) => std::str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default(),
    }
}
