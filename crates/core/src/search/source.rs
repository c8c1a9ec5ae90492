//! What a search reads: an index in one piece, or one of which only parts are there.

use super::query::{Clause, QueryTerm};
use crate::analysis::Analyzer;
use crate::format::Structure;
use crate::format::columns::Column;
use crate::format::postings::{self, Posting};
use crate::format::stats::Stats;
use crate::format::store::{Details, Record};
use crate::{DocId, Error, Weight};
use std::rc::Rc;

/// What is stored of a document.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'s> {
    /// All but its text.
    pub record: Record<'s>,
    /// Its text as bytes, not checked to be UTF-8, which takes longer than to search them.
    pub text: &'s [u8],
}

impl Stored<'_> {
    /// Reads all of it.
    pub(crate) fn verify(&self) -> Result<(), Error> {
        let damaged = |structure: Structure| Error::Damaged { structure: structure.name() };
        let text = std::str::from_utf8(self.text).map_err(|_| damaged(Structure::Texts))?;
        let Details { sections, demoted, .. } = self.record.details()?;
        let starts = sections.iter().map(|section| section.start as usize);
        let ends = demoted.iter().flat_map(|range| [range.start, range.end]);
        if starts.chain(ends).all(|at| text.is_char_boundary(at)) {
            Ok(())
        } else {
            Err(damaged(Structure::Records))
        }
    }
}

/// An index, whole or in shards.
///
/// What is not there counts as empty and is noted; [`settle`](Self::settle) then asks for it. So a
/// search goes as far as it can and asks for all it lacks at once.
pub trait Source {
    /// How many terms of a long query are looked at for each that is read.
    const STRETCHES: usize;

    /// Whether the texts of some dozen documents can be read for a query.
    const TEXTS_AT_HAND: bool;

    /// The counts of the index.
    fn stats(&self) -> &Stats;

    /// The analyzer with the tables that travel in the index.
    fn analyzer(&self) -> &Analyzer;

    /// The documents, ascending, whose weight is not one.
    fn weights(&self) -> &[(DocId, Weight)];

    /// The weight of `doc`.
    fn weight(&self, doc: DocId) -> f32 {
        let weights = self.weights();
        let place = weights.binary_search_by_key(&doc, |&(doc, _)| doc);
        place.map_or(1.0, |place| weights[place].1.value())
    }

    /// The fields, ascending, that documents can be filtered, sorted and counted by.
    fn facets(&self) -> &[String];

    /// The values of a field, by its place in [`facets`](Self::facets); `None` if they are not there
    /// yet.
    fn column(&self, field: usize) -> Result<Option<Rc<Column>>, Error>;

    /// Words and others that may stand for them, as folded text, ascending.
    fn synonyms(&self) -> &[(String, String)];

    /// The postings of `term`, ascending by document; none where no document has it.
    fn postings(&self, term: &QueryTerm) -> Result<Vec<Posting>, Error>;

    /// Up to `limit` words that start with `prefix`, in lexical order.
    fn words_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>, Error>;

    /// Calls `visit` with the beginnings of words, shorter ones first, and whether that is a word by
    /// itself; where it says no, with none that start so. The words are all, or at least those that
    /// start as `like` does.
    fn walk_words(
        &self,
        like: &str,
        visit: &mut dyn FnMut(&[u8], bool) -> bool,
    ) -> Result<(), Error>;

    /// The code of a character, which rises as characters become rarer; `None` if no text has it.
    fn code(&self, c: char) -> Result<Option<u32>, Error>;

    /// How many documents have `term`; where only fetching would tell, 1.
    fn doc_freq(&self, term: &QueryTerm) -> Result<u32, Error>;

    /// In about how many documents a character stands.
    fn character(&self, c: char) -> Result<f32, Error>;

    /// The postings of all words that start with `prefix`, as of one term.
    fn prefix_postings(&self, prefix: &str) -> Result<Vec<Posting>, Error> {
        let mut lists = Vec::new();
        for word in self.words_with_prefix(prefix, QueryTerm::MOST_WORDS)? {
            lists.extend(self.postings(&QueryTerm::Word(word))?);
        }
        Ok(postings::union(&lists, self.stats().doc_count as usize))
    }

    /// Notes what [`verify`](Self::verify) will lack.
    fn prepare(&self, clause: &Clause);

    /// Those of `docs`, ascending, in which one of the clauses really stands.
    fn verify(&self, clauses: &[Clause], docs: &[DocId]) -> Result<Vec<DocId>, Error>;

    /// What is stored of `doc`; `None` if that is not there yet.
    fn stored(&self, doc: DocId) -> Result<Option<Stored<'_>>, Error>;

    /// Fails if anything that was asked for is not there.
    ///
    /// # Errors
    /// [`Error::Missing`].
    fn settle(&self) -> Result<(), Error>;
}
