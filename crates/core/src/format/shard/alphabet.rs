//! The alphabet of an index in shards: the code of each CJK and Hangul character.
//!
//! Characters are grouped by the power of two of how often they stand in the corpus, the most
//! frequent first, and ascend within a group; a character's place in this order is its code. Second
//! characters of frequent terms get small codes all the same, and the alphabet itself takes half of
//! what it would in the exact order of frequency, or as an automaton.
//!
//! Varint number of groups; then, group by group, the varint number of characters, and as varints
//! the first one and the distance of each further one from the one before.

use crate::Error;
use crate::format::header::Structure;
use crate::format::varint::{Cursor, write_u32};

/// Writes the structure for characters that ascend by code.
pub(crate) fn encode(by_code: &[char]) -> Vec<u8> {
    let mut out = Vec::new();
    // Groups that happen to ascend together become one, with the same codes.
    let groups = || by_code.chunk_by(|a, b| a < b);
    write_u32(&mut out, groups().count() as u32);
    for group in groups() {
        write_u32(&mut out, group.len() as u32);
        let mut last = 0;
        for &c in group {
            write_u32(&mut out, c as u32 - last);
            last = c as u32;
        }
    }
    out
}

/// Reads the characters, ascending by code.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<char>, Error> {
    let mut cursor = Cursor::new(bytes, Structure::Alphabet.name());
    let mut by_code = Vec::new();
    for _ in 0..cursor.count()? {
        let mut last = 0u32;
        for _ in 0..cursor.count()? {
            last = last.saturating_add(cursor.u32()?);
            by_code.push(char::from_u32(last).ok_or_else(|| cursor.damaged())?);
        }
    }
    if cursor.is_empty() { Ok(by_code) } else { Err(cursor.damaged()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_come_back() {
        for by_code in ["", "的", "一的是文明网络", "的一是文网明络𠮷国"] {
            let by_code: Vec<char> = by_code.chars().collect();
            let bytes = encode(&by_code);
            assert_eq!(decode(&bytes), Ok(by_code));
            (0..bytes.len()).for_each(|len| assert!(decode(&bytes[..len]).is_err(), "{len}"));
        }
    }
}
