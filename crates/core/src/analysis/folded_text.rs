//! Slots written down as a string, in which an exact match is a substring.

use super::{Analyzer, Folded, Gap, Slot, SlotText};
use std::ops::Range;

/// Stands for any boundary.
const BOUNDARY: char = '\u{1}';
/// Stand around a word, so that `app` is no part of `apple`.
pub(crate) const WORD_START: char = '\u{2}';
pub(crate) const WORD_END: char = '\u{3}';

/// A range of bytes of the source that matches.
pub type Match = Range<usize>;

/// A text's slots as one string, and where each came from.
///
/// CJK and Hangul are themselves; words and emoji stand between U+0002 and U+0003; a boundary is
/// U+0001. These are boundaries themselves, so no text can forge them.
#[derive(Clone, Debug, Default)]
pub struct FoldedText {
    text: String,
    places: Vec<Place>,
}

/// Where a slot stands in both texts, in bytes.
#[derive(Clone, Copy, Debug)]
struct Place {
    folded: u32,
    start: u32,
    end: u32,
}

/// Appends `slot` to the folded text `out`; gives where it starts, any boundary before it left out.
pub(crate) fn push_slot(out: &mut String, slot: &Slot<'_>) -> u32 {
    if slot.gap != Gap::None && !out.is_empty() {
        out.push(BOUNDARY);
    }
    let start = out.len() as u32;
    match slot.text {
        SlotText::Cjk(c) | SlotText::Hangul(c) => out.push(c),
        SlotText::Word(word) | SlotText::Emoji(word) => {
            out.push(WORD_START);
            out.push_str(word);
            out.push(WORD_END);
        }
    }
    start
}

impl Analyzer {
    /// The slots of `text` as a string, without the way back.
    pub fn folded(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.slots(text, &mut |slot| {
            push_slot(&mut out, &slot);
        });
        out
    }

    /// The slots of `text` as a string, with the way back to `text`.
    pub fn folded_text(&self, text: &str) -> FoldedText {
        let mut folded = FoldedText::default();
        folded.text.reserve(text.len());
        folded.places.reserve(text.len() / 2);
        self.slots(text, &mut |slot| {
            let at = push_slot(&mut folded.text, &slot);
            folded.places.push(Place { folded: at, start: slot.start, end: slot.end });
        });
        folded
    }

    /// Whether no more than the marks and words in `text` differ from its folded text, so that CJK
    /// characters next to each other stand in both, or in neither.
    pub(crate) fn keeps(&self, text: &str) -> bool {
        let is_letter_or_mark = |c: char| c.is_ascii() && c != '(';
        // Nothing at the beginning can be a wrapped line or a gloss.
        let mut before = '。';
        for c in text.chars() {
            let kept = match (c, self.fold.get(c)) {
                ('\n' | '\r', _) => matches!(before, '。' | '！' | '？' | '：' | '”' | ' '),
                // A gloss may begin, or what composes with the character before it.
                ('(' | '\u{1100}'..='\u{11ff}' | '\u{3099}' | '\u{309a}', _) => false,
                (_, Folded::Same) => true,
                (_, Folded::One(c)) => is_letter_or_mark(c),
                (_, Folded::Many(all)) => all.iter().all(|&c| is_letter_or_mark(c)),
                (_, Folded::Vanish) => false,
            };
            if !kept {
                return false;
            }
            if c != '\n' && c != '\r' {
                before = c;
            }
        }
        true
    }
}

impl FoldedText {
    /// The slots as a string.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The source of bytes `from..to` of the folded text, which must be whole slots.
    pub(crate) fn source_range(&self, from: usize, to: usize) -> Match {
        let first = self.places.partition_point(|p| (p.folded as usize) < from);
        let behind = self.places.partition_point(|p| (p.folded as usize) < to);
        let start = self.places[first].start as usize;
        // One source character may stand for several slots: never end before the start.
        let end = self.places[first..behind].iter().map(|p| p.end as usize).max().unwrap_or(start);
        start..end
    }
}

/// `word` as folded text has it.
pub(crate) fn word_pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push(WORD_START);
    pattern.push_str(word);
    pattern.push(WORD_END);
    pattern
}
