//! The first step of analysis: source text → folded characters that remember where they came from.

use super::class::Class;
use super::fold::{FoldTable, Folded};

/// One folded character and the bytes of the source it stands for.
///
/// Several units share a range where one source character folds to several (`㎏` → `kg`); what
/// vanishes (combining marks, variation selectors, skin tones) lengthens the range before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) c: char,
    pub(super) class: Class,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Appends the units of `text`, whose first byte is number `base` of the source.
pub(super) fn fold_into(fold: &FoldTable, text: &str, base: u32, units: &mut Vec<Unit>) {
    for (at, source) in text.char_indices() {
        let start = base + at as u32;
        let end = start + source.len_utf8() as u32;
        let mut push = |c: char| {
            if let Some(previous) = units.last_mut()
                && let Some(composed) = compose(previous.c, c)
            {
                previous.c = composed;
                previous.end = end;
            } else {
                units.push(Unit { c, class: Class::of(c, source), start, end });
            }
        };
        match fold.get(source) {
            Folded::Same => push(source),
            Folded::One(c) => push(c),
            Folded::Many(several) => several.iter().copied().for_each(push),
            Folded::Vanish => {
                if let Some(previous) = units.last_mut() {
                    previous.end = end;
                }
            }
        }
    }
}

/// Joins what Unicode writes in two characters: kana with a (semi)voiced mark, conjoining jamo.
///
/// The arithmetic is that of the Unicode Standard: 3.12 for Hangul; kana with a mark follow the
/// plain ones by one (voiced) or two (semi-voiced).
#[inline]
fn compose(first: char, second: char) -> Option<char> {
    match second {
        '\u{3099}' | '\u{309a}' | '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}' => {
            compose_rare(first, second)
        }
        _ => None,
    }
}

fn compose_rare(first: char, second: char) -> Option<char> {
    let (a, b) = (u32::from(first), u32::from(second));
    let composed = match second {
        '\u{3099}' => match first {
            'う' => 0x3094,
            'ウ' => 0x30f4,
            'ワ'..='ヲ' => a + 8,
            'ゝ' | 'ヽ' => a + 1,
            _ if is_voiceable(first) => a + 1,
            _ => return None,
        },
        '\u{309a}'
            if matches!(
                first,
                'は' | 'ひ' | 'ふ' | 'へ' | 'ほ' | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ'
            ) =>
        {
            a + 2
        }
        '\u{1161}'..='\u{1175}' if matches!(first, '\u{1100}'..='\u{1112}') => {
            0xac00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28
        }
        '\u{11a8}'..='\u{11c2}'
            if matches!(first, '\u{ac00}'..='\u{d7a3}') && (a - 0xac00) % 28 == 0 =>
        {
            a + (b - 0x11a7)
        }
        _ => return None,
    };
    char::from_u32(composed)
}

/// The kana of the rows か, さ, た and は, in either syllabary, that take a voiced mark.
fn is_voiceable(c: char) -> bool {
    let hiragana = match u32::from(c) {
        c @ 0x30a1..=0x30fa => c - 0x60,
        c => c,
    };
    match hiragana {
        0x304b..=0x3061 => hiragana % 2 == 1,
        0x3064..=0x3068 => hiragana % 2 == 0,
        0x306f..=0x307b => (hiragana - 0x306f) % 3 == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_and_jamo_compose_as_unicode_says() {
        let pairs = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼ\
                     カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボ\
                     うゔウヴワヷヲヺゝゞヽヾ";
        let pairs: Vec<char> = pairs.chars().collect();
        for pair in pairs.chunks(2) {
            assert_eq!(compose(pair[0], '\u{3099}'), Some(pair[1]));
        }
        for (plain, marked) in [('は', 'ぱ'), ('ヘ', 'ペ'), ('ホ', 'ポ')] {
            assert_eq!(compose(plain, '\u{309a}'), Some(marked));
        }
        for c in "あっなまらんァアッナマラン漢a".chars() {
            assert_eq!(compose(c, '\u{3099}'), None, "{c}");
        }
        assert_eq!(compose('\u{1112}', '\u{1161}'), Some('하'));
        assert_eq!(compose('하', '\u{11ab}'), Some('한'));
        assert_eq!(compose('한', '\u{11ab}'), None);
    }
}
