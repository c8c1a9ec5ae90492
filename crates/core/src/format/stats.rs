//! Stats: the counts the other structures are read by.
//!
//! Varints: documents, characters in the alphabet, words, terms in all titles, terms in all texts;
//! then the parameters of the ranking.

use super::header::Structure;
use super::ranking::Parameters;
use super::varint::{Cursor, write_u32, write_u64};
use crate::Error;

/// The counts of an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Number of documents.
    pub doc_count: u32,
    /// Number of distinct CJK and Hangul characters: one block each.
    pub alphabet_len: u32,
    /// Number of distinct words and emoji.
    pub word_count: u32,
    /// Terms in all titles.
    pub title_terms: u64,
    /// Terms in all texts.
    pub text_terms: u64,
    /// What counts how much.
    pub ranking: Parameters,
}

impl Stats {
    /// Writes the structure.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_u32(&mut out, self.doc_count);
        write_u32(&mut out, self.alphabet_len);
        write_u32(&mut out, self.word_count);
        write_u64(&mut out, self.title_terms);
        write_u64(&mut out, self.text_terms);
        self.ranking.encode(&mut out);
        out
    }

    /// Reads the structure.
    pub fn decode(bytes: &[u8]) -> Result<Stats, Error> {
        let mut cursor = Cursor::new(bytes, Structure::Stats.name());
        let stats = Stats {
            doc_count: cursor.u32()?,
            alphabet_len: cursor.u32()?,
            word_count: cursor.u32()?,
            title_terms: cursor.u64()?,
            text_terms: cursor.u64()?,
            ranking: Parameters::decode(&mut cursor)?,
        };
        if cursor.is_empty() { Ok(stats) } else { Err(cursor.damaged()) }
    }

    /// Mean length of a title in terms; 1 where all are empty.
    pub fn mean_title(&self) -> f32 {
        mean(self.title_terms, self.doc_count)
    }

    /// Mean length of a text in terms; 1 where all are empty.
    pub fn mean_text(&self) -> f32 {
        mean(self.text_terms, self.doc_count)
    }
}

fn mean(sum: u64, count: u32) -> f32 {
    if sum == 0 || count == 0 { 1.0 } else { (sum as f64 / f64::from(count)) as f32 }
}
