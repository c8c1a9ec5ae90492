//! Posting lists: the documents of a term, and how often it stands in each.
//!
//! Two streams, so that each compresses by its own statistics. *Postings*: the first document id,
//! then for each further one its distance from the last, less one, as varints. *Term frequencies*:
//! one byte a posting, twice the occurrences in the text (at most 127) plus one if the term stands
//! in the title. A term that stands in parts of little weight only has no occurrences and is not in
//! the title. How many postings a list has is its document frequency, kept with its block.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::{DocId, Error};

/// More occurrences than this count as this many.
pub const MOST_OCCURRENCES: u8 = 127;
/// What the occurrences of a term count together that stands in parts of little weight only.
pub const FAINT_OCCURRENCES: f32 = 0.2;

/// One document of a posting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub doc: DocId,
    /// Occurrences in its text by their weight, rounded, at most [`MOST_OCCURRENCES`]. 0 where only
    /// its title has the term, or only parts that count little.
    pub text_freq: u8,
    /// Whether the term stands in its title.
    pub in_title: bool,
    /// [Norm](super::field_norms) of its text.
    pub text_norm: u8,
    /// Norm of its title; read only where the term stands there.
    pub title_norm: u8,
}

impl Posting {
    /// The byte that stands for the frequencies.
    pub(crate) fn freq_byte(self) -> u8 {
        self.text_freq.min(MOST_OCCURRENCES) << 1 | u8::from(self.in_title)
    }

    /// A posting with the norms left at 0.
    pub(crate) fn new(doc: DocId, freq_byte: u8) -> Self {
        let (text_freq, in_title) = (freq_byte >> 1, freq_byte & 1 == 1);
        Posting { doc, text_freq, in_title, text_norm: 0, title_norm: 0 }
    }

    /// Whether its text has the term, however little that counts.
    pub fn in_text(self) -> bool {
        self.text_freq > 0 || !self.in_title
    }

    /// Occurrences in its text, as ranking counts them.
    pub fn text_occurrences(self) -> f32 {
        match (self.text_freq, self.in_title) {
            (0, false) => FAINT_OCCURRENCES,
            (freq, _) => f32::from(freq),
        }
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

/// Appends a list of `term_freqs.len()` postings, read from the start of `postings`, to `out`; the
/// norms are left at 0.
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
        let doc = next.checked_add(cursor.hot_u32()?).filter(|&doc| doc < doc_count);
        let doc = doc.ok_or_else(|| cursor.damaged())?;
        out.push(Posting::new(doc, byte));
        next = doc + 1;
    }
    Ok(())
}

/// Several lists, one behind the other, as one: ascending by document, occurrences added up.
pub(crate) fn union(lists: &[Posting], doc_count: usize) -> Vec<Posting> {
    let mut documents: Vec<Option<Posting>> = vec![None; doc_count];
    for posting in lists {
        match documents.get_mut(posting.doc as usize) {
            Some(Some(sum)) => {
                sum.text_freq = sum.text_freq.saturating_add(posting.text_freq);
                sum.text_freq = sum.text_freq.min(MOST_OCCURRENCES);
                if posting.in_title {
                    (sum.in_title, sum.title_norm) = (true, posting.title_norm);
                }
            }
            Some(none) => *none = Some(*posting),
            None => (),
        }
    }
    documents.into_iter().flatten().collect()
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
