//! What proving matches by the texts would fetch, were there no positions: the shards of all
//! documents that have all terms of a query, beyond those that are shown.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Value, json};
use suoyin_core::search::query::{Query, QueryTerm};
use suoyin_core::{DocId, IndexReader};

use super::client::{Fetched, quantiles};
use super::files::{Files, number_of};

/// The same index in one piece, and what its documents weigh in shards.
pub(super) struct Texts<'i> {
    reader: &'i IndexReader<Vec<u8>>,
    documents_per_shard: u32,
    /// Bytes of each shard of documents.
    shards: BTreeMap<u32, u64>,
}

/// Both ways of proving one query, beyond the terms and the documents shown.
struct Proof {
    candidates: u64,
    positions: u64,
    texts: u64,
    text_requests: u64,
}

impl<'i> Texts<'i> {
    pub(super) fn new(reader: &'i IndexReader<Vec<u8>>, files: &Files) -> Result<Self> {
        let shards = files.of_kind(2).into_iter();
        Ok(Texts {
            reader,
            documents_per_shard: files.documents_per_shard()?,
            shards: shards.map(|(name, shard)| (number_of(name), shard.len() as u64)).collect(),
        })
    }

    /// Compares what `queries` fetched with that.
    pub(super) fn compare(&self, queries: &[String], fetched: &[Fetched]) -> Result<Value> {
        let mut proofs = Vec::new();
        for (query, fetched) in queries.iter().zip(fetched) {
            proofs.extend(self.proof(query, fetched)?);
        }
        let cheaper = proofs.iter().filter(|proof| proof.positions < proof.texts).count();
        Ok(json!({
            "queries": proofs.len(),
            "candidates": quantiles(proofs.iter().map(|proof| proof.candidates)),
            "positions": quantiles(proofs.iter().map(|proof| proof.positions)),
            "texts": quantiles(proofs.iter().map(|proof| proof.texts)),
            "lesser": quantiles(proofs.iter().map(|proof| proof.positions.min(proof.texts))),
            "textRequests": quantiles(proofs.iter().map(|proof| proof.text_requests)),
            "cheaperByPositions": cheaper,
        }))
    }

    /// `None` for a query whose terms alone prove a match.
    fn proof(&self, query: &str, fetched: &Fetched) -> Result<Option<Proof>> {
        let parsed = Query::parse(self.reader.analyzer(), query);
        if parsed.clauses.iter().all(|clause| !clause.verify) {
            return Ok(None);
        }
        let mut candidates: Option<BTreeSet<DocId>> = None;
        let typed = parsed.clauses.iter().filter(|clause| !clause.or);
        for term in typed.flat_map(|clause| &clause.terms) {
            let with_term = self.documents_with(term)?;
            candidates = Some(match candidates {
                None => with_term,
                Some(docs) => docs.intersection(&with_term).copied().collect(),
            });
        }
        let candidates = candidates.unwrap_or_default();
        let shards: BTreeSet<u32> =
            candidates.iter().map(|doc| doc / self.documents_per_shard).collect();
        let beyond = || shards.difference(&fetched.documents);
        Ok(Some(Proof {
            candidates: candidates.len() as u64,
            positions: fetched.bytes[1],
            texts: beyond().filter_map(|number| self.shards.get(number)).sum(),
            text_requests: beyond().count() as u64,
        }))
    }

    fn documents_with(&self, term: &QueryTerm) -> Result<BTreeSet<DocId>> {
        let mut postings = Vec::new();
        match term {
            QueryTerm::Bigram(first, second) => {
                if let (Some(block), Some(code)) =
                    (self.reader.code(*first)?, self.reader.code(*second)?)
                {
                    let block = self.reader.block(block)?;
                    // In a block, codes are counted from one.
                    if let Ok(place) = block.seconds.binary_search(&(code + 1)) {
                        self.reader.postings(block.terms[place], &mut postings)?;
                    }
                }
            }
            QueryTerm::Char(c) => {
                if let Some(block) = self.reader.code(*c)? {
                    for term in self.reader.block(block)?.terms {
                        self.reader.postings(term, &mut postings)?;
                    }
                }
            }
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => {
                if let Some(number) = self.reader.word(word)? {
                    let (block, place) = self.reader.word_place(number);
                    let term = self.reader.block(block)?.terms[place];
                    self.reader.postings(term, &mut postings)?;
                }
            }
        }
        Ok(postings.into_iter().map(|posting| posting.doc).collect())
    }
}
