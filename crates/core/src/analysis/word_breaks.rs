//! Where a run of letters and digits breaks by UAX #29.
//!
//! Nearly all letters and digits hold together. A [table](super::word_joints) tells of those that do
//! not: the letters of scripts without spaces, such as Thai, numbers such as `²` and `½`, and letters
//! from symbols such as `™`. `cargo xtask tables` asks the crate unicode-segmentation about each of
//! them, and the tests below compare with it: these are its words, without its tables, which know far
//! more and would be a tenth of every engine.

use super::fold::{FoldTable, Folded};
use super::word_joints::JOINTS;
use Joint::{Apart, Holds, Mark};

/// How a character of a word stands to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// To letters and digits it holds.
    Holds,
    /// Only marks hold to it.
    Apart,
    /// It holds to whatever it stands behind.
    Mark,
}

/// The length of the first word in a run of letters and digits and the signs that join them.
///
/// Signs are neither letters nor digits. They stand where the analyzer found that they join, and do,
/// but beside a letter that is apart. A mark in front of all letters counts as one.
pub(super) fn first_word(fold: &FoldTable, text: &str) -> usize {
    let mut before = Apart;
    for (at, c) in text.char_indices() {
        let mut joint = joint(fold, c);
        if joint == Mark && at > 0 {
            continue;
        }
        if joint == Holds
            && !c.is_alphanumeric()
            && (before == Apart || next_is_apart(fold, &text[at..]))
        {
            joint = Apart;
        }
        if at > 0 && (joint == Apart || before == Apart) {
            return at;
        }
        before = joint;
    }
    text.len()
}

/// Whether the character behind the first of `text` and its marks is apart.
fn next_is_apart(fold: &FoldTable, text: &str) -> bool {
    let next = text.chars().skip(1).map(|c| joint(fold, c)).find(|&joint| joint != Mark);
    next != Some(Holds)
}

fn joint(fold: &FoldTable, c: char) -> Joint {
    if fold.get(c) == Folded::Vanish {
        return Mark;
    }
    match JOINTS.partition_point(|&(first, _)| first <= c).checked_sub(1) {
        Some(place) => JOINTS[place].1,
        None => Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Class;
    use unicode_segmentation::UnicodeSegmentation;

    /// Letters and digits as the analyzer has them.
    fn letters(fold: &FoldTable) -> Vec<char> {
        let is_letter = |c: char, source: char| Class::of(c, source) == Class::Alphanumeric;
        let letters = ('\0'..=char::MAX).filter(|&c| match fold.get(c) {
            Folded::Vanish => false,
            Folded::Same => is_letter(c, c),
            Folded::One(to) => is_letter(to, c),
            Folded::Many(all) => all.iter().any(|&to| is_letter(to, c)),
        });
        letters.collect()
    }

    /// Unlike UAX #29, to which it is a space: what vanishes is not there, beside any letter.
    #[test]
    fn a_zero_width_space_does_not_break() {
        let fold = FoldTable::full();
        for text in ["é\u{200b}a", "1\u{200b}.2é", "a\u{200b}\u{301}é"] {
            assert_eq!(first_word(&fold, text), text.len(), "{text:?}");
        }
        assert_eq!(first_word(&fold, "ก\u{200b}ข"), "ก\u{200b}".len());
    }

    #[test]
    fn words_are_those_of_uax_29() {
        let fold = FoldTable::full();
        let all = letters(&fold);
        let same = |text: &str| {
            let (mut ours, mut rest) = (Vec::new(), text);
            while !rest.is_empty() {
                let (word, behind) = rest.split_at(first_word(&fold, rest));
                ours.push(word);
                rest = behind;
            }
            assert_eq!(ours, text.split_word_bounds().collect::<Vec<_>>(), "{text:?}");
        };
        for &c in &all {
            // The analyzer joins by an apostrophe what is no digit.
            let joined = if c.is_numeric() { "1.2{}" } else { "a{}’a" };
            for text in ["a{}", "a{}a", "a{}\u{301}a", "1.2{}ก", joined] {
                same(&text.replace("{}", &c.to_string()));
            }
        }
        for text in [
            "l’été",
            "o'é",
            "é\u{200d}a",
            "é\u{301}’a",
            "3.14é",
            "１，０００é",
            "ก๕",
            "ກີຂ",
            "x²’y",
            "a’²",
            "²’a",
            "кириллица",
            "m²",
            "½x",
            "မြန်မာ",
        ] {
            same(text);
        }
    }
}
