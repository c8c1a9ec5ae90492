//! The header: magic number, version, length, checksum, and where each structure lies.
//!
//! ```text
//! magic      8 bytes  89 53 55 4F 59 49 4E 0A   (high bit, "SUOYIN", line feed)
//!                     89 53 55 4F 59 52 54 0A   (… "SUOYRT" …) for the root of a sharded index
//! version    u32      FORMAT_VERSION
//! structures u32      number of entries in the table below
//! length     u64      of the whole index, header included, in bytes
//! checksum   u64      XXH64, seed 0, of all bytes behind this field
//! table      structures × { id u32, zero u32, offset u64, length u64 }
//! ```
//! All integers are little-endian. Offsets count from the first byte of the index; structures
//! follow one another in the order of the table, without gaps.

use crate::Error;
use std::ops::Range;
use xxhash_rust::xxh64::xxh64;

/// The version of the format this crate reads and writes.
pub const FORMAT_VERSION: u32 = 1;

/// What lies behind a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An index in one piece.
    Index,
    /// What is read first of an index in shards.
    Root,
}

impl Kind {
    fn magic(self) -> [u8; 8] {
        match self {
            Kind::Index => *b"\x89SUOYIN\n",
            Kind::Root => *b"\x89SUOYRT\n",
        }
    }

    /// What `bytes` start as, if that is anything of ours.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        [Kind::Index, Kind::Root].into_iter().find(|kind| bytes.starts_with(&kind.magic()))
    }

    /// Its structures, in the order in which they are written.
    pub fn structures(self) -> &'static [Structure] {
        use Structure::*;
        match self {
            Kind::Index => &[
                Stats, Fold, Readings, Terms, Directory, Seconds, DocFreqs, Postings, TermFreqs,
                FieldNorms, Weights, Columns, Synonyms, Records, Texts,
            ],
            Kind::Root => &[Stats, Fold, Readings, Alphabet, Weights, Synonyms, Shards],
        }
    }
}

const FIXED: usize = 32;
const ENTRY: usize = 24;

/// The structures of an index, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Structure {
    /// Counts and averages: [`Stats`](super::stats::Stats).
    Stats = 1,
    /// [`FoldTable`](crate::FoldTable): the entries this corpus can need.
    Fold = 2,
    /// [`Readings`](crate::analysis::Readings): those this corpus's glosses use.
    Readings = 3,
    /// The `fst::Map` of leading characters and words.
    Terms = 4,
    /// The sizes of each block.
    Directory = 5,
    /// Second characters of bigrams.
    Seconds = 6,
    /// Number of documents per term.
    DocFreqs = 7,
    /// Document ids per term.
    Postings = 8,
    /// Occurrences per document and term.
    TermFreqs = 9,
    /// Quantised lengths of titles and texts.
    FieldNorms = 10,
    /// Ids, URLs, titles, metadata and sections.
    Records = 11,
    /// The texts.
    Texts = 12,
    /// [Weights](super::weights) of documents.
    Weights = 13,
    /// Which shard holds what.
    Shards = 14,
    /// The codes of characters, of an index in shards.
    Alphabet = 15,
    /// [Values](super::columns) to filter, sort and count by.
    Columns = 16,
    /// Words and others that may stand for them.
    Synonyms = 17,
}

impl Structure {
    /// How many there are.
    const COUNT: usize = 17;

    /// The name in messages and in `suoyin inspect`.
    pub fn name(self) -> &'static str {
        match self {
            Structure::Stats => "stats",
            Structure::Fold => "fold table",
            Structure::Readings => "readings",
            Structure::Terms => "term index",
            Structure::Directory => "block directory",
            Structure::Seconds => "second characters",
            Structure::DocFreqs => "document frequencies",
            Structure::Postings => "postings",
            Structure::TermFreqs => "term frequencies",
            Structure::FieldNorms => "field norms",
            Structure::Records => "records",
            Structure::Texts => "texts",
            Structure::Weights => "weights",
            Structure::Shards => "shard table",
            Structure::Alphabet => "alphabet",
            Structure::Columns => "columns",
            Structure::Synonyms => "synonyms",
        }
    }
}

/// Puts the structures, in the order of [`Kind::structures`], behind a header.
///
/// The texts are by far the largest: what goes before is moved in front of them, so that they are
/// never in memory twice.
pub(crate) fn assemble(kind: Kind, structures: Vec<Vec<u8>>) -> Vec<u8> {
    debug_assert_eq!(structures.len(), kind.structures().len());
    let mut offset = FIXED + ENTRY * structures.len();
    let length = offset + structures.iter().map(Vec::len).sum::<usize>();
    let mut head = Vec::with_capacity(offset);
    head.extend(kind.magic());
    head.extend(FORMAT_VERSION.to_le_bytes());
    head.extend((structures.len() as u32).to_le_bytes());
    head.extend((length as u64).to_le_bytes());
    head.extend(0u64.to_le_bytes());
    for (id, bytes) in kind.structures().iter().zip(&structures) {
        head.extend((*id as u32).to_le_bytes());
        head.extend(0u32.to_le_bytes());
        head.extend((offset as u64).to_le_bytes());
        head.extend((bytes.len() as u64).to_le_bytes());
        offset += bytes.len();
    }
    let mut index = Vec::new();
    for bytes in structures {
        head.extend(std::mem::replace(&mut index, bytes));
    }
    let texts = index.len();
    index.resize(length, 0);
    index.copy_within(..texts, head.len());
    index[..head.len()].copy_from_slice(&head);
    let checksum = xxh64(&index[FIXED..], 0);
    index[FIXED - 8..FIXED].copy_from_slice(&checksum.to_le_bytes());
    index
}

/// Where each structure lies in an index.
#[derive(Clone, Debug)]
pub struct Layout {
    /// By the number of the structure less one; empty for those that it has not.
    ranges: [Range<usize>; Structure::COUNT],
}

impl Layout {
    /// Checks magic number, version, length and checksum of `index` and reads the table.
    pub fn open(index: &[u8], kind: Kind) -> Result<Layout, Error> {
        let layout = Layout::read(index, kind)?;
        let found = xxh64(&index[FIXED..], 0);
        if found != u64_at(index, FIXED - 8)? {
            return Err(Error::Damaged { structure: "checksum" });
        }
        Ok(layout)
    }

    /// As [`open`](Self::open), the checksum left unread: what fuzzing needs.
    pub fn read(index: &[u8], kind: Kind) -> Result<Layout, Error> {
        if !index.starts_with(&kind.magic()) {
            return Err(Error::NotAnIndex);
        }
        let truncated = |expected| Error::Truncated { expected, found: index.len() as u64 };
        if index.len() < FIXED {
            return Err(truncated(FIXED as u64));
        }
        let found = u32_at(index, 8)?;
        if found != FORMAT_VERSION {
            return Err(Error::Version { found, supported: FORMAT_VERSION });
        }
        let length = u64_at(index, 16)?;
        if length > index.len() as u64 {
            return Err(truncated(length));
        }
        let damaged = Error::Damaged { structure: "header" };
        let count = kind.structures().len();
        let mut expected = FIXED + ENTRY * count;
        if u32_at(index, 12)? as usize != count || length != index.len() as u64 {
            return Err(damaged);
        }
        let mut ranges = std::array::from_fn(|_| 0..0);
        for (i, id) in kind.structures().iter().enumerate() {
            let at = FIXED + i * ENTRY;
            let (start, len) = (u64_at(index, at + 8)?, u64_at(index, at + 16)?);
            if u64_at(index, at)? != *id as u64 || start != expected as u64 {
                return Err(damaged);
            }
            let end = usize::try_from(len).ok().and_then(|len| expected.checked_add(len));
            let end = end.filter(|&end| end <= index.len()).ok_or(damaged.clone())?;
            ranges[*id as usize - 1] = expected..end;
            expected = end;
        }
        if expected == index.len() { Ok(Layout { ranges }) } else { Err(damaged) }
    }

    /// The bytes at which `structure` lies.
    pub fn range(&self, structure: Structure) -> Range<usize> {
        self.ranges[structure as usize - 1].clone()
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Error> {
    let bytes = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    bytes.map(u32::from_le_bytes).ok_or(Error::Damaged { structure: "header" })
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    Ok(u64::from(u32_at(bytes, at)?) | u64::from(u32_at(bytes, at + 4)?) << 32)
}
