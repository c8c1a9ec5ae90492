//! Where a text may be cut without tearing what a reader sees as one character.

use crate::analysis::{FoldTable, Folded};

/// Joins emoji to one.
const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// The grapheme clusters of a text, as far as the fold table knows them.
///
/// What vanishes when folded (marks, selectors, joiners, skin tones) belongs to the character before
/// it; so do voiced marks and the jamo behind the first of a syllable, and whatever a joiner ties.
/// Against UAX #29 that leaves out spacing marks and conjuncts of Indic scripts, which stand inside
/// words, and saves its tables: an eighth of the engine.
#[derive(Clone, Copy)]
pub(super) struct Graphemes<'a> {
    pub(super) text: &'a str,
    pub(super) fold: &'a FoldTable,
}

impl Graphemes<'_> {
    /// The start of the cluster that `at`, a character boundary, lies in.
    pub(super) fn start(&self, mut at: usize) -> usize {
        while let Some(before) = self.text[..at].chars().next_back()
            && self.continues(before, at)
        {
            at -= before.len_utf8();
        }
        at
    }

    /// The end of the cluster that the character before `at`, a character boundary, lies in.
    pub(super) fn end(&self, mut at: usize) -> usize {
        while let Some(before) = self.text[..at].chars().next_back()
            && self.continues(before, at)
            && let Some(c) = self.text[at..].chars().next()
        {
            at += c.len_utf8();
        }
        at
    }

    /// Whether the character at `at` belongs to the one before it.
    fn continues(&self, before: char, at: usize) -> bool {
        let Some(c) = self.text[at..].chars().next() else { return false };
        match c {
            ' '..='~' | '\u{4e00}'..='\u{9fff}' => false,
            '\n' => before == '\r',
            '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' | '\u{1160}'..='\u{11ff}' => true,
            // Flags are pairs: an odd number of halves before this one makes it a second half.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                let half = |c: &char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
                self.text[..at].chars().rev().take_while(half).count() % 2 == 1
            }
            _ => before == ZERO_WIDTH_JOINER || matches!(self.fold.get(c), Folded::Vanish),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn clusters_are_those_of_uax_29() {
        let fold = FoldTable::full();
        for text in [
            "文明e\u{301}x",
            "👩\u{200d}👧\u{200d}👦好",
            "🇨🇳🇺🇸🇯",
            "👍🏽👍",
            "か\u{3099}ﾊﾟｶﾞ",
            "❤\u{fe0f}，",
            "\u{1112}\u{1161}\u{11ab}국",
            "a\r\nb",
            "\u{301}",
            "葛\u{e0100}城",
            "1\u{fe0f}\u{20e3}2",
        ] {
            let graphemes = Graphemes { text, fold: &fold };
            let whole: Vec<usize> =
                text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let start = *whole.iter().rfind(|&&w| w <= at).unwrap();
                let end = *whole.iter().find(|&&w| w >= at).unwrap();
                assert_eq!(
                    (graphemes.start(at), graphemes.end(at)),
                    (start, end),
                    "{at} of {text:?}"
                );
            }
        }
    }
}
