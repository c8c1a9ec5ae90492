//! Characters as pairs of bytes in GBK, how common they are and how they are read.

use std::sync::LazyLock;

use encoding_rs::GBK;
use suoyin_core::Analyzer;
use suoyin_core::analysis::Folded;
use suoyin_core::analysis::readings::Syllable;

/// 2 for the first level of GB 2312 and punctuation, 1 for its second level, else 0; Traditional characters
/// and variants count as what they fold to.
pub(super) fn commonness(c: char) -> u64 {
    // Punctuation folds to ASCII: what it is says the character itself.
    let of_pair = |pair: Option<[u8; 2]>| match pair {
        Some([0xB0..=0xD7, 0xA1..=0xFE] | [0xA1, 0xA2..=0xBF] | [0xA3, 0xA1..=0xFE]) => 2,
        Some([0xD8..=0xF7, 0xA1..=0xFE]) => 1,
        _ => 0,
    };
    of_pair(pair_of(c)).max(of_pair(pair_of(folded(c))))
}

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::full);

fn folded(c: char) -> char {
    match ANALYZER.fold.get(c) {
        Folded::One(folded) => folded,
        _ => c,
    }
}

/// The orphans that make a character read `syllable` with this lead byte, and that character.
pub(super) fn read_so(lead: u8, syllable: Syllable) -> impl Iterator<Item = (u8, char)> {
    (0x81..=0xFE).filter_map(move |trail| {
        let c = character(lead, trail)?;
        ANALYZER.readings.has(folded(c), syllable).then_some((trail, c))
    })
}

pub(super) fn is_lead(byte: u8) -> bool {
    matches!(byte, 0x81..=0xFE)
}

/// The character of two bytes.
pub(super) fn character(lead: u8, trail: u8) -> Option<char> {
    let text = [lead, trail];
    let text = GBK.decode_without_bom_handling_and_without_replacement(&text)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The two bytes of a character; none where it has one or four.
pub(super) fn pair_of(c: char) -> Option<[u8; 2]> {
    if c.is_ascii() {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(c.encode_utf8(&mut buffer));
    if unmappable { None } else { <[u8; 2]>::try_from(&*bytes).ok() }
}
