//! The fold table: NFKC, case folding, accents, radicals and Han characters, for every character of Unicode.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use suoyin_core::analysis::fold::{FoldTable, Folded};

use super::ucd::Ucd;

/// Letters that Unicode does not decompose but people type plainly.
const LETTERS: [(char, &str); 13] = [
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ı', "i"),
    // In pinyin these two stand for plain a and g.
    ('ɑ', "a"),
    ('ɡ', "g"),
    // The fraction slash of ½.
    ('⁄', "/"),
];

pub(super) fn table(ucd: &Ucd, han: &BTreeMap<char, char>) -> Result<FoldTable> {
    let vanishing = vanishing(ucd);
    let mut folded: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for c in '\0'..=char::MAX {
        if vanishing.contains(&c) {
            folded.insert(c, Vec::new());
            continue;
        }
        let mut text = match c {
            // Behind a kana the spacing marks stand for the combining ones.
            '゛' => vec!['\u{3099}'],
            '゜' => vec!['\u{309a}'],
            _ => vec![c],
        };
        let mut steps = 0;
        loop {
            let next = step(ucd, han, &vanishing, &text);
            if next == text {
                break;
            }
            steps += 1;
            ensure!(steps < 10, "{c:?} folds in a circle: {text:?}");
            text = next;
        }
        if text != [c] {
            folded.insert(c, text);
        }
    }
    Ok(FoldTable::from_entries(folded.iter().map(|(&c, text)| match &text[..] {
        [] => (c, Folded::Vanish),
        [target] => (c, Folded::One(*target)),
        targets => (c, Folded::Many(targets)),
    })))
}

/// Marks and format characters, and with them whatever Unicode calls ignorable.
///
/// The voiced marks of kana stay: the analyzer composes them with the kana before.
fn vanishing(ucd: &Ucd) -> BTreeSet<char> {
    let marks =
        ucd.category.iter().filter(|(_, category)| matches!(&category[..], "Mn" | "Me" | "Cf"));
    let mut set: BTreeSet<char> = marks.map(|(&c, _)| c).collect();
    set.extend(&ucd.default_ignorable);
    set.extend('\u{1f3fb}'..='\u{1f3ff}'); // skin tones
    set.retain(|c| !is_voiced_mark(*c));
    set
}

fn is_voiced_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// One round of folding. Canonical decomposition comes first, so that texts that are canonically
/// equivalent fold alike (`ᾳ` like `α` and a mark).
fn step(
    ucd: &Ucd,
    han: &BTreeMap<char, char>,
    vanishing: &BTreeSet<char>,
    text: &[char],
) -> Vec<char> {
    let mut letters = ucd.decompose(text);
    letters.retain(|&c| !vanishing.contains(&c));
    let mut out = Vec::new();
    for c in letters.into_iter().flat_map(|c| ucd.case_fold(c)) {
        match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ if ucd.category.get(&c).is_some_and(|category| category == "Zs") => out.push(' '),
            _ => match LETTERS.iter().find(|(letter, _)| *letter == c) {
                Some((_, plain)) => out.extend(plain.chars()),
                None => out.push(
                    ucd.equivalent_ideograph(c).or_else(|| han.get(&c).copied()).unwrap_or(c),
                ),
            },
        }
    }
    ucd.compose(&out)
}
