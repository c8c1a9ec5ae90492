//! Shards: the parts of an index that are fetched one by one, when a query needs them.
//!
//! Every shard is `checksum u64, kind u8, number varint` and what its kind holds; the checksum is
//! XXH64 with seed 0 of all bytes behind it. [`terms`] holds what queries look up, [`documents`]
//! what hits are shown by, [`table`] is how the root tells where each thing is.

pub(crate) mod alphabet;
pub(crate) mod documents;
pub(crate) mod table;
pub(crate) mod terms;

use super::varint::{Cursor, write_u32};
use crate::Error;
use crate::digits::{decimal, digits};
use xxhash_rust::xxh64::xxh64;

/// The folder, beside the root, in which all shards are.
pub const SHARD_FOLDER: &str = "suoyin.shards";

/// Shards that share a folder: what it is called after changes with any of them.
pub(crate) const SHARDS_PER_GROUP: u32 = 64;

/// Name of shards in errors.
const SHARD: &str = "shard";

/// What a shard holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ShardKind {
    /// Terms and their postings.
    Terms = 1,
    /// The positions of the same terms.
    Positions = 2,
    /// Records and texts.
    Documents = 3,
    /// The values of one field.
    Columns = 4,
}

/// A shard, by kind and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShardId {
    pub(crate) kind: ShardKind,
    pub(crate) number: u32,
}

impl ShardId {
    /// What it is called, relative to the root, in a group with the content hash `group`. All are in
    /// one folder, so that nothing else in its place is ever touched.
    pub(crate) fn name(self, group: u64) -> String {
        let folder = match self.kind {
            ShardKind::Terms => "terms",
            ShardKind::Positions => "positions",
            ShardKind::Documents => "documents",
            ShardKind::Columns => "columns",
        };
        let (group, number) = (digits(group, 16, 16), decimal(self.number.into()));
        [SHARD_FOLDER, "/", folder, "-", &group, "/", &number].concat()
    }

    /// Puts `body` behind a header.
    pub(crate) fn seal(self, body: &[&[u8]]) -> Vec<u8> {
        let mut out = vec![0; 8];
        out.push(self.kind as u8);
        write_u32(&mut out, self.number);
        body.iter().for_each(|part| out.extend(*part));
        let checksum = xxh64(&out[8..], 0);
        out[..8].copy_from_slice(&checksum.to_le_bytes());
        out
    }

    /// Checks the header of `shard`; gives what it is and where its body starts.
    pub(crate) fn unseal(shard: &[u8]) -> Result<(ShardId, usize), Error> {
        let damaged = Error::Damaged { structure: SHARD };
        let (checksum, rest) = shard.split_first_chunk::<8>().ok_or(damaged.clone())?;
        if xxh64(rest, 0).to_le_bytes() != *checksum {
            return Err(damaged);
        }
        let mut cursor = Cursor::new(rest, SHARD);
        let kind = match cursor.u8()? {
            1 => ShardKind::Terms,
            2 => ShardKind::Positions,
            3 => ShardKind::Documents,
            4 => ShardKind::Columns,
            _ => return Err(damaged),
        };
        let number = cursor.u32()?;
        Ok((ShardId { kind, number }, 8 + cursor.position()))
    }
}
