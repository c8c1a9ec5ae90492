//! The Unicode Character Database: the properties the fold table needs, and normalization by them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::sources::Sources;

/// Properties by character; those not here have the default.
#[derive(Default)]
pub(super) struct Ucd {
    /// General_Category of those assigned.
    pub(super) category: BTreeMap<char, String>,
    pub(super) default_ignorable: BTreeSet<char>,
    combining_class: BTreeMap<char, u8>,
    canonical: BTreeMap<char, Vec<char>>,
    compatibility: BTreeMap<char, Vec<char>>,
    composed: BTreeMap<(char, char), char>,
    case_folding: BTreeMap<char, Vec<char>>,
    equivalent_ideograph: BTreeMap<char, char>,
}

impl Ucd {
    pub(super) fn read(sources: &Sources) -> Result<Ucd> {
        let mut ucd = Ucd::default();
        ucd.read_unicode_data(&sources.unicode("UnicodeData.txt")?)?;

        let derived = sources.unicode("DerivedCoreProperties.txt")?;
        ucd.default_ignorable = property(&derived, "Default_Ignorable_Code_Point")?;
        let derived = sources.unicode("DerivedNormalizationProps.txt")?;
        let excluded = property(&derived, "Full_Composition_Exclusion")?;
        for (&c, decomposition) in &ucd.canonical {
            if let (&[a, b], false) = (&decomposition[..], excluded.contains(&c)) {
                ucd.composed.insert((a, b), c);
            }
        }
        for fields in fields(&sources.unicode("CaseFolding.txt")?) {
            if matches!(fields[1], "C" | "F") {
                ucd.case_folding.insert(scalar(fields[0])?, scalars(fields[2])?);
            }
        }
        for fields in fields(&sources.unicode("EquivalentUnifiedIdeograph.txt")?) {
            for c in range(fields[0])? {
                ucd.equivalent_ideograph.insert(c, scalar(fields[1])?);
            }
        }
        Ok(ucd)
    }

    fn read_unicode_data(&mut self, text: &str) -> Result<()> {
        let mut first = None;
        for line in text.lines() {
            let fields: Vec<&str> = line.split(';').collect();
            let Ok(c) = scalar(fields[0]) else { continue }; // surrogates
            if fields[1].ends_with(", First>") {
                first = Some(c);
                continue;
            }
            for c in first.take().unwrap_or(c)..=c {
                self.category.insert(c, fields[2].to_owned());
            }
            if fields[3] != "0" {
                self.combining_class.insert(c, fields[3].parse()?);
            }
            match fields[5].split_once("> ") {
                Some((_, decomposition)) => {
                    self.compatibility.insert(c, scalars(decomposition)?);
                }
                None if !fields[5].is_empty() => {
                    self.canonical.insert(c, scalars(fields[5])?);
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Full case folding.
    pub(super) fn case_fold(&self, c: char) -> Vec<char> {
        self.case_folding.get(&c).cloned().unwrap_or_else(|| vec![c])
    }

    /// The unified ideograph that a radical or stroke stands for.
    pub(super) fn equivalent_ideograph(&self, c: char) -> Option<char> {
        self.equivalent_ideograph.get(&c).copied()
    }

    /// NFKD.
    pub(super) fn decompose(&self, text: &[char]) -> Vec<char> {
        let mut out = Vec::new();
        for &c in text {
            self.decompose_one(c, &mut out);
        }
        // Canonical order: each run of marks by combining class, stable.
        let class = |c: &char| self.combining_class.get(c).copied().unwrap_or(0);
        for marks in out.chunk_by_mut(|a, b| class(a) != 0 && class(b) != 0) {
            marks.sort_by_key(class);
        }
        out
    }

    fn decompose_one(&self, c: char, out: &mut Vec<char>) {
        if let Some(syllable) = (c as u32).checked_sub(0xac00).filter(|&s| s < 11172) {
            let jamo =
                [0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11a7 + syllable % 28];
            let count = if syllable % 28 == 0 { 2 } else { 3 };
            out.extend(jamo[..count].iter().filter_map(|&jamo| char::from_u32(jamo)));
            return;
        }
        match self.canonical.get(&c).or_else(|| self.compatibility.get(&c)) {
            Some(decomposition) => decomposition.iter().for_each(|&c| self.decompose_one(c, out)),
            None => out.push(c),
        }
    }

    /// Canonical composition of what [`decompose`](Self::decompose) returned.
    pub(super) fn compose(&self, text: &[char]) -> Vec<char> {
        let class = |c: char| self.combining_class.get(&c).copied().unwrap_or(0);
        let mut out: Vec<char> = Vec::new();
        let mut starter = None;
        for &c in text {
            if let Some(at) = starter {
                let blocked =
                    out.len() > at + 1 && out.last().is_some_and(|&last| class(last) >= class(c));
                if let (false, Some(composed)) = (blocked, self.compose_pair(out[at], c)) {
                    out[at] = composed;
                    continue;
                }
            }
            if class(c) == 0 {
                starter = Some(out.len());
            }
            out.push(c);
        }
        out
    }

    fn compose_pair(&self, a: char, b: char) -> Option<char> {
        match (a as u32, b as u32) {
            (l @ 0x1100..=0x1112, v @ 0x1161..=0x1175) => {
                char::from_u32(0xac00 + (l - 0x1100) * 588 + (v - 0x1161) * 28)
            }
            (s @ 0xac00..=0xd7a3, t @ 0x11a8..=0x11c2) if (s - 0xac00) % 28 == 0 => {
                char::from_u32(s + t - 0x11a7)
            }
            _ => self.composed.get(&(a, b)).copied(),
        }
    }
}

/// The characters with a binary property.
pub(super) fn property(text: &str, name: &str) -> Result<BTreeSet<char>> {
    let mut set = BTreeSet::new();
    for fields in fields(text).filter(|fields| fields[1] == name) {
        set.extend(range(fields[0])?);
    }
    Ok(set)
}

/// The fields of each line that has any, comments left out.
fn fields(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split(';').map(str::trim).collect())
}

fn range(text: &str) -> Result<std::ops::RangeInclusive<char>> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    Ok(scalar(first)?..=scalar(last)?)
}

fn scalars(text: &str) -> Result<Vec<char>> {
    text.split(' ').map(scalar).collect()
}

fn scalar(text: &str) -> Result<char> {
    let scalar = u32::from_str_radix(text, 16)?;
    char::from_u32(scalar).with_context(|| format!("{text} is not a character"))
}
