//! The files of an index in shards, in memory, packed as they travel.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use suoyin_core::format::varint::Cursor;
use suoyin_core::format::{Kind, Layout, Structure};
use suoyin_core::{IndexWriter, Positions, Searcher, ShardSizes};
use suoyin_ingest::{IngestOptions, ingest_each};

/// The kinds of shards, as their names have them.
pub(super) const KINDS: [&str; 3] = ["terms", "positions", "documents"];

/// All that lies on a server, but for the engine.
pub(super) struct Files {
    /// The root, unpacked.
    pub(super) root: Vec<u8>,
    /// Bytes of the root as it travels.
    pub(super) packed_root: u64,
    shards: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// Reads what `suoyin build --layout shards` wrote.
    pub(super) fn read(folder: &Path) -> Result<Files> {
        let path = folder.join("suoyin.root");
        let packed = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let root = unpack(&packed)?;
        let mut shards = BTreeMap::new();
        for name in Searcher::open_root(root.clone())?.shard_names() {
            let path = folder.join(&name);
            let shard = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            shards.insert(name, shard);
        }
        Ok(Files { root, packed_root: packed.len() as u64, shards })
    }

    /// Makes what the command would write, were shards as large as this.
    pub(super) fn make(input: &Path, sizes: ShardSizes) -> Result<Files> {
        let mut writer = IndexWriter::with_positions(Positions::Keep);
        ingest_each(&[input.to_owned()], &IngestOptions::default(), |document| {
            writer.add(&document)?;
            Ok::<_, anyhow::Error>(())
        })?;
        let mut shards = BTreeMap::new();
        let root = writer.finish_shards(sizes, |name, shard| {
            shards.insert(name, pack(&shard)?);
            Ok::<_, anyhow::Error>(())
        })?;
        let packed_root = pack(&root.bytes)?.len() as u64;
        Ok(Files { root: root.bytes, packed_root, shards })
    }

    /// A shard as it travels.
    pub(super) fn shard(&self, name: &str) -> Result<&[u8]> {
        let shard = self.shards.get(name).with_context(|| format!("there is no shard {name}"))?;
        Ok(shard)
    }

    /// Names and packed bytes of all shards of a kind, in the order of their numbers.
    pub(super) fn of_kind(&self, kind: usize) -> Vec<(&str, &[u8])> {
        let of_kind = self.shards.iter().filter(|&(name, _)| kind_of(name) == kind);
        let mut shards: Vec<_> = of_kind.map(|(name, shard)| (&name[..], &shard[..])).collect();
        shards.sort_by_key(|&(name, _)| number_of(name));
        shards
    }

    /// The structures of the root.
    pub(super) fn root_structures(&self) -> Result<Vec<(Structure, &[u8])>> {
        let layout = Layout::open(&self.root, Kind::Root)?;
        let structures = Kind::Root.structures().iter();
        Ok(structures.map(|&s| (s, &self.root[layout.range(s)])).collect())
    }

    /// How many documents a shard of documents holds.
    pub(super) fn documents_per_shard(&self) -> Result<u32> {
        let layout = Layout::open(&self.root, Kind::Root)?;
        // What the shard table starts with.
        Ok(Cursor::new(&self.root[layout.range(Structure::Shards)], "shard table").u32()?)
    }
}

/// The place in [`KINDS`] of `positions` in `suoyin.shards/positions-0123456789abcdef/7`.
pub(super) fn kind_of(name: &str) -> usize {
    let group = name.split('/').nth(1).unwrap_or_default();
    KINDS.iter().position(|kind| group.starts_with(kind)).unwrap_or_default()
}

/// The number behind the last slash.
pub(super) fn number_of(name: &str) -> u32 {
    name.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// As the command packs.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    DeflateEncoder::new(bytes, Compression::best()).read_to_end(&mut packed)?;
    Ok(packed)
}

/// What [`pack`] packed.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}
