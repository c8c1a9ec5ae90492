//! What was typed: units that phrases are held against.

use crate::zhuyin;
use suoyin_core::Analyzer;
use suoyin_core::analysis::{Gap, SlotText};

/// The longest query that is looked at, in units; longer ones are texts, not the beginning of a word.
pub(crate) const LONGEST: usize = 60;

/// One place in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A letter from `a` to `z`, which may be part of a syllable.
    Letter(u8),
    /// Any other folded character.
    Char(char),
    /// White space or punctuation: ends syllables.
    Break,
}

/// The units of `query`; none where there is nothing to go by, or too much.
pub(crate) fn units(query: &str, analyzer: &Analyzer) -> Vec<Unit> {
    if query.len() > 4 * LONGEST {
        return Vec::new();
    }
    let spelled = zhuyin::to_pinyin(query);
    let spelled: String = spelled.chars().map(keyboard).collect();
    let mut units = Vec::new();
    analyzer.slots(&spelled, &mut |slot| {
        if slot.gap != Gap::None && !units.is_empty() {
            units.push(Unit::Break);
        }
        match slot.text {
            SlotText::Cjk(c) | SlotText::Hangul(c) => units.push(Unit::Char(c)),
            SlotText::Word(word) | SlotText::Emoji(word) => units.extend(word.chars().map(unit)),
        }
    });
    if units.len() > LONGEST { Vec::new() } else { units }
}

fn unit(c: char) -> Unit {
    if c.is_ascii_lowercase() { Unit::Letter(c as u8) } else { Unit::Char(c) }
}

/// What is told apart in pinyin and nowhere else: `ü`, for which `v` is typed, and the apostrophe.
fn keyboard(c: char) -> char {
    match c {
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => 'v',
        '\'' | '’' | '‘' | '`' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(query: &str) -> String {
        let units = units(query, &Analyzer::full());
        let letter = |unit: &Unit| match unit {
            Unit::Letter(letter) => char::from(*letter),
            Unit::Char(c) => *c,
            Unit::Break => '|',
        };
        units.iter().map(letter).collect()
    }

    #[test]
    fn what_is_typed_is_folded() {
        for (query, expected) in [
            ("Wénmíng實踐", "wenming实践"),
            ("xi'an", "xi|an"),
            ("nǚ lü4", "nv|lv4"),
            ("ＷＭＳＪ", "wmsj"),
            ("ㄨㄣˊㄇㄧㄥˊ", "wen|ming"),
            (" wen  ming ", "wen|ming"),
            ("", ""),
        ] {
            assert_eq!(written(query), expected, "{query}");
        }
        assert_eq!(units(&"文".repeat(61), &Analyzer::full()), []);
    }
}
