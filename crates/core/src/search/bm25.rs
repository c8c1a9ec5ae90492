//! BM25, Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), over two fields.
//!
//! A document's score is the sum over the query's terms of `idf · tf (k1 + 1) / (tf + k1 (1 - b +
//! b · length / mean length))`, for the text and for the title apart, with the idf of that field:
//! `ln(1 + (N - df + 0.5) / (df + 0.5))`.

use super::query::QueryTerm;
use crate::format::field_norms;
use crate::format::postings::Posting;
use crate::format::ranking::{Parameter, Parameters};
use crate::format::stats::Stats;

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

pub(super) fn is_function(c: char) -> bool {
    // Not `contains`, which brings the search for whole texts along.
    FUNCTION.chars().any(|function| function == c)
}

/// Scores postings; holds the length factor of each field norm.
#[derive(Debug)]
pub struct Bm25 {
    doc_count: f32,
    k1: f32,
    b: f32,
    title_weight: f32,
    mean_title: f32,
    mean_text: f32,
    title: [f32; 256],
    text: [f32; 256],
}

impl Bm25 {
    /// For an index with these counts.
    pub fn new(stats: &Stats, parameters: &Parameters) -> Self {
        let [k1, b, title_weight] = [Parameter::K1, Parameter::B, Parameter::Title]
            .map(|parameter| parameters.value(parameter));
        let mut bm25 = Bm25 {
            doc_count: stats.doc_count as f32,
            k1,
            b,
            title_weight,
            mean_title: stats.mean_title(),
            mean_text: stats.mean_text(),
            title: [0.0; 256],
            text: [0.0; 256],
        };
        for norm in 0..=u8::MAX {
            let length = field_norms::decode(norm) as f32;
            bm25.title[usize::from(norm)] = bm25.factor(length / bm25.mean_title);
            bm25.text[usize::from(norm)] = bm25.factor(length / bm25.mean_text);
        }
        bm25
    }

    /// Adds the scores of a term, `weight` times, to `scores`, one per document.
    pub fn add(&self, term: &[Posting], weight: f32, scores: &mut [f32]) {
        let in_title = term.iter().filter(|p| p.in_title).count();
        let in_text = term.iter().filter(|p| p.in_text()).count();
        let title_idf = weight * self.title_weight * self.idf(in_title as f32) * (self.k1 + 1.0);
        let text_idf = weight * self.idf(in_text as f32) * (self.k1 + 1.0);
        for posting in term {
            let Some(score) = scores.get_mut(posting.doc as usize) else { continue };
            let tf = posting.text_occurrences();
            // What stands in no text may have one of no length, which dampens nothing.
            if tf > 0.0 {
                *score += text_idf * tf / (tf + self.text[usize::from(posting.text_norm)]);
            }
            if posting.in_title {
                *score += title_idf / (1.0 + self.title[usize::from(posting.title_norm)]);
            }
        }
    }

    /// The score of a character that `doc_freq` documents have, by how often it stands in text and
    /// title and how long they are, in characters.
    pub(super) fn character(&self, doc_freq: f32, text: (f32, f32), title: (f32, f32)) -> f32 {
        let saturated = |(count, length): (f32, f32), mean: f32| match count {
            0.0 => 0.0,
            _ => count * (self.k1 + 1.0) / (count + self.factor(length / mean)),
        };
        let (text, title) = (saturated(text, self.mean_text), saturated(title, self.mean_title));
        self.idf(doc_freq) * (text + self.title_weight * title)
    }

    /// What a term tells that `doc_freq` documents have.
    pub(super) fn idf(&self, doc_freq: f32) -> f32 {
        libm::logf(1.0 + (self.doc_count - doc_freq + 0.5) / (doc_freq + 0.5))
    }

    /// By what a term frequency is dampened in a field so many times as long as the mean.
    fn factor(&self, length: f32) -> f32 {
        self.k1 * (1.0 - self.b + self.b * length)
    }
}
