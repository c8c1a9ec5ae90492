//! Which entries of the tables a corpus can need: only those travel in its index.

use super::readings::Syllable;
use super::{Analyzer, Class, FoldTable, Readings, Slot, SlotText};
use std::collections::BTreeSet;

/// The folded characters and the glosses of a corpus, noted while it is indexed.
///
/// A fold entry is needed when what it gives can occur: the query character it folds could not
/// match anything otherwise. With the entries kept here every text of the corpus, and every part
/// of it, is analyzed just as with the full tables.
#[derive(Debug, Default)]
pub struct TableUse {
    /// Bitmap over scalar values, grown as needed.
    characters: Vec<u64>,
    glosses: BTreeSet<(char, Syllable)>,
}

impl TableUse {
    pub(crate) fn note_slot(&mut self, slot: &Slot<'_>) {
        match slot.text {
            SlotText::Cjk(c) | SlotText::Hangul(c) => self.note(c),
            SlotText::Word(word) | SlotText::Emoji(word) => word.chars().for_each(|c| self.note(c)),
        }
    }

    pub(crate) fn note_gloss(&mut self, c: char, syllable: Syllable) {
        self.glosses.insert((c, syllable));
    }

    /// Notes the characters of folded text.
    pub(crate) fn note_text(&mut self, folded: &str) {
        folded.chars().for_each(|c| self.note(c));
    }

    fn note(&mut self, c: char) {
        let (word, bit) = (c as usize / 64, c as usize % 64);
        if word >= self.characters.len() {
            self.characters.resize(word + 1, 0);
        }
        self.characters[word] |= 1 << bit;
    }

    /// Adds what another part of the corpus uses.
    pub(crate) fn merge(&mut self, other: TableUse) {
        if other.characters.len() > self.characters.len() {
            self.characters.resize(other.characters.len(), 0);
        }
        self.characters.iter_mut().zip(other.characters).for_each(|(word, bits)| *word |= bits);
        self.glosses.extend(other.glosses);
    }

    fn has(&self, c: char) -> bool {
        let bits = self.characters.get(c as usize / 64).copied().unwrap_or(0);
        bits >> (c as usize % 64) & 1 == 1
    }

    /// The part of `fold` this corpus can need.
    pub fn fold(&self, fold: &FoldTable) -> FoldTable {
        // Boundaries are not noted, but `½` is `1⁄2` only with the one inside. Marks that compose
        // with kana are boundaries where they stand alone, and no sign that there are kana.
        let boundary = |c| Class::of(c, c).is_boundary() && !('\u{3041}'..='\u{30ff}').contains(&c);
        fold.subset(|c| self.has(c) || boundary(c))
    }

    /// The readings its glosses use.
    pub fn readings(&self) -> Readings {
        Readings::from_pairs(self.glosses.iter().copied())
    }

    /// Both, as an analyzer.
    pub fn analyzer(&self, full: &Analyzer) -> Analyzer {
        Analyzer { fold: self.fold(&full.fold), readings: self.readings() }
    }
}
