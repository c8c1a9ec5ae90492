//! Why a document ranks where it does: what each term of a query adds to its score.

use super::query::QueryTerm;
use super::rerank::{Evidence, Found};
use super::source::{Source, Stored};
use super::synonyms::{WIDENED_WEIGHT, Widened};
use super::{Searcher, TermPostings};
use crate::format::field_norms;
use crate::format::postings::Posting;
use crate::{DocId, Error};
use serde::Serialize;

/// The score of a document, term by term.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The query as it was typed.
    pub query: String,
    /// The document's id.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// Length of the title in terms, as far as the index remembers it; 0 where it has no term of the
    /// query.
    pub title_length: u32,
    /// Length of the text, likewise.
    pub text_length: u32,
    /// What was typed, in its order, then what stands for its words, then what the document has of
    /// the words that it may become.
    pub terms: Vec<TermScore>,
    /// What the sum is multiplied by: the document's own weight, and more where every clause stands in
    /// it, but not all as they were typed.
    pub weight: f32,
    /// What the query's single characters add, if it is one of the best documents; weighted.
    pub characters: f32,
    /// What it adds that headings are clauses of the query, likewise.
    pub headings: f32,
    /// What it loses for writing them in another script: not above 0.
    pub script: f32,
    /// The sum of all terms, weighted, and of the three.
    pub score: f32,
}

/// What a term adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TermScore {
    /// The term; a trailing `*` marks all that start so.
    pub term: String,
    /// Whether it was not typed, but starts with the word that was, or corrects it.
    pub by_prefix: bool,
    /// What it adds as a term of the title.
    pub title: FieldScore,
    /// What it adds as a term of the text.
    pub text: FieldScore,
    /// Both together.
    pub score: f32,
}

/// What a term adds in one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldScore {
    /// Documents that have it in this field.
    pub doc_freq: u32,
    /// Occurrences in this document as ranking counts them; 1 at most in a title.
    pub term_freq: f32,
    /// What it adds.
    pub score: f32,
}

impl<S: Source> Searcher<S> {
    /// Explains the score of the document `id` for `query`; none where there is no such document.
    ///
    /// It scores what a search scores, one term and one field at a time.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn explain(&self, query: &str, id: &str) -> Result<Option<Explanation>, Error> {
        let Some((doc, title)) = self.document(id)? else { return Ok(None) };
        let parsed = self.parse(query)?;
        let widened = Widened::new(self.source.analyzer(), self.source.synonyms(), &parsed.clauses);
        let mut typed = self.weighted_postings(&parsed.clauses, &widened)?;
        let ranking = &self.source.stats().ranking;
        let evidence =
            Evidence::new(&self.source, query, &widened.clauses, &typed, &self.bm25, ranking)?;
        let stands =
            |clauses| Ok::<_, Error>(self.matching(clauses, &typed)?.binary_search(&doc).is_ok());
        let mut weight = self.source.weight(doc);
        if widened.is_wider() && stands(&widened.clauses)? && !stands(&parsed.clauses)? {
            weight *= WIDENED_WEIGHT;
        }
        // In the order of the query, not of the terms.
        typed.sort_by_key(|typed| {
            let mut terms = widened.clauses.iter().flat_map(|clause| &clause.terms);
            terms.position(|term| *term == typed.term)
        });
        let mut further = self.prefixed(parsed.prefix.as_deref())?;
        self.source.settle()?;
        further.extend(self.corrected(&parsed, &typed, !further.is_empty())?.0);
        let (mut title_length, mut text_length) = (0, 0);
        for posting in typed.iter().chain(&further).flat_map(|term| &term.postings) {
            if posting.doc == doc {
                text_length = field_norms::decode(posting.text_norm);
                if posting.in_title {
                    title_length = field_norms::decode(posting.title_norm);
                }
            }
        }
        let typed = typed.iter().map(|term| self.term_score(doc, term, false));
        let further = further.iter().map(|term| self.term_score(doc, term, true));
        let terms: Vec<TermScore> = typed.chain(further.filter(|term| term.score > 0.0)).collect();
        let Found { characters, headings, script } = match evidence {
            Some(evidence) => self.find(&evidence, doc)?,
            None => Found::NOTHING,
        };
        let sum = terms.iter().map(|term| term.score).sum::<f32>();
        let found = weight * sum + characters + headings;
        let script = found * (script - 1.0);
        let (query, id) = (query.to_owned(), id.to_owned());
        Ok(Some(Explanation {
            query,
            id,
            title,
            title_length,
            text_length,
            terms,
            weight,
            characters,
            headings,
            script,
            score: found + script,
        }))
    }

    /// The document with this id, and its title.
    fn document(&self, id: &str) -> Result<Option<(DocId, String)>, Error> {
        let mut found = None;
        for doc in 0..self.doc_count() {
            if let Some(Stored { record, .. }) = self.source.stored(doc)?
                && record.id == id
            {
                found = Some((doc, record.title.to_owned()));
            }
        }
        self.source.settle()?;
        Ok(found)
    }

    fn term_score(&self, doc: DocId, term: &TermPostings, by_prefix: bool) -> TermScore {
        let field = |in_field: fn(&Posting) -> bool, alone: fn(Posting) -> Posting| {
            let postings = term.postings.iter().copied().filter(in_field).map(alone);
            let postings: Vec<Posting> = postings.collect();
            let mut score = FieldScore { doc_freq: postings.len() as u32, ..Default::default() };
            if let Ok(own) = postings.binary_search_by_key(&doc, |posting| posting.doc) {
                let own = postings[own];
                let mut scores = vec![0.0; self.doc_count() as usize];
                self.bm25.add(&postings, term.weight, &mut scores);
                score.score = scores[doc as usize];
                score.term_freq = if own.in_title { 1.0 } else { own.text_occurrences() };
            }
            score
        };
        let title = field(|p| p.in_title, |posting| Posting { text_freq: 0, ..posting });
        let text = field(|p| p.in_text(), |posting| Posting { in_title: false, ..posting });
        let name = match &term.term {
            QueryTerm::Bigram(first, second) => String::from_iter([first, second]),
            QueryTerm::Char(c) => String::from_iter([c, &'*']),
            QueryTerm::Word(word) => word.clone(),
            QueryTerm::Prefix(word) => word.clone() + "*",
        };
        let score = title.score + text.score;
        TermScore { term: name, by_prefix, title, text, score }
    }
}
