//! Finding what was typed in a text, as bytes and all patterns in one pass.

use super::scan::{Wanted, key};
use crate::analysis::Match;
use crate::format::Structure;
use crate::{Error, analysis};

/// Matches that the choice of a passage considers: the first so many.
const MOST_MATCHES: usize = 256;

/// A place in a text, and which patterns stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Match,
    /// A bit for each.
    pub(super) patterns: u64,
}

/// The bit of the pattern of this number: the last one is that of all from the 64th on.
pub(super) fn bit(number: usize) -> u64 {
    1 << number.min(63)
}

/// Patterns as they were typed.
pub(super) struct Typed<'q> {
    /// With the bits of their first character, and their number.
    patterns: Vec<(usize, usize, &'q [u8])>,
    /// What they start with.
    first: Wanted,
}

impl<'q> Typed<'q> {
    /// Patterns and their numbers.
    pub(super) fn new(patterns: &[(usize, &'q str)]) -> Self {
        let mut typed: Vec<(usize, usize, &[u8])> = Vec::new();
        let mut first = Wanted::none();
        for &(number, pattern) in patterns {
            let pattern = pattern.as_bytes();
            if pattern.is_empty() {
                continue;
            }
            let key = key(pattern);
            first.add(key);
            typed.push((key, number, pattern));
        }
        Typed { patterns: typed, first }
    }

    /// Where any of them stands in `text`, ascending, those that touch as one.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Found> {
        let mut matches: Vec<Found> = Vec::new();
        self.first.scan(text, &mut |at, key| {
            // Inside a word nothing was typed.
            if at > 0 && text[at].is_ascii_alphanumeric() && text[at - 1].is_ascii_alphanumeric() {
                return true;
            }
            for &(first, number, pattern) in &self.patterns {
                if first != key || !text[at..].starts_with(pattern) {
                    continue;
                }
                let end = at + pattern.len();
                let patterns = bit(number);
                match matches.last_mut() {
                    Some(last) if at <= last.range.end => {
                        last.range.end = last.range.end.max(end);
                        last.patterns |= patterns;
                    }
                    _ => matches.push(Found { range: at..end, patterns }),
                }
            }
            matches.len() < MOST_MATCHES
        });
        matches
    }
}

/// A part of a text, between characters that nothing reaches across.
pub(super) struct Region<'a> {
    pub(super) text: &'a str,
    /// Where it starts in the whole.
    pub(super) start: usize,
    /// Whether there is more of the whole behind it than white space.
    pub(super) more: bool,
}

impl<'a> Region<'a> {
    /// The part of `text` that a passage around the match at byte `at` can need, which has `lead`
    /// columns before it and `width` columns behind it.
    pub(super) fn around(
        text: &'a [u8],
        at: usize,
        lead: usize,
        width: usize,
    ) -> Result<Self, Error> {
        // No column takes more than three bytes.
        let (start, end) = (at.saturating_sub(3 * lead), at + 3 * width);
        let range = analysis::apart(text, start..end.min(text.len()));
        let more = text[range.end..].iter().any(|byte| !byte.is_ascii_whitespace());
        Ok(Region { text: utf8(&text[range.clone()])?, start: range.start, more })
    }
}

/// Stored text as such.
pub(super) fn utf8(text: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(text).map_err(|_| Error::Damaged { structure: Structure::Texts.name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_found_in_one_pass() {
        let text = "ab文明實踐é文明文明👍🏽文";
        let find = |patterns: &[&str]| -> Vec<String> {
            let numbered: Vec<(usize, &str)> = patterns.iter().copied().enumerate().collect();
            let found = Typed::new(&numbered).find(text.as_bytes());
            found.into_iter().map(|found| text[found.range].to_owned()).collect()
        };
        assert_eq!(find(&["文明"]), ["文明", "文明文明"]);
        assert_eq!(find(&["文明", "明實", "a"]), ["a", "文明實", "文明文明"]);
        assert_eq!(find(&["文明實", "ab", "a", "b"]), ["ab文明實"], "b is inside a word");
        assert_eq!(find(&["👍", "é", "文明實踐"]), ["文明實踐é", "👍"]);
        assert!(find(&["", "x", "文文"]).is_empty());
        let typed = Typed::new(&[(0, "文")]);
        assert!(typed.find(&[0xe6, 0x96]).is_empty() && typed.find(&[0xff; 9]).is_empty());
    }
}
