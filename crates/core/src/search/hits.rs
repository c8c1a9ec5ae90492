//! What a page shows of the documents found.

use super::finder::Finder;
use super::grapheme::Graphemes;
use super::order::Scored;
use super::passage::{ELLIPSIS, LEAD, passage};
use super::picks::{NOWHERE, Weights, picks};
use super::query::{Clause, QueryTerm};
use super::results::{Hit, SearchOptions, SectionHit};
use super::sections::best_sections;
use super::snippet::{Draft, first_outside, is_within, surroundings, tidy, utf16};
use super::source::{Source, Stored};
use super::typed::{Found, Region, bit, find_typed, utf8};
use super::{Searcher, TermPostings};
use crate::Error;
use crate::analysis::{Analyzer, FoldedText, apart, word_pattern};
use crate::format::store::Details;
use std::ops::Range;

/// Clauses that are marked: the first so many.
const MOST_CLAUSES: usize = 64;
/// What a clause tells, and a term that every document has.
const WEIGHT: u32 = 64;
/// Columns of a snippet, at least and at most.
const LEAST_WIDTH: usize = 20;
const MOST_WIDTH: usize = 1000;

impl<S: Source> Searcher<S> {
    /// How `scored` is shown; none where it is not there yet.
    pub(super) fn hit(
        &self,
        scored: Scored,
        exact: bool,
        patterns: &Patterns,
        options: &SearchOptions,
    ) -> Result<Option<Hit>, Error> {
        let Some(Stored { record, text }) = self.source().stored(scored.doc)? else {
            return Ok(None);
        };
        let analyzer = self.source().analyzer();
        let details = record.details()?;
        let width = options.snippet_width.clamp(LEAST_WIDTH, MOST_WIDTH);
        let most = options.sections;
        let best = best_sections(analyzer, patterns, text, &details, most, width)?;
        let Details { meta, sections, demoted } = details;
        let in_title = patterns.find(analyzer, record.title);
        let shown = patterns.show(analyzer, text, &demoted, width)?;
        let section = shown.first.and_then(|at| {
            let behind = sections.partition_point(|s| s.start as usize <= at);
            sections[..behind].last()
        });
        let mut owned_meta = Vec::with_capacity(meta.len());
        for (key, value) in meta {
            owned_meta.push((key.to_owned(), value.to_owned()));
        }
        Ok(Some(Hit {
            id: record.id.to_owned(),
            url: record.url.to_owned(),
            title: record.title.to_owned(),
            title_highlights: utf16(record.title, &in_title),
            score: scored.score,
            exact,
            snippet: shown.finish(),
            section: section
                .map(|s| SectionHit { title: s.title.to_owned(), anchor: s.anchor.to_owned() }),
            sections: best,
            meta: owned_meta,
        }))
    }
}

/// What to mark.
pub(super) struct Patterns {
    /// As folded text has them; those of which one stands for the other have the same number.
    pub(super) folded: Finder,
    /// As they were typed; and as most words stand that were typed in another case, or the beginnings
    /// of words.
    typed: [Finder; 2],
    /// What each number tells: the rarer, the more.
    weights: Weights,
    /// The numbers that stand in every text where what was typed can be relied on.
    needed: u64,
}

impl Patterns {
    /// Clauses, `whole` or their `terms`, and the terms of words that may stand for some.
    pub(super) fn new(
        whole: bool,
        clauses: &[Clause],
        terms: &[TermPostings],
        further: &[TermPostings],
        doc_count: u32,
    ) -> Self {
        let (mut folded, mut typed) = (Finder::new(), [Finder::new(), Finder::new()]);
        let mut push = |number: usize, pattern: String, source: &str| {
            // Each once, however often it was typed.
            let new = folded.add(number, pattern);
            if new {
                typed[0].add(number, source.to_owned());
                // In lower case, then with a capital.
                let mut cased = source.to_ascii_lowercase();
                for _ in 0..2 {
                    typed[1].add(number, cased.clone());
                    if let Some(first) = cased.get_mut(..1) {
                        first.make_ascii_uppercase();
                    }
                }
            }
            new
        };
        // Each clause must stand there: none tells more than another.
        let (mut weights, mut needed, mut number) = ([WEIGHT; 64], 0, 0);
        if whole {
            for clause in clauses.iter().take(MOST_CLAUSES) {
                if !clause.or && needed != 0 {
                    number += 1;
                }
                if push(number, clause.pattern.clone(), &clause.source) {
                    needed |= bit(number);
                }
            }
            return Patterns { folded, typed, weights, needed };
        }
        let mut add = |term: &QueryTerm, source: &str, known: Option<&TermPostings>| {
            if push(number, pattern(term), source) {
                weights[number] = known.map_or(0, |TermPostings { postings, weight, .. }| {
                    let rarity = doc_count / (postings.len() as u32 + 1);
                    (weight * WEIGHT as f32) as u32 * (u32::BITS + 1 - rarity.leading_zeros())
                });
                number = 63.min(number + 1);
            }
        };
        for clause in clauses {
            for (term, range) in clause.terms.iter().zip(&clause.source_terms) {
                let known = terms.iter().find(|known| known.term == *term);
                add(term, &clause.source[range.clone()], known);
            }
        }
        for known in further {
            let typed = if let QueryTerm::Word(word) = &known.term { word } else { "" };
            add(&known.term, typed, Some(known));
        }
        Patterns { folded, typed, weights, needed }
    }

    /// Where they stand in `text`, tidy.
    pub(super) fn find(&self, analyzer: &Analyzer, text: &str) -> Vec<Found> {
        if self.folded.is_of_characters() && analyzer.keeps(text) {
            return self.find_in(analyzer, text, None);
        }
        self.find_in(analyzer, text, Some(&analyzer.folded_text(text)))
    }

    /// The same in a text that was folded before, if it must be.
    pub(super) fn find_in(
        &self,
        analyzer: &Analyzer,
        text: &str,
        folded: Option<&FoldedText>,
    ) -> Vec<Found> {
        let mut found = Vec::new();
        let searched = folded.map_or(text, FoldedText::as_str);
        self.folded.find(searched.as_bytes(), &mut |mut range, number| {
            if let Some(folded) = folded {
                range = folded.source_range(range.start, range.end);
            }
            found.push(Found { range, patterns: bit(number) });
            true
        });
        tidy(Graphemes { text, fold: &analyzer.fold }, found)
    }

    /// A snippet of `text`. It keeps out of the parts `demoted`, unless what was typed stands nowhere
    /// else.
    ///
    /// Mostly a text has what was typed just so. Then it is found without analyzing all of the
    /// text, which in a long document is what a search would spend its time on.
    pub(super) fn show(
        &self,
        analyzer: &Analyzer,
        text: &[u8],
        demoted: &[Range<usize>],
        width: usize,
    ) -> Result<Draft, Error> {
        let (mut found, mut sound) = (Vec::new(), false);
        for (typed, whole) in self.typed.iter().zip([true, false]) {
            if !sound {
                found = find_typed(typed, whole, text);
                let mut seen = 0;
                found.iter().for_each(|found| seen |= found.patterns);
                sound = seen & self.needed == self.needed;
            }
        }
        let mut analyzed = None;
        loop {
            let (mut places, columns) = picks(&found, &self.weights, demoted, width);
            if places[0] == NOWHERE {
                sound = false;
                places[0] = analyzed.map_or(NOWHERE, |text| first_outside(text, demoted));
            }
            let mut draft = Draft::default();
            for at in places {
                sound &= !is_within(demoted, at);
                if at == NOWHERE || !sound && analyzed.is_none() {
                    break;
                }
                let mut within = surroundings(demoted, at, text.len());
                within.start = within.start.max(draft.end);
                let region = Region::around(text, at, 2 * LEAD, columns + ELLIPSIS)?;
                let passage = passage(&region, &analyzer.fold, at, columns, &found, within);
                let part = apart(region.text.as_bytes(), passage.clone());
                let mut matches = self.find(analyzer, &region.text[part.clone()]);
                for Found { range, .. } in &mut matches {
                    *range = range.start + part.start..range.end + part.start;
                }
                sound &= draft.push(&region, passage, at, &matches);
            }
            if sound || analyzed.is_some() {
                return Ok(draft);
            }
            let text = utf8(text)?;
            found = self.find(analyzer, text);
            (sound, analyzed) = (true, Some(text));
        }
    }
}

/// A term as folded text has it.
fn pattern(term: &QueryTerm) -> String {
    match term {
        QueryTerm::Bigram(first, second) => String::from_iter([*first, *second]),
        QueryTerm::Char(c) => c.to_string(),
        QueryTerm::Word(word) => word_pattern(word),
        QueryTerm::Prefix(word) => {
            let mut pattern = word_pattern(word);
            pattern.pop();
            pattern
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;

    #[test]
    fn what_was_typed_more_than_once_is_looked_for_once() {
        let query = Query::parse(&Analyzer::full(), "网络 網絡 网络 维护");
        for whole in [true, false] {
            let patterns = Patterns::new(whole, &query.clauses, &[], &[], 0);
            let mut found = Vec::new();
            patterns.folded.find("维护网络".as_bytes(), &mut |range, _| {
                found.push(range);
                true
            });
            assert_eq!(found, [0..6, 6..12]);
        }
    }

    #[test]
    fn a_text_that_keeps_its_characters_need_not_be_folded() {
        let analyzer = Analyzer::full();
        let query = Query::parse(&analyzer, "文明 明文 文か 文가");
        let patterns = Patterns::new(true, &query.clauses, &[], &[], 0);
        let pieces = [
            "文", "明", "か", "\u{3099}", "가", "\u{11a8}", "㍿", "實", "a", "Ａ", "é", "\u{301}",
            "\n", "\r", " ", "(", "wén)", "（", "，", "。", "…", "\u{200d}", "👍", "𠮷",
        ];
        let mut kept = 0;
        for mut number in 0..pieces.len().pow(4) {
            let mut text = String::new();
            for _ in 0..4 {
                text.push_str(pieces[number % pieces.len()]);
                number /= pieces.len();
            }
            kept += usize::from(analyzer.keeps(&text));
            let folded = analyzer.folded_text(&text);
            let expected = patterns.find_in(&analyzer, &text, Some(&folded));
            assert_eq!(patterns.find(&analyzer, &text), expected, "{text:?}");
        }
        assert!(kept > 10_000, "{kept}");
    }
}
