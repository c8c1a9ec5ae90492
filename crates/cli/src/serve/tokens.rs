//! What becomes of a text: its tokens, by the index's own analyzer.

use serde::{Deserialize, Serialize};
use suoyin_core::Analyzer;
use suoyin_core::analysis::{self, Token};

/// Whose tokens are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    /// Those of a document.
    #[default]
    Index,
    /// Those of a clause of a query.
    Query,
}

/// The tokens of a text.
#[derive(Serialize)]
pub(super) struct Tokens {
    text: String,
    side: Side,
    tokens: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    text: String,
    /// In slots.
    position: u32,
    /// `[start, end)` in bytes of the text.
    bytes: [u32; 2],
    /// The same in UTF-16 code units.
    utf16: [u32; 2],
}

impl Tokens {
    pub(super) fn of(analyzer: &Analyzer, text: String, side: Side) -> Tokens {
        let core_side = match side {
            Side::Index => analysis::Side::Index,
            Side::Query => analysis::Side::Query,
        };
        let mut units = Utf16::new(&text);
        let show = |Token { text, place }: Token| Shown {
            text,
            position: place.position,
            bytes: [place.start, place.end],
            utf16: [place.start, place.end].map(|byte| units.at(byte as usize)),
        };
        let tokens = analyzer.tokens(&text, core_side).into_iter().map(show).collect();
        Tokens { text, side, tokens }
    }
}

/// From bytes to UTF-16 code units, quickest for bytes that ascend.
struct Utf16<'a> {
    text: &'a str,
    byte: usize,
    unit: u32,
}

impl<'a> Utf16<'a> {
    fn new(text: &'a str) -> Self {
        Utf16 { text, byte: 0, unit: 0 }
    }

    fn at(&mut self, byte: usize) -> u32 {
        let count = |range: &str| range.chars().map(|c| c.len_utf16() as u32).sum::<u32>();
        if byte >= self.byte {
            self.unit += count(&self.text[self.byte..byte]);
        } else {
            self.unit -= count(&self.text[byte..self.byte]);
        }
        self.byte = byte;
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_both_ways() {
        let text = "a𠮷野é🍙";
        let mut units = Utf16::new(text);
        for byte in [0, 1, 5, 8, 10, 14, 5, 1, 10] {
            assert_eq!(units.at(byte) as usize, text[..byte].encode_utf16().count(), "{byte}");
        }
    }
}
