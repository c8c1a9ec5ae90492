//! The fold table: what each character becomes before it is indexed or searched.
//!
//! One table does NFKC, case folding, the stripping of accents, radicals and compatibility ideographs, and
//! Traditional → Simplified, closed transitively: folding what was folded changes nothing. It is generated
//! by `cargo xtask tables` and lies in `tables/fold.bin`; `tables/README.md` names its sources. An index
//! carries the [subset](FoldTable::subset) it can need, in the same encoding.
//!
//! # Encoding
//!
//! Four lists, each a count `n` and then its columns one after the other, because a column compresses
//! better than a row. Everything is a varint, signed numbers zigzag coded. Characters rise within a list;
//! a *gap* is the distance from the character after the previous item's last one (for the first, from 0).
//!
//! 1. ranges that vanish: `n`, `n` gaps, `n` lengths − 1
//! 2. ranges moved by a constant, each character (step 1: `Ａ–Ｚ`) or every other one (step 2: `Ā Ă Ą`):
//!    `n`, `n` gaps, `n` × ((members − `MIN_RUN`) · 2 + (step − 1)), `n` signed distances
//! 3. single characters: `n`, `n` gaps, `n` targets
//! 4. characters that become several: `n`, `n` gaps, `n` lengths − 2, then all their targets
//!
//! A target in 3 and 4 is the signed distance from the target before (from 0 for the first): the simplified
//! forms of neighbours are mostly neighbours.

use crate::Error;
use crate::format::varint::{Cursor, write_u32};
use crate::sorting::sorted;
use std::collections::BTreeMap;

/// What a character folds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded<'a> {
    /// The character itself.
    Same,
    /// One other character.
    One(char),
    /// Two or more characters: `㎏` → `kg`.
    Many(&'a [char]),
    /// Nothing: marks, format characters, variation selectors.
    Vanish,
}

/// Characters to a page.
const PAGE: usize = 256;
/// Pages in Unicode.
const PAGES: usize = 0x11_0000 / PAGE;
/// Shorter runs are cheaper as single characters.
const MIN_RUN: u32 = 3;

/// A cell is 0 for [`Folded::Same`], else a tag and a value.
const TAG: u32 = 3 << 30;
const ONE: u32 = 1 << 30;
/// The value is `offset << 8 | length` into [`FoldTable::strings`].
const MANY: u32 = 2 << 30;
const VANISH: u32 = 3 << 30;

/// A map from characters to what they fold to, made for one lookup per character of every text.
///
/// Two stages, so a lookup is two loads: the page of the character, then its cell. All characters without
/// an entry share the first page.
#[derive(Clone)]
pub struct FoldTable {
    pages: Box<[u16]>,
    cells: Vec<u32>,
    strings: Vec<char>,
    /// What becomes one character, behind that one, which it is sorted by: to find all that becomes the
    /// same.
    singles: Vec<u64>,
}

impl FoldTable {
    /// The table without entries: every character stays the same.
    pub fn empty() -> FoldTable {
        FoldTable {
            pages: vec![0; PAGES].into_boxed_slice(),
            cells: vec![0; PAGE],
            strings: Vec::new(),
            singles: Vec::new(),
        }
    }

    /// The whole checked-in table.
    pub fn full() -> FoldTable {
        FoldTable::decode(include_bytes!("../../tables/fold.bin"))
            .expect("tables/fold.bin is what `cargo xtask tables` writes")
    }

    /// A table with these entries. Of two for one character the later counts.
    pub fn from_entries<'a>(entries: impl IntoIterator<Item = (char, Folded<'a>)>) -> FoldTable {
        let entries: BTreeMap<char, Folded<'a>> = entries.into_iter().collect();
        let mut table = FoldTable::empty();
        for (c, folded) in entries {
            table.insert(c, folded);
        }
        table.singles = sorted(table.singles);
        table
    }

    /// What `c` folds to.
    #[inline]
    pub fn get(&self, c: char) -> Folded<'_> {
        let scalar = c as usize;
        let page = self.pages[scalar / PAGE] as usize;
        let cell = self.cells[page * PAGE + scalar % PAGE];
        if cell == 0 { Folded::Same } else { self.unpack(cell) }
    }

    fn unpack(&self, cell: u32) -> Folded<'_> {
        let value = cell & !TAG;
        match cell & TAG {
            ONE => char::from_u32(value).map_or(Folded::Same, Folded::One),
            MANY => {
                let start = (value >> 8) as usize;
                Folded::Many(&self.strings[start..start + (value & 0xff) as usize])
            }
            _ => Folded::Vanish,
        }
    }

    /// Hands every character that becomes `c`, itself apart, to `each`.
    pub(crate) fn forms(&self, c: char, each: &mut dyn FnMut(u32)) {
        let first = self.singles.partition_point(|&single| single < u64::from(c) << 32);
        for &single in &self.singles[first..] {
            if single >> 32 != u64::from(c) {
                break;
            }
            each(single as u32);
        }
    }

    /// Every character that does not stay the same, rising.
    pub fn entries(&self) -> impl Iterator<Item = (char, Folded<'_>)> {
        self.pages.iter().enumerate().filter(|&(_, &page)| page != 0).flat_map(
            move |(first, &page)| {
                let cells = &self.cells[page as usize * PAGE..][..PAGE];
                cells.iter().enumerate().filter(|&(_, &cell)| cell != 0).filter_map(
                    move |(low, &cell)| {
                        Some((char::from_u32((first * PAGE + low) as u32)?, self.unpack(cell)))
                    },
                )
            },
        )
    }

    /// The entries a reader of some texts can need: those that vanish, those that become ASCII, and those
    /// whose every target is `needed`, which tells of a *folded* character whether the texts have it.
    ///
    /// Kana that a voiced mark follows compose, and so do jamo. Where the texts have any kana (or Hangul),
    /// all entries that lead to kana (or jamo) stay.
    pub fn subset(&self, needed: impl Fn(char) -> bool) -> FoldTable {
        let kana = ('\u{3041}'..='\u{30ff}').any(&needed);
        let hangul = ('\u{1100}'..='\u{11ff}').chain('가'..='힣').any(&needed);
        let keep = |c: char| match c {
            '\0'..='\x7f' => true,
            '\u{3041}'..='\u{30ff}' => kana,
            '\u{1100}'..='\u{11ff}' | '가'..='힣' => hangul,
            _ => needed(c),
        };
        FoldTable::from_entries(self.entries().filter(|(_, folded)| match folded {
            Folded::Same => false,
            Folded::One(target) => keep(*target),
            Folded::Many(targets) => targets.iter().all(|&target| keep(target)),
            Folded::Vanish => true,
        }))
    }

    fn insert(&mut self, c: char, folded: Folded<'_>) {
        let cell = match folded {
            Folded::Same => 0,
            Folded::One(target) => ONE | target as u32,
            Folded::Vanish => VANISH,
            Folded::Many(targets) => {
                let start = self.strings.len() as u32;
                self.strings.extend_from_slice(targets);
                MANY | start << 8 | targets.len() as u32
            }
        };
        self.set(c as u32, cell);
    }

    fn set(&mut self, scalar: u32, cell: u32) {
        let (page, low) = (scalar as usize / PAGE, scalar as usize % PAGE);
        if self.pages[page] == 0 {
            self.pages[page] = (self.cells.len() / PAGE) as u16;
            self.cells.resize(self.cells.len() + PAGE, 0);
        }
        self.cells[self.pages[page] as usize * PAGE + low] = cell;
        if cell & TAG == ONE {
            self.singles.push(u64::from(cell & !TAG) << 32 | u64::from(scalar));
        }
    }
}

impl Default for FoldTable {
    fn default() -> FoldTable {
        FoldTable::empty()
    }
}

impl PartialEq for FoldTable {
    /// True when every character folds alike in both.
    fn eq(&self, other: &FoldTable) -> bool {
        self.entries().eq(other.entries())
    }
}

impl Eq for FoldTable {}

impl std::fmt::Debug for FoldTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FoldTable({} entries)", self.entries().count())
    }
}

/// A run of list 2.
struct Run {
    first: u32,
    members: u32,
    step: u32,
    distance: i32,
}

impl Run {
    fn last(&self) -> u32 {
        self.first + (self.members - 1) * self.step
    }

    /// The longest run at the start of `singles`.
    fn leading(singles: &[(u32, u32)]) -> Option<Run> {
        let &(first, target) = singles.first()?;
        let distance = target as i32 - first as i32;
        let members = |step: u32| {
            (first..)
                .step_by(step as usize)
                .zip(singles)
                .take_while(|&(at, &(source, target))| {
                    source == at && target as i32 - source as i32 == distance
                })
                .count() as u32
        };
        let run = |step| Run { first, members: members(step), step, distance };
        let (every, other) = (run(1), run(2));
        Some(if other.members > every.members { other } else { every })
            .filter(|run| run.members >= MIN_RUN)
    }
}

impl FoldTable {
    /// Appends the table's encoding, see the [module](self).
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut vanish: Vec<(u32, u32)> = Vec::new();
        let mut singles: Vec<(u32, u32)> = Vec::new();
        let mut several: Vec<(u32, &[char])> = Vec::new();
        for (c, folded) in self.entries() {
            let c = c as u32;
            match folded {
                Folded::Same => {}
                Folded::One(target) => singles.push((c, target as u32)),
                Folded::Many(targets) => several.push((c, targets)),
                Folded::Vanish => match vanish.last_mut() {
                    Some((_, last)) if *last + 1 == c => *last = c,
                    _ => vanish.push((c, c)),
                },
            }
        }
        let mut runs: Vec<Run> = Vec::new();
        let mut rest: Vec<(u32, u32)> = Vec::new();
        let mut at = 0;
        while at < singles.len() {
            if let Some(run) = Run::leading(&singles[at..]) {
                at += run.members as usize;
                runs.push(run);
            } else {
                rest.push(singles[at]);
                at += 1;
            }
        }

        write_u32(out, vanish.len() as u32);
        write_gaps(out, vanish.iter().copied());
        vanish.iter().for_each(|(first, last)| write_u32(out, last - first));

        write_u32(out, runs.len() as u32);
        write_gaps(out, runs.iter().map(|run| (run.first, run.last())));
        runs.iter().for_each(|run| write_u32(out, (run.members - MIN_RUN) * 2 + run.step - 1));
        runs.iter().for_each(|run| write_i32(out, run.distance));

        write_u32(out, rest.len() as u32);
        write_gaps(out, rest.iter().map(|&(source, _)| (source, source)));
        write_targets(out, rest.iter().map(|&(_, target)| target));

        write_u32(out, several.len() as u32);
        write_gaps(out, several.iter().map(|&(source, _)| (source, source)));
        several.iter().for_each(|(_, targets)| write_u32(out, targets.len() as u32 - 2));
        write_targets(out, several.iter().flat_map(|(_, targets)| *targets).map(|&c| c as u32));
    }

    /// Reads what [`encode`](FoldTable::encode) wrote, all of `bytes`.
    pub fn decode(bytes: &[u8]) -> Result<FoldTable, Error> {
        let mut cursor = Cursor::new(bytes, "fold table");
        let mut table = FoldTable::empty();

        let mut gaps = Gaps::read(&mut cursor)?;
        for _ in 0..gaps.count {
            let len = cursor.u32()?;
            let (first, last) = gaps.next(len)?;
            (first..=last).for_each(|c| table.set(c, VANISH));
        }

        let mut gaps = Gaps::read(&mut cursor)?;
        let mut ranges = Vec::with_capacity(gaps.count);
        for _ in 0..gaps.count {
            let shape = cursor.u32()?;
            let (step, members) = (shape % 2 + 1, shape / 2 + MIN_RUN);
            let (first, last) = gaps.next((members - 1).saturating_mul(step))?;
            ranges.push((first, last, step));
        }
        for (first, last, step) in ranges {
            let distance = read_i32(&mut cursor)?;
            for c in (first..=last).step_by(step as usize) {
                let target = moved(c, distance).ok_or_else(|| cursor.damaged())?;
                table.set(c, ONE | target as u32);
            }
        }

        let mut gaps = Gaps::read(&mut cursor)?;
        let mut target = '\0';
        for _ in 0..gaps.count {
            let (source, _) = gaps.next(0)?;
            target = read_target(&mut cursor, target)?;
            table.set(source, ONE | target as u32);
        }

        let mut gaps = Gaps::read(&mut cursor)?;
        let mut end = 0;
        for _ in 0..gaps.count {
            let (source, _) = gaps.next(0)?;
            let (start, len) = (end, cursor.u32()?);
            if len > 0xff - 2 || start > 0xffff {
                return Err(cursor.damaged());
            }
            end = start + len + 2;
            table.set(source, MANY | start << 8 | (len + 2));
        }
        if end as usize > cursor.remaining() {
            return Err(cursor.damaged());
        }
        let mut target = '\0';
        for _ in 0..end {
            target = read_target(&mut cursor, target)?;
            table.strings.push(target);
        }
        table.singles = sorted(table.singles);
        if cursor.is_empty() { Ok(table) } else { Err(cursor.damaged()) }
    }
}

/// The character `distance` from `source`, if there is one.
fn moved(source: u32, distance: i32) -> Option<char> {
    char::from_u32(source.checked_add_signed(distance)?)
}

fn write_i32(out: &mut Vec<u8>, value: i32) {
    write_u32(out, (value << 1 ^ value >> 31) as u32);
}

fn read_i32(cursor: &mut Cursor<'_>) -> Result<i32, Error> {
    let value = cursor.u32()?;
    Ok((value >> 1) as i32 ^ -((value & 1) as i32))
}

fn write_targets(out: &mut Vec<u8>, targets: impl Iterator<Item = u32>) {
    let mut previous = 0;
    for target in targets {
        write_i32(out, target as i32 - previous as i32);
        previous = target;
    }
}

fn read_target(cursor: &mut Cursor<'_>, previous: char) -> Result<char, Error> {
    moved(previous as u32, read_i32(cursor)?).ok_or_else(|| cursor.damaged())
}

fn write_gaps(out: &mut Vec<u8>, ranges: impl Iterator<Item = (u32, u32)>) {
    let mut next = 0;
    for (first, last) in ranges {
        write_u32(out, first - next);
        next = last + 1;
    }
}

/// The column of gaps of one list, read ahead of the column beside it.
struct Gaps<'a> {
    cursor: Cursor<'a>,
    count: usize,
    next: u32,
}

impl<'a> Gaps<'a> {
    /// Reads the count, keeps a cursor at the column and moves `cursor` behind it.
    fn read(cursor: &mut Cursor<'a>) -> Result<Gaps<'a>, Error> {
        let count = cursor.count()?;
        let gaps = Gaps { cursor: *cursor, count, next: 0 };
        for _ in 0..count {
            cursor.u32()?;
        }
        Ok(gaps)
    }

    /// The next range: its first character and its last, `extent` further on.
    fn next(&mut self, extent: u32) -> Result<(u32, u32), Error> {
        let first = self.cursor.u32()?.checked_add(self.next);
        let range = first.and_then(|first| Some((first, first.checked_add(extent)?)));
        let (first, last) = range
            .filter(|range| range.1 <= char::MAX as u32)
            .ok_or_else(|| self.cursor.damaged())?;
        self.next = last + 1;
        Ok((first, last))
    }
}

#[cfg(test)]
mod tests;
