//! Where a run of letters and digits breaks by UAX #29.
//!
//! Nearly all letters and digits hold together. A table tells of those that do not: the letters of
//! scripts without spaces, such as Thai, numbers such as `²` and `½`, and letters from symbols such as
//! `™`. The standard's own tables tell far more, and are a tenth of a whole engine.

use super::fold::{FoldTable, Folded};
use Joint::{Apart, Holds, Mark};

/// How a character of a word stands to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
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
    if c == '\u{200b}' {
        return Apart;
    }
    if fold.get(c) == Folded::Vanish {
        return Mark;
    }
    match BREAKS.partition_point(|&(first, _)| first <= c).checked_sub(1) {
        Some(place) => BREAKS[place].1,
        None => Holds,
    }
}

/// The first characters of ranges of letters and digits, rising; what is none counts to those before it.
///
/// A test below tells what it must be.
#[rustfmt::skip]
const BREAKS: [(char, Joint); 234] = [
    ('\u{b2}', Apart), ('\u{b5}', Holds), ('\u{b9}', Apart), ('\u{ba}', Holds), ('\u{bc}', Apart),
    ('\u{c0}', Holds), ('\u{982}', Mark), ('\u{985}', Holds), ('\u{9be}', Mark), ('\u{9ce}', Holds),
    ('\u{9d7}', Mark), ('\u{9dc}', Holds), ('\u{9f4}', Apart), ('\u{9fc}', Holds), ('\u{b02}', Mark),
    ('\u{b05}', Holds), ('\u{b3e}', Mark), ('\u{b5c}', Holds), ('\u{b72}', Apart), ('\u{b83}', Holds),
    ('\u{bbe}', Mark), ('\u{bd0}', Holds), ('\u{bd7}', Mark), ('\u{be6}', Holds), ('\u{bf0}', Apart),
    ('\u{c01}', Mark), ('\u{c05}', Holds), ('\u{c41}', Mark), ('\u{c58}', Holds), ('\u{c78}', Apart),
    ('\u{c80}', Holds), ('\u{d02}', Mark), ('\u{d04}', Holds), ('\u{d3e}', Mark), ('\u{d4e}', Holds),
    ('\u{d57}', Mark), ('\u{d58}', Apart), ('\u{d5f}', Holds), ('\u{d70}', Apart), ('\u{d7a}', Holds),
    ('\u{e01}', Apart), ('\u{e50}', Holds), ('\u{e81}', Apart), ('\u{ed0}', Holds), ('\u{edc}', Apart),
    ('\u{f00}', Holds), ('\u{f2a}', Apart), ('\u{f40}', Holds), ('\u{f7f}', Mark), ('\u{f88}', Holds),
    ('\u{1000}', Apart), ('\u{102b}', Mark), ('\u{103f}', Apart), ('\u{1040}', Holds),
    ('\u{1050}', Apart), ('\u{1056}', Mark), ('\u{105a}', Apart), ('\u{1062}', Mark),
    ('\u{1065}', Apart), ('\u{1067}', Mark), ('\u{106e}', Apart), ('\u{1083}', Mark),
    ('\u{108e}', Apart), ('\u{108f}', Mark), ('\u{1090}', Holds), ('\u{109a}', Mark),
    ('\u{10a0}', Holds), ('\u{1369}', Apart), ('\u{1380}', Holds), ('\u{1780}', Apart),
    ('\u{17b6}', Mark), ('\u{17d7}', Apart), ('\u{17e0}', Holds), ('\u{17f0}', Apart),
    ('\u{1810}', Holds), ('\u{1923}', Mark), ('\u{1946}', Holds), ('\u{1950}', Apart),
    ('\u{19d0}', Holds), ('\u{1a19}', Mark), ('\u{1a20}', Apart), ('\u{1a55}', Mark),
    ('\u{1a80}', Holds), ('\u{1aa7}', Apart), ('\u{1b04}', Holds), ('\u{2070}', Apart),
    ('\u{2071}', Holds), ('\u{2074}', Apart), ('\u{207f}', Holds), ('\u{2080}', Apart),
    ('\u{2090}', Holds), ('\u{20a8}', Apart), ('\u{2102}', Holds), ('\u{2103}', Apart),
    ('\u{2107}', Holds), ('\u{2109}', Apart), ('\u{210a}', Holds), ('\u{2116}', Apart),
    ('\u{2119}', Holds), ('\u{2120}', Apart), ('\u{2124}', Holds), ('\u{213b}', Apart),
    ('\u{213c}', Holds), ('\u{2150}', Apart), ('\u{2160}', Holds), ('\u{2189}', Apart),
    ('\u{24b6}', Holds), ('\u{24ea}', Apart), ('\u{2c00}', Holds), ('\u{2cfd}', Apart),
    ('\u{2d00}', Holds), ('\u{3006}', Apart), ('\u{3105}', Holds), ('\u{3250}', Apart),
    ('\u{a000}', Holds), ('\u{a823}', Mark), ('\u{a830}', Apart), ('\u{a840}', Holds),
    ('\u{a983}', Mark), ('\u{a984}', Holds), ('\u{a9b4}', Mark), ('\u{a9cf}', Holds),
    ('\u{a9e0}', Apart), ('\u{a9f0}', Holds), ('\u{a9fa}', Apart), ('\u{aa00}', Holds),
    ('\u{aa2f}', Mark), ('\u{aa40}', Holds), ('\u{aa4d}', Mark), ('\u{aa50}', Holds),
    ('\u{aa60}', Apart), ('\u{aa7b}', Mark), ('\u{aa7e}', Apart), ('\u{aae0}', Holds),
    ('\u{aaeb}', Mark), ('\u{aaf2}', Holds), ('\u{aaf5}', Mark), ('\u{ab01}', Holds),
    ('\u{fdfc}', Apart), ('\u{fe71}', Holds), ('\u{10107}', Apart), ('\u{10140}', Holds),
    ('\u{10175}', Apart), ('\u{10280}', Holds), ('\u{102e1}', Apart), ('\u{10300}', Holds),
    ('\u{10320}', Apart), ('\u{1032d}', Holds), ('\u{10858}', Apart), ('\u{10860}', Holds),
    ('\u{10879}', Apart), ('\u{10880}', Holds), ('\u{108a7}', Apart), ('\u{108e0}', Holds),
    ('\u{108fb}', Apart), ('\u{10900}', Holds), ('\u{10916}', Apart), ('\u{10920}', Holds),
    ('\u{109bc}', Apart), ('\u{109be}', Holds), ('\u{109c0}', Apart), ('\u{10a00}', Holds),
    ('\u{10a40}', Apart), ('\u{10a60}', Holds), ('\u{10a7d}', Apart), ('\u{10a80}', Holds),
    ('\u{10a9d}', Apart), ('\u{10ac0}', Holds), ('\u{10aeb}', Apart), ('\u{10b00}', Holds),
    ('\u{10b58}', Apart), ('\u{10b60}', Holds), ('\u{10b78}', Apart), ('\u{10b80}', Holds),
    ('\u{10ba9}', Apart), ('\u{10c00}', Holds), ('\u{10cfa}', Apart), ('\u{10d00}', Holds),
    ('\u{10e60}', Apart), ('\u{10e80}', Holds), ('\u{10f1d}', Apart), ('\u{10f27}', Holds),
    ('\u{10f51}', Apart), ('\u{10f70}', Holds), ('\u{10fc5}', Apart), ('\u{10fe0}', Holds),
    ('\u{11000}', Mark), ('\u{11003}', Holds), ('\u{11052}', Apart), ('\u{11066}', Holds),
    ('\u{11182}', Mark), ('\u{11183}', Holds), ('\u{111b3}', Mark), ('\u{111c1}', Holds),
    ('\u{111ce}', Mark), ('\u{111d0}', Holds), ('\u{111e1}', Apart), ('\u{11200}', Holds),
    ('\u{11700}', Apart), ('\u{11720}', Mark), ('\u{11730}', Holds), ('\u{1173a}', Apart),
    ('\u{11800}', Holds), ('\u{118ea}', Apart), ('\u{118ff}', Holds), ('\u{11c2f}', Mark),
    ('\u{11c40}', Holds), ('\u{11c5a}', Apart), ('\u{11c72}', Holds), ('\u{11fc0}', Apart),
    ('\u{12000}', Holds), ('\u{16b5b}', Apart), ('\u{16b63}', Holds), ('\u{16e80}', Apart),
    ('\u{16ea0}', Holds), ('\u{16f80}', Mark), ('\u{16f93}', Holds), ('\u{16ff0}', Mark),
    ('\u{16ff2}', Apart), ('\u{1bc00}', Holds), ('\u{1d2c0}', Apart), ('\u{1d400}', Holds),
    ('\u{1e8c7}', Apart), ('\u{1e900}', Holds), ('\u{1ec71}', Apart), ('\u{1ee00}', Holds),
    ('\u{1f100}', Apart), ('\u{1f130}', Holds), ('\u{1f14a}', Apart), ('\u{1f150}', Holds),
    ('\u{1f16a}', Apart), ('\u{1f172}', Holds), ('\u{1f190}', Apart), ('\u{1fbf0}', Holds),
];

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

    fn is_one_word(text: &str) -> bool {
        text.split_word_bounds().count() == 1
    }

    /// The table, from another implementation.
    fn breaks(fold: &FoldTable) -> Vec<(char, Joint)> {
        let kind = |c: char| match c {
            _ if !is_one_word(&format!("a{c}a")) => Apart,
            _ if is_one_word(&format!("ก{c}")) => Mark,
            _ => Holds,
        };
        let letters: Vec<(char, Joint)> = letters(fold).into_iter().map(|c| (c, kind(c))).collect();
        let mut breaks = Vec::new();
        let mut last = Holds;
        let block = |c: char| u32::from(c) >> 7;
        for same in letters.chunk_by(|a, b| block(a.0) == block(b.0)) {
            // Where no letter is apart, a mark is as good as a letter.
            let apart = same.iter().any(|&(_, kind)| kind == Apart);
            for &(c, kind) in same {
                let kind = if kind == Mark && !apart { Holds } else { kind };
                if kind != last {
                    breaks.push((c, kind));
                    last = kind;
                }
            }
        }
        breaks
    }

    #[test]
    fn the_table_is_that_of_uax_29() {
        let breaks = breaks(&FoldTable::full());
        assert_eq!(breaks, BREAKS, "{breaks:?}");
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
            "é\u{200b}a",
            "é\u{200d}a",
            "é\u{301}’a",
            "3.14é",
            "１，０００é",
            "ก๕",
            "ກີຂ",
            "x²’y",
            "a’²",
            "²’a",
            "1\u{200b}.2é",
            "кириллица",
            "m²",
            "½x",
            "မြန်မာ",
        ] {
            same(text);
        }
    }
}
