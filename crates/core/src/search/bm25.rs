//! BM25, Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), over two fields.
//!
//! A document's score is the sum over the query's terms of `idf · tf (K1 + 1) / (tf + K1 (1 - B +
//! B · length / mean length))`, for the text and for the title apart, with the idf of that field:
//! `ln(1 + (N - df + 0.5) / (df + 0.5))`.

use super::query::QueryTerm;
use crate::format::field_norms;
use crate::format::postings::Posting;
use crate::format::stats::Stats;

/// How soon further occurrences stop to count.
pub const K1: f32 = 0.9;
/// How much a long field counts against a document, from 0 to 1.
pub const B: f32 = 0.5;
/// Weight of a term in the title against one in the text.
pub const TITLE_WEIGHT: f32 = 1.0;
/// Characters that hold a sentence together and say little alone.
const FUNCTION: &str = "的了是不在有和就也都而及与着或一什么哪谁怎样吗呢吧啊这那个们我你他它她为以于被把将让对\
    从到可能会要如何多少几";

/// What a term of a query counts: a bigram of two function characters, such as 是什 or 了的, nothing.
pub(super) fn weight(term: &QueryTerm) -> f32 {
    match *term {
        QueryTerm::Bigram(a, b) if is_function(a) && is_function(b) => 0.0,
        _ => 1.0,
    }
}

fn is_function(c: char) -> bool {
    // Not `contains`, which brings the search for whole texts along.
    FUNCTION.chars().any(|function| function == c)
}

/// Scores postings; holds the length factor of each field norm.
#[derive(Debug)]
pub struct Bm25 {
    doc_count: f32,
    title: [f32; 256],
    text: [f32; 256],
}

impl Bm25 {
    /// For an index with these counts.
    pub fn new(stats: &Stats) -> Self {
        let factors = |mean: f32| {
            std::array::from_fn(|norm| {
                K1 * (1.0 - B + B * field_norms::decode(norm as u8) as f32 / mean)
            })
        };
        Bm25 {
            doc_count: stats.doc_count as f32,
            title: factors(stats.mean_title()),
            text: factors(stats.mean_text()),
        }
    }

    /// Adds the scores of a term, `weight` times, to `scores`, one per document.
    pub fn add(&self, term: &[Posting], weight: f32, scores: &mut [f32]) {
        let in_title = term.iter().filter(|p| p.in_title).count();
        let in_text = term.iter().filter(|p| p.in_text()).count();
        let title_idf = weight * TITLE_WEIGHT * self.idf(in_title) * (K1 + 1.0);
        let text_idf = weight * self.idf(in_text) * (K1 + 1.0);
        for posting in term {
            let Some(score) = scores.get_mut(posting.doc as usize) else { continue };
            let tf = posting.text_occurrences();
            *score += text_idf * tf / (tf + self.text[usize::from(posting.text_norm)]);
            if posting.in_title {
                *score += title_idf / (1.0 + self.title[usize::from(posting.title_norm)]);
            }
        }
    }

    fn idf(&self, doc_freq: usize) -> f32 {
        let doc_freq = doc_freq as f32;
        libm::logf(1.0 + (self.doc_count - doc_freq + 0.5) / (doc_freq + 0.5))
    }
}
