//! Which documents match exactly: by their terms, then by what the source can prove.

use super::order::sorted;
use super::query::{Clause, Query};
use super::source::Source;
use super::{Searcher, TermPostings};
use crate::format::postings::Posting;
use crate::{DocId, Error};

impl<S: Source> Searcher<S> {
    /// The documents, ascending, in which of every group of clauses one stands; none without clauses.
    pub(super) fn matching(
        &self,
        clauses: &[Clause],
        terms: &[TermPostings],
    ) -> Result<Vec<DocId>, Error> {
        let alone = |group: &&[Clause]| group.len() == 1;
        // What all must have thins out what is left to prove.
        let required = || Query::groups(clauses).filter(alone).flatten();
        let mut docs = candidates(&mut required(), terms, None);
        for clause in required().filter(|clause| clause.verify) {
            docs = docs.map(|docs| self.source().verify(clause, docs)).transpose()?;
        }
        for group in Query::groups(clauses).filter(|group| !alone(group)) {
            let mut standing = Vec::new();
            for clause in group {
                let within = candidates(&mut std::iter::once(clause), terms, docs.as_deref());
                let within = within.unwrap_or_default();
                standing.extend(match clause.verify {
                    true => self.source().verify(clause, within)?,
                    false => within,
                });
            }
            let mut standing = sorted(standing);
            standing.dedup();
            docs = Some(standing);
        }
        Ok(docs.unwrap_or_default())
    }
}

/// Those `within`, or of all documents, that have all terms of `clauses`; `None` if there are neither.
fn candidates(
    clauses: &mut dyn Iterator<Item = &Clause>,
    terms: &[TermPostings],
    within: Option<&[DocId]>,
) -> Option<Vec<DocId>> {
    let mut numbers = Vec::new();
    for clause in clauses {
        let wanted = clause.terms.iter().filter_map(|term| {
            let number = terms.binary_search_by(|t| t.term.cmp(term)).ok()?;
            Some((terms[number].postings.len(), number, clause.title))
        });
        numbers.extend(wanted);
    }
    let mut docs = within.map(<[DocId]>::to_vec);
    // The rarest first: the others only thin it out.
    for (_, number, title) in sorted(numbers) {
        let postings = &terms[number].postings;
        match &mut docs {
            Some(docs) => retain_common(docs, postings, title),
            None => {
                let all = postings.iter().filter(|p| p.in_title || !title);
                docs = Some(all.map(|p| p.doc).collect());
            }
        }
    }
    docs
}

/// Keeps of `docs` those that `postings` have too, in the title if that is asked; both ascend.
fn retain_common(docs: &mut Vec<DocId>, postings: &[Posting], title: bool) {
    let mut rest = postings;
    docs.retain(|&doc| {
        // A short list against a long one: leap by doubling steps, then search between.
        let mut step = 1;
        while step < rest.len() && rest[step].doc < doc {
            step *= 2;
        }
        let within = &rest[step / 2..(step + 1).min(rest.len())];
        rest = &rest[step / 2 + within.partition_point(|p| p.doc < doc)..];
        rest.first().is_some_and(|p| p.doc == doc && (p.in_title || !title))
    });
}
