//! Zhuyin (bopomofo) → pinyin, syllable by syllable.
//!
//! No table of syllables is needed: a syllable is an initial, a medial and a final, each of them
//! optional, and pinyin writes these parts by a few rules.

/// Initials, with the letters of each.
const INITIALS: [(char, &str); 21] = [
    ('ㄅ', "b"),
    ('ㄆ', "p"),
    ('ㄇ', "m"),
    ('ㄈ', "f"),
    ('ㄉ', "d"),
    ('ㄊ', "t"),
    ('ㄋ', "n"),
    ('ㄌ', "l"),
    ('ㄍ', "g"),
    ('ㄎ', "k"),
    ('ㄏ', "h"),
    ('ㄐ', "j"),
    ('ㄑ', "q"),
    ('ㄒ', "x"),
    ('ㄓ', "zh"),
    ('ㄔ', "ch"),
    ('ㄕ', "sh"),
    ('ㄖ', "r"),
    ('ㄗ', "z"),
    ('ㄘ', "c"),
    ('ㄙ', "s"),
];

/// Finals, with the letters of each where no medial stands before them.
const FINALS: [(char, &str); 13] = [
    ('ㄚ', "a"),
    ('ㄛ', "o"),
    ('ㄜ', "e"),
    ('ㄝ', "e"),
    ('ㄞ', "ai"),
    ('ㄟ', "ei"),
    ('ㄠ', "ao"),
    ('ㄡ', "ou"),
    ('ㄢ', "an"),
    ('ㄣ', "en"),
    ('ㄤ', "ang"),
    ('ㄥ', "eng"),
    ('ㄦ', "er"),
];

/// A syllable under way.
#[derive(Default)]
struct Syllable {
    initial: &'static str,
    medial: Option<char>,
    last: &'static str,
}

/// `text` with what is zhuyin in it written in pinyin without tones, syllables apart.
pub(crate) fn to_pinyin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut syllable = Syllable::default();
    for c in text.chars() {
        if let Some(letters) = letters_of(&INITIALS, c) {
            syllable.end(&mut out);
            syllable.initial = letters;
        } else if matches!(c, 'ㄧ' | 'ㄨ' | 'ㄩ' | '一') && syllable.takes_medial(c) {
            if syllable.medial.is_some() || !syllable.last.is_empty() {
                syllable.end(&mut out);
            }
            syllable.medial = Some(if c == '一' { 'ㄧ' } else { c });
        } else if let Some(letters) = letters_of(&FINALS, c) {
            if !syllable.last.is_empty() {
                syllable.end(&mut out);
            }
            syllable.last = letters;
        } else {
            // The first tone has no mark, the neutral one stands in front.
            let is_tone = matches!(c, 'ˉ' | 'ˊ' | 'ˇ' | 'ˋ' | '˙');
            let behind = !syllable.is_empty();
            syllable.end(&mut out);
            if !(is_tone || behind && c == ' ') {
                out.push(c);
            }
        }
    }
    syllable.end_typing(&mut out);
    out
}

fn letters_of(table: &'static [(char, &'static str)], c: char) -> Option<&'static str> {
    table.iter().find(|&&(symbol, _)| symbol == c).map(|&(_, letters)| letters)
}

impl Syllable {
    fn is_empty(&self) -> bool {
        self.initial.is_empty() && self.medial.is_none() && self.last.is_empty()
    }

    /// The character 一 looks like the medial, and stands for it only behind an initial.
    fn takes_medial(&self, c: char) -> bool {
        c != '一' || !self.initial.is_empty() && self.medial.is_none() && self.last.is_empty()
    }

    /// Appends the syllable and a space, and begins the next one.
    fn end(&mut self, out: &mut String) {
        if !self.is_empty() {
            out.push_str(&self.pinyin());
            out.push(' ');
        }
        *self = Syllable::default();
    }

    /// As [`end`](Self::end), where more of the syllable may be to come: what is appended is what
    /// pinyin may begin with.
    fn end_typing(&mut self, out: &mut String) {
        match (self.initial, self.medial, self.last) {
            ("", None, "") => {}
            (initial, None, "") => out.push_str(initial),
            ("", Some('ㄧ'), "") => out.push('y'),
            ("", Some('ㄨ'), "") => out.push('w'),
            _ => out.push_str(&self.pinyin()),
        }
    }

    fn pinyin(&self) -> String {
        let Syllable { initial, medial, last } = *self;
        let palatal = matches!(initial, "j" | "q" | "x");
        let rest = match (medial, last) {
            // ㄓ alone is zhi.
            (None, "") => "i",
            (None, "eng") if matches!(initial, "b" | "p" | "m" | "f") => "eng",
            (None, last) => last,
            (Some('ㄧ'), last) => match (initial, last) {
                ("", "") => "yi",
                ("", "en") => "yin",
                ("", "eng") => "ying",
                ("", last) => return ["y", last].concat(),
                (_, "") => "i",
                (_, "en") => "in",
                (_, "eng") => "ing",
                (_, "ou") => "iu",
                (_, last) => return [initial, "i", last].concat(),
            },
            (Some('ㄨ'), last) => match (initial, last) {
                ("", "") => "wu",
                ("", "eng") => "weng",
                ("", last) => return ["w", last].concat(),
                (_, "") => "u",
                (_, "en") => "un",
                (_, "eng") => "ong",
                (_, "ei") => "ui",
                (_, last) => return [initial, "u", last].concat(),
            },
            (_, last) => match (initial, last) {
                ("", "eng") => "yong",
                (_, "eng") => "iong",
                ("", "") => "yu",
                ("", "en") => "yun",
                ("", last) => return ["yu", last].concat(),
                (_, "en") if palatal => "un",
                (_, last) if palatal => return [initial, "u", last].concat(),
                (_, last) => return [initial, "v", last].concat(),
            },
        };
        [initial, rest].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_spelled_as_in_pinyin() {
        for (zhuyin, pinyin) in [
            ("ㄨㄣˊㄇㄧㄥˊㄕˊㄐㄧㄢˋ ", "wen ming shi jian  "),
            ("ㄓㄨㄥㄍㄨㄛˊ", "zhong guo "),
            ("ㄋㄩˇㄒㄩㄝˊㄩㄢˊ", "nv xue yuan "),
            ("ㄒㄩㄥˊㄩㄥˋㄐㄩㄣ", "xiong yong jun"),
            ("ㄌㄧㄡˊㄕㄨㄟˇㄧㄡˇㄨㄟˊ", "liu shui you wei "),
            ("ㄦˊㄗ˙ㄧㄣ ㄧㄥˊ", "er zi yin ying "),
            ("ㄌㄩˋㄌㄩㄝˋㄧㄝˇㄨㄥ", "lv lve ye weng"),
            ("ㄕㄧㄢ文", "shian 文"),
            ("ㄇ", "m"),
            ("ㄇㄧ", "mi"),
            ("ㄨㄣˊㄨ", "wen w"),
            ("统一 yi一", "统一 yi一"),
            ("ㄊ一ㄢ", "tian"),
        ] {
            assert_eq!(to_pinyin(zhuyin), pinyin, "{zhuyin}");
        }
    }
}
