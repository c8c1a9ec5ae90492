//! Runs: the posting lists of a segment as compact bytes, ascending by term, and their merging.
//!
//! Memory is what the postings themselves take, whatever the number of distinct terms, and no hash
//! map's order can show.

use super::segment::Positions;
use crate::DocId;
use crate::format::positions::{self, Position};
use crate::format::postings::Posting;
use crate::format::varint::{Cursor, write_u32, write_u64};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The lists of a segment, ascending by term: bigrams by their characters, then words by their
/// bytes.
///
/// A bigram is the varint distance of its key from the last one; a word, the varints of how many
/// bytes it shares with the last one and how many follow, and those. A list is the varint number of
/// its postings; for each the varint distance of its document from the last, the byte of its
/// frequencies; then the varint length of its positions, and those: nothing where the writer keeps none.
#[derive(Debug, Default)]
pub(super) struct Run {
    bytes: Vec<u8>,
    bigrams: u32,
}

/// What a list belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RunTerm {
    /// A bigram, or a run's last character.
    Bigram(char, Option<char>),
    /// A word.
    Word(String),
}

/// Writes a run.
#[derive(Debug)]
pub(super) struct RunWriter {
    run: Run,
    keep: Positions,
    key: u64,
    word: Box<str>,
    postings: Vec<u8>,
    positions: Vec<u8>,
}

impl RunWriter {
    pub(super) fn new(keep: Positions) -> Self {
        RunWriter {
            run: Run::default(),
            keep,
            key: 0,
            word: Box::default(),
            postings: Vec::new(),
            positions: Vec::new(),
        }
    }

    pub(super) fn bigram<P: ExactSizeIterator<Item = Position>>(
        &mut self,
        key: u64,
        list: impl Iterator<Item = (Posting, P)>,
    ) {
        write_u64(&mut self.run.bytes, key - self.key);
        self.key = key;
        self.run.bigrams += 1;
        self.list(list);
    }

    pub(super) fn word<P: ExactSizeIterator<Item = Position>>(
        &mut self,
        word: &str,
        list: impl Iterator<Item = (Posting, P)>,
    ) {
        let shared = word.bytes().zip(self.word.bytes()).take_while(|(a, b)| a == b).count();
        write_u32(&mut self.run.bytes, shared as u32);
        write_u32(&mut self.run.bytes, (word.len() - shared) as u32);
        self.run.bytes.extend(&word.as_bytes()[shared..]);
        self.word = word.into();
        self.list(list);
    }

    fn list<P: ExactSizeIterator<Item = Position>>(
        &mut self,
        list: impl Iterator<Item = (Posting, P)>,
    ) {
        let (mut count, mut last) = (0, 0);
        self.postings.clear();
        self.positions.clear();
        for (posting, positions) in list {
            count += 1;
            write_u32(&mut self.postings, posting.doc - last);
            last = posting.doc;
            self.postings.push(posting.freq_byte());
            if self.keep == Positions::Keep {
                positions::encode(positions, &mut self.positions);
            }
        }
        let out = &mut self.run.bytes;
        write_u32(out, count);
        out.extend(&self.postings);
        write_u32(out, self.positions.len() as u32);
        out.extend(&self.positions);
    }

    pub(super) fn finish(mut self) -> Run {
        self.run.bytes.shrink_to_fit();
        self.run
    }
}

/// A posting list, all runs together: the postings ascend by document, the positions follow one
/// another in the same order.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) postings: Vec<Posting>,
    pub(super) positions: Vec<u8>,
}

/// Calls `sink` with each term and its list, ascending by term. `runs` come with the document that
/// each starts at, ascending.
pub(super) fn merge<E>(
    runs: &[(DocId, Run)],
    mut sink: impl FnMut(RunTerm, &mut List) -> Result<(), E>,
) -> Result<(), E> {
    let mut readers: Vec<RunReader<'_>> =
        runs.iter().map(|(first, run)| RunReader::new(run, *first)).collect();
    let mut heap: BinaryHeap<Reverse<(RunTerm, usize)>> = BinaryHeap::new();
    for (i, reader) in readers.iter_mut().enumerate() {
        heap.extend(reader.next_term().map(|term| Reverse((term, i))));
    }
    let mut list = List::default();
    while let Some(Reverse((term, i))) = heap.pop() {
        readers[i].list(&mut list.postings, &mut list.positions);
        heap.extend(readers[i].next_term().map(|term| Reverse((term, i))));
        // Runs hold ascending documents, and the heap gives the earliest run of a term first.
        if heap.peek().is_none_or(|Reverse((next, _))| *next != term) {
            sink(term, &mut list)?;
            list.postings.clear();
            list.positions.clear();
        }
    }
    Ok(())
}

/// A reading position in a run. The run was written here, so its bytes are sound.
struct RunReader<'a> {
    cursor: Cursor<'a>,
    first_doc: DocId,
    bigrams: u32,
    key: u64,
    word: Vec<u8>,
}

impl<'a> RunReader<'a> {
    fn new(run: &'a Run, first_doc: DocId) -> Self {
        let cursor = Cursor::new(&run.bytes, "run");
        RunReader { cursor, first_doc, bigrams: run.bigrams, key: 0, word: Vec::new() }
    }

    fn next_term(&mut self) -> Option<RunTerm> {
        if self.cursor.is_empty() {
            return None;
        }
        if self.bigrams > 0 {
            self.bigrams -= 1;
            self.key += self.cursor.u64().ok()?;
            let char = |bits: u64| char::from_u32(bits as u32).filter(|&c| c != '\0');
            let second = char(self.key & 0x1f_ffff);
            return Some(RunTerm::Bigram(char(self.key >> 21)?, second));
        }
        self.word.truncate(self.cursor.u32().ok()? as usize);
        let len = self.cursor.u32().ok()? as usize;
        self.word.extend(self.cursor.bytes(len).ok()?);
        String::from_utf8(self.word.clone()).ok().map(RunTerm::Word)
    }

    /// Appends the list of the term that was given last.
    fn list(&mut self, postings: &mut Vec<Posting>, positions: &mut Vec<u8>) {
        let mut doc = self.first_doc;
        for _ in 0..self.cursor.u32().unwrap_or(0) {
            doc += self.cursor.hot_u32().unwrap_or(0);
            postings.push(Posting::new(doc, self.cursor.u8().unwrap_or(0)));
        }
        let len = self.cursor.u32().unwrap_or(0) as usize;
        positions.extend(self.cursor.bytes(len).unwrap_or_default());
    }
}
