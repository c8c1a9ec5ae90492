//! Weights of documents: only those that differ from one.
//!
//! Varint number of them; for each the varint distance of its document from the last one, and a byte
//! of twentieths.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::{DocId, Error, Weight};

/// Documents, ascending, with their weights.
pub(crate) type Weights = Vec<(DocId, Weight)>;

/// Writes the structure for the weights of all documents.
pub(crate) fn encode(weights: &[Weight]) -> Vec<u8> {
    let mut out = Vec::new();
    let differing = || (0..).zip(weights).filter(|&(_, &weight)| weight != Weight::ONE);
    write_u32(&mut out, differing().count() as u32);
    let mut last = 0;
    for (doc, weight) in differing() {
        write_u32(&mut out, doc - last);
        out.push(weight.twentieths());
        last = doc;
    }
    out
}

/// Reads the structure of an index of `doc_count` documents.
pub(crate) fn decode(bytes: &[u8], doc_count: u32) -> Result<Weights, Error> {
    let mut cursor = Cursor::new(bytes, Structure::Weights.name());
    let mut weights = Weights::new();
    let mut doc = 0u32;
    for _ in 0..cursor.count()? {
        let next = doc.checked_add(cursor.u32()?).filter(|&doc| doc < doc_count);
        doc = next.ok_or_else(|| cursor.damaged())?;
        weights.push((doc, Weight::from_twentieths(cursor.u8()?)));
    }
    if cursor.is_empty() { Ok(weights) } else { Err(cursor.damaged()) }
}
