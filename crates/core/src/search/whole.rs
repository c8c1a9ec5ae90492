//! Searching an index in one piece.

use super::Searcher;
use super::proof::{Proof, folded_document};
use super::query::{Clause, QueryTerm};
use super::source::{Source, Stored};
use crate::analysis::Analyzer;
use crate::format::Structure;
use crate::format::blocks::{Block, TermInfo};
use crate::format::columns::Column;
use crate::format::postings::{self, Posting};
use crate::format::stats::Stats;
use crate::{DocId, Error, IndexReader, Weight};
use std::cell::RefCell;
use std::rc::Rc;

/// Bytes of folded text to keep, at most.
const CACHE: usize = 24 << 20;

/// An index in one piece, and what of it was decoded so far.
#[derive(Debug)]
pub struct Whole<D> {
    reader: IndexReader<D>,
    /// Blocks decoded so far, by number.
    blocks: RefCell<Vec<Option<Rc<Block>>>>,
    folded: RefCell<FoldedCache>,
    /// Columns decoded so far, by field.
    columns: RefCell<Vec<Option<Rc<Column>>>>,
}

/// Folded titles and texts of documents that had to be verified.
#[derive(Debug, Default)]
struct FoldedCache {
    documents: Vec<Option<Folded>>,
    bytes: usize,
}

/// A folded document, and where what was looked for last was found: the clauses of a text that was
/// copied out of it follow one another.
#[derive(Debug)]
struct Folded {
    text: Box<str>,
    found: usize,
}

impl<D: AsRef<[u8]>> Searcher<Whole<D>> {
    /// Opens the index in `data`.
    ///
    /// # Errors
    /// Those of [`IndexReader::open`].
    pub fn open(data: D) -> Result<Self, Error> {
        Ok(Self::new(IndexReader::open(data)?))
    }

    /// A searcher over an open index.
    pub fn new(reader: IndexReader<D>) -> Self {
        let blocks = RefCell::new(vec![None; reader.block_count() as usize]);
        let columns = RefCell::new(vec![None; reader.facets().len()]);
        Self::over(Whole { reader, blocks, folded: RefCell::default(), columns })
    }

    /// The index.
    pub fn reader(&self) -> &IndexReader<D> {
        &self.source().reader
    }
}

impl<D: AsRef<[u8]>> Source for Whole<D> {
    const TEXTS_AT_HAND: bool = true;
    const STRETCHES: usize = 4;

    fn stats(&self) -> &Stats {
        self.reader.stats()
    }

    fn analyzer(&self) -> &Analyzer {
        self.reader.analyzer()
    }

    fn weights(&self) -> &[(DocId, Weight)] {
        self.reader.weights()
    }

    fn facets(&self) -> &[String] {
        self.reader.facets()
    }

    fn column(&self, field: usize) -> Result<Option<Rc<Column>>, Error> {
        let mut columns = self.columns.borrow_mut();
        let Some(slot) = columns.get_mut(field) else { return Ok(None) };
        if slot.is_none() {
            *slot = Some(Rc::new(self.reader.column(field)?));
        }
        Ok(slot.clone())
    }

    fn synonyms(&self) -> &[(String, String)] {
        self.reader.synonyms()
    }

    fn postings(&self, term: &QueryTerm) -> Result<Vec<Posting>, Error> {
        let mut out = Vec::new();
        match *term {
            QueryTerm::Char(c) => {
                if let Some(number) = self.reader.code(c)? {
                    let mut lists = Vec::new();
                    for &info in &self.block(number)?.terms {
                        self.reader.postings(info, &mut lists)?;
                    }
                    out = postings::union(&lists, self.stats().doc_count as usize);
                }
            }
            QueryTerm::Prefix(ref prefix) => out = self.prefix_postings(prefix)?,
            _ => {
                if let Some(info) = self.info(term)? {
                    self.reader.postings(info, &mut out)?;
                }
            }
        }
        Ok(out)
    }

    fn code(&self, c: char) -> Result<Option<u32>, Error> {
        self.reader.code(c)
    }

    fn doc_freq(&self, term: &QueryTerm) -> Result<u32, Error> {
        Ok(match term {
            // Common enough not to be counted.
            QueryTerm::Char(_) | QueryTerm::Prefix(_) => self.stats().doc_count,
            _ => self.info(term)?.map_or(0, |info| info.doc_freq),
        })
    }

    fn character(&self, c: char) -> Result<f32, Error> {
        let Some(number) = self.reader.code(c)? else { return Ok(0.0) };
        let mut sum = 0.0;
        for info in &self.block(number)?.terms {
            sum += info.doc_freq as f32;
        }
        // A document with several of its bigrams is in the sum several times.
        let count = self.stats().doc_count as f32;
        Ok(sum * count / (sum + count))
    }

    fn walk_words(&self, _: &str, visit: &mut dyn FnMut(&[u8], bool) -> bool) -> Result<(), Error> {
        self.reader.walk("", &mut |key, number| visit(key, number.is_some()))
    }

    fn words_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>, Error> {
        let mut words = Vec::new();
        self.reader.walk(prefix, &mut |key, number| {
            if number.is_some()
                && words.len() < limit
                && let Ok(word) = std::str::from_utf8(key)
            {
                words.push(word.to_owned());
            }
            words.len() < limit
        })?;
        Ok(words)
    }

    fn prepare(&self, _: &Clause) {}

    fn verify(&self, clauses: &[Clause], docs: &[DocId]) -> Result<Vec<DocId>, Error> {
        // In one pass through each, whatever clause it is.
        let proof = Proof::new(clauses);
        let mut standing = Vec::new();
        for &doc in docs {
            if self.stands_in(doc, &proof)? {
                standing.push(doc);
            }
        }
        Ok(standing)
    }

    fn stored(&self, doc: DocId) -> Result<Option<Stored<'_>>, Error> {
        let (record, text) = (self.reader.record(doc)?, self.reader.text_bytes(doc));
        Ok(Some(Stored { record, text }))
    }

    fn settle(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl<D: AsRef<[u8]>> Whole<D> {
    fn block(&self, number: u32) -> Result<Rc<Block>, Error> {
        let damaged = Error::Damaged { structure: Structure::Terms.name() };
        let mut blocks = self.blocks.borrow_mut();
        let slot = blocks.get_mut(number as usize).ok_or(damaged)?;
        if let Some(block) = slot {
            return Ok(Rc::clone(block));
        }
        let block = Rc::new(self.reader.block(number)?);
        *slot = Some(Rc::clone(&block));
        Ok(block)
    }

    /// Where the postings of a term lie that is neither a single character nor a prefix.
    fn info(&self, term: &QueryTerm) -> Result<Option<TermInfo>, Error> {
        let place = match *term {
            QueryTerm::Bigram(first, second) => {
                let (first, second) = (self.reader.code(first)?, self.reader.code(second)?);
                let (Some(number), Some(second)) = (first, second) else { return Ok(None) };
                let block = self.block(number)?;
                let Ok(place) = block.seconds.binary_search(&(second + 1)) else { return Ok(None) };
                (number, place)
            }
            QueryTerm::Word(ref word) => match self.reader.word(word)? {
                Some(number) => self.reader.word_place(number),
                None => return Ok(None),
            },
            QueryTerm::Char(_) | QueryTerm::Prefix(_) => return Ok(None),
        };
        let damaged = Error::Damaged { structure: Structure::Terms.name() };
        self.block(place.0)?.terms.get(place.1).copied().ok_or(damaged).map(Some)
    }

    /// Whether what is to be proved stands in `doc`.
    fn stands_in(&self, doc: DocId, proof: &Proof) -> Result<bool, Error> {
        let mut cache = self.folded.borrow_mut();
        if cache.documents.is_empty() {
            cache.documents.resize_with(self.stats().doc_count as usize, || None);
        }
        if let Some(Some(folded)) = cache.documents.get_mut(doc as usize) {
            return Ok(folded.has(proof));
        }
        let text = folded_document(
            self.analyzer(),
            self.reader.record(doc)?.title,
            self.reader.text(doc)?,
        );
        let mut folded = Folded { text: text.into_boxed_str(), found: 0 };
        let stands = folded.has(proof);
        cache.keep(doc, folded);
        Ok(stands)
    }
}

impl Folded {
    fn has(&mut self, proof: &Proof) -> bool {
        let mut found = None;
        if proof.copied {
            found = proof.find(&self.text, self.found);
            self.found = found.unwrap_or_default();
        }
        found.or_else(|| proof.find(&self.text, 0)).is_some()
    }
}

impl FoldedCache {
    fn keep(&mut self, doc: DocId, folded: Folded) {
        if self.bytes + folded.text.len() > CACHE {
            self.documents.iter_mut().for_each(|document| *document = None);
            self.bytes = 0;
        }
        self.bytes += folded.text.len();
        if let Some(place) = self.documents.get_mut(doc as usize) {
            *place = Some(folded);
        }
    }
}
