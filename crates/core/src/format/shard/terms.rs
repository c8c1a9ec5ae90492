//! Shards of terms: those that follow one another in the order of the shard table, with what a
//! query needs of each.
//!
//! *Terms*: varint number of words and, front coded, the words; or 0, the varint number of blocks,
//! for each the distance of its first character from the last one's and its number of terms less
//! one, and then the codes of all second characters, in each block the first as it is, then
//! differences less one. Then for each term its number of postings less one; the varint length of
//! all postings, those; and, a byte a posting, term frequencies and norms of texts; and the norms of
//! titles, for those postings whose title has the term.
//!
//! *Positions* of the same terms: varint lengths of each term's positions, then all of them.
//!
//! Norms stand with the postings because the column of all documents would have to be fetched before
//! the first result: at 100,000 documents more than everything else together.

use super::{SHARD, ShardId, ShardKind};
use crate::Error;
use crate::format::positions;
use crate::format::postings::{self, EncodedList, Posting};
use crate::format::varint::{Cursor, write_u32};
use std::ops::Range;

/// Second character of a run's last one.
pub(crate) const LAST: u32 = 0;
/// Second character of the term that stands for all that start with one character, where a block is
/// too large for one shard.
pub(crate) const ANY: u32 = 1;
/// What second characters are counted from.
pub(crate) const FIRST_CODE: u32 = 2;

/// A term's place in the order of shards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TermKey {
    /// First character; code of the second one from [`FIRST_CODE`] on, or what stands for none.
    Pair(char, u32),
    /// A word.
    Word(String),
}

/// A shard of terms and the one of their positions, while they are written.
#[derive(Debug, Default)]
pub(crate) struct TermsWriter {
    keys: Vec<TermKey>,
    doc_freqs: Vec<u8>,
    postings: Vec<u8>,
    term_freqs: Vec<u8>,
    text_norms: Vec<u8>,
    title_norms: Vec<u8>,
    position_lens: Vec<u8>,
    positions: Vec<u8>,
}

impl TermsWriter {
    /// Appends a term with its postings, norms and all, and its positions.
    pub(crate) fn push(&mut self, key: TermKey, list: &[Posting], positions: &[u8]) {
        self.keys.push(key);
        write_u32(&mut self.doc_freqs, list.len() as u32 - 1);
        let EncodedList { postings, term_freqs } = EncodedList::new(list);
        self.postings.extend(postings);
        self.term_freqs.extend(term_freqs);
        self.text_norms.extend(list.iter().map(|p| p.text_norm));
        self.title_norms.extend(list.iter().filter(|p| p.in_title).map(|p| p.title_norm));
        write_u32(&mut self.position_lens, positions.len() as u32);
        self.positions.extend(positions);
    }

    /// Bytes of the shard of terms so far, but for the keys.
    pub(crate) fn len(&self) -> usize {
        self.postings.len() + 2 * self.term_freqs.len() + self.title_norms.len()
    }

    /// The first term.
    pub(crate) fn first(&self) -> Option<&TermKey> {
        self.keys.first()
    }

    /// The shard of terms and the one of their positions.
    pub(crate) fn seal(self, number: u32) -> [Vec<u8>; 2] {
        let mut head = Vec::new();
        let words = self.keys.iter().filter(|key| matches!(key, TermKey::Word(_))).count();
        write_u32(&mut head, words as u32);
        if words > 0 {
            write_words(self.keys.iter().filter_map(TermKey::word), &mut head);
        } else {
            write_pairs(&self.keys, &mut head);
        }
        head.extend(self.doc_freqs);
        write_u32(&mut head, self.postings.len() as u32);
        let columns = [self.postings, self.term_freqs, self.text_norms, self.title_norms];
        let columns: Vec<&[u8]> =
            std::iter::once(&head).chain(&columns).map(Vec::as_slice).collect();
        let terms = ShardId { kind: ShardKind::Terms, number }.seal(&columns);
        let positions = ShardId { kind: ShardKind::Positions, number };
        [terms, positions.seal(&[&self.position_lens, &self.positions])]
    }
}

impl TermKey {
    fn word(&self) -> Option<&str> {
        match self {
            TermKey::Word(word) => Some(word),
            TermKey::Pair(..) => None,
        }
    }
}

fn write_pairs(keys: &[TermKey], out: &mut Vec<u8>) {
    let pairs: Vec<(char, u32)> = keys
        .iter()
        .filter_map(|key| match *key {
            TermKey::Pair(first, second) => Some((first, second)),
            TermKey::Word(_) => None,
        })
        .collect();
    let blocks = || pairs.chunk_by(|a, b| a.0 == b.0);
    write_u32(out, blocks().count() as u32);
    let mut last = 0;
    for block in blocks() {
        write_u32(out, block[0].0 as u32 - last);
        last = block[0].0 as u32;
        write_u32(out, block.len() as u32 - 1);
    }
    for block in blocks() {
        let mut next = 0;
        for &(_, second) in block {
            write_u32(out, second - next);
            next = second + 1;
        }
    }
}

/// Writes words, ascending: for each the varints of how many bytes it shares with the one before and
/// how many follow, and those.
pub(crate) fn write_words<'a>(words: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    let mut last = "";
    for word in words {
        let shared = word.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        write_u32(out, shared as u32);
        write_u32(out, (word.len() - shared) as u32);
        out.extend(&word.as_bytes()[shared..]);
        last = word;
    }
}

/// Reads `count` words.
pub(crate) fn read_words(cursor: &mut Cursor<'_>, count: usize) -> Result<Vec<String>, Error> {
    let mut words = Vec::with_capacity(count);
    let mut word = Vec::new();
    for _ in 0..count {
        word.truncate(cursor.u32()? as usize);
        let len = cursor.u32()? as usize;
        word.extend(cursor.bytes(len)?);
        words.push(std::str::from_utf8(&word).map_err(|_| cursor.damaged())?.to_owned());
    }
    Ok(words)
}

/// A loaded shard of terms.
#[derive(Debug)]
pub(crate) struct TermShard {
    bytes: Vec<u8>,
    /// Each block's first character and the number of its first term.
    blocks: Vec<(char, usize)>,
    seconds: Vec<u32>,
    words: Vec<String>,
    /// One more than there are terms.
    terms: Vec<ShardTerm>,
    postings_at: usize,
    freqs_at: usize,
    norms_at: usize,
    titles_at: usize,
}

/// Where the lists of a term start, each counted from the first of the shard.
#[derive(Clone, Copy, Debug, Default)]
struct ShardTerm {
    postings: usize,
    freqs: usize,
    titles: usize,
}

impl TermShard {
    /// Reads a shard whose body starts at `body`.
    pub(crate) fn open(bytes: Vec<u8>, body: usize) -> Result<TermShard, Error> {
        let mut cursor = Cursor::new(&bytes[body..], SHARD);
        let words = cursor.count()?;
        let words = read_words(&mut cursor, words)?;
        let mut blocks = Vec::new();
        let mut seconds = Vec::new();
        if words.is_empty() {
            let mut last = 0u32;
            let mut terms = 0usize;
            for _ in 0..cursor.count()? {
                last = last.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
                let first = char::from_u32(last).ok_or_else(|| cursor.damaged())?;
                blocks.push((first, terms));
                terms = terms.saturating_add(cursor.count()? + 1);
            }
            if terms > cursor.remaining() {
                return Err(cursor.damaged());
            }
            for (i, &(_, start)) in blocks.iter().enumerate() {
                let end = blocks.get(i + 1).map_or(terms, |&(_, end)| end);
                let mut next = 0u32;
                for _ in start..end {
                    let second = next.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
                    seconds.push(second);
                    next = second.saturating_add(1);
                }
            }
        }
        let count = words.len().max(seconds.len());
        let mut terms = Vec::with_capacity(count + 1);
        let mut term = ShardTerm::default();
        for _ in 0..count {
            terms.push(term);
            let len = (cursor.u32()? as usize).saturating_add(1);
            term.freqs = term.freqs.saturating_add(len);
        }
        terms.push(term);
        let postings_len = cursor.count()?;
        let postings_at = body + cursor.position();
        let freqs_at = postings_at + postings_len;
        let norms_at = freqs_at.saturating_add(term.freqs);
        let titles_at = norms_at.saturating_add(term.freqs);
        let damaged = Error::Damaged { structure: SHARD };
        let lists = bytes.get(postings_at..freqs_at).ok_or(damaged.clone())?;
        let freqs = bytes.get(freqs_at..norms_at).ok_or(damaged.clone())?;
        // The sizes of each term's lists follow from the lists themselves.
        let (mut at, mut titles) = (0, 0);
        for i in 0..count {
            (terms[i].postings, terms[i].titles) = (at, titles);
            let of = &freqs[terms[i].freqs..terms[i + 1].freqs];
            titles += of.iter().filter(|&byte| byte & 1 == 1).count();
            let len = crate::format::varint::varints_len(&lists[at..], of.len() as u32);
            at += len.ok_or(damaged.clone())?;
        }
        if let Some(end) = terms.last_mut() {
            (end.postings, end.titles) = (at, titles);
        }
        if at != postings_len || titles_at.checked_add(titles) != Some(bytes.len()) {
            return Err(damaged);
        }
        Ok(TermShard {
            blocks,
            seconds,
            words,
            terms,
            postings_at,
            freqs_at,
            norms_at,
            titles_at,
            bytes,
        })
    }

    /// The terms of the block of `first`.
    pub(crate) fn block(&self, first: char) -> Range<usize> {
        let Ok(block) = self.blocks.binary_search_by_key(&first, |&(c, _)| c) else { return 0..0 };
        let end = self.blocks.get(block + 1).map_or(self.seconds.len(), |&(_, start)| start);
        self.blocks[block].1..end
    }

    /// The number of a term in this shard.
    pub(crate) fn find(&self, key: &TermKey) -> Option<usize> {
        match key {
            TermKey::Pair(first, second) => {
                let block = self.block(*first);
                let place = self.seconds[block.clone()].binary_search(second).ok()?;
                Some(block.start + place)
            }
            TermKey::Word(word) => self.words.binary_search(word).ok(),
        }
    }

    /// Its words, ascending.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The numbers of the words that start with `prefix`.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Range<usize> {
        let from = self.words.partition_point(|word| word.as_str() < prefix);
        let count = self.words[from..].partition_point(|word| word.starts_with(prefix));
        from..from + count
    }

    /// Number of terms.
    pub(crate) fn len(&self) -> usize {
        self.terms.len() - 1
    }

    /// Appends the postings of a term.
    pub(crate) fn postings(
        &self,
        term: usize,
        doc_count: u32,
        out: &mut Vec<Posting>,
    ) -> Result<(), Error> {
        let (start, end) = (self.terms[term], self.terms[term + 1]);
        let from = out.len();
        let lists = &self.bytes[self.postings_at + start.postings..self.freqs_at];
        let freqs = &self.bytes[self.freqs_at + start.freqs..self.freqs_at + end.freqs];
        postings::decode(lists, freqs, doc_count, out)?;
        let norms = &self.bytes[self.norms_at + start.freqs..];
        out[from..].iter_mut().zip(norms).for_each(|(posting, &norm)| posting.text_norm = norm);
        let titles = &self.bytes[self.titles_at + start.titles..];
        let titled = out[from..].iter_mut().filter(|posting| posting.in_title);
        titled.zip(titles).for_each(|(posting, &norm)| posting.title_norm = norm);
        Ok(())
    }
}

/// A loaded shard of positions.
#[derive(Debug)]
pub(crate) struct PositionShard {
    bytes: Vec<u8>,
    /// Where the positions of each term start; one more than there are terms.
    starts: Vec<usize>,
}

impl PositionShard {
    /// Reads a shard of the positions of `terms` terms, whose body starts at `body`.
    pub(crate) fn open(bytes: Vec<u8>, body: usize) -> Result<PositionShard, Error> {
        let mut cursor = Cursor::new(&bytes[body..], SHARD);
        // As many lengths as make up the rest: the shard of terms says how many terms there are.
        let mut lens = Vec::new();
        let mut sum = 0usize;
        while sum < cursor.remaining() {
            let len = cursor.u32()? as usize;
            lens.push(len);
            sum = sum.saturating_add(len);
        }
        if sum != cursor.remaining() {
            return Err(cursor.damaged());
        }
        let mut at = body + cursor.position();
        let mut starts = vec![at];
        for len in lens {
            at += len;
            starts.push(at);
        }
        Ok(PositionShard { bytes, starts })
    }

    /// Reads the positions of a term that has so many postings.
    pub(crate) fn verify(&self, term: usize, postings: usize) -> Result<(), Error> {
        let mut cursor = Cursor::new(self.positions(term), SHARD);
        let mut slots = Vec::new();
        for _ in 0..postings {
            positions::decode(&mut cursor, &mut slots)?;
        }
        if cursor.is_empty() { Ok(()) } else { Err(cursor.damaged()) }
    }

    /// The positions of a term.
    pub(crate) fn positions(&self, term: usize) -> &[u8] {
        match self.starts.get(term..).and_then(|starts| starts.first_chunk::<2>()) {
            Some(&[start, end]) => &self.bytes[start..end],
            None => &[],
        }
    }
}
