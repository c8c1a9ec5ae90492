//! Posting lists: the documents of a term, and how often it stands in each.
//!
//! Two streams, so that each compresses by its own statistics. *Postings*: the first document id,
//! then for each further one its distance from the last, less one, as varints. *Term frequencies*:
//! one byte a posting, twice the occurrences in the text (at most 127) plus one if the term stands
//! in the title. How many postings a list has is its document frequency, kept with its block.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::{DocId, Error};

/// More occurrences than this count as this many.
pub const MOST_OCCURRENCES: u32 = 127;

/// One document of a posting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub doc: DocId,
    /// Occurrences in its text, at most [`MOST_OCCURRENCES`]; 0 where only its title has the term.
    pub text_freq: u32,
    /// Whether the term stands in its title.
    pub in_title: bool,
}

impl Posting {
    /// The byte that stands for the frequencies.
    pub(crate) fn freq_byte(self) -> u8 {
        (self.text_freq.min(MOST_OCCURRENCES) << 1) as u8 | u8::from(self.in_title)
    }

    pub(crate) fn new(doc: DocId, freq_byte: u8) -> Self {
        Posting { doc, text_freq: u32::from(freq_byte >> 1), in_title: freq_byte & 1 == 1 }
    }
}

/// One list as written, its two streams apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct EncodedList {
    pub(crate) postings: Vec<u8>,
    pub(crate) term_freqs: Vec<u8>,
}

impl EncodedList {
    /// Encodes `list`, ascending by document.
    pub(crate) fn new(list: &[Posting]) -> Self {
        let mut encoded = EncodedList::default();
        let mut next = 0;
        for posting in list {
            write_u32(&mut encoded.postings, posting.doc - next);
            next = posting.doc + 1;
            encoded.term_freqs.push(posting.freq_byte());
        }
        encoded
    }
}

/// Appends a list of `term_freqs.len()` postings, read from the start of `postings`, to `out`.
pub(crate) fn decode(
    postings: &[u8],
    term_freqs: &[u8],
    doc_count: u32,
    out: &mut Vec<Posting>,
) -> Result<(), Error> {
    let mut cursor = Cursor::new(postings, Structure::Postings.name());
    let mut next = 0u32;
    out.reserve(term_freqs.len());
    for &byte in term_freqs {
        let doc = next.checked_add(cursor.u32()?).filter(|&doc| doc < doc_count);
        let doc = doc.ok_or_else(|| cursor.damaged())?;
        out.push(Posting::new(doc, byte));
        next = doc + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back() {
        let list: Vec<Posting> =
            [(0, 3), (1, 2), (130, 254), (20_000, 255)].map(|(d, b)| Posting::new(d, b)).into();
        let EncodedList { postings: docs, term_freqs: freqs } = EncodedList::new(&list);
        let mut out = Vec::new();
        decode(&docs, &freqs, 20_001, &mut out).unwrap();
        assert_eq!(out, list);
        assert!(decode(&docs, &freqs, 20_000, &mut out).is_err(), "a document beyond the last");
        assert!(decode(&docs[..3], &freqs, 20_001, &mut out).is_err(), "cut short");
    }
}
