//! The data: what the builder writes and the suggester reads. FORMAT.md specifies the bytes.

use std::collections::BTreeMap;
use suoyin_core::analysis::Class;
use suoyin_core::analysis::fold::{FoldTable, Folded};
use suoyin_core::format::varint::{Cursor, write_u32};
use suoyin_core::{Error, FORMAT_VERSION};
use xxhash_rust::xxh64::xxh64;

const MAGIC: [u8; 8] = *b"\x89SUOYSG\n";
const HEADER: usize = 20;
const STRUCTURE: &str = "suggestions";

/// The most characters of a phrase; the automaton has no other bound.
pub(crate) const LONGEST: usize = 32;

/// What a character of a phrase is to a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Typed as itself: a letter, a digit, Hangul, kana, an emoji.
    Plain,
    /// Typed as itself or as it is read.
    Read,
    /// Not typed: white space and punctuation.
    Boundary,
}

/// A character of the corpus as it is written there. Its place in the alphabet is its code.
#[derive(Clone, Debug)]
pub(crate) struct Character {
    pub(crate) written: char,
    pub(crate) folded: char,
    pub(crate) role: Role,
    /// How often it occurs, see [`bucket`].
    pub(crate) bucket: u8,
    /// Its readings, as places in the list of syllables.
    pub(crate) readings: Vec<u16>,
}

/// A phrase of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase {
    pub(crate) codes: Vec<u16>,
    /// How often it occurs, see [`bucket`].
    pub(crate) bucket: u8,
    pub(crate) is_title: bool,
}

/// Everything that is known of a corpus.
#[derive(Clone, Debug, Default)]
pub(crate) struct Data {
    /// Of what is typed: as much as can lead to the characters of the corpus.
    pub(crate) fold: FoldTable,
    /// Without tones, `v` for `ü`, ascending.
    pub(crate) syllables: Vec<String>,
    pub(crate) characters: Vec<Character>,
    /// Ascending by their codes, each once.
    pub(crate) phrases: Phrases,
}

/// The sorted list of phrases, as it is walked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    /// Of each phrase, the codes it begins with as the one before does.
    pub(crate) shared: Vec<u8>,
    /// How many codes follow.
    pub(crate) own: Vec<u8>,
    /// `bucket · 2 + is_title`.
    pub(crate) rank: Vec<u8>,
    /// All that follow, one phrase behind the other.
    pub(crate) codes: Vec<u16>,
}

impl Phrases {
    /// The list of `phrases`, which ascend.
    pub(crate) fn new(phrases: &[Phrase]) -> Phrases {
        let mut list = Phrases::default();
        let mut previous: &[u16] = &[];
        for phrase in phrases {
            let pairs = previous.iter().zip(&phrase.codes);
            let shared = pairs.take_while(|(a, b)| a == b).count();
            list.shared.push(shared as u8);
            list.own.push((phrase.codes.len() - shared) as u8);
            list.rank.push(phrase.bucket << 1 | u8::from(phrase.is_title));
            list.codes.extend(&phrase.codes[shared..]);
            previous = &phrase.codes;
        }
        list
    }

    pub(crate) fn len(&self) -> usize {
        self.shared.len()
    }
}

/// Half the powers of two below a count: 0 for 1, 2 for 2, 3 for 3, 4 for 4 and 5, 5 for 6 and 7.
pub(crate) fn bucket(count: u32) -> u8 {
    let power = count.max(1).ilog2();
    let half = u64::from(count).pow(2) >= 2 << (2 * power);
    (2 * power) as u8 + u8::from(half)
}

/// The character as the corpus writes it, folded, and its role; `None` for what vanishes or becomes several.
pub(crate) fn fold_one(fold: &FoldTable, written: char) -> Option<(char, Class)> {
    let written = if written.is_ascii() { written.to_ascii_lowercase() } else { written };
    match fold.get(written) {
        Folded::Same => Some((written, Class::of(written, written))),
        Folded::One(folded) => Some((folded, Class::of(folded, written))),
        _ => None,
    }
}

impl Data {
    /// The bytes; codes must be given by falling bucket, and ascend within one.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut fold = Vec::new();
        self.fold.encode(&mut fold);
        write_u32(&mut out, fold.len() as u32);
        out.extend(fold);

        write_u32(&mut out, self.syllables.len() as u32);
        for syllable in &self.syllables {
            out.push(syllable.len() as u8);
            out.extend(syllable.as_bytes());
        }

        let groups = || self.characters.chunk_by(|a, b| a.bucket == b.bucket);
        write_u32(&mut out, groups().count() as u32);
        for group in groups() {
            out.push(group[0].bucket);
            write_u32(&mut out, group.len() as u32);
            let mut previous = 0;
            for character in group {
                write_u32(&mut out, character.written as u32 - previous);
                previous = character.written as u32;
            }
        }
        out.extend(self.characters.iter().map(|c| c.readings.len() as u8));
        let readings = || self.characters.iter().flat_map(|c| &c.readings);
        readings().for_each(|&place| write_u32(&mut out, u32::from(place)));

        let Phrases { shared, own, rank, codes } = &self.phrases;
        write_u32(&mut out, shared.len() as u32);
        out.extend(shared);
        out.extend(own);
        out.extend(rank);
        codes.iter().for_each(|&code| write_u32(&mut out, u32::from(code)));

        let mut file = MAGIC.to_vec();
        file.extend(FORMAT_VERSION.to_le_bytes());
        file.extend(xxh64(&out, 0).to_le_bytes());
        file.extend(out);
        file
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`], [`Error::Version`], [`Error::Truncated`] or [`Error::Damaged`].
    pub(crate) fn decode(bytes: &[u8]) -> Result<Data, Error> {
        if !bytes.starts_with(&MAGIC) {
            return Err(Error::NotAnIndex);
        }
        let Some((header, body)) = bytes.split_at_checked(HEADER) else {
            return Err(Error::Truncated { expected: HEADER as u64, found: bytes.len() as u64 });
        };
        let damaged = Error::Damaged { structure: STRUCTURE };
        let found = header[8..12].try_into().map(u32::from_le_bytes).unwrap_or_default();
        if found != FORMAT_VERSION {
            return Err(Error::Version { found, supported: FORMAT_VERSION });
        }
        if header[12..] != xxh64(body, 0).to_le_bytes() {
            return Err(damaged);
        }
        Self::decode_body(body)
    }

    /// What lies behind the header.
    pub(crate) fn decode_body(body: &[u8]) -> Result<Data, Error> {
        let cursor = &mut Cursor::new(body, STRUCTURE);
        let len = cursor.count()?;
        let fold = FoldTable::decode(cursor.bytes(len)?)?;
        let mut syllables = Vec::new();
        for _ in 0..cursor.count()? {
            let len = usize::from(cursor.u8()?);
            let text = std::str::from_utf8(cursor.bytes(len)?).map_err(|_| cursor.damaged())?;
            if text.is_empty() || !text.bytes().all(|letter| letter.is_ascii_lowercase()) {
                return Err(cursor.damaged());
            }
            syllables.push(text.to_owned());
        }
        let mut characters = characters(cursor, &fold)?;
        let counts = cursor.bytes(characters.len())?;
        for (character, &count) in characters.iter_mut().zip(counts) {
            for _ in 0..count {
                let place = cursor.u32()?;
                if place as usize >= syllables.len() {
                    return Err(cursor.damaged());
                }
                character.readings.push(place as u16);
            }
            if count > 0 {
                character.role = Role::Read;
            }
        }
        let phrases = phrases(cursor, characters.len())?;
        if cursor.is_empty() {
            Ok(Data { fold, syllables, characters, phrases })
        } else {
            Err(cursor.damaged())
        }
    }

    /// Code by folded character, of several the most frequent.
    pub(crate) fn by_folded(&self) -> BTreeMap<char, u16> {
        let mut codes = BTreeMap::new();
        for (character, code) in self.characters.iter().zip(0..) {
            codes.entry(character.folded).or_insert(code);
        }
        codes
    }
}

/// The alphabet, still without readings.
fn characters(cursor: &mut Cursor<'_>, fold: &FoldTable) -> Result<Vec<Character>, Error> {
    let mut characters = Vec::new();
    for _ in 0..cursor.count()? {
        let bucket = cursor.u8()?;
        let mut scalar = 0u32;
        for _ in 0..cursor.count()? {
            scalar = scalar.saturating_add(cursor.u32()?);
            let written = char::from_u32(scalar).ok_or_else(|| cursor.damaged())?;
            let (folded, class) = fold_one(fold, written).unwrap_or((' ', Class::Boundary));
            let role = if class.is_boundary() { Role::Boundary } else { Role::Plain };
            characters.push(Character { written, folded, role, bucket, readings: Vec::new() });
        }
    }
    if characters.len() > usize::from(u16::MAX) { Err(cursor.damaged()) } else { Ok(characters) }
}

fn phrases(cursor: &mut Cursor<'_>, alphabet: usize) -> Result<Phrases, Error> {
    let count = cursor.count()?;
    let mut column = || cursor.bytes(count).map(<[u8]>::to_vec);
    let (shared, own, rank) = (column()?, column()?, column()?);
    let mut before = 0;
    for (&shared, &own) in shared.iter().zip(&own) {
        let len = usize::from(shared) + usize::from(own);
        if usize::from(shared) > before || own == 0 || len > LONGEST {
            return Err(cursor.damaged());
        }
        before = len;
    }
    let total = own.iter().map(|&len| usize::from(len)).sum::<usize>();
    if total > cursor.remaining() {
        return Err(cursor.damaged());
    }
    let mut codes = Vec::with_capacity(total);
    for _ in 0..total {
        let code = cursor.u32()?;
        if code as usize >= alphabet {
            return Err(cursor.damaged());
        }
        codes.push(code as u16);
    }
    Ok(Phrases { shared, own, rank, codes })
}
