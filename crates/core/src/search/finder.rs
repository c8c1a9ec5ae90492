//! Looking for several patterns in one pass through a text.

use super::scan::{Wanted, key};
use crate::analysis::{Match, WORD_START};

/// Patterns that are looked for together, each with a number that tells it when it is found.
pub(super) struct Finder {
    patterns: Vec<Pattern>,
    /// The characters that they are looked for by.
    wanted: Wanted,
    /// That character, if it is one.
    sole: Option<char>,
    /// By the lowest bits of their keys: the last of the patterns that have them, one more than its
    /// place; zero if there is none.
    chains: [usize; 64],
    of_characters: bool,
}

struct Pattern {
    number: usize,
    text: String,
    /// Bytes before the character that it is looked for by.
    skipped: usize,
    /// The bits of that character.
    key: usize,
    /// The one before it in its chain, as `chains` has them.
    next: usize,
}

impl Finder {
    #[inline(never)]
    pub(super) fn new() -> Self {
        Finder {
            patterns: Vec::new(),
            wanted: Wanted::none(),
            sole: None,
            chains: [0; 64],
            of_characters: true,
        }
    }

    /// Adds a pattern, unless it is known or empty. Gives whether it was added.
    pub(super) fn add(&mut self, number: usize, text: String) -> bool {
        if text.is_empty() {
            return false;
        }
        let (mut skipped, mut greatest) = (0, WORD_START as u8);
        if text.starts_with(WORD_START) {
            // All words begin alike, and letters are many: an ideograph tells most. The greatest byte
            // is the first of a character.
            for (at, &byte) in text.as_bytes().iter().enumerate() {
                if byte > greatest {
                    (skipped, greatest) = (at, byte);
                }
            }
        }
        self.of_characters &= text.bytes().all(|byte| byte >= 0x80);
        let key = key(&text.as_bytes()[skipped..]);
        let last = &mut self.chains[key & 63];
        // A pasted text has so many patterns that comparing all of them would take seconds.
        let mut next = *last;
        while let Some(known) = self.patterns.get(next.wrapping_sub(1)) {
            if known.text == text {
                return false;
            }
            next = known.next;
        }
        let c = text[skipped..].chars().next();
        self.sole = c.filter(|_| self.patterns.is_empty() || self.sole == c);
        self.wanted.add(key);
        self.patterns.push(Pattern { number, text, skipped, key, next: *last });
        *last = self.patterns.len();
        true
    }

    /// Whether all patterns are of CJK characters next to each other.
    pub(super) fn is_of_characters(&self) -> bool {
        self.of_characters
    }

    /// Hands every occurrence in `text` to `found`, with its pattern's number, as long as that gives
    /// true; overlapping ones, too. Those of patterns that begin with no word ascend.
    pub(super) fn find(&self, text: &[u8], found: &mut dyn FnMut(Match, usize) -> bool) {
        self.wanted.scan(text, &mut |at, key| self.visit(text, at, key, found));
    }

    /// The same, faster where all patterns are looked for by one character.
    pub(super) fn find_in_text(&self, text: &str, found: &mut dyn FnMut(Match, usize) -> bool) {
        let [Pattern { key, .. }, ..] = self.patterns[..] else { return };
        let Some(c) = self.sole else { return self.find(text.as_bytes(), found) };
        let mut at = 0;
        while let Some(next) = text.get(at..).and_then(|rest| rest.find(c)) {
            at += next;
            if !self.visit(text.as_bytes(), at, key, found) {
                return;
            }
            at += c.len_utf8();
        }
    }

    /// Hands the patterns to `found` that stand where a character of this key is, at byte `at`.
    fn visit(
        &self,
        text: &[u8],
        at: usize,
        key: usize,
        found: &mut dyn FnMut(Match, usize) -> bool,
    ) -> bool {
        let mut next = self.chains[key & 63];
        while let Some(pattern) = self.patterns.get(next.wrapping_sub(1)) {
            next = pattern.next;
            let start = at.wrapping_sub(pattern.skipped);
            if pattern.key == key
                && text.get(start..).is_some_and(|rest| rest.starts_with(pattern.text.as_bytes()))
                && !found(start..start + pattern.text.len(), pattern.number)
            {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place of every pattern, by comparing at each.
    fn naive(patterns: &[&str], text: &str) -> Vec<(Match, usize)> {
        let mut found = Vec::new();
        for start in 0..text.len() {
            for (number, pattern) in patterns.iter().enumerate() {
                let first = patterns.iter().position(|other| other == pattern) == Some(number);
                if first
                    && !pattern.is_empty()
                    && text.as_bytes()[start..].starts_with(pattern.as_bytes())
                {
                    found.push((start..start + pattern.len(), number));
                }
            }
        }
        found
    }

    fn finder(patterns: &[&str]) -> Finder {
        let mut finder = Finder::new();
        for (number, pattern) in patterns.iter().enumerate() {
            finder.add(number, (*pattern).to_owned());
        }
        finder
    }

    fn find(patterns: &[&str], text: &[u8]) -> Vec<(Match, usize)> {
        let mut found = Vec::new();
        finder(patterns).find(text, &mut |range, number| {
            found.push((range, number));
            true
        });
        found
    }

    #[test]
    fn every_occurrence_of_every_pattern_is_found_once() {
        let characters = ["\u{2}", "\u{3}", "a", "网", "é"];
        let mut patterns = vec![String::new(), "\u{2}a网".to_owned(), "网a网".to_owned()];
        let mut text = String::new();
        for first in characters {
            patterns.push(first.to_owned());
            for second in characters {
                patterns.push([first, second].concat());
                for third in characters {
                    text.push_str(&[first, second, third].concat());
                }
            }
        }
        let sort = |found: &mut Vec<(Match, usize)>| {
            found.sort_by_key(|(range, number)| (range.start, *number));
        };
        for one in &patterns {
            for other in &patterns {
                let expected = naive(&[one, other], &text);
                let mut found = find(&[one, other], text.as_bytes());
                sort(&mut found);
                assert_eq!(found, expected, "{one} {other}");
                let mut in_text = Vec::new();
                finder(&[one, other]).find_in_text(&text, &mut |range, number| {
                    in_text.push((range, number));
                    true
                });
                sort(&mut in_text);
                assert_eq!(in_text, expected, "{one} {other}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_hold_nothing() {
        assert!(find(&["网", "\u{2}a"], &[0xe7, 0xbd]).is_empty());
        assert!(find(&["网", "\u{2}a"], b"a").is_empty());
    }
}
