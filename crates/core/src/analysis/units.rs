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
    /// True for several unified ideographs, from `start` to `end`, of which `c` is the first source
    /// character: nothing but another of them follows each, so they need no look around.
    pub(super) run: bool,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Appends the units of `text`, whose first byte is number `base` of the source.
///
/// ASCII is folded without the table, and unified ideographs between others go as one run: these
/// two are nearly all there is.
pub(super) fn fold_into(fold: &FoldTable, text: &str, base: u32, units: &mut Vec<Unit>) {
    let mut at = 0;
    while let Some(source) = text[at..].chars().next() {
        let start = base + at as u32;
        let run = plain_run(&text.as_bytes()[at..]);
        if run > 0 {
            let end = start + run as u32;
            units.push(Unit { c: source, class: Class::Cjk, run: true, start, end });
            at += run;
            continue;
        }
        at += source.len_utf8();
        let end = base + at as u32;
        if source.is_ascii() {
            let c = source.to_ascii_lowercase();
            units.push(Unit { c, class: Class::of_ascii(c), run: false, start, end });
            continue;
        }
        match fold.get(source) {
            Folded::Same => push(units, source, source, start, end),
            Folded::One(c) => push(units, c, source, start, end),
            Folded::Many(all) => all.iter().for_each(|&c| push(units, c, source, start, end)),
            Folded::Vanish => {
                if let Some(previous) = units.last_mut() {
                    previous.end = end;
                }
            }
        }
    }
}

/// Bytes of the unified ideographs that `text` starts with, the last left out, if there are many.
///
/// In UTF-8 the block from U+4E00 to U+9FFF is E4 B8 80 to E9 BF BF. What follows the last one may
/// change what it is, so it is looked at alone.
fn plain_run(text: &[u8]) -> usize {
    let ideographs = text
        .chunks_exact(3)
        .take_while(|c| matches!(c[0], 0xe5..=0xe9) || c[0] == 0xe4 && c[1] >= 0xb8)
        .count();
    if ideographs > 2 { (ideographs - 1) * 3 } else { 0 }
}

/// Appends the unit of `c`, folded from `source`, or lets the unit before compose with it.
#[inline]
fn push(units: &mut Vec<Unit>, c: char, source: char, start: u32, end: u32) {
    if !Class::is_unified_ideograph(c)
        && let Some(previous) = units.last_mut()
        && !previous.run
        && let Some(composed) = compose(previous.c, c)
    {
        previous.c = composed;
        previous.end = end;
    } else {
        units.push(Unit { c, class: Class::of(c, source), run: false, start, end });
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

    #[test]
    fn every_unified_ideograph_folds_to_one_character_of_its_class() {
        let fold = FoldTable::full();
        for c in '\u{4e00}'..='\u{9fff}' {
            match fold.get(c) {
                Folded::Same => (),
                Folded::One(to) => assert_eq!(Class::of(to, c), Class::Cjk, "{c} → {to}"),
                other => panic!("{c} → {other:?}"),
            }
        }
    }
}
