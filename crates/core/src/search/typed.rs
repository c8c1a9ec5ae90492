//! Finding what was typed in a text that was not analyzed.

use super::finder::Finder;
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

/// Where any of `patterns`, as they were typed, stands in `text`, ascending, those that touch as one;
/// words must be `whole` or may go on.
pub(super) fn find_typed(patterns: &Finder, whole: bool, text: &[u8]) -> Vec<Found> {
    let mut matches: Vec<Found> = Vec::new();
    patterns.find(text, &mut |Match { start, end }, number| {
        // Inside a word nothing was typed.
        let in_word = |at: usize| {
            let around = text.get(at.wrapping_sub(1)..at + 1);
            around.is_some_and(|around| around.iter().all(u8::is_ascii_alphanumeric))
        };
        if in_word(start) || whole && in_word(end) {
            return true;
        }
        let patterns = bit(number);
        match matches.last_mut() {
            Some(last) if start <= last.range.end => {
                last.range.end = last.range.end.max(end);
                last.patterns |= patterns;
            }
            _ => matches.push(Found { range: start..end, patterns }),
        }
        matches.len() < MOST_MATCHES
    });
    matches
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
    fn what_was_typed_is_found_where_words_begin_and_joined_where_it_touches() {
        let text = "ab文明實踐é文明文明👍🏽文";
        let find_words = |patterns: &[&str], whole: bool| -> Vec<String> {
            let mut finder = Finder::new();
            patterns.iter().enumerate().for_each(|(number, pattern)| {
                finder.add(number, (*pattern).to_owned());
            });
            let found = find_typed(&finder, whole, text.as_bytes());
            found.into_iter().map(|found| text[found.range].to_owned()).collect()
        };
        let find = |patterns: &[&str]| find_words(patterns, true);
        assert_eq!(find(&["文明"]), ["文明", "文明文明"]);
        assert_eq!(find(&["文明", "明實", "a"]), ["文明實", "文明文明"], "not all of a word");
        assert_eq!(find_words(&["a"], false), ["a"]);
        assert_eq!(find(&["文明實", "ab", "a", "b"]), ["ab文明實"], "b is inside a word");
        assert_eq!(find(&["👍", "é", "文明實踐"]), ["文明實踐é", "👍"]);
        assert!(find(&["", "x", "文文"]).is_empty());
    }
}
