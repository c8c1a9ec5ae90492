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
use super::synonyms::SYNONYM_WEIGHT;
use super::{Searcher, TermPostings};
use crate::analysis::{Class, FoldTable, Folded};
use crate::format::ranking::{Parameter, Parameters};
use crate::{DocId, Error};

/// So many documents of a tier are ranked anew.
const DEPTH: usize = 30;
/// Characters that are counted: the first so many of the query.
const MOST: usize = 32;
/// No character ends so.
const NONE: [u8; 256] = [MOST as u8; 256];
/// Bytes at the beginning of a title or text that are looked at, so that long ones take no longer.
const LOOKED_AT: usize = 8192;
/// What a document loses of its score that writes all of the query in another script, so that of those
/// that answer about as well the first is as it was asked.
const OTHER_SCRIPT: f32 = 0.05;

/// What is looked for in the best documents.
pub(super) struct Evidence<'q> {
    bm25: &'q Bm25,
    /// Weight of a character.
    weight: f32,
    /// Each once.
    characters: Vec<Wanted>,
    /// Whether their frequencies count, too, or only how they are written.
    counted: bool,
    /// By the last byte of a character: the first of them that ends so, or [`MOST`].
    first: [u8; 256],
    /// Each clause, by groups, with what it adds as a heading.
    clauses: Vec<Vec<(&'q str, f32)>>,
}

/// A character that is looked for.
struct Wanted {
    folded: char,
    /// As it was typed, if it was.
    typed: Option<char>,
    /// About the number of documents that have it.
    doc_freq: f32,
    /// Against one that was typed.
    weight: f32,
}

/// How often typed characters stand as they were typed, and in another form.
#[derive(Default)]
struct Scripts {
    typed: u32,
    other: u32,
}

/// What was found of it in a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) characters: f32,
    pub(super) headings: f32,
    /// By what the score, both included, is multiplied.
    pub(super) script: f32,
}

impl Found {
    pub(super) const NOTHING: Found = Found { characters: 0.0, headings: 0.0, script: 1.0 };
}

impl<'q> Evidence<'q> {
    /// None where there is nothing to look for, or no text at hand to look into.
    pub(super) fn new<S: Source>(
        source: &S,
        query: &str,
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
        let mut evidence = Evidence {
            bm25,
            weight,
            characters: Vec::new(),
            // A single term has been counted: its characters say little more, those of several do.
            counted: weight > 0.0 && terms.len() > 1,
            first: NONE,
            clauses: Vec::new(),
        };
        evidence.want_characters(source, query, terms)?;
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

    fn want_characters<S: Source>(
        &mut self,
        source: &S,
        query: &str,
        terms: &[TermPostings],
    ) -> Result<(), Error> {
        let fold = &source.analyzer().fold;
        for term in terms {
            let QueryTerm::Bigram(first, second) = term.term else { continue };
            for c in [first, second] {
                let known = self.characters.iter().any(|wanted| wanted.folded == c);
                if !known && !is_function(c) && self.characters.len() < MOST {
                    let first = &mut self.first[usize::from(c as u8)];
                    *first = (*first).min(self.characters.len() as u8);
                    let typed = query.chars().find(|&typed| folded(fold, typed) == Some(c));
                    let doc_freq = if self.counted { source.character(c)? } else { 0.0 };
                    let weight = if typed.is_some() { 1.0 } else { SYNONYM_WEIGHT };
                    self.characters.push(Wanted { folded: c, typed, doc_freq, weight });
                }
            }
        }
        Ok(())
    }

    /// How often each character stands in `text`.
    fn count(&self, fold: &FoldTable, text: &str, scripts: &mut Scripts) -> [u32; MOST] {
        let mut counts = [0; MOST];
        for c in text.chars().filter(|c| !c.is_ascii()) {
            let Some(folded) = folded(fold, c) else { continue };
            // Most characters are ruled out by their last byte.
            let from = usize::from(self.first[usize::from(folded as u8)]);
            let rest = self.characters.get(from..).unwrap_or_default();
            for (count, wanted) in counts[from..].iter_mut().zip(rest) {
                if wanted.folded == folded {
                    *count += 1;
                    match wanted.typed {
                        Some(typed) if typed == c => scripts.typed += 1,
                        Some(_) => scripts.other += 1,
                        None => {}
                    }
                }
            }
        }
        counts
    }

    /// What the characters of a document add, and by what its script lessens its score.
    fn characters(&self, fold: &FoldTable, title: &str, text: &str) -> (f32, f32) {
        let mut scripts = Scripts::default();
        let in_title = self.count(fold, title, &mut scripts);
        let in_text = self.count(fold, text, &mut scripts);
        // Three bytes are a character, mostly.
        let (title_len, text_len) = (title.len() as f32 / 3.0, text.len() as f32 / 3.0);
        let mut score = 0.0;
        for (at, wanted) in self.characters.iter().enumerate().filter(|_| self.counted) {
            let title = (in_title[at] as f32, title_len);
            let text = (in_text[at] as f32, text_len);
            score += wanted.weight * self.bm25.character(wanted.doc_freq, text, title);
        }
        let all = (scripts.typed + scripts.other).max(1) as f32;
        (self.weight * score, 1.0 - OTHER_SCRIPT * scripts.other as f32 / all)
    }

    /// Whether a heading has no ideograph that a clause lacks, which tells most apart from all of them.
    fn may_be_heading(&self, fold: &FoldTable, heading: &str) -> bool {
        for &(pattern, _) in self.clauses.iter().flatten() {
            // The first one that is lacking ends it, however long a heading is.
            let has = |c| {
                let c = folded(fold, c).unwrap_or(c);
                pattern.chars().any(|other| other == c)
            };
            if heading.chars().all(|c| !Class::is_unified_ideograph(c) || has(c)) {
                return true;
            }
        }
        false
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
            let Found { characters, headings, script } = self.find(evidence, doc)?;
            anew.push(doc, (score + characters + headings) * script);
        }
        let mut page = anew.page(from, to.min(DEPTH), &|_| None);
        let to = to.min(best.len());
        page.extend_from_slice(&best[from.max(DEPTH).min(to)..to]);
        Ok(page)
    }

    /// What the evidence adds to the score of `doc`.
    pub(super) fn find(&self, evidence: &Evidence<'_>, doc: DocId) -> Result<Found, Error> {
        let Some(Stored { record, text }) = self.source().stored(doc)? else {
            return Ok(Found::NOTHING);
        };
        let analyzer = self.source().analyzer();
        let mut headings = Vec::new();
        for section in record.details()?.sections {
            if evidence.may_be_heading(&analyzer.fold, section.title) {
                headings.push(analyzer.folded(section.title));
            }
        }
        let text = beginning(text);
        let weight = self.source().weight(doc);
        let title = beginning(record.title.as_bytes());
        let (characters, script) = evidence.characters(&analyzer.fold, title, text);
        let headings = evidence.headings(&headings);
        Ok(Found { characters: weight * characters, headings: weight * headings, script })
    }
}

/// The characters of a title or text that are looked at.
fn beginning(text: &[u8]) -> &str {
    let text = &text[..text.len().min(LOOKED_AT)];
    match std::str::from_utf8(text) {
        Ok(text) => text,
        // Cut within a character, or damaged.
        Err(error) => std::str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// The character that `c` becomes; none where it becomes none, or several, which are none of a word.
fn folded(fold: &FoldTable, c: char) -> Option<char> {
    match fold.get(c) {
        Folded::Same => Some(c),
        Folded::One(to) => Some(to),
        _ => None,
    }
}
