//! Shards of documents: the varint length of their records structure, that, and their texts, as
//! [`crate::format::store`] has them.

use super::{SHARD, ShardId, ShardKind};
use crate::format::store::{Record, Store};
use crate::format::varint::{Cursor, write_u32};
use crate::{DocId, Error};
use std::ops::Range;

/// Writes a shard.
pub(crate) fn seal(number: u32, records: &[u8], texts: &[u8]) -> Vec<u8> {
    let mut len = Vec::new();
    write_u32(&mut len, records.len() as u32);
    ShardId { kind: ShardKind::Documents, number }.seal(&[&len, records, texts])
}

/// A loaded shard of documents.
#[derive(Debug)]
pub(crate) struct DocumentShard {
    bytes: Vec<u8>,
    store: Store,
    records: Range<usize>,
}

impl DocumentShard {
    /// Reads a shard of `count` documents, whose body starts at `body`.
    pub(crate) fn open(bytes: Vec<u8>, body: usize, count: u32) -> Result<DocumentShard, Error> {
        let mut cursor = Cursor::new(&bytes[body..], SHARD);
        let len = cursor.count()?;
        let start = body + cursor.position();
        let records = start..start + len;
        let store = Store::open(&bytes[records.clone()], &bytes[records.end..], count)?;
        Ok(DocumentShard { store, records, bytes })
    }

    /// The record of a document, counted from the first of this shard.
    pub(crate) fn record(&self, doc: DocId) -> Result<Record<'_>, Error> {
        self.store.record(&self.bytes[self.records.clone()], doc)
    }

    /// Its text as bytes, not checked to be UTF-8.
    pub(crate) fn text(&self, doc: DocId) -> &[u8] {
        self.bytes[self.records.end..].get(self.store.text_range(doc)).unwrap_or_default()
    }
}
