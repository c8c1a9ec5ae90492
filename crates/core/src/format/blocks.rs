//! Blocks: groups of terms that are decoded together.
//!
//! A block holds the terms that start with one character, ascending by the code of the second one,
//! or 64 words that follow one another in lexical order. Its parts lie in five structures:
//!
//! - *block directory*, column by column, a varint per block: terms (character blocks only), bytes
//!   of second characters less terms (character blocks only), bytes of document frequencies less
//!   terms, postings less terms, bytes of postings less postings;
//! - *second characters*, varints: 0 for the last character of a run, else its code plus one; after
//!   the first in a block the difference to the one before, less one;
//! - *document frequencies*, varints: number of postings less one;
//! - *postings* and *term frequencies*: see [`super::postings`].
//!
//! Character blocks come first, in the order of their codes, then the word blocks.

use super::header::Structure;
use super::postings::{self, EncodedList, Posting};
use super::stats::Stats;
use super::varint::{Cursor, varints_len, write_u32};
use crate::Error;

/// Words in a block.
pub const WORDS_PER_BLOCK: u32 = 64;

/// Where a term's postings lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermInfo {
    /// Number of documents that have the term.
    pub doc_freq: u32,
    /// Byte offset of its list in the postings.
    postings_at: u32,
    /// Byte offset of its frequencies, one byte each.
    freqs_at: u32,
}

/// A decoded block.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Code of the second character plus one, 0 for none; empty in a word block.
    pub seconds: Vec<u32>,
    /// One per term.
    pub terms: Vec<TermInfo>,
}

/// One block's share of each structure, while an index is written.
#[derive(Debug, Default)]
pub(crate) struct EncodedBlock {
    terms: u32,
    last_second: Option<u32>,
    seconds: Vec<u8>,
    doc_freqs: Vec<u8>,
    postings: Vec<u8>,
    term_freqs: Vec<u8>,
}

impl EncodedBlock {
    /// Appends a term; `second` ascends in a character block and is `None` in a word block.
    pub(crate) fn push(&mut self, second: Option<u32>, list: &EncodedList) {
        if let Some(second) = second {
            write_u32(&mut self.seconds, second - self.last_second.map_or(0, |last| last + 1));
            self.last_second = Some(second);
        }
        self.terms += 1;
        write_u32(&mut self.doc_freqs, list.term_freqs.len() as u32 - 1);
        self.postings.extend(&list.postings);
        self.term_freqs.extend(&list.term_freqs);
    }
}

/// The five structures of `blocks`, of which the first `alphabet_len` are character blocks.
pub(crate) fn encode(
    blocks: Vec<EncodedBlock>,
    alphabet_len: usize,
) -> Result<[Vec<u8>; 5], Error> {
    let mut directory = Vec::new();
    let characters = &blocks[..alphabet_len];
    characters.iter().for_each(|b| write_u32(&mut directory, b.terms));
    characters.iter().for_each(|b| write_u32(&mut directory, b.seconds.len() as u32 - b.terms));
    blocks.iter().for_each(|b| write_u32(&mut directory, b.doc_freqs.len() as u32 - b.terms));
    blocks.iter().for_each(|b| write_u32(&mut directory, b.term_freqs.len() as u32 - b.terms));
    blocks.iter().for_each(|b| {
        write_u32(&mut directory, (b.postings.len() - b.term_freqs.len()) as u32);
    });
    let mut out = [directory, Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for block in blocks {
        out[1].extend(block.seconds);
        out[2].extend(block.doc_freqs);
        out[3].extend(block.postings);
        out[4].extend(block.term_freqs);
    }
    if out.iter().any(|s| u32::try_from(s.len()).is_err()) {
        return Err(Error::too_large("posting lists"));
    }
    Ok(out)
}

/// Where a block's parts start.
#[derive(Clone, Copy, Debug, Default)]
struct BlockStart {
    terms: u32,
    seconds: u32,
    doc_freqs: u32,
    postings: u32,
    freqs: u32,
}

/// The directory, decoded: where each block lies.
#[derive(Clone, Debug)]
pub struct Directory {
    /// One more than there are blocks.
    starts: Vec<BlockStart>,
    alphabet_len: u32,
    doc_count: u32,
}

/// The four structures that blocks lie in.
#[derive(Clone, Copy, Debug)]
pub struct BlockBytes<'a> {
    /// Second characters.
    pub seconds: &'a [u8],
    /// Document frequencies.
    pub doc_freqs: &'a [u8],
    /// Postings.
    pub postings: &'a [u8],
    /// Term frequencies.
    pub term_freqs: &'a [u8],
}

impl Directory {
    /// Reads the directory and checks that it agrees with the lengths of `blocks`.
    pub fn decode(bytes: &[u8], stats: &Stats, blocks: &BlockBytes<'_>) -> Result<Self, Error> {
        let mut cursor = Cursor::new(bytes, Structure::Directory.name());
        let characters = stats.alphabet_len as usize;
        let count = characters + stats.word_count.div_ceil(WORDS_PER_BLOCK) as usize;
        if count > bytes.len() {
            return Err(cursor.damaged());
        }
        let mut starts = vec![BlockStart::default(); count + 1];
        for (i, start) in starts[..count].iter_mut().enumerate() {
            start.terms = match i.checked_sub(characters) {
                None => cursor.u32()?,
                Some(w) => WORDS_PER_BLOCK.min(stats.word_count - w as u32 * WORDS_PER_BLOCK),
            };
        }
        // Sizes first; their running sums, the starts, in a second pass.
        for start in &mut starts[..characters] {
            start.seconds = cursor.u32()?;
        }
        for start in &mut starts[..count] {
            start.doc_freqs = cursor.u32()?;
        }
        for start in &mut starts[..count] {
            start.freqs = cursor.u32()?;
        }
        for start in &mut starts[..count] {
            start.postings = cursor.u32()?;
        }
        let damaged = cursor.damaged();
        if !cursor.is_empty() {
            return Err(damaged);
        }
        let mut next = BlockStart::default();
        for (i, start) in starts.iter_mut().enumerate() {
            let size = std::mem::replace(start, BlockStart { terms: start.terms, ..next });
            let sum = |at: u32, more: &[u32]| {
                more.iter().try_fold(at, |sum, &m| sum.checked_add(m)).ok_or(damaged.clone())
            };
            if i < characters {
                next.seconds = sum(next.seconds, &[size.seconds, size.terms])?;
            }
            next.doc_freqs = sum(next.doc_freqs, &[size.doc_freqs, size.terms])?;
            next.freqs = sum(next.freqs, &[size.freqs, size.terms])?;
            next.postings = sum(next.postings, &[size.postings, size.freqs, size.terms])?;
        }
        let end = [next.seconds, next.doc_freqs, next.freqs, next.postings].map(|e| e as usize);
        let lengths = [blocks.seconds, blocks.doc_freqs, blocks.term_freqs, blocks.postings];
        if end != lengths.map(<[u8]>::len) {
            return Err(damaged);
        }
        Ok(Directory { starts, alphabet_len: stats.alphabet_len, doc_count: stats.doc_count })
    }

    /// Number of blocks.
    pub fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// True for an index without terms.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Decodes block `index`.
    pub fn block(&self, index: u32, bytes: &BlockBytes<'_>) -> Result<Block, Error> {
        let bounds = self.starts.get(index as usize..).and_then(|rest| rest.first_chunk::<2>());
        let damaged = Error::Damaged { structure: Structure::Directory.name() };
        let [start, end] = bounds.ok_or(damaged)?;
        let part =
            |bytes: &'_ [u8], from: u32, to: u32| from as usize..(to as usize).min(bytes.len());
        let mut block = Block::default();
        if index < self.alphabet_len {
            let range = part(bytes.seconds, start.seconds, end.seconds);
            let mut cursor = Cursor::new(&bytes.seconds[range], Structure::Seconds.name());
            block.seconds.reserve(start.terms as usize);
            let mut next = 0u32;
            for _ in 0..start.terms {
                let second = next.checked_add(cursor.hot_u32()?).ok_or_else(|| cursor.damaged())?;
                block.seconds.push(second);
                next = second.saturating_add(1);
            }
        }
        let range = part(bytes.doc_freqs, start.doc_freqs, end.doc_freqs);
        let mut doc_freqs = Cursor::new(&bytes.doc_freqs[range], Structure::DocFreqs.name());
        let mut lists = &bytes.postings[part(bytes.postings, start.postings, end.postings)];
        let (mut postings_at, mut freqs_at) = (start.postings, start.freqs);
        block.terms.reserve(start.terms as usize);
        for _ in 0..start.terms {
            let doc_freq = doc_freqs.hot_u32()?.saturating_add(1);
            if doc_freq > end.freqs - freqs_at {
                return Err(doc_freqs.damaged());
            }
            block.terms.push(TermInfo { doc_freq, postings_at, freqs_at });
            let len = varints_len(lists, doc_freq).ok_or_else(|| doc_freqs.damaged())?;
            lists = &lists[len..];
            postings_at += len as u32;
            freqs_at += doc_freq;
        }
        Ok(block)
    }

    /// The share of block `index` in each of the structures.
    pub fn share<'a>(&self, index: u32, bytes: &BlockBytes<'a>) -> Result<BlockBytes<'a>, Error> {
        let bounds = self.starts.get(index as usize..).and_then(|rest| rest.first_chunk::<2>());
        let damaged = Error::Damaged { structure: Structure::Directory.name() };
        let [start, end] = bounds.ok_or(damaged.clone())?;
        let part = |bytes: &'a [u8], from: u32, to: u32| {
            bytes.get(from as usize..to as usize).ok_or(damaged.clone())
        };
        Ok(BlockBytes {
            seconds: part(bytes.seconds, start.seconds, end.seconds)?,
            doc_freqs: part(bytes.doc_freqs, start.doc_freqs, end.doc_freqs)?,
            postings: part(bytes.postings, start.postings, end.postings)?,
            term_freqs: part(bytes.term_freqs, start.freqs, end.freqs)?,
        })
    }

    /// Appends the postings of `term` to `out`.
    pub fn postings(
        &self,
        term: TermInfo,
        bytes: &BlockBytes<'_>,
        out: &mut Vec<Posting>,
    ) -> Result<(), Error> {
        let freqs_at = term.freqs_at as usize;
        let freqs = bytes.term_freqs.get(freqs_at..freqs_at + term.doc_freq as usize);
        let lists = bytes.postings.get(term.postings_at as usize..);
        let damaged = Error::Damaged { structure: Structure::Postings.name() };
        let (Some(freqs), Some(lists)) = (freqs, lists) else { return Err(damaged) };
        postings::decode(lists, freqs, self.doc_count, out)
    }
}
