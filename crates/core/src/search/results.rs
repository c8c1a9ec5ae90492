//! What a search gives back: the same fields in Rust, in JavaScript and in `suoyin search --json`.

use super::filters::{Filter, Sort};
use crate::format::ranking::Setting;
use serde::{Serialize, Serializer};

/// Which documents to find, in which order, and what to say of them.
///
/// ```
/// use suoyin_core::{Accepted, Filter, SearchOptions, Sort};
///
/// let options = SearchOptions {
///     filters: vec![Filter { field: "tags".into(), accepts: Accepted::Value("通知".into()) }],
///     sort: Some(Sort::parse("date:desc")),
///     ..SearchOptions::default()
/// };
/// # assert_eq!(options.limit, 10);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// At most so many hits.
    pub limit: usize,
    /// Leave out so many hits from the top.
    pub offset: usize,
    /// What the documents of the answer, exact and related, must have: of the filters on one field
    /// any will do, and every field must pass.
    pub filters: Vec<Filter>,
    /// What to sort by, exact hits first still; by falling score where there is none.
    pub sort: Option<Sort>,
    /// The fields of which values are to be counted.
    pub facets: Vec<String>,
    /// At most so many sections of each hit, as hits of their own.
    pub sections: usize,
    /// What counts more or less than the index says.
    pub ranking: Vec<Setting>,
    /// Width of a snippet in columns, `…` included, at most: 160 unless told otherwise, from 20 to
    /// 1,000. A CJK character takes two.
    pub snippet_width: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            filters: Vec::new(),
            sort: None,
            facets: Vec::new(),
            sections: 0,
            ranking: Vec::new(),
            snippet_width: 160,
        }
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
    /// Words of the query, and what was searched for them too, or instead; what only that finds is
    /// related.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expanded: Vec<Expansion>,
    /// Exact hits first, then related ones, each group by falling score or as it was to be sorted.
    pub hits: Vec<Hit>,
    /// The values of the fields that were to be counted, by falling count, then in their order: in
    /// how many of all exact matches each stands, whatever the filter on its own field says. A map
    /// when serialized.
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<(String, Vec<FacetCount>)>,
}

/// A value of a field, and how many documents have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// Number of documents.
    pub count: u32,
}

/// A word of a query and one that was searched beside it, or for it where no document has it.
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
    /// Sections that hold matches, the best first, if they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionMatch>,
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

/// A section that holds matches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SectionMatch {
    /// The section's heading.
    pub title: String,
    /// The fragment that leads there, without `#`; may be empty.
    pub anchor: String,
    /// The passage that shows why, the heading left out.
    pub snippet: Snippet,
}

/// Pairs as a map.
fn as_map<V: Serialize, S: Serializer>(
    pairs: &[(String, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
