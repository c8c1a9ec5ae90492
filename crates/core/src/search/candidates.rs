//! Which documents match exactly: by their terms, then by their text.

use super::order::sorted;
use super::query::{Clause, Query, QueryTerm};
use super::{Searcher, TermPostings};
use crate::analysis::occurrence;
use crate::{DocId, Error};

/// Bytes of folded text to keep, at most.
const CACHE: usize = 24 << 20;

/// Stands between title and text in a folded document; no pattern has it.
const FIELD_END: char = '\0';

/// Folded titles and texts of documents that had to be verified.
#[derive(Debug, Default)]
pub(super) struct FoldedCache {
    documents: Vec<Option<Box<str>>>,
    bytes: usize,
}

impl<D: AsRef<[u8]>> Searcher<D> {
    /// The documents, ascending, in which every clause stands; none without clauses.
    pub(super) fn matching(
        &self,
        clauses: &[Clause],
        terms: &[TermPostings],
    ) -> Result<Vec<DocId>, Error> {
        let wanted = |term: &QueryTerm| terms.binary_search_by(|t| t.term.cmp(term)).ok();
        let numbers = clauses.iter().flat_map(|clause| &clause.terms).filter_map(wanted);
        // The rarest first: the others only thin it out.
        let numbers = sorted(numbers.map(|i| (terms[i].postings.len(), i)).collect());
        let Some((&(_, rarest), others)) = numbers.split_first() else { return Ok(Vec::new()) };
        let mut docs: Vec<DocId> = terms[rarest].postings.iter().map(|p| p.doc).collect();
        for &(_, number) in others {
            retain_common(&mut docs, &terms[number]);
        }
        let patterns: Vec<&str> =
            clauses.iter().filter(|c| c.verify).map(|c| c.pattern.as_str()).collect();
        if patterns.is_empty() {
            return Ok(docs);
        }
        let mut matching = Vec::with_capacity(docs.len());
        for doc in docs {
            if self.stand_in(doc, &patterns)? {
                matching.push(doc);
            }
        }
        Ok(matching)
    }

    /// For each excluded clause the documents, ascending, in which it stands.
    pub(super) fn excluded(&self, query: &Query) -> Result<Vec<Vec<DocId>>, Error> {
        let matching = |clause| {
            let terms = self.term_postings(std::slice::from_ref(clause))?;
            self.matching(std::slice::from_ref(clause), &terms)
        };
        query.excluded.iter().map(matching).collect()
    }

    /// Whether each pattern stands in the title or the text of `doc`.
    fn stand_in(&self, doc: DocId, patterns: &[&str]) -> Result<bool, Error> {
        let mut cache = self.folded.borrow_mut();
        if cache.documents.is_empty() {
            cache.documents.resize_with(self.doc_count() as usize, || None);
        }
        let stand =
            |folded: &str| patterns.iter().all(|pattern| occurrence(folded, pattern, 0).is_some());
        if let Some(Some(folded)) = cache.documents.get(doc as usize) {
            return Ok(stand(folded));
        }
        let analyzer = self.reader.analyzer();
        let mut folded = analyzer.folded(self.reader.record(doc)?.title);
        folded.push(FIELD_END);
        folded.push_str(&analyzer.folded(self.reader.text(doc)?));
        let stand = stand(&folded);
        cache.keep(doc, folded);
        Ok(stand)
    }
}

impl FoldedCache {
    fn keep(&mut self, doc: DocId, folded: String) {
        if self.bytes + folded.len() > CACHE {
            self.documents.iter_mut().for_each(|document| *document = None);
            self.bytes = 0;
        }
        self.bytes += folded.len();
        if let Some(place) = self.documents.get_mut(doc as usize) {
            *place = Some(folded.into_boxed_str());
        }
    }
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
