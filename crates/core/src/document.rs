//! The unit of search, as ingestion makes it and the store keeps it.

use std::collections::BTreeMap;

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
