//! Which documents match exactly: by their terms, then by what the source can prove.

use super::order::sorted;
use super::query::{Clause, QueryTerm};
use super::source::Source;
use super::{Searcher, TermPostings};
use crate::{DocId, Error};

impl<S: Source> Searcher<S> {
    /// The documents, ascending, in which every clause stands; none without clauses.
    pub(super) fn matching(
        &self,
        clauses: &[Clause],
        terms: &[TermPostings],
    ) -> Result<Vec<DocId>, Error> {
        let mut docs = having(clauses, terms);
        for clause in clauses.iter().filter(|clause| clause.verify) {
            docs = self.source().verify(clause, docs)?;
        }
        Ok(docs)
    }
}

/// The documents, ascending, that have all terms of the clauses; `terms` has their postings.
pub(super) fn having(clauses: &[Clause], terms: &[TermPostings]) -> Vec<DocId> {
    let wanted = |term: &QueryTerm| terms.binary_search_by(|t| t.term.cmp(term)).ok();
    let numbers = clauses.iter().flat_map(|clause| &clause.terms).filter_map(wanted);
    // The rarest first: the others only thin it out.
    let numbers = sorted(numbers.map(|i| (terms[i].postings.len(), i)).collect());
    let Some((&(_, rarest), others)) = numbers.split_first() else { return Vec::new() };
    let mut docs: Vec<DocId> = terms[rarest].postings.iter().map(|p| p.doc).collect();
    for &(_, number) in others {
        retain_common(&mut docs, &terms[number]);
    }
    docs
}

/// Keeps of `docs` what `term` has too; both ascend.
fn retain_common(docs: &mut Vec<DocId>, term: &TermPostings) {
    let mut rest = &term.postings[..];
    docs.retain(|&doc| {
        // A short list against a long one: leap by doubling steps, then search between.
        let mut step = 1;
        while step < rest.len() && rest[step].doc < doc {
            step *= 2;
        }
        let within = &rest[step / 2..(step + 1).min(rest.len())];
        rest = &rest[step / 2 + within.partition_point(|p| p.doc < doc)..];
        rest.first().is_some_and(|p| p.doc == doc)
    });
}
