//! What a search gives back: the same fields in Rust, in JavaScript and in `suoyin search --json`.

use serde::{Serialize, Serializer};

/// Which part of the ranking to return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// At most so many hits.
    pub limit: usize,
    /// Leave out so many hits from the top.
    pub offset: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions { limit: 10, offset: 0 }
    }
}

/// The answer to one query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResults {
    /// The query as it was typed.
    pub query: String,
    /// Number of documents that match exactly: each clause stands in them, contiguously.
    pub total: u32,
    /// Number of further documents that only share terms with the query.
    pub related: u32,
    /// True when `total` is not zero.
    pub exact: bool,
    /// What else the query was widened by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expanded: Vec<Expansion>,
    /// Exact hits first, then related ones, each group by falling score.
    pub hits: Vec<Hit>,
}

/// A word of a query and one that was searched beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The word as it was typed.
    pub word: String,
    /// The other one.
    pub by: String,
}

/// One document found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// Where it leads, as the document gave it.
    pub url: String,
    /// The document's title.
    pub title: String,
    /// Matches in `title`: `[start, end)` in UTF-16 code units, ascending, apart from each other.
    pub title_highlights: Vec<[u32; 2]>,
    /// BM25 score; comparable within one answer only.
    pub score: f32,
    /// Whether each clause stands contiguously in the document.
    pub exact: bool,
    /// The passage that shows why.
    pub snippet: Snippet,
    /// The section of the best match, where the document has sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionHit>,
    /// The document's further fields, ascending by key; a map when serialized.
    #[serde(serialize_with = "as_map")]
    pub meta: Vec<(String, String)>,
}

/// A passage of the original text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The passage, with `…` where text was left out.
    pub text: String,
    /// Matches in `text`: `[start, end)` in UTF-16 code units, ascending, apart from each other.
    pub highlights: Vec<[u32; 2]>,
}

/// The section a hit stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionHit {
    /// The section's heading.
    pub title: String,
    /// The fragment that leads there, without `#`; may be empty.
    pub anchor: String,
}

/// Pairs as a map.
fn as_map<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
