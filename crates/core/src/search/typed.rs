//! Finding what was typed in a text, as bytes and all patterns in one pass.

use crate::analysis::Match;
use crate::format::Structure;
use crate::{Error, analysis};
use std::ops::Range;

/// Matches that the choice of a passage considers: the first so many.
const MOST_MATCHES: usize = 256;
/// Bytes before and behind a match that its passage may need.
const BEFORE: usize = 256;
const BEHIND: usize = 640;

/// Patterns as they were typed.
pub(super) struct Typed<'q> {
    /// With the twelve bits of their first character, ascending by them.
    patterns: Vec<(usize, &'q [u8])>,
    /// Which characters a pattern starts with, by twelve bits of each: one bit.
    first: [u64; 64],
}

impl<'q> Typed<'q> {
    pub(super) fn new(patterns: &[&'q str]) -> Self {
        let mut typed: Vec<(usize, &[u8])> = Vec::new();
        let mut first = [0; 64];
        for pattern in patterns.iter().map(|pattern| pattern.as_bytes()) {
            if pattern.is_empty() {
                continue;
            }
            let (_, key) = character(pattern);
            first[key >> 6] |= 1 << (key & 63);
            typed.insert(typed.partition_point(|other| other.0 <= key), (key, pattern));
        }
        Typed { patterns: typed, first }
    }

    /// Where any of them stands in `text`, ascending, those that touch as one.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        let mut at = 0;
        while at < text.len() && matches.len() < MOST_MATCHES {
            let rest = &text[at..];
            let (len, key) = character(rest);
            if self.first[key >> 6] >> (key & 63) & 1 == 1 {
                // Inside a word nothing was typed.
                let inside = at > 0 && rest[0].is_ascii_alphanumeric();
                if inside && text[at - 1].is_ascii_alphanumeric() {
                    at += len;
                    continue;
                }
                let from = self.patterns.partition_point(|pattern| pattern.0 < key);
                let alike = self.patterns[from..].iter().take_while(|pattern| pattern.0 == key);
                for (_, pattern) in alike {
                    let end = at + pattern.len();
                    // Most that start alike end otherwise.
                    if text.get(end - 1) != pattern.last() || !rest.starts_with(pattern) {
                        continue;
                    }
                    match matches.last_mut() {
                        Some(last) if at <= last.end => last.end = last.end.max(end),
                        _ => matches.push(at..end),
                    }
                }
            }
            at += len;
        }
        matches
    }
}

/// The bytes of the character that `text`, not empty, starts with, and twelve bits that tell it from
/// most others.
#[inline]
fn character(text: &[u8]) -> (usize, usize) {
    let bits = |lead: u8, tail: u8| usize::from(lead & 63) << 6 | usize::from(tail & 63);
    match *text {
        [lead, ..] if lead < 0xc0 => (1, bits(lead, lead)),
        [lead, tail, ..] if lead < 0xe0 => (2, bits(lead, tail)),
        [lead, a, b, ..] if lead < 0xf0 => (3, bits(a, b)),
        [_, _, a, b, ..] => (4, bits(a, b)),
        _ => (1, 0),
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
    /// All of `text`.
    pub(super) fn whole(text: &'a [u8]) -> Result<Self, Error> {
        Region::new(text, 0..text.len())
    }

    /// The part of `text` that a passage around `found` can need.
    pub(super) fn around(text: &'a [u8], found: &Match) -> Result<Self, Error> {
        let (start, end) = (found.start.saturating_sub(BEFORE), found.end + BEHIND);
        Region::new(text, analysis::apart(text, start..end.min(text.len())))
    }

    fn new(text: &'a [u8], range: Range<usize>) -> Result<Self, Error> {
        let more = text[range.end..].iter().any(|byte| !byte.is_ascii_whitespace());
        match std::str::from_utf8(&text[range.clone()]) {
            Ok(text) => Ok(Region { text, start: range.start, more }),
            Err(_) => Err(Error::Damaged { structure: Structure::Texts.name() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_found_in_one_pass() {
        let text = "ab文明實踐é文明文明👍🏽文";
        let find = |patterns: &[&str]| -> Vec<String> {
            let typed = Typed::new(patterns);
            typed.find(text.as_bytes()).into_iter().map(|m| text[m].to_owned()).collect()
        };
        assert_eq!(find(&["文明"]), ["文明", "文明文明"]);
        assert_eq!(find(&["文明", "明實", "a"]), ["a", "文明實", "文明文明"]);
        assert_eq!(find(&["文明實", "ab", "a", "b"]), ["ab文明實"], "b is inside a word");
        assert_eq!(find(&["👍", "é", "文明實踐"]), ["文明實踐é", "👍"]);
        assert!(find(&["", "x", "文文"]).is_empty());
        let typed = Typed::new(&["文"]);
        assert!(typed.find(&[0xe6, 0x96]).is_empty() && typed.find(&[0xff; 9]).is_empty());
    }
}
