//! Deflate, which every browser unpacks by itself, for what hosts do not compress.

use anyhow::Result;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::io::Read;

/// Packs bytes; the same bytes on every machine.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    DeflateEncoder::new(bytes, Compression::best()).read_to_end(&mut packed)?;
    Ok(packed)
}

/// Unpacks what [`pack`] made.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}
