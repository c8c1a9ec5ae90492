//! The index as bytes, one file per structure, encode beside decode. `FORMAT.md` tells the same.

pub mod blocks;
pub mod columns;
pub mod field_norms;
pub mod header;
pub(crate) mod positions;
pub mod postings;
pub mod ranking;
pub(crate) mod shard;
pub mod stats;
pub mod store;
pub(crate) mod synonyms;
pub mod varint;
pub mod weights;

pub use header::{FORMAT_VERSION, Kind, Layout, Structure};
pub use shard::SHARD_FOLDER;
