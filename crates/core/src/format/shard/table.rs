//! The shard table of a root: which shard holds what, and what each is called.
//!
//! Varints: documents in a shard of documents; shards of characters; shards of words. The first
//! terms of the shards of characters, column by column: distances of first characters, second
//! characters. The first words of the shards of words, each cut to what tells it from the last word
//! before it, front coded. The varint number of fields, each with a shard of its own, and their
//! names, ascending, front coded. Then, eight bytes each, the content hashes of the groups of shards
//! of terms, together with their positions, of those of documents, and of those of columns.

use super::terms::{TermKey, read_words, write_words};
use super::{SHARDS_PER_GROUP, ShardId, ShardKind};
use crate::format::header::Structure;
use crate::format::varint::{Cursor, write_u32};
use crate::{DocId, Error};
use std::ops::Range;

/// Which shard holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShardTable {
    /// Documents in each shard of documents but the last.
    pub(crate) docs_per_shard: u32,
    /// First term of each shard of characters, ascending.
    pub(crate) pairs: Vec<(char, u32)>,
    /// What each shard of words starts with, ascending: nothing before it is as large.
    pub(crate) words: Vec<String>,
    /// The fields to filter, sort and count by: the column of each is a shard.
    pub(crate) fields: Vec<String>,
    /// Hashes of the groups of shards of terms, of documents, and of columns.
    pub(crate) term_groups: Vec<u64>,
    pub(crate) document_groups: Vec<u64>,
    pub(crate) column_groups: Vec<u64>,
}

impl ShardTable {
    /// Writes the structure.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_u32(&mut out, self.docs_per_shard);
        write_u32(&mut out, self.pairs.len() as u32);
        write_u32(&mut out, self.words.len() as u32);
        let mut last = 0;
        for &(first, _) in &self.pairs {
            write_u32(&mut out, first as u32 - last);
            last = first as u32;
        }
        self.pairs.iter().for_each(|&(_, second)| write_u32(&mut out, second));
        write_words(self.words.iter().map(String::as_str), &mut out);
        write_u32(&mut out, self.fields.len() as u32);
        write_words(self.fields.iter().map(String::as_str), &mut out);
        let groups = self.term_groups.iter().chain(&self.document_groups);
        groups.chain(&self.column_groups).for_each(|hash| out.extend(hash.to_le_bytes()));
        out
    }

    /// Reads the structure.
    pub(crate) fn decode(bytes: &[u8], doc_count: u32) -> Result<ShardTable, Error> {
        let mut cursor = Cursor::new(bytes, Structure::Shards.name());
        let docs_per_shard = cursor.u32()?;
        if docs_per_shard == 0 {
            return Err(cursor.damaged());
        }
        let pairs = cursor.count()?;
        let words = cursor.count()?;
        let mut first = 0u32;
        let mut firsts = Vec::with_capacity(pairs);
        for _ in 0..pairs {
            first = first.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
            firsts.push(char::from_u32(first).ok_or_else(|| cursor.damaged())?);
        }
        let mut table = ShardTable { docs_per_shard, ..ShardTable::default() };
        for first in firsts {
            table.pairs.push((first, cursor.u32()?));
        }
        table.words = read_words(&mut cursor, words)?;
        let fields = cursor.count()?;
        table.fields = read_words(&mut cursor, fields)?;
        let column_groups = (fields as u32).div_ceil(SHARDS_PER_GROUP);
        let term_groups = table.term_shards().div_ceil(SHARDS_PER_GROUP);
        let document_groups = table.document_shards(doc_count).div_ceil(SHARDS_PER_GROUP);
        let mut hashes = |count: u32, groups: &mut Vec<u64>| {
            for _ in 0..count {
                let hash = cursor.bytes(8)?.try_into().map_err(|_| cursor.damaged())?;
                groups.push(u64::from_le_bytes(hash));
            }
            Ok::<_, Error>(())
        };
        hashes(term_groups, &mut table.term_groups)?;
        hashes(document_groups, &mut table.document_groups)?;
        hashes(column_groups, &mut table.column_groups)?;
        if cursor.is_empty() { Ok(table) } else { Err(cursor.damaged()) }
    }

    /// Number of shards of terms, those of characters first.
    pub(crate) fn term_shards(&self) -> u32 {
        (self.pairs.len() + self.words.len()) as u32
    }

    /// Number of shards of documents.
    pub(crate) fn document_shards(&self, doc_count: u32) -> u32 {
        doc_count.div_ceil(self.docs_per_shard)
    }

    /// The shard of terms that would hold `key`.
    pub(crate) fn shard_of(&self, key: &TermKey) -> Option<u32> {
        let behind = match key {
            TermKey::Pair(first, second) => self.pairs.partition_point(|p| p <= &(*first, *second)),
            TermKey::Word(word) => match self.words.partition_point(|first| first <= word) {
                0 => 0,
                behind => self.pairs.len() + behind,
            },
        };
        behind.checked_sub(1).map(|shard| shard as u32)
    }

    /// The shards of words that may hold some that start with `prefix`.
    pub(crate) fn words_with_prefix(&self, prefix: &str) -> Range<u32> {
        let start = self.words.partition_point(|first| first.as_str() <= prefix).saturating_sub(1);
        let end = self
            .words
            .partition_point(|first| first.as_str() < prefix || first.starts_with(prefix));
        let pairs = self.pairs.len();
        (pairs + start) as u32..(pairs + end) as u32
    }

    /// Whether the block of `first` is spread over several shards, with a term for all of it.
    pub(crate) fn is_split(&self, first: char) -> bool {
        let behind = self.pairs.partition_point(|pair| pair.0 <= first);
        self.pairs[..behind].last().is_some_and(|&(c, second)| c == first && second > 0)
    }

    /// The shard of documents that holds `doc`, and its place there.
    pub(crate) fn document(&self, doc: DocId) -> (u32, DocId) {
        (doc / self.docs_per_shard, doc % self.docs_per_shard)
    }

    /// What a shard is called, relative to the root.
    pub(crate) fn name(&self, id: ShardId) -> Option<String> {
        let groups = match id.kind {
            ShardKind::Terms | ShardKind::Positions => &self.term_groups,
            ShardKind::Documents => &self.document_groups,
            ShardKind::Columns => &self.column_groups,
        };
        let &group = groups.get((id.number / SHARDS_PER_GROUP) as usize)?;
        Some(id.name(group))
    }
}
