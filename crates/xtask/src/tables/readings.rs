//! The pinyin readings of Han characters, from Unihan.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use suoyin_core::analysis::fold::{FoldTable, Folded};
use suoyin_core::analysis::readings::{Readings, Syllable};

use super::sources::Sources;

/// What Unihan says of one character.
#[derive(Default)]
struct Entry {
    /// kHanyuPinlu: readings with how often they occurred in a corpus of modern texts.
    frequent: Vec<(Syllable, u32)>,
    /// kTGHZ2013, the standard of 8,105 characters.
    standard: Vec<Syllable>,
    /// kMandarin, the most customary reading.
    customary: Vec<Syllable>,
    /// kXHC1983, the dictionary 现代汉语词典.
    dictionary: Vec<Syllable>,
}

/// The readings of every folded character: those of all characters that fold to it, the most frequent
/// first, then the character's own, then the others'.
pub(super) fn table(sources: &Sources, fold: &FoldTable) -> Result<Readings> {
    let mut classes: BTreeMap<char, Vec<(char, Entry)>> = BTreeMap::new();
    for (c, entry) in entries(&sources.unicode("Unihan_Readings.txt")?)? {
        let folded = match fold.get(c) {
            Folded::Same => c,
            Folded::One(folded) => folded,
            Folded::Many(_) | Folded::Vanish => bail!("{c} does not fold to one character"),
        };
        classes.entry(folded).or_default().push((c, entry));
    }
    let mut pairs = Vec::new();
    for (folded, mut class) in classes {
        class.sort_by_key(|&(c, _)| (c != folded, c));
        let mut frequencies: BTreeMap<Syllable, u32> = BTreeMap::new();
        let mut readings = Vec::new();
        for (_, entry) in &class {
            for &(syllable, frequency) in &entry.frequent {
                *frequencies.entry(syllable).or_default() += frequency;
                readings.push(syllable);
            }
            readings.extend(entry.customary.iter().chain(&entry.standard).chain(&entry.dictionary));
        }
        let frequency = |syllable: &Syllable| frequencies.get(syllable).copied().unwrap_or(0);
        readings.sort_by_key(|syllable| std::cmp::Reverse(frequency(syllable)));
        pairs.extend(readings.into_iter().map(|syllable| (folded, syllable)));
    }
    Ok(Readings::from_pairs(pairs))
}

fn entries(text: &str) -> Result<BTreeMap<char, Entry>> {
    let mut entries: BTreeMap<char, Entry> = BTreeMap::new();
    for line in text.lines() {
        let [scalar, property, value] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if !matches!(property, "kHanyuPinlu" | "kTGHZ2013" | "kMandarin" | "kXHC1983") {
            continue;
        }
        let scalar = u32::from_str_radix(scalar.trim_start_matches("U+"), 16)?;
        let c = char::from_u32(scalar).with_context(|| line.to_owned())?;
        let entry = entries.entry(c).or_default();
        for item in value.split(' ') {
            match property {
                "kHanyuPinlu" => {
                    let (reading, rest) = item.split_once('(').with_context(|| line.to_owned())?;
                    let frequency = rest.trim_end_matches(')').parse()?;
                    entry.frequent.push((syllable(reading)?, frequency));
                }
                "kMandarin" => entry.customary.push(syllable(item)?),
                // Places in the book, a colon, readings.
                _ => {
                    let (_, readings) = item.split_once(':').with_context(|| line.to_owned())?;
                    let list = if property == "kTGHZ2013" {
                        &mut entry.standard
                    } else {
                        &mut entry.dictionary
                    };
                    for reading in readings.split(',') {
                        list.push(syllable(reading)?);
                    }
                }
            }
        }
    }
    Ok(entries)
}

/// A syllable with a tone mark, or without one in the neutral tone.
fn syllable(text: &str) -> Result<Syllable> {
    let plain = text.replace('ü', "v");
    Syllable::parse(text)
        .or_else(|| Syllable::new(&plain, 5))
        .with_context(|| format!("{text:?} is not a syllable"))
}
