//! What a page shows of the documents found.

use super::grapheme::Graphemes;
use super::order::{Scored, sorted};
use super::query::{Clause, Query, QueryTerm};
use super::results::{Hit, SectionHit};
use super::snippet::{joined, passage, snippet, tidy, utf16};
use super::{Searcher, TermPostings};
use crate::Error;
use crate::analysis::{Analyzer, Match, apart, occurrence, word_pattern};
use std::ops::Range;

/// Occurrences of one pattern that the choice of a passage considers.
const MOST_OCCURRENCES: usize = 64;

impl<D: AsRef<[u8]>> Searcher<D> {
    /// The hits for `scored`, in the same order.
    pub(super) fn hits(
        &self,
        scored: &[Scored],
        exact: bool,
        query: &Query,
        prefixed: &[TermPostings],
    ) -> Result<Vec<Hit>, Error> {
        let patterns = Patterns::new(exact, query, prefixed);
        scored.iter().map(|scored| self.hit(*scored, exact, &patterns)).collect()
    }

    fn hit(&self, scored: Scored, exact: bool, patterns: &Patterns) -> Result<Hit, Error> {
        let record = self.reader.record(scored.doc)?;
        let (meta, sections) = record.details()?;
        let text = self.reader.text(scored.doc)?;
        let analyzer = self.reader.analyzer();
        let in_title = patterns.find(analyzer, record.title);
        let (passage, in_text) = patterns.passage(analyzer, text);
        let first = in_text.iter().find(|m| m.start >= passage.start);
        let section = first.and_then(|first| {
            let behind = sections.partition_point(|s| s.start as usize <= first.start);
            sections[..behind].last()
        });
        Ok(Hit {
            id: record.id.to_owned(),
            url: record.url.to_owned(),
            title: record.title.to_owned(),
            title_highlights: utf16(record.title, in_title.into_iter()).collect(),
            score: scored.score,
            exact,
            snippet: snippet(text, passage, &in_text),
            section: section
                .map(|s| SectionHit { title: s.title.to_owned(), anchor: s.anchor.to_owned() }),
            meta: meta.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        })
    }
}

/// What to mark.
struct Patterns<'q> {
    /// As folded text has it.
    folded: Vec<String>,
    /// As it was typed.
    typed: Vec<&'q str>,
}

impl<'q> Patterns<'q> {
    /// Whole clauses in an exact hit, any of the terms in a related one.
    fn new(exact: bool, query: &'q Query, prefixed: &[TermPostings]) -> Self {
        let clauses = &query.clauses;
        if exact {
            let folded = clauses.iter().map(|clause| clause.pattern.clone()).collect();
            return Patterns { folded, typed: clauses.iter().map(|c| c.source.as_str()).collect() };
        }
        let terms = clauses.iter().flat_map(|clause: &Clause| &clause.terms);
        let folded = terms.chain(prefixed.iter().map(|p| &p.term)).map(pattern).collect();
        let typed = |c: &'q Clause| c.source_terms.iter().map(|range| &c.source[range.clone()]);
        Patterns { folded, typed: clauses.iter().flat_map(typed).collect() }
    }

    /// Where they stand in `text`, tidy.
    fn find(&self, analyzer: &Analyzer, text: &str) -> Vec<Match> {
        let folded = analyzer.folded_text(text);
        let mut matches = Vec::new();
        self.folded.iter().for_each(|pattern| folded.find(pattern, &mut matches));
        tidy(Graphemes { text, fold: &analyzer.fold }, matches)
    }

    /// The passage of `text` to show and the matches in it, and maybe others.
    ///
    /// Mostly a text has what was typed just so. Then it is found without analyzing all of the
    /// text, which in a long document is what a search would spend its time on.
    fn passage(&self, analyzer: &Analyzer, text: &str) -> (Range<usize>, Vec<Match>) {
        let graphemes = Graphemes { text, fold: &analyzer.fold };
        let mut typed = Vec::new();
        for pattern in &self.typed {
            let mut at = occurrence(text, pattern, 0);
            for _ in 0..MOST_OCCURRENCES {
                let Some(start) = at else { break };
                typed.push((start, start + pattern.len()));
                at = occurrence(text, pattern, start + pattern.len());
            }
        }
        let typed = joined(sorted(typed));
        if !typed.is_empty() {
            let passage = passage(graphemes, &typed);
            let region = apart(text, passage.clone());
            let mut matches = self.find(analyzer, &text[region.clone()]);
            matches.iter_mut().for_each(|m| *m = m.start + region.start..m.end + region.start);
            if matches.iter().any(|m| m.start >= passage.start && m.end <= passage.end) {
                return (passage, matches);
            }
        }
        let matches = self.find(analyzer, text);
        (passage(graphemes, &matches), matches)
    }
}

/// A term as folded text has it.
fn pattern(term: &QueryTerm) -> String {
    match term {
        QueryTerm::Bigram(first, second) => String::from_iter([*first, *second]),
        QueryTerm::Char(c) => c.to_string(),
        QueryTerm::Word(word) => word_pattern(word),
    }
}
