//! Which synonyms an index carries: those whose other word stands in its documents.

use super::IndexWriter;
use super::run::{List, RunTerm};
use super::segment::CharacterCounts;
use super::stems::Stems;
use crate::Error;
use crate::analysis::{Analyzer, Side, TableUse, Term};
use crate::format::synonyms::{self, Synonym};

/// Words that say the same in the Mainland and in Taiwan or Hong Kong: a pair on each line.
const REGIONAL: &str = include_str!("../../tables/regional.txt");

impl IndexWriter {
    /// Lets `other` stand for `word`: a query with `word` finds documents with `other` as well, behind
    /// those with what was typed.
    ///
    /// # Errors
    /// [`Error::Refused`] where one of them has neither letters nor digits, or both are the same to a
    /// search.
    pub fn add_synonym(&mut self, word: &str, other: &str) -> Result<(), Error> {
        let folded = [word, other].map(|word| self.analyzer.folded(word));
        if folded[0] == folded[1] || folded.iter().any(String::is_empty) {
            return Err(Error::refused(&[
                "\"",
                word,
                "\" and \"",
                other,
                "\" cannot be synonyms: to a search they are the same, or one has neither letters nor \
                 digits; leave one out",
            ]));
        }
        self.synonyms.push((word.to_owned(), other.to_owned()));
        Ok(())
    }

    /// Whether words of the Mainland stand for those of Taiwan and Hong Kong and the other way round;
    /// they do unless told otherwise.
    pub fn set_regional(&mut self, regional: bool) {
        self.regional = regional;
    }

    /// The synonyms that this index may carry.
    pub(super) fn candidates(&mut self) -> Candidates {
        let mut pairs = std::mem::take(&mut self.synonyms);
        let regional = if self.regional { REGIONAL } else { "" };
        for (word, other) in regional.lines().filter_map(|line| line.split_once('\t')) {
            pairs.push((word.to_owned(), other.to_owned()));
            pairs.push((other.to_owned(), word.to_owned()));
        }
        let stems = std::mem::take(&mut self.stems);
        Candidates { stems, ..Candidates::new(&self.analyzer, &self.characters, &pairs) }
    }
}

/// Synonyms, and which terms of theirs have been seen so far.
pub(super) struct Candidates {
    /// As folded text, with the terms of the other word.
    synonyms: Vec<(Synonym, Vec<RunTerm>)>,
    /// All those terms, ascending, with whether they were seen.
    terms: Vec<(RunTerm, bool)>,
    /// How many of them cannot be seen any more.
    passed: usize,
    stems: Stems,
}

impl Candidates {
    fn new(analyzer: &Analyzer, characters: &CharacterCounts, pairs: &[Synonym]) -> Self {
        let mut synonyms = Vec::new();
        for (word, other) in pairs {
            let mut terms = Vec::new();
            let mut stands = true;
            analyzer.terms(other, Side::Query, &mut |term, _| match term {
                Term::Bigram(first, second) => terms.push(RunTerm::Bigram(first, Some(second))),
                Term::Word(word) => terms.push(RunTerm::Word(word.to_owned())),
                Term::Char(c) => stands &= characters.has(c),
            });
            if stands {
                synonyms.push(((analyzer.folded(word), analyzer.folded(other)), terms));
            }
        }
        synonyms.sort_unstable();
        synonyms.dedup();
        let mut terms: Vec<RunTerm> =
            synonyms.iter().flat_map(|(_, terms)| terms).cloned().collect();
        terms.sort_unstable();
        terms.dedup();
        let terms = terms.into_iter().map(|term| (term, false)).collect();
        Candidates { synonyms, terms, passed: 0, stems: Stems::default() }
    }

    /// Takes note of a term of the index; they come ascending.
    pub(super) fn see(&mut self, seen: &RunTerm, list: &List) {
        if let RunTerm::Word(word) = seen {
            self.stems.see(word, list.postings.len());
        }
        while let Some((term, is_seen)) = self.terms.get_mut(self.passed)
            && *term <= *seen
        {
            *is_seen = term == seen;
            self.passed += 1;
        }
    }

    /// The structure with those of which all terms were seen, and those that stems make; what their
    /// words fold from is noted.
    pub(super) fn finish(self, table_use: &mut TableUse) -> Vec<u8> {
        let is_seen = |term: &RunTerm| {
            let place = self.terms.binary_search_by(|(other, _)| other.cmp(term));
            place.is_ok_and(|place| self.terms[place].1)
        };
        let stands = |terms: &[RunTerm]| terms.iter().all(is_seen);
        let kept: Vec<Synonym> =
            self.synonyms.into_iter().filter(|(_, t)| stands(t)).map(|(kept, _)| kept).collect();
        kept.iter().for_each(|(word, _)| table_use.note_text(word));
        synonyms::encode(&kept, &self.stems.forms())
    }
}
