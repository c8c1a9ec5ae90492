//! Pinyin: toned syllables, and which character is read how.
//!
//! Texts carry glosses, `引領(lǐng)時代`; a bracketed syllable is one when the character before it has that
//! reading. The readings come from Unihan: `cargo xtask tables` writes them to `tables/readings.bin`, keyed by
//! the *folded* character with the readings of all that fold to it; `tables/README.md` names the sources.
//! An index carries only those its own texts use.
//!
//! # Encoding
//!
//! Everything is a varint; characters rise, each as its *gap* to the one before.
//!
//! 1. the syllables without tone that occur: `n`, then each alphabetically: how many letters it shares with
//!    the one before, how many follow, those letters in ASCII
//! 2. the characters: `n`, `n` gaps, `n` numbers of readings − 1
//! 3. the readings, a character's most frequent first: all places in list 1, then all tones, a byte each

use crate::Error;
use crate::format::varint::{Cursor, write_u32};

/// One syllable of pinyin with its tone, `lǐng`, packed: a letter is a digit in base 27, `ü` is `v`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Syllable(u32);

/// The vowels (and syllabic nasals) with the marks of tones 1–4, look-alikes included.
const TONED: [(u8, [&str; 4]); 8] = [
    (b'a', ["āĀ", "áÁ", "ǎǍăĂ", "àÀ"]),
    (b'e', ["ēĒ", "éÉếẾ", "ěĚĕĔ", "èÈềỀ"]),
    (b'i', ["īĪ", "íÍ", "ǐǏĭĬ", "ìÌ"]),
    (b'o', ["ōŌ", "óÓ", "ǒǑŏŎ", "òÒ"]),
    (b'u', ["ūŪ", "úÚ", "ǔǓŭŬ", "ùÙ"]),
    (b'v', ["ǖǕ", "ǘǗ", "ǚǙ", "ǜǛ"]),
    (b'n', ["", "ńŃ", "ňŇ", "ǹǸ"]),
    (b'm', ["", "ḿḾ", "", ""]),
];

impl Syllable {
    /// The longest: `zhuang`.
    pub const MAX_LETTERS: usize = 6;

    /// The syllable of these lower-case ASCII letters (`v` for `ü`) and a tone from 1 to 5, 5 being neutral.
    pub fn new(letters: &str, tone: u8) -> Option<Syllable> {
        let mut packed = 0;
        if letters.is_empty() || letters.len() > Self::MAX_LETTERS || !(1..=5).contains(&tone) {
            return None;
        }
        for letter in letters.bytes() {
            if !letter.is_ascii_lowercase() {
                return None;
            }
            packed = packed * 27 + u32::from(letter - b'a' + 1);
        }
        Some(Syllable(packed * 6 + u32::from(tone)))
    }

    /// Reads a text that is letters only, with exactly one tone mark: `lǐng`, `LǏNG`, `lı̌ng` decomposed.
    ///
    /// Whether such a syllable exists is not asked: the [`Readings`] know.
    pub fn parse(text: &str) -> Option<Syllable> {
        let (mut letters, mut len, mut tone) = ([0u8; Self::MAX_LETTERS], 0, 0);
        for c in text.chars() {
            let (letter, marked) = match c {
                'a'..='z' | 'A'..='Z' => (c.to_ascii_lowercase() as u8, 0),
                'ü' | 'Ü' => (b'v', 0),
                'ê' | 'Ê' => (b'e', 0),
                'ɑ' => (b'a', 0),
                'ɡ' => (b'g', 0),
                'ı' => (b'i', 0),
                '\u{300}'..='\u{30c}' if len > 0 => {
                    let marked = match c {
                        '\u{304}' => 1,
                        '\u{301}' => 2,
                        '\u{30c}' | '\u{306}' => 3,
                        '\u{300}' => 4,
                        '\u{308}' if letters[len - 1] == b'u' => {
                            letters[len - 1] = b'v';
                            continue;
                        }
                        '\u{302}' if letters[len - 1] == b'e' => continue,
                        _ => return None,
                    };
                    if tone != 0 {
                        return None;
                    }
                    tone = marked;
                    continue;
                }
                _ => toned(c)?,
            };
            if marked != 0 {
                if tone != 0 {
                    return None;
                }
                tone = marked;
            }
            *letters.get_mut(len)? = letter;
            len += 1;
        }
        Syllable::new(std::str::from_utf8(&letters[..len]).ok()?, tone)
    }

    /// 1–4, and 5 for the neutral tone.
    pub fn tone(self) -> u8 {
        (self.0 % 6) as u8
    }

    /// The letters without tone, lower-case ASCII, `v` for `ü`.
    pub fn letters(self) -> String {
        let mut packed = self.0 / 6;
        let mut letters = Vec::with_capacity(Self::MAX_LETTERS);
        while packed > 0 {
            letters.push(b'a' + (packed % 27) as u8 - 1);
            packed /= 27;
        }
        letters.iter().rev().map(|&letter| char::from(letter)).collect()
    }
}

/// The letter and the tone of a letter that carries a tone mark.
fn toned(c: char) -> Option<(u8, u8)> {
    TONED.iter().find_map(|(letter, marked)| {
        // Not `contains`, which brings the search for whole texts along.
        let tone = marked.iter().position(|alike| alike.chars().any(|other| other == c))?;
        Some((*letter, tone as u8 + 1))
    })
}

/// Which folded characters are read how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// By character; those of one character most frequent first.
    pairs: Vec<(char, Syllable)>,
}

impl Readings {
    /// The whole checked-in table.
    pub fn full() -> Readings {
        Readings::decode(include_bytes!("../../tables/readings.bin"))
            .expect("tables/readings.bin is what `cargo xtask tables` writes")
    }

    /// The readings in `pairs`, in any order of characters; the order within a character is kept.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (char, Syllable)>) -> Readings {
        let mut readings = Readings::default();
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|&(c, _)| c);
        for (c, syllable) in pairs {
            if !readings.of(c).any(|known| known == syllable) {
                readings.pairs.push((c, syllable));
            }
        }
        readings
    }

    /// True if the folded character `c` can be read `syllable`.
    pub fn has(&self, c: char, syllable: Syllable) -> bool {
        self.of(c).any(|known| known == syllable)
    }

    /// The readings of the folded character `c`, the most frequent first.
    pub fn of(&self, c: char) -> impl Iterator<Item = Syllable> {
        let start = self.pairs.partition_point(|&(other, _)| other < c);
        self.pairs[start..].iter().take_while(move |&&(other, _)| other == c).map(|&(_, s)| s)
    }

    /// All pairs, by character.
    pub fn iter(&self) -> impl Iterator<Item = (char, Syllable)> {
        self.pairs.iter().copied()
    }

    /// Appends the encoding, see the [module](self).
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut bases: Vec<String> = self.iter().map(|(_, syllable)| syllable.letters()).collect();
        bases.sort_unstable();
        bases.dedup();
        write_u32(out, bases.len() as u32);
        let mut previous = "";
        for base in &bases {
            let shared = previous.bytes().zip(base.bytes()).take_while(|(a, b)| a == b).count();
            write_u32(out, shared as u32);
            write_u32(out, (base.len() - shared) as u32);
            out.extend_from_slice(&base.as_bytes()[shared..]);
            previous = base;
        }

        let characters = || self.pairs.chunk_by(|a, b| a.0 == b.0);
        write_u32(out, characters().count() as u32);
        let mut previous = 0;
        for group in characters() {
            write_u32(out, group[0].0 as u32 - previous);
            previous = group[0].0 as u32;
        }
        characters().for_each(|group| write_u32(out, group.len() as u32 - 1));
        for (_, syllable) in self.iter() {
            let place = bases.binary_search(&syllable.letters()).unwrap_or_default();
            write_u32(out, place as u32);
        }
        out.extend(self.iter().map(|(_, syllable)| syllable.tone()));
    }

    /// Reads what [`encode`](Readings::encode) wrote, all of `bytes`.
    pub fn decode(bytes: &[u8]) -> Result<Readings, Error> {
        let mut cursor = Cursor::new(bytes, "pinyin readings");
        let mut bases: Vec<u32> = Vec::with_capacity(cursor.clone().count()?);
        let mut letters = Vec::with_capacity(Syllable::MAX_LETTERS);
        for _ in 0..cursor.count()? {
            letters.truncate(cursor.u32()? as usize);
            let len = cursor.count()?;
            letters.extend_from_slice(cursor.bytes(len)?);
            let text = std::str::from_utf8(&letters).map_err(|_| cursor.damaged())?;
            bases.push(Syllable::new(text, 1).ok_or_else(|| cursor.damaged())?.0 - 1);
        }

        let characters = cursor.count()?;
        let mut gaps = cursor;
        for _ in 0..characters {
            cursor.u32()?;
        }
        let mut counts = cursor;
        let mut readings = 0usize;
        for _ in 0..characters {
            readings = readings.saturating_add(cursor.u32()? as usize + 1);
        }
        if readings > cursor.remaining() {
            return Err(cursor.damaged());
        }
        let mut places = cursor;
        for _ in 0..readings {
            cursor.u32()?;
        }
        let mut pairs = Vec::with_capacity(readings);
        let mut scalar = 0u32;
        for index in 0..characters {
            let gap = gaps.u32()?;
            scalar = scalar.checked_add(gap).ok_or_else(|| gaps.damaged())?;
            let c = char::from_u32(scalar).filter(|_| gap > 0 || index == 0);
            let c = c.ok_or_else(|| gaps.damaged())?;
            for _ in 0..=counts.u32()? {
                let base = bases.get(places.u32()? as usize).ok_or_else(|| places.damaged())?;
                let tone = cursor.u8()?;
                if !(1..=5).contains(&tone) {
                    return Err(cursor.damaged());
                }
                pairs.push((c, Syllable(base + u32::from(tone))));
            }
        }
        if cursor.is_empty() { Ok(Readings { pairs }) } else { Err(cursor.damaged()) }
    }
}

#[cfg(test)]
mod tests;
