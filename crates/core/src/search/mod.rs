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
mod explain;
mod filters;
mod grapheme;
mod hits;
mod order;
pub mod query;
pub mod results;
mod sections;
mod sharded;
mod snippet;
mod source;
mod typed;
mod whole;

pub use explain::{Explanation, FieldScore, TermScore};
pub use filters::{Accepted, Filter, Sort};
pub use sharded::Sharded;
pub use source::{Source, Stored};
pub use whole::Whole;

use crate::Error;
use crate::analysis::Analyzer;
use crate::format::postings::Posting;
use bm25::Bm25;
use order::{Ranking, sorted};
use query::{Clause, Query, QueryTerm};
use results::{SearchOptions, SearchResults};

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
pub struct Searcher<S> {
    source: S,
    bm25: Bm25,
}

/// The postings of one term of a query, and what they count.
#[derive(Debug)]
struct TermPostings {
    term: QueryTerm,
    postings: Vec<Posting>,
}

impl<S: Source> Searcher<S> {
    fn over(source: S) -> Self {
        Searcher { bm25: Bm25::new(source.stats()), source }
    }

    fn source(&self) -> &S {
        &self.source
    }

    fn source_mut(&mut self) -> &mut S {
        &mut self.source
    }

    /// The analyzer with the tables that travel in the index.
    pub fn analyzer(&self) -> &Analyzer {
        self.source.analyzer()
    }

    /// Number of documents in the index.
    pub fn doc_count(&self) -> u32 {
        self.source.stats().doc_count
    }

    /// Answers `query`. Any text is a query; one without anything to search finds nothing,
    /// or, with filters or an order, all documents that pass.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the index contradicts itself; [`Error::Missing`] where it is in shards
    /// and some must be loaded before it can answer.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<SearchResults, Error> {
        let parsed = Query::parse(self.source.analyzer(), query);
        // All that is needed is asked for before any of it is used.
        let terms = self.term_postings(&parsed.clauses)?;
        let prefixed = self.prefixed(parsed.prefix.as_deref())?;
        let excluded: Vec<_> = parsed.excluded.iter().map(std::slice::from_ref).collect();
        let excluded_terms: Vec<Vec<TermPostings>> =
            excluded.iter().map(|clauses| self.term_postings(clauses)).collect::<Result<_, _>>()?;
        for clause in parsed.clauses.iter().chain(&parsed.excluded).filter(|c| c.verify) {
            self.source.prepare(clause);
        }
        let selection = self.selection(options)?;
        self.source.settle()?;

        let mut scores = vec![0.0; self.doc_count() as usize];
        for term in &terms {
            self.bm25.add(&term.postings, 1.0, &mut scores);
        }
        for term in &prefixed {
            self.bm25.add(&term.postings, PREFIX_WEIGHT, &mut scores);
        }
        for &(doc, weight) in self.source.weights() {
            scores[doc as usize] *= weight.value();
        }

        let mut exact = self.matching(&parsed.clauses, &terms)?;
        if query.trim_start().is_empty() && selection.lists_all() {
            (0..self.doc_count()).for_each(|doc| exact.push(doc));
        }
        for (clauses, terms) in excluded.into_iter().zip(&excluded_terms) {
            let excluded = self.matching(clauses, terms)?;
            exact.retain(|doc| excluded.binary_search(doc).is_err());
            excluded.iter().for_each(|&doc| scores[doc as usize] = 0.0);
        }
        let facets = selection.count(&exact);
        let mut exact_hits = Ranking::default();
        for &doc in &exact {
            if selection.passes(doc) {
                exact_hits.push(doc, scores[doc as usize]);
            }
            // What is exact is not related.
            scores[doc as usize] = 0.0;
        }
        let mut related_hits = Ranking::default();
        for (doc, &score) in (0..).zip(&scores) {
            if score > 0.0 && selection.passes(doc) {
                related_hits.push(doc, score);
            }
        }

        let rank = |doc| selection.rank(doc);
        let (total, related) = (exact_hits.len(), related_hits.len());
        let end = options.offset.saturating_add(options.limit);
        let shown = exact_hits.page(options.offset, end, &rank);
        let mut hits = self.hits(&shown, true, &parsed, &prefixed, options.sections)?;
        let (from, to) = (options.offset.saturating_sub(total), end.saturating_sub(total));
        let shown = related_hits.page(from, to, &rank);
        hits.extend(self.hits(&shown, false, &parsed, &prefixed, options.sections)?);
        self.source.settle()?;
        Ok(SearchResults {
            query: query.to_owned(),
            total: total as u32,
            related: related as u32,
            exact: total > 0,
            hits,
            facets,
        })
    }

    /// The postings of the terms of `clauses`, ascending by term, each once; terms that no document
    /// has stay, empty.
    fn term_postings(&self, clauses: &[Clause]) -> Result<Vec<TermPostings>, Error> {
        let mut terms = sorted(clauses.iter().flat_map(|clause| &clause.terms).collect());
        terms.dedup();
        terms.into_iter().map(|term| self.postings(term.clone())).collect()
    }

    fn postings(&self, term: QueryTerm) -> Result<TermPostings, Error> {
        Ok(TermPostings { postings: self.source.postings(&term)?, term })
    }

    /// The words that the one being typed may become.
    fn prefixed(&self, prefix: Option<&str>) -> Result<Vec<TermPostings>, Error> {
        let Some(prefix) = prefix else { return Ok(Vec::new()) };
        let words = self.source.words_with_prefix(prefix, PREFIX_WORDS + 1)?;
        let longer = words.into_iter().filter(|word| word != prefix).take(PREFIX_WORDS);
        longer.map(|word| self.postings(QueryTerm::Word(word))).collect()
    }
}
