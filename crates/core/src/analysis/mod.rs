//! The one analyzer: text → slots → terms, the same when an index is built and when it is asked.
//!
//! ```text
//! source ─ fold ─► units ─ glosses, wrapped lines, words ─► slots ─► terms (index or query)
//!                                                              └────► folded text (verification)
//! ```
//! A *slot* is what counts as one place in a text: a CJK or Hangul character, a word, an emoji. A
//! document matches a clause exactly when the clause's slots stand in it one after the other,
//! boundaries included. [`FoldedText`] writes slots down as a string in which that is a substring
//! search; the terms of [`Analyzer::terms`] find the documents worth searching.

pub mod class;
mod emoji_ranges;
pub mod fold;
mod folded_text;
mod gloss;
pub mod readings;
mod tables;
mod terms;
mod units;
mod word_breaks;
mod word_joints;
mod words;

pub use class::Class;
pub use fold::{FoldTable, Folded};
pub use folded_text::{FoldedText, Match};
pub(crate) use folded_text::{WORD_END, WORD_START, push_slot, word_pattern};
pub use readings::Readings;
pub use tables::TableUse;
pub(crate) use terms::Terms;
pub use terms::{LONGEST_WORD, Place, Side, Term, Token};

use std::ops::Range;
use units::Unit;

/// Text is analyzed in pieces of about so many bytes, so that a large document needs little memory.
const PIECE: usize = 16 * 1024;

/// Splits text into slots and terms by the tables it holds.
#[derive(Clone, Debug, Default)]
pub struct Analyzer {
    /// How characters fold.
    pub fold: FoldTable,
    /// Which glosses count as such.
    pub readings: Readings,
}

/// What separates a slot from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or only what is transparent: a gloss, a wrapped line.
    #[default]
    None,
    /// Punctuation or symbols; they count one position.
    Boundary,
    /// Punctuation or white space that separates the clauses of a query; one position too.
    Separator,
}

/// The text of a slot, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotText<'a> {
    /// A Han character or kana.
    Cjk(char),
    /// A Hangul syllable or jamo.
    Hangul(char),
    /// A word of letters and digits.
    Word(&'a str),
    /// An emoji.
    Emoji(&'a str),
}

/// One place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot<'a> {
    /// Its folded text.
    pub text: SlotText<'a>,
    /// What stands between it and the slot before.
    pub gap: Gap,
    /// Byte offset in the source at which it starts.
    pub start: u32,
    /// Byte offset in the source at which it ends, combining marks included.
    pub end: u32,
}

impl Analyzer {
    /// The analyzer with the full tables, as indexes are built with.
    pub fn full() -> Self {
        Analyzer { fold: FoldTable::full(), readings: Readings::full() }
    }

    /// Calls `sink` with each slot of `text` in order.
    ///
    /// `text` must be shorter than 4 GiB.
    pub fn slots(&self, text: &str, sink: &mut dyn FnMut(Slot<'_>)) {
        self.slots_and_glosses(text, sink, &mut |_, _| ());
    }

    /// As [`slots`](Self::slots); `gloss` gets each gloss's folded character and syllable.
    pub(crate) fn slots_and_glosses(
        &self,
        text: &str,
        sink: &mut dyn FnMut(Slot<'_>),
        gloss: &mut dyn FnMut(char, readings::Syllable),
    ) {
        let mut pass = Pass {
            analyzer: self,
            source: text,
            units: Vec::with_capacity(text.len().min(PIECE) / 2),
            word: String::new(),
            gap: Gap::None,
            sink,
            gloss,
        };
        let mut start = 0;
        while start < text.len() {
            let end = piece_end(text, start);
            pass.units.clear();
            units::fold_into(&self.fold, &text[start..end], start as u32, &mut pass.units);
            pass.piece(end);
            start = end;
        }
    }
}

/// Where the piece that starts at `start` ends: behind a character that nothing reaches across.
fn piece_end(text: &str, start: usize) -> usize {
    let mut least = start + PIECE;
    if least >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(least) {
        least += 1;
    }
    apart(text.as_bytes(), least..least).end
}

/// The part of `text` around `range` that can be analyzed apart from the rest: it is cut behind
/// spaces and `。`, which nothing reaches across.
pub(crate) fn apart(text: &[u8], range: Range<usize>) -> Range<usize> {
    let cut = |&at: &usize| text[at - 1] == b' ' || text[..at].ends_with("。".as_bytes());
    let start = (1..=range.start).rev().find(cut).unwrap_or(0);
    let end = (range.end.max(1)..=text.len()).find(cut).unwrap_or(text.len());
    start..end
}

/// The state of one run over a text.
struct Pass<'a, 's> {
    analyzer: &'a Analyzer,
    source: &'a str,
    units: Vec<Unit>,
    /// The word under way, reused.
    word: String,
    gap: Gap,
    sink: &'s mut dyn FnMut(Slot<'_>),
    gloss: &'s mut dyn FnMut(char, readings::Syllable),
}

impl Pass<'_, '_> {
    /// Emits the slots of the units at hand, which end at byte `end` of the source.
    fn piece(&mut self, end: usize) {
        let mut i = 0;
        while let Some(&unit) = self.units.get(i) {
            i = match unit.class {
                Class::Cjk if unit.run => {
                    self.ideographs(unit);
                    i + 1
                }
                Class::Cjk => {
                    self.emit(SlotText::Cjk(unit.c), unit.start, unit.end);
                    self.skip_transparent(i, end)
                }
                Class::Hangul => {
                    self.emit(SlotText::Hangul(unit.c), unit.start, unit.end);
                    i + 1
                }
                Class::Alphanumeric => self.words(i),
                Class::Emoji => self.emoji(i),
                Class::Boundary => {
                    self.gap = self.gap.max(Gap::Boundary);
                    i + 1
                }
                Class::Separator => {
                    self.gap = Gap::Separator;
                    i + 1
                }
            };
        }
    }

    fn emit(&mut self, text: SlotText<'_>, start: u32, end: u32) {
        (self.sink)(Slot { text, gap: std::mem::take(&mut self.gap), start, end });
    }

    /// Emits the ideographs of a run.
    fn ideographs(&mut self, run: Unit) {
        let mut start = run.start;
        for source in self.source[run.start as usize..run.end as usize].chars() {
            let c = match self.analyzer.fold.get(source) {
                Folded::One(c) => c,
                _ => source,
            };
            let end = start + source.len_utf8() as u32;
            self.emit(SlotText::Cjk(c), start, end);
            start = end;
        }
    }

    /// The unit behind the CJK character `i`, its gloss and one wrapped line.
    fn skip_transparent(&mut self, i: usize, end: usize) -> usize {
        let unit = self.units[i];
        let mut next = i + 1;
        if self.units.get(next).is_some_and(|u| u.c == '(') {
            let behind = &self.source[unit.end as usize..end];
            if let Some(gloss) = gloss::leading_gloss(behind)
                && self.analyzer.readings.has(unit.c, gloss.syllable)
            {
                (self.gloss)(unit.c, gloss.syllable);
                let close = unit.end + gloss.len as u32;
                while self.units.get(next).is_some_and(|u| u.start < close) {
                    next += 1;
                }
            }
        }
        let mut line = next;
        let mut newlines = 0;
        while let Some(u) = self.units.get(line)
            && matches!(u.c, '\n' | '\r')
        {
            newlines += usize::from(u.c == '\n');
            line += 1;
        }
        let wrapped = matches!(newlines, 1 | 2)
            && self.units.get(line).is_some_and(|u| u.class == Class::Cjk);
        if wrapped { line } else { next }
    }

    /// Emits the emoji at unit `i`, both halves of a flag as one; gives the unit behind it.
    fn emoji(&mut self, i: usize) -> usize {
        let first = self.units[i];
        let mut last = i;
        if class::is_regional_indicator(first.c)
            && self.units.get(i + 1).is_some_and(|u| class::is_regional_indicator(u.c))
        {
            last += 1;
        }
        let mut word = std::mem::take(&mut self.word);
        word.clear();
        word.extend(self.units[i..=last].iter().map(|u| u.c));
        self.emit(SlotText::Emoji(&word), first.start, self.units[last].end);
        self.word = word;
        last + 1
    }
}
