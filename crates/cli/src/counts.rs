//! What an index holds, in numbers.

use serde::Serialize;
use suoyin_core::IndexReader;

/// The counts of an index.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    /// Documents.
    pub(crate) documents: u32,
    /// Distinct CJK and Hangul characters.
    pub(crate) alphabet: u32,
    /// Distinct pairs of characters.
    pub(crate) bigrams: u64,
    /// Distinct characters that end a run.
    pub(crate) last_characters: u64,
    /// Distinct words and emoji.
    pub(crate) words: u32,
    /// Pairs of a term and a document that has it.
    pub(crate) postings: u64,
    /// Terms that only one document has.
    pub(crate) terms_of_one_document: u64,
}

impl Counts {
    /// Counts what `reader` holds.
    pub(crate) fn of<D: AsRef<[u8]>>(reader: &IndexReader<D>) -> Result<Self, suoyin_core::Error> {
        let stats = reader.stats();
        let mut counts = Counts {
            documents: stats.doc_count,
            alphabet: stats.alphabet_len,
            bigrams: 0,
            last_characters: 0,
            words: stats.word_count,
            postings: 0,
            terms_of_one_document: 0,
        };
        for number in 0..reader.block_count() {
            let block = reader.block(number)?;
            let last = block.seconds.iter().filter(|&&second| second == 0).count() as u64;
            counts.last_characters += last;
            counts.bigrams += block.seconds.len() as u64 - last;
            for term in &block.terms {
                counts.postings += u64::from(term.doc_freq);
                counts.terms_of_one_document += u64::from(term.doc_freq == 1);
            }
        }
        Ok(counts)
    }

    /// Distinct terms of all kinds.
    pub(crate) fn terms(&self) -> u64 {
        self.bigrams + self.last_characters + u64::from(self.words)
    }
}
