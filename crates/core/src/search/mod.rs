//! `Searcher`: a query → the documents that match, ranked, with snippets.
//!
//! 1. The query becomes clauses and terms ([`query`]).
//! 2. Documents that have all terms of a clause are candidates; where that proves too little, the
//!    clause is looked for in their folded text. Those in which every clause stands match exactly.
//! 3. All documents with any of the terms are scored ([`bm25`]): exact ones come first, related
//!    ones after.
//! 4. The hits asked for get their highlights and snippets from the original text (`snippet`).

pub mod bm25;
mod candidates;
mod grapheme;
mod hits;
mod order;
pub mod query;
pub mod results;
mod snippet;
mod typed;

use crate::format::Structure;
use crate::format::blocks::Block;
use crate::format::postings::Posting;
use crate::{Error, IndexReader};
use bm25::Bm25;
use candidates::FoldedCache;
use order::{Ranking, sorted};
use query::{Clause, Query, QueryTerm};
use results::{SearchOptions, SearchResults};
use std::cell::RefCell;
use std::rc::Rc;

/// Words that a prefix stands for, at most.
const PREFIX_WORDS: usize = 64;
/// Weight of a word found by prefix against one that was typed whole.
const PREFIX_WEIGHT: f32 = 0.5;

/// Answers queries over one index. It keeps what it decodes, so later queries are faster.
///
/// ```
/// use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher};
///
/// let mut writer = IndexWriter::new();
/// writer.add(&Document { id: "a".into(), text: "新時代文明實踐中心".into(), ..Default::default() })?;
/// let searcher = Searcher::open(writer.finish()?)?;
/// let results = searcher.search("文明实践", &SearchOptions::default())?;
/// assert_eq!(results.total, 1);
/// assert_eq!(results.hits[0].snippet.highlights, [[3, 7]]);
/// # Ok::<(), suoyin_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Searcher<D> {
    reader: IndexReader<D>,
    bm25: Bm25,
    /// Blocks decoded so far, by number.
    blocks: RefCell<Vec<Option<Rc<Block>>>>,
    folded: RefCell<FoldedCache>,
}

/// The postings of one term of a query, and what they count.
#[derive(Debug)]
struct TermPostings {
    term: QueryTerm,
    postings: Vec<Posting>,
}

impl<D: AsRef<[u8]>> Searcher<D> {
    /// Opens the index in `data`.
    ///
    /// # Errors
    /// Those of [`IndexReader::open`].
    pub fn open(data: D) -> Result<Self, Error> {
        Ok(Self::new(IndexReader::open(data)?))
    }

    /// A searcher over an open index.
    pub fn new(reader: IndexReader<D>) -> Self {
        let blocks = vec![None; reader.block_count() as usize];
        Searcher {
            bm25: Bm25::new(reader.stats()),
            blocks: RefCell::new(blocks),
            folded: RefCell::default(),
            reader,
        }
    }

    /// The index.
    pub fn reader(&self) -> &IndexReader<D> {
        &self.reader
    }

    /// Number of documents in the index.
    pub fn doc_count(&self) -> u32 {
        self.reader.stats().doc_count
    }

    /// Answers `query`. Any text is a query; one without anything to search finds nothing.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index contradicts itself.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<SearchResults, Error> {
        let parsed = Query::parse(self.reader.analyzer(), query);
        let terms = self.term_postings(&parsed.clauses)?;
        let mut scores = vec![0.0; self.doc_count() as usize];
        let norms = self.reader.structure(Structure::FieldNorms);
        for term in &terms {
            self.bm25.add(&term.postings, 1.0, norms, &mut scores);
        }
        let prefixed = self.prefixed(parsed.prefix.as_deref())?;
        for term in &prefixed {
            self.bm25.add(&term.postings, PREFIX_WEIGHT, norms, &mut scores);
        }

        let mut exact = self.matching(&parsed.clauses, &terms)?;
        for excluded in self.excluded(&parsed)? {
            exact.retain(|doc| excluded.binary_search(doc).is_err());
            excluded.iter().for_each(|&doc| scores[doc as usize] = 0.0);
        }
        let mut exact_hits = Ranking::default();
        exact.iter().for_each(|&doc| exact_hits.push(doc, scores[doc as usize]));
        // What is exact is not related.
        exact.iter().for_each(|&doc| scores[doc as usize] = 0.0);
        let mut related_hits = Ranking::default();
        for (doc, &score) in (0..).zip(&scores).filter(|&(_, &score)| score > 0.0) {
            related_hits.push(doc, score);
        }

        let (total, related) = (exact_hits.len(), related_hits.len());
        let end = options.offset.saturating_add(options.limit);
        let shown = exact_hits.page(options.offset, end);
        let mut hits = self.hits(&shown, true, &parsed, &prefixed)?;
        let (from, to) = (options.offset.saturating_sub(total), end.saturating_sub(total));
        let shown = related_hits.page(from, to);
        hits.extend(self.hits(&shown, false, &parsed, &prefixed)?);
        Ok(SearchResults {
            query: query.to_owned(),
            total: total as u32,
            related: related as u32,
            exact: total > 0,
            hits,
        })
    }

    /// The postings of the terms of `clauses`, ascending by term, each once; terms that no document
    /// has stay, empty.
    fn term_postings(&self, clauses: &[Clause]) -> Result<Vec<TermPostings>, Error> {
        let mut terms = sorted(clauses.iter().flat_map(|clause| &clause.terms).collect());
        terms.dedup();
        let postings = |term: &QueryTerm| {
            Ok(TermPostings { term: term.clone(), postings: self.postings(term)? })
        };
        terms.into_iter().map(postings).collect()
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
                    out = self.merged(&lists);
                }
            }
            QueryTerm::Word(ref word) => {
                if let Some(number) = self.reader.word(word)? {
                    self.word_postings(number, &mut out)?;
                }
            }
        }
        Ok(out)
    }

    /// Several lists, one behind the other, as one: ascending by document, frequencies added up.
    fn merged(&self, lists: &[Posting]) -> Vec<Posting> {
        let mut documents = vec![(0, false); self.doc_count() as usize];
        for posting in lists {
            let (text_freq, in_title) = &mut documents[posting.doc as usize];
            *text_freq += posting.text_freq;
            *in_title |= posting.in_title;
        }
        let posting = |(doc, (text_freq, in_title))| Posting { doc, text_freq, in_title };
        let has = |posting: &Posting| posting.text_freq > 0 || posting.in_title;
        (0..).zip(documents).map(posting).filter(has).collect()
    }

    fn word_postings(&self, number: u32, out: &mut Vec<Posting>) -> Result<(), Error> {
        let (block, place) = self.reader.word_place(number);
        match self.block(block)?.terms.get(place) {
            Some(&info) => self.reader.postings(info, out),
            None => Err(Error::Damaged { structure: Structure::Terms.name() }),
        }
    }

    /// The words that the one being typed may become.
    fn prefixed(&self, prefix: Option<&str>) -> Result<Vec<TermPostings>, Error> {
        let Some(prefix) = prefix else { return Ok(Vec::new()) };
        let words = self.reader.words_with_prefix(prefix, PREFIX_WORDS + 1)?;
        let longer = words.into_iter().filter(|(word, _)| word != prefix).take(PREFIX_WORDS);
        longer
            .map(|(word, number)| {
                let mut postings = Vec::new();
                self.word_postings(number, &mut postings)?;
                Ok(TermPostings { term: QueryTerm::Word(word), postings })
            })
            .collect()
    }

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
}
