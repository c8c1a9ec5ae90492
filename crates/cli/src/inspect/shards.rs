//! The shards of an index: how many there are of each kind, and how large they are.

use crate::index_file::Shards;
use crate::layout::shards;
use crate::output::{STRONG, grouped};
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

/// The shards of one kind.
#[derive(Debug, Default, Serialize)]
struct Size {
    shards: u64,
    /// Bytes, before they are packed.
    bytes: u64,
    /// Bytes of the files.
    packed: u64,
    /// Bytes of the largest file.
    largest: u64,
}

/// All kinds.
#[derive(Debug, Serialize)]
pub(super) struct Sizes(BTreeMap<String, Size>);

impl Sizes {
    /// Measures the files of an index.
    pub(super) fn of(index: &Shards) -> Result<Sizes> {
        let mut sizes: BTreeMap<String, Size> = BTreeMap::new();
        for name in index.names() {
            let path = index.folder().join(&name);
            let packed = fs::metadata(&path)
                .with_context(|| format!("{}: the shard is missing", path.display()))?
                .len();
            let size = sizes.entry(shards::kind(&name).to_owned()).or_default();
            size.shards += 1;
            size.bytes += shards::read_shard(index.folder(), &name)?.len() as u64;
            size.packed += packed;
            size.largest = size.largest.max(packed);
        }
        Ok(Sizes(sizes))
    }

    /// As a table for reading.
    pub(super) fn table(&self) -> String {
        let mut out = format!(
            "{STRONG}{:<12}{:>9}{:>16}{:>16}{:>12}{STRONG:#}\n",
            "kind", "shards", "bytes", "packed", "largest"
        );
        for (kind, size) in &self.0 {
            let _ = writeln!(
                out,
                "{kind:<12}{:>9}{:>16}{:>16}{:>12}",
                grouped(size.shards),
                grouped(size.bytes),
                grouped(size.packed),
                grouped(size.largest)
            );
        }
        out
    }
}
