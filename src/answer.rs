//! The answer of a search as JavaScript gets it: field for field what `suoyin search --json` prints,
//! and `took`.
//!
//! The answer becomes a tree of [`Value`]s first, and only that is serialized. A serializer is
//! compiled once for every type it is given, and for the types of the answer themselves it would be a
//! fifteenth of the engine.

use crate::types::JsSearchResults;
use serde::{Serialize, Serializer};
use suoyin_core::{FacetCount, Hit, SearchResults, SectionMatch, Snippet};
use wasm_bindgen::JsCast;

/// What JSON can say but for `null`, borrowed from the answer.
enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Flag(bool),
    List(Vec<Value<'a>>),
    Object(Vec<(&'a str, Value<'a>)>),
}

use Value::{Flag, List, Number, Object, Text};

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Text(text) => serializer.serialize_str(text),
            Number(number) => serializer.serialize_f64(*number),
            Flag(flag) => serializer.serialize_bool(*flag),
            List(items) => serializer.collect_seq(items),
            Object(fields) => {
                serializer.collect_map(fields.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

/// The answer, with the duration of the search in milliseconds.
pub(crate) fn results(results: &SearchResults, took: f64) -> Option<JsSearchResults> {
    let mut fields = vec![
        ("query", Text(&results.query)),
        ("total", Number(results.total.into())),
        ("related", Number(results.related.into())),
        ("exact", Flag(results.exact)),
    ];
    if !results.expanded.is_empty() {
        let expanded = results.expanded.iter();
        let expanded = expanded.map(|e| Object(vec![("word", Text(&e.word)), ("by", Text(&e.by))]));
        fields.push(("expanded", List(expanded.collect())));
    }
    fields.push(("hits", List(results.hits.iter().map(hit).collect())));
    if !results.facets.is_empty() {
        let counts = results
            .facets
            .iter()
            .map(|(field, counts)| (&**field, List(counts.iter().map(count).collect())));
        fields.push(("facets", Object(counts.collect())));
    }
    fields.push(("took", Number(took)));
    hand_over(fields)
}

/// `{ missing: [name, …] }` in place of results.
pub(crate) fn missing(shards: &[String]) -> Option<JsSearchResults> {
    hand_over(vec![("missing", List(shards.iter().map(|name| Text(name)).collect()))])
}

fn hand_over(fields: Vec<(&str, Value<'_>)>) -> Option<JsSearchResults> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Some(Object(fields).serialize(&serializer).ok()?.unchecked_into())
}

fn count(FacetCount { value, count }: &FacetCount) -> Value<'_> {
    Object(vec![("value", Text(value)), ("count", Number((*count).into()))])
}

fn hit(hit: &Hit) -> Value<'_> {
    let mut fields = vec![
        ("id", Text(&hit.id)),
        ("url", Text(&hit.url)),
        ("title", Text(&hit.title)),
        ("titleHighlights", highlights(&hit.title_highlights)),
        ("score", Number(hit.score.into())),
        ("exact", Flag(hit.exact)),
        ("snippet", snippet(&hit.snippet)),
    ];
    if let Some(section) = &hit.section {
        let section = vec![("title", Text(&section.title)), ("anchor", Text(&section.anchor))];
        fields.push(("section", Object(section)));
    }
    if !hit.sections.is_empty() {
        fields.push(("sections", List(hit.sections.iter().map(section).collect())));
    }
    let meta = hit.meta.iter().map(|(key, value)| (&**key, Text(value)));
    fields.push(("meta", Object(meta.collect())));
    Object(fields)
}

fn section(section: &SectionMatch) -> Value<'_> {
    Object(vec![
        ("title", Text(&section.title)),
        ("anchor", Text(&section.anchor)),
        ("snippet", snippet(&section.snippet)),
    ])
}

fn snippet(snippet: &Snippet) -> Value<'_> {
    Object(vec![("text", Text(&snippet.text)), ("highlights", highlights(&snippet.highlights))])
}

fn highlights(ranges: &[[u32; 2]]) -> Value<'static> {
    let pair = |range: &[u32; 2]| List(range.map(|at| Number(at.into())).into());
    List(ranges.iter().map(pair).collect())
}
