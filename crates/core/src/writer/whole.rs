//! Writing an index in one piece.

use super::run::{self, RunTerm};
use super::synonyms::Candidates;
use super::{Alphabet, IndexWriter, term_map};
use crate::Error;
use crate::format::blocks::{self, EncodedBlock, WORDS_PER_BLOCK};
use crate::format::columns;
use crate::format::header::{self, Kind};
use crate::format::postings::EncodedList;
use std::convert::Infallible;

impl IndexWriter {
    /// Writes the index in one piece.
    ///
    /// # Errors
    /// [`Error::Refused`] where a structure outgrows 4 GiB.
    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        self.flush()?;
        self.weigh_by_age();
        let alphabet = Alphabet::new(&self.characters);
        let mut candidates = self.candidates();
        let (blocks, words) = self.blocks(&alphabet, &mut candidates);
        let synonyms = candidates.finish(&mut self.table_use);
        self.stats.alphabet_len = alphabet.by_code.len() as u32;
        self.stats.word_count = words.len() as u32;
        let terms = term_map(&alphabet, &words)?;
        let [directory, seconds, doc_freqs, postings, term_freqs] =
            blocks::encode(blocks, alphabet.by_code.len())?;
        let weights = self.encoded_weights();
        let columns = columns::encode(&std::mem::take(&mut self.columns).finish())?;
        let [fold, readings] = self.tables();
        let stats = self.encoded_stats();
        let mut norms = self.title_norms;
        norms.extend(self.text_norms);
        let (records, texts) = self.store.finish();
        Ok(header::assemble(
            Kind::Index,
            vec![
                stats, fold, readings, terms, directory, seconds, doc_freqs, postings, term_freqs,
                norms, weights, columns, synonyms, records, texts,
            ],
        ))
    }

    /// All blocks, those of the characters in the order of their codes, then those of the words; and
    /// the words.
    fn blocks(
        &mut self,
        alphabet: &Alphabet,
        candidates: &mut Candidates,
    ) -> (Vec<EncodedBlock>, Vec<String>) {
        let mut blocks = Vec::new();
        blocks.resize_with(alphabet.by_code.len(), EncodedBlock::default);
        let mut block = CharacterBlock::default();
        let mut words = Vec::new();
        let runs = std::mem::take(&mut self.runs);
        let Ok(()) = run::merge(&runs, |term, list| {
            candidates.see(&term, list);
            let encoded = EncodedList::new(&list.postings);
            match term {
                RunTerm::Bigram(first, second) => {
                    if block.first != Some(first) {
                        block.finish(alphabet, &mut blocks);
                        block.first = Some(first);
                    }
                    let second = second.map_or(0, |c| alphabet.codes[&c] + 1);
                    block.lists.push((second, encoded));
                }
                RunTerm::Word(word) => {
                    if words.len() % WORDS_PER_BLOCK as usize == 0 {
                        blocks.push(EncodedBlock::default());
                    }
                    words.push(word);
                    if let Some(block) = blocks.last_mut() {
                        block.push(None, &encoded);
                    }
                }
            }
            Ok::<_, Infallible>(())
        });
        block.finish(alphabet, &mut blocks);
        (blocks, words)
    }
}

/// The lists that start with one character, as the merge brings them.
#[derive(Default)]
struct CharacterBlock {
    first: Option<char>,
    lists: Vec<(u32, EncodedList)>,
}

impl CharacterBlock {
    /// Moves the lists, by the code of their second character, to their place in `blocks`.
    fn finish(&mut self, alphabet: &Alphabet, blocks: &mut [EncodedBlock]) {
        let Some(first) = self.first.take() else { return };
        self.lists.sort_unstable_by_key(|&(second, _)| second);
        let block = &mut blocks[alphabet.codes[&first] as usize];
        for (second, list) in self.lists.drain(..) {
            block.push(Some(second), &list);
        }
    }
}
