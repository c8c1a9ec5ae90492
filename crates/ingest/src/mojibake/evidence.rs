//! What a document says about its own characters.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::gbk::character;
use super::{gloss, is_open};

/// What follows what in a document.
pub(super) struct Evidence<'a> {
    text: &'a str,
    /// Counted when first asked for.
    pairs: OnceCell<HashMap<(char, char), u32>>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(text: &'a str) -> Evidence<'a> {
        Evidence { text, pairs: OnceCell::new() }
    }

    pub(super) fn count(&self, before: char, c: char) -> u32 {
        let pairs = self.pairs.get_or_init(|| pairs(self.text));
        pairs.get(&(before, c)).copied().unwrap_or(0)
    }

    /// The character with this lead byte that follows `before` more than once, and twice as often as any
    /// other with it.
    pub(super) fn behind(&self, before: char, lead: u8) -> Option<char> {
        let (mut best, mut most, mut second) = (None, 0, 0);
        for c in (0x81..=0xFE).filter_map(|trail| character(lead, trail)) {
            let count = self.count(before, c);
            if count > most {
                (best, most, second) = (Some(c), count, most);
            } else {
                second = second.max(count);
            }
        }
        best.filter(|_| most >= 2 && most >= 2 * second)
    }
}

/// How often which character follows which, glosses aside.
fn pairs(text: &str) -> HashMap<(char, char), u32> {
    let mut pairs = HashMap::new();
    let mut previous = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_open(c)
            && let Some((_, len)) = gloss(&text[at..])
        {
            at += len;
            continue;
        }
        if let Some(previous) = previous {
            *pairs.entry((previous, c)).or_insert(0) += 1;
        }
        previous = (!c.is_ascii()).then_some(c);
        at += c.len_utf8();
    }
    pairs
}
