//! Which documents match exactly: by their terms, then by what the source can prove.

use super::query::{Clause, Query};
use super::source::Source;
use super::{Searcher, TermPostings};
use crate::format::postings::Posting;
use crate::sorting::{distinct, sorted};
use crate::{DocId, Error};

impl<S: Source> Searcher<S> {
    /// The documents, ascending, in which of every group of clauses one stands; none without clauses.
    pub(super) fn matching(
        &self,
        clauses: &[Clause],
        terms: &[TermPostings],
    ) -> Result<Vec<DocId>, Error> {
        // What all must have thins out what is left to prove.
        let mut required: Vec<&Clause> = Vec::new();
        for group in Query::groups(clauses) {
            if let [clause] = group {
                required.push(clause);
            }
        }
        let mut docs = candidates(&required, terms, None);
        for group in Query::groups(clauses) {
            if let [Clause { verify: false, .. }] = group {
                continue;
            }
            let (mut standing, mut unproven) = (Vec::new(), Vec::new());
            for clause in group {
                let within = match group.len() {
                    1 => docs.take(),
                    _ => candidates(&[clause], terms, docs.as_ref()),
                }
                .unwrap_or_default();
                let found = if clause.verify { &mut unproven } else { &mut standing };
                found.extend_from_slice(&within);
            }
            standing.extend_from_slice(&self.source().verify(group, &distinct(&unproven))?);
            docs = Some(distinct(&standing));
        }
        Ok(docs.unwrap_or_default())
    }
}

/// Those `within`, or of all documents, that have all terms of `clauses`; `None` if there are neither.
#[inline(never)]
fn candidates(
    clauses: &[&Clause],
    terms: &[TermPostings],
    within: Option<&Vec<DocId>>,
) -> Option<Vec<DocId>> {
    // Number of documents, and below it which term, and whether in the title.
    let mut keys = Vec::new();
    for clause in clauses {
        for term in &clause.terms {
            if let Ok(number) = terms.binary_search_by(|t| t.term.cmp(term)) {
                let count = terms[number].postings.len() as u64;
                keys.push(count << 32 | (number as u64) << 1 | u64::from(clause.title));
            }
        }
    }
    let mut docs = within.cloned();
    // The rarest first: the others only thin it out.
    for key in sorted(keys) {
        let (postings, title) = (&terms[key as u32 as usize >> 1].postings, key & 1 == 1);
        match &mut docs {
            Some(docs) => retain_common(docs, postings, title),
            None => {
                let mut all = Vec::with_capacity(postings.len());
                for posting in postings {
                    if posting.in_title || !title {
                        all.push(posting.doc);
                    }
                }
                docs = Some(all);
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
