//! Searching an index in one piece.

use super::Searcher;
use super::query::{Clause, QueryTerm};
use super::source::{Source, Stored};
use crate::analysis::{Analyzer, occurrence};
use crate::format::Structure;
use crate::format::blocks::Block;
use crate::format::postings::{self, Posting};
use crate::format::stats::Stats;
use crate::{DocId, Error, IndexReader, Weight};
use std::cell::RefCell;
use std::rc::Rc;

/// Bytes of folded text to keep, at most.
const CACHE: usize = 24 << 20;

/// Stands between title and text in a folded document; no pattern has it.
pub(super) const FIELD_END: char = '\0';

/// An index in one piece, and what of it was decoded so far.
#[derive(Debug)]
pub struct Whole<D> {
    reader: IndexReader<D>,
    /// Blocks decoded so far, by number.
    blocks: RefCell<Vec<Option<Rc<Block>>>>,
    folded: RefCell<FoldedCache>,
}

/// Folded titles and texts of documents that had to be verified.
#[derive(Debug, Default)]
struct FoldedCache {
    documents: Vec<Option<Box<str>>>,
    bytes: usize,
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
        Self::over(Whole { reader, blocks, folded: RefCell::default() })
    }

    /// The index.
    pub fn reader(&self) -> &IndexReader<D> {
        &self.source().reader
    }
}

impl<D: AsRef<[u8]>> Source for Whole<D> {
    fn stats(&self) -> &Stats {
        self.reader.stats()
    }

    fn analyzer(&self) -> &Analyzer {
        self.reader.analyzer()
    }

    fn weights(&self) -> &[(DocId, Weight)] {
        self.reader.weights()
    }

    fn synonyms(&self) -> &[(String, String)] {
        self.reader.synonyms()
    }

    fn postings(&self, term: &QueryTerm) -> Result<Vec<Posting>, Error> {
        let mut out = Vec::new();
        match *term {
            QueryTerm::Bigram(first, second) => {
                if let Some(number) = self.reader.code(first)?
                    && let Some(second) = self.reader.code(second)?
                {
                    let block = self.block(number)?;
                    if let Ok(place) = block.seconds.binary_search(&(second + 1)) {
                        self.reader.postings(block.terms[place], &mut out)?;
                    }
                }
            }
            QueryTerm::Char(c) => {
                if let Some(number) = self.reader.code(c)? {
                    let mut lists = Vec::new();
                    for &info in &self.block(number)?.terms {
                        self.reader.postings(info, &mut lists)?;
                    }
                    out = postings::union(&lists, self.stats().doc_count as usize);
                }
            }
            QueryTerm::Word(ref word) => {
                if let Some(number) = self.reader.word(word)? {
                    let (block, place) = self.reader.word_place(number);
                    let damaged = Error::Damaged { structure: Structure::Terms.name() };
                    let info = self.block(block)?.terms.get(place).copied().ok_or(damaged)?;
                    self.reader.postings(info, &mut out)?;
                }
            }
        }
        Ok(out)
    }

    fn words_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>, Error> {
        let words = self.reader.words_with_prefix(prefix, limit)?;
        Ok(words.into_iter().map(|(word, _)| word).collect())
    }

    fn prepare(&self, _: &Clause) {}

    fn verify(&self, clause: &Clause, mut docs: Vec<DocId>) -> Result<Vec<DocId>, Error> {
        let mut failed = Ok(());
        docs.retain(|&doc| match self.stands_in(doc, &clause.pattern) {
            Ok(stands) => stands,
            Err(error) => {
                failed = Err(error);
                false
            }
        });
        failed.map(|()| docs)
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

    /// Whether `pattern` stands in the title or the text of `doc`.
    fn stands_in(&self, doc: DocId, pattern: &str) -> Result<bool, Error> {
        let mut cache = self.folded.borrow_mut();
        if cache.documents.is_empty() {
            cache.documents.resize_with(self.stats().doc_count as usize, || None);
        }
        if let Some(Some(folded)) = cache.documents.get(doc as usize) {
            return Ok(occurrence(folded, pattern, 0).is_some());
        }
        let folded = folded_document(
            self.analyzer(),
            self.reader.record(doc)?.title,
            self.reader.text(doc)?,
        );
        let stands = occurrence(&folded, pattern, 0).is_some();
        cache.keep(doc, folded);
        Ok(stands)
    }
}

/// Title and text, folded.
pub(super) fn folded_document(analyzer: &Analyzer, title: &str, text: &str) -> String {
    let mut folded = analyzer.folded(title);
    folded.push(FIELD_END);
    folded.push_str(&analyzer.folded(text));
    folded
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
