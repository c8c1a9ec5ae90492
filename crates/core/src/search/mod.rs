//! `Searcher`: a query → the documents that match, ranked, with snippets.
//!
//! 1. The query becomes clauses and terms ([`query`]).
//! 2. Documents that have all terms of a clause are candidates; where that proves too little, the
//!    clause is looked for in their folded text. Those in which every clause stands match exactly.
//! 3. All documents with any of the terms are scored ([`bm25`]): exact ones come first, related
//!    ones after, the best of each looked at once more (`rerank`).
//! 4. The hits asked for get their highlights and snippets from the original text (`snippet`).

pub mod bm25;
mod candidates;
mod explain;
mod filters;
mod finder;
mod fuzzy;
mod grapheme;
mod highlights;
mod hits;
mod long;
mod order;
mod passage;
mod picks;
mod proof;
pub mod query;
mod rerank;
pub mod results;
mod scan;
mod sections;
mod sharded;
mod snippet;
mod source;
mod synonyms;
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
use hits::Patterns;
use order::Ranking;
use query::{Clause, QueryTerm};
use rerank::Evidence;
use results::{SearchOptions, SearchResults};
use synonyms::{WIDENED_WEIGHT, Widened};

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
    /// How many documents have it; or another word for the one it is of, where those are more.
    doc_freq: u32,
    /// Against a term that was typed and tells something.
    weight: f32,
}

impl<S: Source> Searcher<S> {
    fn over(source: S) -> Self {
        let stats = source.stats();
        Searcher { bm25: Bm25::new(stats, &stats.ranking), source }
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
        let parsed = self.parse(query)?;
        // All that is needed is asked for before any of it is used.
        let mut widened =
            Widened::new(self.source.analyzer(), self.source.synonyms(), &parsed.clauses);
        let terms = self.weighted_postings(&parsed.clauses, &widened)?;
        let mut further = self.prefixed(parsed.prefix.as_deref())?;
        let mut excluded = Vec::new();
        for clause in &parsed.excluded {
            let clause = std::slice::from_ref(clause);
            excluded.push((clause, self.term_postings(clause)?));
        }
        for clause in widened.clauses.iter().chain(&parsed.excluded).filter(|c| c.verify) {
            self.source.prepare(clause);
        }
        let selection = self.selection(options)?;
        self.source.settle()?;
        let (corrected, corrections) = self.corrected(&parsed, &terms, !further.is_empty())?;
        further.extend(corrected);

        let stats = self.source.stats();
        let parameters = stats.ranking.with(&options.ranking);
        let other = (parameters != stats.ranking).then(|| Bm25::new(stats, &parameters));
        let bm25 = other.as_ref().unwrap_or(&self.bm25);
        let mut scores = vec![0.0; self.doc_count() as usize];
        for term in terms.iter().chain(&further).filter(|term| term.weight > 0.0) {
            bm25.add(&term.postings, term.weight, &mut scores);
        }
        for &(doc, weight) in self.source.weights() {
            scores[doc as usize] *= weight.value();
        }

        let mut exact = self.matching(&parsed.clauses, &terms)?;
        if query.trim_start().is_empty() && selection.lists_all() {
            (0..self.doc_count()).for_each(|doc| exact.push(doc));
        }
        let mut near = Vec::new();
        if widened.is_wider() {
            near = self.matching(&widened.clauses, &terms)?;
            near.retain(|doc| exact.binary_search(doc).is_err());
            near.iter().for_each(|&doc| scores[doc as usize] *= WIDENED_WEIGHT);
        }
        widened.expanded.extend(corrections);
        for (clause, terms) in excluded {
            let excluded = self.matching(clause, &terms)?;
            exact.retain(|doc| excluded.binary_search(doc).is_err());
            near.retain(|doc| excluded.binary_search(doc).is_err());
            excluded.iter().for_each(|&doc| scores[doc as usize] = 0.0);
        }
        let facets = selection.count(&exact);
        let mut rankings: [Ranking; 2] = Default::default();
        // What is in one tier is in none behind it, and none is in one twice.
        for (ranking, docs) in rankings.iter_mut().zip([&exact, &near]) {
            for &doc in docs {
                let score = std::mem::take(&mut scores[doc as usize]);
                if selection.passes(doc) {
                    ranking.push(doc, score);
                }
            }
        }
        // By the postings: most documents have none of the terms.
        for term in terms.iter().chain(&further) {
            for &Posting { doc, .. } in &term.postings {
                let score = std::mem::take(&mut scores[doc as usize]);
                if score > 0.0 && selection.passes(doc) {
                    rankings[1].push(doc, score);
                }
            }
        }

        let [total, related] = [0, 1].map(|tier| rankings[tier].len());
        let (mut from, mut to) = (options.offset, options.offset.saturating_add(options.limit));
        let mut hits = Vec::new();
        let evidence = match options.sort {
            Some(_) => None,
            None => {
                Evidence::new(&self.source, query, &widened.clauses, &terms, bm25, &parameters)?
            }
        };
        let tiers = [(true, &parsed.clauses, exact), (false, &widened.clauses, near)];
        for ((exact, clauses, whole), mut ranking) in tiers.into_iter().zip(rankings) {
            let count = ranking.len();
            let shown = match &evidence {
                Some(evidence) if S::TEXTS_AT_HAND && from < to.min(count) => {
                    self.reranked(&mut ranking, evidence, (from, to))?
                }
                _ => ranking.page(from, to, &|doc| selection.rank(doc)),
            };
            if !shown.is_empty() {
                let patterns =
                    |whole| Patterns::new(whole, clauses, &terms, &further, self.doc_count());
                let patterns = [patterns(true), patterns(exact)];
                for scored in shown {
                    let patterns =
                        &patterns[usize::from(whole.binary_search(&scored.doc).is_err())];
                    hits.extend(self.hit(scored, exact, patterns, options)?);
                }
            }
            (from, to) = (from.saturating_sub(count), to.saturating_sub(count));
        }
        self.source.settle()?;
        Ok(SearchResults {
            query: query.to_owned(),
            total: total as u32,
            related: related as u32,
            exact: total > 0,
            expanded: widened.expanded,
            hits,
            facets,
        })
    }

    /// The postings of the terms of `clauses`, ascending by term, each once; terms that no document
    /// has stay, empty.
    fn term_postings(&self, clauses: &[Clause]) -> Result<Vec<TermPostings>, Error> {
        let mut postings: Vec<TermPostings> = Vec::new();
        for clause in clauses {
            for term in &clause.terms {
                if let Err(place) = postings.binary_search_by(|other| other.term.cmp(term)) {
                    postings.insert(place, self.postings(term.clone())?);
                }
            }
        }
        Ok(postings)
    }

    fn postings(&self, term: QueryTerm) -> Result<TermPostings, Error> {
        let postings = self.source.postings(&term)?;
        Ok(TermPostings { term, doc_freq: postings.len() as u32, postings, weight: 1.0 })
    }

    /// The words that the one being typed may become.
    fn prefixed(&self, prefix: Option<&str>) -> Result<Vec<TermPostings>, Error> {
        let mut longer = Vec::new();
        let Some(prefix) = prefix else { return Ok(longer) };
        for word in self.source.words_with_prefix(prefix, PREFIX_WORDS + 1)? {
            if word != prefix && longer.len() < PREFIX_WORDS {
                let postings = self.postings(QueryTerm::Word(word))?;
                longer.push(TermPostings { weight: PREFIX_WEIGHT, ..postings });
            }
        }
        Ok(longer)
    }
}
