//! The answer of a search as plain objects and arrays, field for field what `suoyin search --json`
//! prints, and `took`.
//!
//! It is written out by hand: a serializer takes six times the code.

use crate::types::JsSearchResults;
use js_sys::{Array, Object};
use suoyin_core::{FacetCount, Hit, SearchResults, Snippet};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A plain object, by its fields.
    #[wasm_bindgen(extends = Object)]
    type Fields;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Fields, field: &str, value: &JsValue);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_text(this: &Fields, field: &str, value: &str);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_number(this: &Fields, field: &str, value: f64);
}

impl Fields {
    fn new() -> Fields {
        Object::new().unchecked_into()
    }

    /// An object of texts.
    fn of_texts(texts: &[(&str, &str)]) -> Fields {
        let fields = Fields::new();
        for (field, text) in texts {
            fields.set_text(field, text);
        }
        fields
    }
}

/// The answer, with the duration of the search.
pub(crate) fn results(results: &SearchResults, milliseconds: f64) -> JsSearchResults {
    let fields = Fields::new();
    fields.set_text("query", &results.query);
    fields.set_number("total", results.total.into());
    fields.set_number("related", results.related.into());
    fields.set("exact", &results.exact.into());
    if !results.expanded.is_empty() {
        let expanded = Array::new();
        for expansion in &results.expanded {
            let texts = [("word", &*expansion.word), ("by", &*expansion.by)];
            expanded.push(&Fields::of_texts(&texts));
        }
        fields.set("expanded", &expanded);
    }
    let hits = Array::new();
    for result in &results.hits {
        hits.push(&hit(result));
    }
    fields.set("hits", &hits);
    if !results.facets.is_empty() {
        let facets = Fields::new();
        for (field, counts) in &results.facets {
            facets.set(field, &values(counts));
        }
        fields.set("facets", &facets);
    }
    fields.set_number("took", milliseconds);
    fields.unchecked_into()
}

/// `{ missing: [name, …] }` in place of results.
pub(crate) fn missing(shards: &[String]) -> JsSearchResults {
    let fields = Fields::new();
    fields.set("missing", &texts(shards));
    fields.unchecked_into()
}

/// A list of texts.
pub(crate) fn texts(texts: &[String]) -> Array {
    let list = Array::new();
    for text in texts {
        list.push(&text.into());
    }
    list
}

fn values(counts: &[FacetCount]) -> Array {
    let values = Array::new();
    for FacetCount { value, count } in counts {
        let fields = Fields::of_texts(&[("value", value)]);
        fields.set_number("count", (*count).into());
        values.push(&fields);
    }
    values
}

fn hit(hit: &Hit) -> Fields {
    let texts = [("id", &*hit.id), ("url", &*hit.url), ("title", &*hit.title)];
    let fields = Fields::of_texts(&texts);
    fields.set("titleHighlights", &highlights(&hit.title_highlights));
    fields.set_number("score", hit.score.into());
    fields.set("exact", &hit.exact.into());
    fields.set("snippet", &snippet(&hit.snippet));
    if let Some(section) = &hit.section {
        let texts = [("title", &*section.title), ("anchor", &*section.anchor)];
        fields.set("section", &Fields::of_texts(&texts));
    }
    if !hit.sections.is_empty() {
        let sections = Array::new();
        for section in &hit.sections {
            let texts = [("title", &*section.title), ("anchor", &*section.anchor)];
            let section_fields = Fields::of_texts(&texts);
            section_fields.set("snippet", &snippet(&section.snippet));
            sections.push(&section_fields);
        }
        fields.set("sections", &sections);
    }
    let meta = Fields::new();
    for (key, value) in &hit.meta {
        meta.set_text(key, value);
    }
    fields.set("meta", &meta);
    fields
}

fn snippet(snippet: &Snippet) -> Fields {
    let fields = Fields::of_texts(&[("text", &snippet.text)]);
    fields.set("highlights", &highlights(&snippet.highlights));
    fields
}

fn highlights(ranges: &[[u32; 2]]) -> Array {
    let highlights = Array::new();
    for &[start, end] in ranges {
        highlights.push(&Array::of2(&start.into(), &end.into()));
    }
    highlights
}
