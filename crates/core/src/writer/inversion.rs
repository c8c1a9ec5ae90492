//! Inversion by sorting: occurrences come in by document and leave by term.
//!
//! Occurrences are collected in a buffer of fixed size; a full buffer is sorted by term and kept as
//! a compact run of bytes, and all runs are merged at the end. Memory is what the postings
//! themselves take, whatever the number of distinct terms, and no hash map's order can show.

use crate::DocId;
use crate::format::postings::Posting;
use crate::format::varint::{Cursor, write_u32, write_u64};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Entries in the buffer: 4 MiB.
const BUFFER: usize = 1 << 18;

/// A term as a number: bigrams by their characters, then words by the number they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

/// What a [`Key`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyTerm {
    /// A bigram, or a run's last character.
    Bigram(char, Option<char>),
    /// A word's number.
    Word(u32),
}

impl Key {
    const WORD: u64 = 1 << 63;

    pub(super) fn bigram(first: char, second: Option<char>) -> Key {
        Key(u64::from(first) << 21 | second.map_or(0, u64::from))
    }

    pub(super) fn word(number: u32) -> Key {
        Key(Self::WORD | u64::from(number))
    }

    pub(super) fn term(self) -> KeyTerm {
        if self.0 & Self::WORD != 0 {
            return KeyTerm::Word(self.0 as u32);
        }
        let char = |bits: u64| char::from_u32(bits as u32).filter(|&c| c != '\0');
        let first = char(self.0 >> 21).unwrap_or_default();
        KeyTerm::Bigram(first, char(self.0 & 0x1f_ffff))
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    posting: Posting,
}

/// Collects occurrences, document after document.
#[derive(Debug, Default)]
pub(super) struct Inversion {
    buffer: Vec<Entry>,
    runs: Vec<Vec<u8>>,
}

impl Inversion {
    /// Adds the terms of a document's title and text, one key per occurrence, in any order.
    pub(super) fn add(&mut self, doc: DocId, title: &mut [Key], text: &mut [Key]) {
        title.sort_unstable();
        text.sort_unstable();
        let (mut title, mut text) = (&title[..], &text[..]);
        while let Some(&key) = [title.first(), text.first()].into_iter().flatten().min() {
            let in_title = title.partition_point(|&k| k <= key);
            let text_freq = text.partition_point(|&k| k <= key);
            let posting = Posting { doc, text_freq: text_freq as u32, in_title: in_title > 0 };
            self.buffer.push(Entry { key, posting });
            (title, text) = (&title[in_title..], &text[text_freq..]);
        }
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
    }

    /// Sorts the buffer into a run: per term its distance from the last one, the number of its
    /// postings, and for each the document's distance and the frequencies.
    fn flush(&mut self) {
        self.buffer.sort_unstable_by_key(|entry| (entry.key, entry.posting.doc));
        let mut run = Vec::with_capacity(self.buffer.len() * 4);
        let mut last = 0;
        for group in self.buffer.chunk_by(|a, b| a.key == b.key) {
            write_u64(&mut run, group[0].key.0 - last);
            last = group[0].key.0;
            write_u32(&mut run, group.len() as u32);
            let mut last_doc = 0;
            for Entry { posting, .. } in group {
                write_u32(&mut run, posting.doc - last_doc);
                last_doc = posting.doc;
                run.push(posting.freq_byte());
            }
        }
        run.shrink_to_fit();
        self.buffer.clear();
        self.runs.push(run);
    }

    /// Calls `sink` with each term and its postings, ascending by term and document.
    pub(super) fn merge(mut self, mut sink: impl FnMut(KeyTerm, &[Posting])) {
        self.flush();
        let mut runs: Vec<Run<'_>> = self.runs.iter().map(|run| Run::new(run)).collect();
        let mut heap: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
        for (i, run) in runs.iter_mut().enumerate() {
            heap.extend(run.next_key().map(|key| Reverse((key, i))));
        }
        let mut list = Vec::new();
        while let Some(Reverse((key, i))) = heap.pop() {
            runs[i].postings(&mut list);
            heap.extend(runs[i].next_key().map(|key| Reverse((key, i))));
            // Runs hold ascending documents, and the heap gives the earliest run of a term first.
            if heap.peek().is_none_or(|&Reverse((next, _))| next != key) {
                sink(Key(key).term(), &list);
                list.clear();
            }
        }
    }
}

/// A reading position in a run. The run was written here, so its bytes are sound.
struct Run<'a> {
    cursor: Cursor<'a>,
    key: u64,
}

impl<'a> Run<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Run { cursor: Cursor::new(bytes, "run"), key: 0 }
    }

    fn next_key(&mut self) -> Option<u64> {
        self.key += self.cursor.u64().ok()?;
        Some(self.key)
    }

    fn postings(&mut self, out: &mut Vec<Posting>) {
        let mut doc = 0;
        for _ in 0..self.cursor.u32().unwrap_or(0) {
            doc += self.cursor.u32().unwrap_or(0);
            out.push(Posting::new(doc, self.cursor.u8().unwrap_or(0)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn many_runs_merge_like_one_map() {
        let mut inversion = Inversion::default();
        let mut naive: BTreeMap<u64, Vec<(u32, u32, bool)>> = BTreeMap::new();
        let mut state = 1u64;
        for doc in 0..3000 {
            let mut keys = Vec::new();
            for _ in 0..200 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                keys.push(Key(state >> 54 | (state >> 20 & 1) << 63));
            }
            let (title, text) = keys.split_at_mut(5);
            for key in title.iter() {
                let entry = naive.entry(key.0).or_default();
                match entry.last_mut() {
                    Some(last) if last.0 == doc => last.2 = true,
                    _ => entry.push((doc, 0, true)),
                }
            }
            for key in text.iter() {
                let entry = naive.entry(key.0).or_default();
                match entry.last_mut() {
                    Some(last) if last.0 == doc => last.1 += 1,
                    _ => entry.push((doc, 1, false)),
                }
            }
            inversion.add(doc, title, text);
        }
        assert!(inversion.runs.len() > 1);
        let mut naive = naive.into_iter();
        inversion.merge(|term, list| {
            let (key, expected) = naive.next().unwrap();
            assert_eq!(Key(key).term(), term);
            let got: Vec<_> = list.iter().map(|p| (p.doc, p.text_freq, p.in_title)).collect();
            assert_eq!(got, expected);
        });
        assert!(naive.next().is_none());
    }
}
