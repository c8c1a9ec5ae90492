//! `IndexWriter`: documents → the bytes of an index.

mod inversion;

use crate::analysis::{Analyzer, Side, Slot, SlotText, TableUse, Term, Terms};
use crate::format::blocks::{self, EncodedBlock, WORDS_PER_BLOCK};
use crate::format::header::{self, Structure};
use crate::format::stats::Stats;
use crate::format::store::StoreWriter;
use crate::format::{field_norms, postings::EncodedList};
use crate::{DocId, Document, Error};
use inversion::{Inversion, Key, KeyTerm};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Builds an index of documents.
///
/// The same documents in the same order give the same bytes, on every machine.
///
/// ```
/// use suoyin_core::{Document, IndexWriter};
///
/// let mut writer = IndexWriter::new();
/// writer.add(&Document { id: "a".into(), text: "文明实践".into(), ..Default::default() })?;
/// let index: Vec<u8> = writer.finish()?;
/// # Ok::<(), suoyin_core::Error>(())
/// ```
pub struct IndexWriter {
    analyzer: Analyzer,
    table_use: TableUse,
    ids: HashSet<String>,
    words: HashMap<Box<str>, u32>,
    /// Occurrences of each CJK and Hangul character, for the ranks of the alphabet.
    characters: BTreeMap<char, u64>,
    inversion: Inversion,
    stats: Stats,
    title_norms: Vec<u8>,
    text_norms: Vec<u8>,
    store: StoreWriter,
    /// Keys of the document at hand, reused.
    keys: Vec<Key>,
}

impl Default for IndexWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl IndexWriter {
    /// A writer with the full analyzer.
    pub fn new() -> Self {
        IndexWriter {
            analyzer: Analyzer::full(),
            table_use: TableUse::default(),
            ids: HashSet::new(),
            words: HashMap::new(),
            characters: BTreeMap::new(),
            inversion: Inversion::default(),
            stats: Stats::default(),
            title_norms: Vec::new(),
            text_norms: Vec::new(),
            store: StoreWriter::default(),
            keys: Vec::new(),
        }
    }

    /// Indexes one document.
    ///
    /// # Errors
    /// [`Error::DuplicateId`]; [`Error::TooLarge`] past 4 GiB of text. The writer is of no use
    /// after an error.
    pub fn add(&mut self, document: &Document) -> Result<DocId, Error> {
        let doc = self.stats.doc_count;
        if !self.ids.insert(document.id.clone()) {
            return Err(Error::DuplicateId { id: document.id.clone() });
        }
        self.store.push(document)?;
        self.keys.clear();
        let title = self.invert_field(&document.title);
        let text_from = self.keys.len();
        let text = self.invert_field(&document.text);
        self.stats.title_terms += u64::from(title);
        self.stats.text_terms += u64::from(text);
        self.title_norms.push(field_norms::encode(title));
        self.text_norms.push(field_norms::encode(text));
        let (title_keys, text_keys) = self.keys.split_at_mut(text_from);
        self.inversion.add(doc, title_keys, text_keys);
        self.stats.doc_count += 1;
        Ok(doc)
    }

    /// Appends the key of each term of `text`; gives how many there are.
    fn invert_field(&mut self, text: &str) -> u32 {
        let IndexWriter { analyzer, table_use, words, characters, keys, .. } = self;
        let from = keys.len();
        let mut push = |term: Term<'_>, _| {
            keys.push(match term {
                Term::Bigram(first, second) => Key::bigram(first, Some(second)),
                Term::Char(last) => Key::bigram(last, None),
                Term::Word(word) => Key::word(match words.get(word) {
                    Some(&id) => id,
                    None => {
                        let id = words.len() as u32;
                        words.insert(word.into(), id);
                        id
                    }
                }),
            });
        };
        let mut terms = Terms::new(Side::Index, &mut push);
        let mut slot = |slot: Slot<'_>| {
            if let SlotText::Cjk(c) | SlotText::Hangul(c) = slot.text {
                *characters.entry(c).or_default() += 1;
            }
            table_use.note_slot(&slot);
            terms.slot(&slot);
        };
        let mut glosses = Vec::new();
        analyzer.slots_and_glosses(text, &mut slot, &mut |c, syllable| glosses.push((c, syllable)));
        terms.end_run();
        glosses.into_iter().for_each(|(c, syllable)| table_use.note_gloss(c, syllable));
        (keys.len() - from) as u32
    }

    /// Writes the index.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where a structure outgrows 4 GiB.
    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        let alphabet = Alphabet::new(&self.characters);
        let mut words: Vec<(Box<str>, u32)> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_unstable();
        self.stats.alphabet_len = alphabet.by_code.len() as u32;
        self.stats.word_count = words.len() as u32;

        let terms = term_map(&alphabet, &words)?;
        let blocks = blocks_of(self.inversion, &alphabet, &words);
        let [directory, seconds, doc_freqs, postings, term_freqs] =
            blocks::encode(blocks, alphabet.by_code.len())?;
        let mut norms = self.title_norms;
        norms.extend(self.text_norms);
        let (records, texts) = self.store.finish();
        let tables = self.table_use.analyzer(&self.analyzer);
        let (mut fold, mut readings) = (Vec::new(), Vec::new());
        tables.fold.encode(&mut fold);
        tables.readings.encode(&mut readings);
        Ok(header::assemble([
            (Structure::Stats, self.stats.encode()),
            (Structure::Fold, fold),
            (Structure::Readings, readings),
            (Structure::Terms, terms),
            (Structure::Directory, directory),
            (Structure::Seconds, seconds),
            (Structure::DocFreqs, doc_freqs),
            (Structure::Postings, postings),
            (Structure::TermFreqs, term_freqs),
            (Structure::FieldNorms, norms),
            (Structure::Records, records),
            (Structure::Texts, texts),
        ]))
    }
}

/// The characters of a corpus, the most frequent first: a character's rank is its code.
struct Alphabet {
    by_code: Vec<char>,
    codes: BTreeMap<char, u32>,
}

impl Alphabet {
    fn new(occurrences: &BTreeMap<char, u64>) -> Self {
        let mut by_code: Vec<char> = occurrences.keys().copied().collect();
        by_code.sort_by_key(|c| Reverse(occurrences[c]));
        let codes = by_code.iter().zip(0..).map(|(&c, code)| (c, code)).collect();
        Alphabet { by_code, codes }
    }
}

/// The `fst::Map`: each character to its code, each word to its number in lexical order.
fn term_map(alphabet: &Alphabet, words: &[(Box<str>, u32)]) -> Result<Vec<u8>, Error> {
    let mut keys: Vec<(&str, u64)> = words.iter().map(|(w, _)| &**w).zip(0..).collect();
    let mut buffers = vec![[0; 4]; alphabet.by_code.len()];
    for (buffer, (&c, &code)) in buffers.iter_mut().zip(&alphabet.codes) {
        keys.push((c.encode_utf8(buffer), u64::from(code)));
    }
    keys.sort_unstable();
    let too_large = |_| Error::TooLarge { what: "terms" };
    let mut builder = fst::MapBuilder::memory();
    builder.extend_iter(keys).map_err(too_large)?;
    builder.into_inner().map_err(too_large)
}

/// All blocks: those of the characters in the order of their codes, then those of the words.
fn blocks_of(
    inversion: Inversion,
    alphabet: &Alphabet,
    words: &[(Box<str>, u32)],
) -> Vec<EncodedBlock> {
    let mut blocks = Vec::new();
    blocks.resize_with(alphabet.by_code.len(), EncodedBlock::default);
    let mut block = CharacterBlock::default();
    let mut lists = vec![EncodedList::default(); words.len()];
    inversion.merge(|term, list| match term {
        KeyTerm::Bigram(first, second) => {
            if block.first != Some(first) {
                block.finish(alphabet, &mut blocks);
                block.first = Some(first);
            }
            let second = second.map_or(0, |c| alphabet.codes[&c] + 1);
            block.lists.push((second, EncodedList::new(list)));
        }
        KeyTerm::Word(number) => lists[number as usize] = EncodedList::new(list),
    });
    block.finish(alphabet, &mut blocks);
    for group in words.chunks(WORDS_PER_BLOCK as usize) {
        let mut block = EncodedBlock::default();
        group.iter().for_each(|&(_, number)| block.push(None, &lists[number as usize]));
        blocks.push(block);
    }
    blocks
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
