//! Field norms: the lengths of a document's title and text, one byte each.
//!
//! One byte per document for the titles, then one per document for the texts. A byte is a small
//! float with four significant bits, as Lucene's `SmallFloat.intToByte4`: exact up to 39 (after
//! the shift below), within 12.5 % above.

use super::header::Structure;
use crate::{DocId, Error};

/// Lengths below this are kept as they are; the small float takes over behind.
const EXACT: u32 = 24;

/// The byte for `length`.
pub fn encode(length: u32) -> u8 {
    if length < EXACT { length as u8 } else { (EXACT + small_float(length - EXACT)).min(255) as u8 }
}

/// The length that `norm` stands for, at most the one encoded.
pub fn decode(norm: u8) -> u32 {
    let norm = u32::from(norm);
    if norm < EXACT {
        return norm;
    }
    let bits = norm - EXACT;
    let (mantissa, shift) = (bits & 7, bits >> 3);
    let tail = if shift == 0 { mantissa } else { (mantissa | 8) << (shift - 1) };
    EXACT.saturating_add(tail)
}

/// Three bits of mantissa below the leading one, five of exponent.
fn small_float(value: u32) -> u32 {
    let bits = 32 - value.leading_zeros();
    if bits < 4 {
        value
    } else {
        let shift = bits - 4;
        (value >> shift & 7) | (shift + 1) << 3
    }
}

/// The norms of all documents.
#[derive(Clone, Copy, Debug)]
pub struct FieldNorms<'a> {
    bytes: &'a [u8],
}

impl<'a> FieldNorms<'a> {
    /// Reads the norms of `doc_count` documents.
    pub fn open(bytes: &'a [u8], doc_count: u32) -> Result<Self, Error> {
        if bytes.len() == doc_count as usize * 2 {
            Ok(FieldNorms { bytes })
        } else {
            Err(Error::Damaged { structure: Structure::FieldNorms.name() })
        }
    }

    /// Length of the title of `doc` in terms; 0 where there is no such document.
    pub fn title(&self, doc: DocId) -> u32 {
        self.bytes.get(doc as usize).map_or(0, |&norm| decode(norm))
    }

    /// Length of the text of `doc` in terms; 0 where there is no such document.
    pub fn text(&self, doc: DocId) -> u32 {
        self.bytes.get(self.bytes.len() / 2 + doc as usize).map_or(0, |&norm| decode(norm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_is_monotone_and_close() {
        let mut last = 0;
        for length in (0..100_000).chain([1 << 24, 1 << 28]) {
            let norm = encode(length);
            assert!(norm >= last, "{length}");
            last = norm;
            let back = decode(norm);
            assert!(
                back <= length && f64::from(length - back) <= f64::from(length) / 8.0,
                "{length}"
            );
        }
        for norm in 0..=255 {
            decode(norm);
        }
        assert_eq!((0..=31).map(|l| decode(encode(l))).collect::<Vec<_>>(), Vec::from_iter(0..=31));
    }
}
