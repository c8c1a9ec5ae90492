//! `IndexReader`: the bytes of an index → its terms, postings and documents.

use crate::analysis::{Analyzer, FoldTable, Readings};
use crate::format::blocks::{Block, BlockBytes, Directory, TermInfo, WORDS_PER_BLOCK};
use crate::format::columns::{self, Column};
use crate::format::field_norms::FieldNorms;
use crate::format::postings::Posting;
use crate::format::stats::Stats;
use crate::format::store::{Record, Store};
use crate::format::synonyms::{self, Synonym};
use crate::format::weights::{self, Weights};
use crate::format::{Kind, Layout, Structure};
use crate::search::Stored;
use crate::{DocId, Error, Weight};
use fst::Streamer;
use fst::raw::Output;
use std::ops::Range;

/// An open index over any bytes, borrowed or owned; nothing of them is copied.
///
/// ```
/// use suoyin_core::{IndexReader, IndexWriter};
///
/// let index: Vec<u8> = IndexWriter::new().finish()?;
/// let reader = IndexReader::open(&index[..])?;
/// assert_eq!(reader.stats().doc_count, 0);
/// # Ok::<(), suoyin_core::Error>(())
/// ```
#[derive(Debug)]
pub struct IndexReader<D> {
    data: D,
    layout: Layout,
    stats: Stats,
    analyzer: Analyzer,
    directory: Directory,
    store: Store,
    weights: Weights,
    fields: Vec<String>,
    /// Where the column of each field lies in its structure.
    columns: Vec<Range<usize>>,
    synonyms: Vec<Synonym>,
}

impl<D: AsRef<[u8]>> IndexReader<D> {
    /// Opens an index: checks its header and checksum and reads the small structures.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`], [`Error::Version`], [`Error::Truncated`] or [`Error::Damaged`].
    pub fn open(data: D) -> Result<Self, Error> {
        let layout = Layout::open(data.as_ref(), Kind::Index)?;
        Self::with_layout(data, layout)
    }

    /// As [`open`](Self::open) without the checksum, for tests of damage behind it.
    ///
    /// The `fst` crate trusts its bytes and may panic on damage; all other structures are checked.
    #[doc(hidden)]
    pub fn open_unchecked(data: D) -> Result<Self, Error> {
        let layout = Layout::read(data.as_ref(), Kind::Index)?;
        Self::with_layout(data, layout)
    }

    fn with_layout(data: D, layout: Layout) -> Result<Self, Error> {
        let bytes = data.as_ref();
        let structure = |structure| &bytes[layout.range(structure)];
        let stats = Stats::decode(structure(Structure::Stats))?;
        let analyzer = Analyzer {
            fold: FoldTable::decode(structure(Structure::Fold))?,
            readings: Readings::decode(structure(Structure::Readings))?,
        };
        let blocks = block_bytes(bytes, &layout);
        let directory = Directory::decode(structure(Structure::Directory), &stats, &blocks)?;
        let (records, texts) = (structure(Structure::Records), structure(Structure::Texts));
        let store = Store::open(records, texts, stats.doc_count)?;
        FieldNorms::open(structure(Structure::FieldNorms), stats.doc_count)?;
        let weights = weights::decode(structure(Structure::Weights), stats.doc_count)?;
        let (fields, columns) = columns::decode(structure(Structure::Columns))?;
        let synonyms = synonyms::decode(structure(Structure::Synonyms))?;
        let reader = IndexReader {
            layout,
            stats,
            analyzer,
            directory,
            store,
            weights,
            fields,
            columns,
            synonyms,
            data,
        };
        reader.term_map()?;
        Ok(reader)
    }

    /// The counts of this index.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// The analyzer with the tables that travel in this index.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// All bytes of the index.
    pub fn bytes(&self) -> &[u8] {
        self.data.as_ref()
    }

    /// The bytes of one structure.
    pub fn structure(&self, structure: Structure) -> &[u8] {
        &self.data.as_ref()[self.layout.range(structure)]
    }

    fn term_map(&self) -> Result<fst::Map<&[u8]>, Error> {
        fst::Map::new(self.structure(Structure::Terms)).map_err(|_| damaged(Structure::Terms))
    }

    /// The code of a CJK or Hangul character, which is the number of its block too.
    pub fn code(&self, c: char) -> Result<Option<u32>, Error> {
        self.lookup(c.encode_utf8(&mut [0; 4]))
    }

    /// The number of `word` in lexical order.
    pub fn word(&self, word: &str) -> Result<Option<u32>, Error> {
        self.lookup(word)
    }

    #[inline(never)]
    fn lookup(&self, key: &str) -> Result<Option<u32>, Error> {
        Ok(self.term_map()?.get(key).and_then(|value| u32::try_from(value).ok()))
    }

    /// Calls `visit` with every beginning of keys that starts with `prefix`, in lexical order, and its
    /// number if it is a key; where it says no, with none that go on so.
    ///
    /// It walks the nodes itself: the library's streams can do more, in ten times the code.
    pub fn walk(
        &self,
        prefix: &str,
        visit: &mut dyn FnMut(&[u8], Option<u32>) -> bool,
    ) -> Result<(), Error> {
        let map = self.term_map()?;
        let fst = map.as_fst();
        let (mut node, mut number) = (fst.root(), Output::zero());
        for &byte in prefix.as_bytes() {
            let Some(next) = node.find_input(byte) else { return Ok(()) };
            let next = node.transition(next);
            (node, number) = (fst.node(next.addr), number.cat(next.out));
        }
        let mut key = prefix.as_bytes().to_vec();
        // Nodes to visit, the next one last: address, number so far, and the key that leads there,
        // as the length it has without its last byte, and that byte.
        let mut open = vec![(node.addr(), number, prefix.len(), None)];
        while let Some((address, number, len, byte)) = open.pop() {
            key.truncate(len);
            key.extend(byte);
            let node = fst.node(address);
            let own = node.is_final().then(|| number.cat(node.final_output()).value() as u32);
            if visit(&key, own) {
                for next in (0..node.len()).rev().map(|i| node.transition(i)) {
                    open.push((next.addr, number.cat(next.out), key.len(), Some(next.inp)));
                }
            }
        }
        Ok(())
    }

    /// Every key of the term index in lexical order: characters with their codes, words with their
    /// numbers. `sink` gets each.
    pub fn for_each_key(&self, sink: &mut dyn FnMut(&str, u32)) -> Result<(), Error> {
        let map = self.term_map()?;
        let mut stream = map.stream();
        while let Some((key, value)) = stream.next() {
            let key = std::str::from_utf8(key).map_err(|_| damaged(Structure::Terms))?;
            sink(key, value as u32);
        }
        Ok(())
    }

    /// Number of blocks: one per character, then those of the words.
    pub fn block_count(&self) -> u32 {
        self.directory.len()
    }

    /// The block that holds the word of this number, and the word's place in it.
    pub fn word_place(&self, number: u32) -> (u32, usize) {
        let block = self.stats.alphabet_len.saturating_add(number / WORDS_PER_BLOCK);
        (block, (number % WORDS_PER_BLOCK) as usize)
    }

    /// Decodes a block.
    pub fn block(&self, number: u32) -> Result<Block, Error> {
        self.directory.block(number, &self.block_bytes())
    }

    /// The bytes of a block in each of the structures it lies in.
    pub fn block_share(&self, number: u32) -> Result<BlockBytes<'_>, Error> {
        self.directory.share(number, &self.block_bytes())
    }

    /// Appends the postings of `term`, ascending by document, to `out`.
    pub fn postings(&self, term: TermInfo, out: &mut Vec<Posting>) -> Result<(), Error> {
        let from = out.len();
        self.directory.postings(term, &self.block_bytes(), out)?;
        let norms = self.structure(Structure::FieldNorms);
        let (title_norms, text_norms) = norms.split_at(norms.len() / 2);
        for posting in &mut out[from..] {
            let doc = posting.doc as usize;
            if let (Some(&title), Some(&text)) = (title_norms.get(doc), text_norms.get(doc)) {
                (posting.title_norm, posting.text_norm) = (title, text);
            }
        }
        Ok(())
    }

    /// The documents, ascending, whose weight is not one.
    pub fn weights(&self) -> &[(DocId, Weight)] {
        &self.weights
    }

    /// The fields, ascending, that documents can be filtered, sorted and counted by.
    pub fn facets(&self) -> &[String] {
        &self.fields
    }

    /// The bytes of the column of a field, by its place in [`facets`](Self::facets); empty where
    /// there is none.
    pub fn column_bytes(&self, field: usize) -> &[u8] {
        let range = self.columns.get(field).cloned().unwrap_or_default();
        &self.structure(Structure::Columns)[range]
    }

    /// The values of a field, by its place in [`facets`](Self::facets).
    pub fn column(&self, field: usize) -> Result<Column, Error> {
        Column::decode(self.column_bytes(field), self.stats.doc_count)
    }

    /// Words and others that may stand for them, as folded text, ascending.
    pub fn synonyms(&self) -> &[(String, String)] {
        &self.synonyms
    }

    fn block_bytes(&self) -> BlockBytes<'_> {
        block_bytes(self.data.as_ref(), &self.layout)
    }

    /// The field norms of all documents.
    pub fn field_norms(&self) -> Result<FieldNorms<'_>, Error> {
        FieldNorms::open(self.structure(Structure::FieldNorms), self.stats.doc_count)
    }

    /// The text of `doc`; empty where there is no such document.
    pub fn text(&self, doc: DocId) -> Result<&str, Error> {
        std::str::from_utf8(self.text_bytes(doc)).map_err(|_| damaged(Structure::Texts))
    }

    /// The text of `doc` as bytes, not checked to be UTF-8, which takes longer than to search them.
    pub(crate) fn text_bytes(&self, doc: DocId) -> &[u8] {
        let texts = self.structure(Structure::Texts);
        texts.get(self.store.text_range(doc)).unwrap_or_default()
    }

    /// What is stored of `doc` beside its text.
    pub fn record(&self, doc: DocId) -> Result<Record<'_>, Error> {
        self.store.record(self.structure(Structure::Records), doc)
    }

    /// Reads all there is to read, so that any damage shows.
    ///
    /// # Errors
    /// [`Error::Damaged`], with the structure in which the first contradiction stands.
    pub fn verify(&self) -> Result<(), Error> {
        let mut postings = Vec::new();
        for number in 0..self.block_count() {
            let block = self.block(number)?;
            let second = block.seconds.iter().max();
            if second.is_some_and(|&second| second > self.stats.alphabet_len) {
                return Err(damaged(Structure::Seconds));
            }
            for term in block.terms {
                postings.clear();
                self.postings(term, &mut postings)?;
            }
        }
        for doc in 0..self.stats.doc_count {
            Stored { record: self.record(doc)?, text: self.text_bytes(doc) }.verify()?;
        }
        (0..self.fields.len()).try_for_each(|field| self.column(field).map(drop))?;
        let mut keys = 0u64;
        self.for_each_key(&mut |_, _| keys += 1)?;
        if keys == u64::from(self.stats.alphabet_len) + u64::from(self.stats.word_count) {
            Ok(())
        } else {
            Err(damaged(Structure::Terms))
        }
    }
}

#[cold]
fn damaged(structure: Structure) -> Error {
    Error::Damaged { structure: structure.name() }
}

fn block_bytes<'a>(bytes: &'a [u8], layout: &Layout) -> BlockBytes<'a> {
    BlockBytes {
        seconds: &bytes[layout.range(Structure::Seconds)],
        doc_freqs: &bytes[layout.range(Structure::DocFreqs)],
        postings: &bytes[layout.range(Structure::Postings)],
        term_freqs: &bytes[layout.range(Structure::TermFreqs)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, IndexWriter};

    #[test]
    fn words_are_found_by_their_beginning() {
        let mut writer = IndexWriter::new();
        let text = "app apple apples applet apply banana 文明 éclair 3 3.14 app中";
        let document = Document { text: text.into(), ..Document::default() };
        writer.add(&document).expect("a document is indexed");
        let reader = IndexReader::open(writer.finish().expect("an index")).expect("a sound one");
        let mut all = Vec::new();
        reader.for_each_key(&mut |key, number| all.push((key.to_owned(), number))).expect("keys");
        for prefix in ["", "a", "app", "appl", "apples", "b", "3", "3.", "x", "appz"] {
            let starting = all.iter().filter(|(key, _)| key.starts_with(prefix));
            let naive: Vec<(String, u32)> = starting.cloned().collect();
            let mut walked = Vec::new();
            reader
                .walk(prefix, &mut |key, number| {
                    let key = String::from_utf8_lossy(key).into_owned();
                    walked.extend(number.map(|number| (key, number)));
                    true
                })
                .expect("a sound one");
            assert_eq!(walked, naive, "{prefix}");
        }
        let mut visited = Vec::new();
        reader
            .walk("app", &mut |key, _| {
                visited.push(key.to_vec());
                key != b"appl"
            })
            .expect("a sound one");
        assert_eq!(visited, [&b"app"[..], b"appl"], "nothing behind what was refused");
    }
}
