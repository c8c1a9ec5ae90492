//! The best documents once more, by what only their texts tell: single characters, and headings.
//!
//! Bigrams tell documents that have the query's words; of those, the one that has its characters more
//! often, in other words too, mostly answers it better, and so does one that has a clause for a
//! heading. Characters are in so many documents that their postings would cost more than all others:
//! they are counted in the texts of the best few, where texts are at hand.

use super::bm25::{Bm25, is_function};
use super::order::{Ranking, Scored};
use super::query::{Clause, Query, QueryTerm};
use super::scan::Wanted;
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
/// Bytes at the beginning of a title or text that are looked at, so that long ones take no longer.
const LOOKED_AT: usize = 8192;
/// So many characters tell which script a text has.
const ENOUGH: u32 = 16;
/// What a document loses of its score that writes all of the query in another script, so that of those
/// that answer about as well the first is as it was asked.
const OTHER_SCRIPT: f32 = 0.05;

/// What is looked for in the best documents.
pub(super) struct Evidence<'q> {
    bm25: &'q Bm25,
    /// Weight of a character.
    weight: f32,
    /// Each once.
    characters: Vec<Character>,
    /// Whether their frequencies count, too, or only how they are written.
    counted: bool,
    /// Each way to write them, with the place of what it becomes.
    written: Vec<(u32, usize)>,
    /// The same, to pass by all others.
    wanted: Wanted,
    /// Each clause, by groups, with what it adds as a heading.
    clauses: Vec<Vec<(&'q str, f32)>>,
    /// The characters of all of them.
    in_clauses: Wanted,
    /// How many letters and digits have those that begin with a word.
    words: Vec<usize>,
}

/// A character that is looked for.
struct Character {
    folded: char,
    /// As it was typed, if it was.
    typed: Option<char>,
    /// About the number of documents that have it.
    doc_freq: f32,
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
            written: Vec::new(),
            wanted: Wanted::none(),
            clauses: Vec::new(),
            in_clauses: Wanted::none(),
            words: Vec::new(),
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
                clause.pattern.chars().for_each(|c| evidence.in_clauses.add(c as usize));
                if clause.pattern.bytes().next().is_some_and(|byte| byte.is_ascii()) {
                    evidence.words.push(letters(&clause.pattern));
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
                let known = self.characters.iter().any(|other| other.folded == c);
                if !known && !is_function(c) && self.characters.len() < MOST {
                    let doc_freq = if self.counted { source.character(c)? } else { 0.0 };
                    self.characters.push(Character { folded: c, typed: None, doc_freq });
                    self.wanted.add(c as usize);
                }
            }
        }
        for typed in query.chars() {
            let Some(c) = folded(fold, typed).filter(|&c| self.wanted.has(c as usize)) else {
                continue;
            };
            for character in &mut self.characters {
                if character.folded == c {
                    character.typed.get_or_insert(typed);
                }
            }
        }
        for (place, character) in self.characters.iter().enumerate() {
            self.written.push((character.folded as u32, place));
            fold.forms(character.folded, &mut |form| {
                self.written.push((form, place));
                self.wanted.add(form as usize);
            });
        }
        Ok(())
    }

    /// How often each character stands in `text`, or in its beginning.
    fn count(&self, text: &[u8], scripts: &mut Scripts) -> [u32; MOST] {
        let text = beginning(text);
        let mut counts = [0; MOST];
        self.wanted.scan(text, &mut |at, key| {
            let c = match text[at..] {
                [lead @ 0xe0..0xf0, _, _, ..] => usize::from(lead & 0xf) << 12 | key,
                [lead @ 0xf0..=0xff, second, _, _, ..] => {
                    usize::from(lead & 7) << 18 | usize::from(second & 63) << 12 | key
                }
                // No character of Chinese, Japanese or Korean has less than three bytes.
                _ => return true,
            };
            for &(written, place) in &self.written {
                if written as usize == c {
                    counts[place] += 1;
                    match self.characters[place].typed {
                        Some(typed) if typed as usize == c => scripts.typed += 1,
                        Some(_) => scripts.other += 1,
                        None => {}
                    }
                    break;
                }
            }
            self.counted || scripts.typed + scripts.other < ENOUGH
        });
        counts
    }

    /// What the characters of a document add, and by what its script lessens its score.
    fn characters(&self, title: &[u8], text: &[u8]) -> (f32, f32) {
        if !self.counted && self.written.len() == self.characters.len() {
            // Nothing can be written in another script.
            return (0.0, 1.0);
        }
        let mut scripts = Scripts::default();
        let in_title = self.count(title, &mut scripts);
        let in_text = self.count(text, &mut scripts);
        // Three bytes are a character, mostly.
        let [title_len, text_len] = [title, text].map(|field| beginning(field).len() as f32 / 3.0);
        let mut score = 0.0;
        for (at, wanted) in self.characters.iter().enumerate().filter(|_| self.counted) {
            let title = (in_title[at] as f32, title_len);
            let text = (in_text[at] as f32, text_len);
            let weight = if wanted.typed.is_some() { 1.0 } else { SYNONYM_WEIGHT };
            score += weight * self.bm25.character(wanted.doc_freq, text, title);
        }
        let all = (scripts.typed + scripts.other).max(1) as f32;
        (self.weight * score, 1.0 - OTHER_SCRIPT * scripts.other as f32 / all)
    }

    /// Whether a heading has no ideograph that the clauses lack, which tells most apart from all of them.
    fn may_be_heading(&self, fold: &FoldTable, heading: &str) -> bool {
        for c in heading.chars() {
            // The first one that is lacking ends it, however long a heading is.
            let c = folded(fold, c).unwrap_or(c);
            if Class::is_unified_ideograph(c) && !self.in_clauses.has(c as usize) {
                return false;
            }
        }
        // Letters alone become as many letters, and no ideographs.
        !heading.is_ascii() || self.words.contains(&letters(heading))
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
        record.headings(&mut |heading| {
            if evidence.may_be_heading(&analyzer.fold, heading) {
                headings.push(analyzer.folded(heading));
            }
        })?;
        let weight = self.source().weight(doc);
        let (characters, script) = evidence.characters(record.title.as_bytes(), text);
        let headings = evidence.headings(&headings);
        Ok(Found { characters: weight * characters, headings: weight * headings, script })
    }
}

/// Letters and digits of ASCII in a text.
fn letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphanumeric).count()
}

/// The part of a title or text that is looked at.
fn beginning(text: &[u8]) -> &[u8] {
    &text[..text.len().min(LOOKED_AT)]
}

/// The character that `c` becomes; none where it becomes none, or several, which are none of a word.
fn folded(fold: &FoldTable, c: char) -> Option<char> {
    match fold.get(c) {
        Folded::Same => Some(c),
        Folded::One(to) => Some(to),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
