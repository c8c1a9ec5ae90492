//! What a page shows of the documents found.

use super::order::Scored;
use super::query::{Clause, Query, QueryTerm};
use super::results::{Hit, SectionHit};
use super::snippet::{passage, snippet, tidy, utf16};
use super::{Searcher, TermPostings};
use crate::Error;
use crate::analysis::{FoldedText, Match, word_pattern};

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
        let in_title = patterns.find(record.title, &analyzer.folded_text(record.title));
        let in_text = patterns.find(text, &analyzer.folded_text(text));
        let passage = passage(text, &in_text);
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

/// What to mark, as folded text.
struct Patterns(Vec<String>);

impl Patterns {
    /// Whole clauses in an exact hit, any of the terms in a related one.
    fn new(exact: bool, query: &Query, prefixed: &[TermPostings]) -> Self {
        Patterns(if exact {
            query.clauses.iter().map(|clause| clause.pattern.clone()).collect()
        } else {
            let terms = query.clauses.iter().flat_map(|clause: &Clause| &clause.terms);
            terms.chain(prefixed.iter().map(|p| &p.term)).map(pattern).collect()
        })
    }

    /// Where they stand in `text`, tidy.
    fn find(&self, text: &str, folded: &FoldedText) -> Vec<Match> {
        tidy(text, self.0.iter().flat_map(|pattern| folded.find(pattern)).collect())
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
