//! What a page shows of the documents found.

use super::grapheme::Graphemes;
use super::order::Scored;
use super::query::{Clause, QueryTerm};
use super::results::{Hit, SectionHit};
use super::sections::best_sections;
use super::snippet::{
    best_match, first_outside, is_within, passage, snippet, surroundings, tidy, utf16,
};
use super::source::{Source, Stored};
use super::typed::{Region, Typed};
use super::{Searcher, TermPostings};
use crate::Error;
use crate::analysis::{Analyzer, FoldedText, Match, apart, word_pattern};
use crate::format::store::Details;
use std::ops::Range;

/// Clauses that are marked: the first so many.
const MOST_CLAUSES: usize = 64;

impl<S: Source> Searcher<S> {
    /// The hits for `scored`, in the same order; fewer where some are not there yet.
    pub(super) fn hits(
        &self,
        scored: &[Scored],
        tier: Tier,
        clauses: &[Clause],
        further: &[TermPostings],
        sections: usize,
    ) -> Result<Vec<Hit>, Error> {
        let patterns = Patterns::new(tier != Tier::Terms, clauses, further);
        let exact = tier == Tier::Exact;
        let mut hits = Vec::with_capacity(scored.len());
        for &scored in scored {
            hits.extend(self.hit(scored, exact, &patterns, sections)?);
        }
        Ok(hits)
    }

    fn hit(
        &self,
        scored: Scored,
        exact: bool,
        patterns: &Patterns<'_>,
        most_sections: usize,
    ) -> Result<Option<Hit>, Error> {
        let Some(Stored { record, text }) = self.source().stored(scored.doc)? else {
            return Ok(None);
        };
        let analyzer = self.source().analyzer();
        let details = record.details()?;
        let best = best_sections(analyzer, patterns, text, &details, most_sections)?;
        let Details { meta, sections, demoted } = details;
        let in_title = patterns.find(analyzer, record.title);
        let shown = patterns.show(analyzer, text, &demoted)?;
        let first = shown.matches.iter().find(|m| m.start >= shown.passage.start);
        let section = first.and_then(|first| {
            let at = shown.region.start + first.start;
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
            title_highlights: utf16(record.title, &in_title, 0),
            score: scored.score,
            exact,
            snippet: snippet(&shown.region, shown.passage, &shown.matches),
            section: section
                .map(|s| SectionHit { title: s.title.to_owned(), anchor: s.anchor.to_owned() }),
            sections: best,
            meta: owned_meta,
        }))
    }
}

/// Why a document was found; it is shown in front of those of later tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    /// Every clause stands in it.
    Exact,
    /// Every clause stands in it, as it was typed or in other words.
    Widened,
    /// It shares terms with the query.
    Terms,
}

/// What to show of a text; ranges are of bytes of the region.
pub(super) struct Shown<'a> {
    pub(super) region: Region<'a>,
    pub(super) passage: Range<usize>,
    /// Those in the passage, and maybe others.
    pub(super) matches: Vec<Match>,
}

/// What to mark.
pub(super) struct Patterns<'q> {
    /// As folded text has it.
    pub(super) folded: Vec<String>,
    typed: Typed<'q>,
}

impl<'q> Patterns<'q> {
    /// Clauses, `whole` or their terms, and the terms of words that may stand for some.
    pub(super) fn new(whole: bool, clauses: &'q [Clause], further: &'q [TermPostings]) -> Self {
        let (mut folded, mut typed): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
        if whole {
            for clause in clauses.iter().take(MOST_CLAUSES) {
                folded.push(clause.pattern.clone());
                typed.push(&clause.source);
            }
            return Patterns { folded, typed: Typed::new(&typed) };
        }
        for clause in clauses {
            folded.extend(clause.terms.iter().map(pattern));
            typed.extend(clause.source_terms.iter().map(|range| &clause.source[range.clone()]));
        }
        for TermPostings { term, .. } in further {
            folded.push(pattern(term));
            if let QueryTerm::Word(word) = term {
                typed.push(word);
            }
        }
        Patterns { folded, typed: Typed::new(&typed) }
    }

    /// Where they stand in `text`, tidy.
    pub(super) fn find(&self, analyzer: &Analyzer, text: &str) -> Vec<Match> {
        self.find_in(analyzer, text, &analyzer.folded_text(text))
    }

    /// The same in a text that was folded before.
    pub(super) fn find_in(
        &self,
        analyzer: &Analyzer,
        text: &str,
        folded: &FoldedText,
    ) -> Vec<Match> {
        let mut matches = Vec::new();
        self.folded.iter().for_each(|pattern| folded.find(pattern, &mut matches));
        tidy(Graphemes { text, fold: &analyzer.fold }, matches)
    }

    /// The passage of `text` to show, and the matches in it. It keeps out of the parts `demoted`,
    /// unless what was typed stands nowhere else.
    ///
    /// Mostly a text has what was typed just so. Then it is found without analyzing all of the
    /// text, which in a long document is what a search would spend its time on.
    pub(super) fn show<'a>(
        &self,
        analyzer: &Analyzer,
        text: &'a [u8],
        demoted: &[Range<usize>],
    ) -> Result<Shown<'a>, Error> {
        let typed = self.typed.find(text);
        if let Some(best) = best_match(&typed, demoted)
            && !is_within(demoted, best.start)
        {
            let region = Region::around(text, best)?;
            let graphemes = Graphemes { text: region.text, fold: &analyzer.fold };
            let within = surroundings(demoted, best.start, text.len());
            let within = within.start.saturating_sub(region.start)..within.end - region.start;
            let best = best.start - region.start..best.end - region.start;
            let passage = passage(graphemes, Some(best), within);
            let part = apart(region.text.as_bytes(), passage.clone());
            let mut matches = self.find(analyzer, &region.text[part.clone()]);
            matches.iter_mut().for_each(|m| *m = m.start + part.start..m.end + part.start);
            if matches.iter().any(|m| m.start >= passage.start && m.end <= passage.end) {
                return Ok(Shown { region, passage, matches });
            }
        }
        let region = Region::whole(text)?;
        let graphemes = Graphemes { text: region.text, fold: &analyzer.fold };
        let matches = self.find(analyzer, region.text);
        let best = best_match(&matches, demoted).cloned();
        let at = best.as_ref().map_or_else(|| first_outside(demoted), |best| best.start);
        let passage = passage(graphemes, best, surroundings(demoted, at, text.len()));
        Ok(Shown { region, passage, matches })
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
