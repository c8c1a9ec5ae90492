//! The index as bytes, one file per structure, encode beside decode. `FORMAT.md` tells the same.

pub mod blocks;
pub mod field_norms;
pub mod header;
pub mod postings;
pub mod stats;
pub mod store;
pub mod varint;

pub use header::{FORMAT_VERSION, Layout, Structure};
