//! Synonyms: words of a query that other words may stand for.
//!
//! Varint number of entries; for each, ascending, the bytes that its word shares with the one before, the
//! rest of the word as a string, and the other word as a string. Both are folded text, as
//! [`FoldedText`](crate::analysis::FoldedText) writes it.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::Error;

/// A word of a query, and one that stands for it in documents, as folded text.
pub(crate) type Synonym = (String, String);

/// Others that stand for one word, at most; more are not looked for.
pub(crate) const MOST_OTHERS: usize = 8;

/// Writes the structure of entries that ascend.
pub(crate) fn encode(synonyms: &[Synonym]) -> Vec<u8> {
    let mut out = Vec::new();
    write_u32(&mut out, synonyms.len() as u32);
    let mut last = "";
    for (word, other) in synonyms {
        let shared = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        write_u32(&mut out, shared as u32);
        for part in [&word.as_bytes()[shared..], other.as_bytes()] {
            write_u32(&mut out, part.len() as u32);
            out.extend(part);
        }
        last = word;
    }
    out
}

/// Reads the structure.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Synonym>, Error> {
    let mut cursor = Cursor::new(bytes, Structure::Synonyms.name());
    let mut synonyms: Vec<Synonym> = Vec::new();
    for _ in 0..cursor.count()? {
        let shared = cursor.u32()? as usize;
        let last = synonyms.last().map_or(&[][..], |(word, _)| word.as_bytes());
        let mut word = last.get(..shared).ok_or_else(|| cursor.damaged())?.to_vec();
        let len = cursor.u32()? as usize;
        word.extend(cursor.bytes(len)?);
        let len = cursor.u32()? as usize;
        let other = cursor.bytes(len)?.to_vec();
        match (String::from_utf8(word), String::from_utf8(other)) {
            (Ok(word), Ok(other))
                if !word.is_empty() && synonyms.last().is_none_or(|(last, _)| *last <= word) =>
            {
                synonyms.push((word, other));
            }
            _ => return Err(cursor.damaged()),
        }
    }
    if cursor.is_empty() { Ok(synonyms) } else { Err(cursor.damaged()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonyms(pairs: &[(&str, &str)]) -> Vec<Synonym> {
        pairs.iter().map(|&(word, other)| (word.to_owned(), other.to_owned())).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for pairs in [
            &[][..],
            &[("软体", "软件"), ("软体", "程序"), ("软体包", "软件包"), ("\u{2}pc\u{3}", "电脑")],
        ] {
            let mut pairs = synonyms(pairs);
            pairs.sort_unstable();
            assert_eq!(decode(&encode(&pairs)), Ok(pairs));
        }
    }

    #[test]
    fn damage_is_an_error() {
        let descending = encode(&synonyms(&[("网路", "网络"), ("软体", "软件")]));
        assert!(decode(&encode(&synonyms(&[("软体", "软件"), ("网路", "网络")]))).is_err());
        assert!(decode(&encode(&synonyms(&[("", "软件")]))).is_err());
        for len in 0..descending.len() {
            assert!(decode(&descending[..len]).is_err(), "{len} bytes");
        }
    }
}
