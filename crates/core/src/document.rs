//! The unit of search, as ingestion makes it and the store keeps it.

use std::collections::BTreeMap;
use std::ops::Range;

/// One document: what is found, shown and linked to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Unique within an index: the path relative to the input folder, or the `id` of a JSON line.
    pub id: String,
    /// Where a hit leads: relative or absolute; checked by whoever makes a link of it.
    pub url: String,
    /// The title, not repeated in `text`.
    pub title: String,
    /// The body as it stands in the source, with glosses, wrapped lines and all.
    pub text: String,
    /// Headings inside `text`, in order of `start`.
    pub sections: Vec<Section>,
    /// Any further fields: `date`, `author`, `source`, `lang`, …
    pub meta: BTreeMap<String, String>,
    /// The fields it can be filtered, sorted and counted by, each with one value or several.
    pub facets: BTreeMap<String, Vec<String>>,
    /// What its score is multiplied by.
    pub weight: Weight,
    /// Parts of `text` that count for more or less than the rest: ranges of bytes, ascending and
    /// apart from each other.
    pub weighted: Vec<(Range<u32>, Weight)>,
}

/// How much something counts, from 0 to 10 in steps of 0.05; 1 unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight(u8);

impl Weight {
    /// What spam and boilerplate count: they are found, but behind all else and in no snippet.
    pub const DEMOTED: Weight = Weight(4);
    /// The weight of everything that is given none.
    pub const ONE: Weight = Weight(20);
    /// The highest weight: 10.
    pub const MAX: Weight = Weight(200);

    /// The nearest weight to `value`; what is no number counts one.
    pub fn new(value: f32) -> Weight {
        if value.is_nan() {
            return Weight::ONE;
        }
        Weight((value * 20.0 + 0.5) as u8).min(Weight::MAX)
    }

    /// As a factor.
    pub fn value(self) -> f32 {
        f32::from(self.0) / 20.0
    }

    /// The weight of so many twentieths, at most [`MAX`](Self::MAX).
    pub fn from_twentieths(twentieths: u8) -> Weight {
        Weight(twentieths).min(Weight::MAX)
    }

    /// In twentieths.
    pub fn twentieths(self) -> u8 {
        self.0
    }

    /// Whether what has it is kept out of snippets.
    pub fn is_demoted(self) -> bool {
        self <= Weight::DEMOTED
    }
}

impl Default for Weight {
    fn default() -> Self {
        Weight::ONE
    }
}

/// A part of a document under its own heading; it reaches to the start of the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's text.
    pub title: String,
    /// The fragment that leads there, without `#`; empty where the format has none.
    pub anchor: String,
    /// Byte offset in [`Document::text`] at which the section starts, its heading line included.
    pub start: u32,
}
