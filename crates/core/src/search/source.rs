//! What a search reads: an index in one piece, or one of which only parts are there.

use super::query::{Clause, QueryTerm};
use crate::analysis::Analyzer;
use crate::format::Structure;
use crate::format::postings::Posting;
use crate::format::stats::Stats;
use crate::format::store::{Details, Record};
use crate::{DocId, Error, Weight};

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
    /// The counts of the index.
    fn stats(&self) -> &Stats;

    /// The analyzer with the tables that travel in the index.
    fn analyzer(&self) -> &Analyzer;

    /// The documents, ascending, whose weight is not one.
    fn weights(&self) -> &[(DocId, Weight)];

    /// Words and others that may stand for them, as folded text, ascending.
    fn synonyms(&self) -> &[(String, String)];

    /// The postings of `term`, ascending by document; none where no document has it.
    fn postings(&self, term: &QueryTerm) -> Result<Vec<Posting>, Error>;

    /// Up to `limit` words that start with `prefix`, in lexical order.
    fn words_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>, Error>;

    /// Notes what [`verify`](Self::verify) will lack.
    fn prepare(&self, clause: &Clause);

    /// Those of `docs`, ascending, that have all terms of `clause`, in which it really stands.
    fn verify(&self, clause: &Clause, docs: Vec<DocId>) -> Result<Vec<DocId>, Error>;

    /// What is stored of `doc`; `None` if that is not there yet.
    fn stored(&self, doc: DocId) -> Result<Option<Stored<'_>>, Error>;

    /// Fails if anything that was asked for is not there.
    ///
    /// # Errors
    /// [`Error::Missing`].
    fn settle(&self) -> Result<(), Error>;
}
