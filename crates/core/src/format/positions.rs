//! Positions: where a term stands in each of its documents.
//!
//! One varint an occurrence: `(gap · 2 + boundary) · 2 + last`. The gap is the distance in slots from
//! the occurrence before it in the same document, from 0 for the first. `boundary` says that a
//! boundary follows, and is told of words and of last characters of runs; `last` ends a document.
//! Slots of the title are counted from 0, those of the text from two behind the last of the title.

use super::varint::{Cursor, write_u64};
use crate::Error;

/// Slots between title and text: nothing that stands in one field reaches across.
pub(crate) const FIELD_GAP: u32 = 2;

/// Where a term stands once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// In slots.
    pub(crate) slot: u32,
    /// Whether a boundary follows: told of words and last characters only.
    pub(crate) boundary: bool,
}

/// Appends the positions of one document, ascending, at least one.
pub(crate) fn encode(positions: impl ExactSizeIterator<Item = Position>, out: &mut Vec<u8>) {
    let mut last = 0;
    let mut left = positions.len();
    for Position { slot, boundary } in positions {
        left -= 1;
        let gap = u64::from(slot - last);
        write_u64(out, gap << 2 | u64::from(boundary) << 1 | u64::from(left == 0));
        last = slot;
    }
}

/// Reads the positions of one document into `out`, which it empties before.
pub(crate) fn decode(cursor: &mut Cursor<'_>, out: &mut Vec<Position>) -> Result<(), Error> {
    out.clear();
    let mut slot = 0u32;
    loop {
        let value = cursor.u64()?;
        let gap = u32::try_from(value >> 2).ok();
        slot = gap.and_then(|gap| slot.checked_add(gap)).ok_or_else(|| cursor.damaged())?;
        out.push(Position { slot, boundary: value & 2 != 0 });
        if value & 1 == 1 {
            return Ok(());
        }
    }
}

/// Passes over the positions of one document.
pub(crate) fn skip(cursor: &mut Cursor<'_>) -> Result<(), Error> {
    while cursor.u64()? & 1 == 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_back() {
        let lists: [&[(u32, bool)]; 3] =
            [&[(0, false)], &[(3, true), (3, false), (900, true)], &[(u32::MAX, false)]];
        let position = |&(slot, boundary): &(u32, bool)| Position { slot, boundary };
        let mut bytes = Vec::new();
        lists.iter().for_each(|list| encode(list.iter().map(position), &mut bytes));
        let (mut cursor, mut out) = (Cursor::new(&bytes, "test"), Vec::new());
        for list in lists {
            decode(&mut cursor, &mut out).expect("what was written is read");
            assert_eq!(out, list.iter().map(position).collect::<Vec<_>>());
        }
        assert!(cursor.is_empty() && decode(&mut cursor, &mut out).is_err());
        let mut cursor = Cursor::new(&bytes, "test");
        lists.iter().for_each(|_| skip(&mut cursor).expect("and passed over"));
        assert!(cursor.is_empty());
    }
}
