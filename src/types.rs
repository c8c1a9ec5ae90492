//! What crosses to JavaScript: the options going in, the answer and the errors coming out.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use suoyin_core::{Accepted, Error, Filter, SearchOptions, SearchResults, Sort};
use wasm_bindgen::prelude::*;

// The TypeScript face of `SearchOptions` and `SearchResults`; field for field what
// `suoyin search --json` prints, and `took`.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
export interface SearchOptions {
  /** At most so many hits; 10 by default. */
  limit?: number;
  /** Leave out so many hits from the top; 0 by default. */
  offset?: number;
  /**
   * What documents must have, by field: a value, one of several, or one within bounds, inclusive; a
   * document passes if it does so for every field. Bounds compare as texts, and `to: "2023"` goes to
   * the end of that year; numbers compare as numbers.
   */
  filters?: Record<string, string | string[] | { from?: string; to?: string } | null | undefined> | null;
  /** A field and a direction, such as `date:desc`; by relevance where there is none. */
  sort?: string | null;
  /** The fields of which values are to be counted; `true` for all that the index has. */
  facets?: string[] | boolean | null;
  /** At most so many sections of each hit, as hits of their own; 0 by default. */
  sections?: number;
}

/** Matches, `[start, end)` in UTF-16 code units, ascending, apart from each other. */
export type Highlights = [start: number, end: number][];

export interface Hit {
  id: string;
  /** As the document gave it: check it before making a link of it. */
  url: string;
  title: string;
  titleHighlights: Highlights;
  score: number;
  /** Whether the whole query stands in the document. */
  exact: boolean;
  snippet: { text: string; highlights: Highlights };
  section?: { title: string; anchor: string };
  /** Sections that hold matches, the best first, if they were asked for. */
  sections?: { title: string; anchor: string; snippet: { text: string; highlights: Highlights } }[];
  meta: Record<string, string>;
}

export interface SearchResults {
  query: string;
  /** Number of documents that match exactly. */
  total: number;
  /** Number of further documents that only share terms with the query. */
  related: number;
  exact: boolean;
  hits: Hit[];
  /**
   * In how many of all exact matches each value of a field stands, whatever the filter on its own
   * field says; by falling count, at most a thousand values.
   */
  facets?: Record<string, { value: string; count: number }[]>;
  /** Duration of the search in milliseconds. */
  took: number;
}

/** What the module throws. */
export interface SuoyinError extends Error {
  name: "SuoyinError";
  code: "not-an-index" | "version" | "truncated" | "damaged" | "bad-options" | "internal";
}
"#;

#[wasm_bindgen]
extern "C" {
    /// The options as JavaScript gives them; a getter may throw.
    #[wasm_bindgen(typescript_type = "SearchOptions")]
    pub type JsSearchOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn limit(this: &JsSearchOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn offset(this: &JsSearchOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn filters(this: &JsSearchOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn sort(this: &JsSearchOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn facets(this: &JsSearchOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn sections(this: &JsSearchOptions) -> Result<JsValue, JsValue>;

    /// Keys and values, of a list too.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn object_entries(object: &JsValue) -> Result<js_sys::Array, JsValue>;

    /// The answer as JavaScript gets it.
    #[wasm_bindgen(typescript_type = "SearchResults")]
    pub type JsSearchResults;
    #[wasm_bindgen(method, setter, structural)]
    fn set_took(this: &JsSearchResults, milliseconds: f64);

    /// An `Error` with the field that programs look at.
    #[wasm_bindgen(extends = js_sys::Error)]
    type SuoyinError;
    #[wasm_bindgen(method, setter, structural)]
    fn set_code(this: &SuoyinError, code: &str);
}

/// Reads the options; what is left out or `null` keeps its default. `fields` are those of the index.
pub(crate) fn search_options(
    given: Option<JsSearchOptions>,
    fields: &[String],
) -> Result<SearchOptions, js_sys::Error> {
    let mut options = SearchOptions::default();
    if let Some(given) = given {
        read_count(given.limit(), &mut options.limit, "limit must be a whole number from 0")?;
        read_count(given.offset(), &mut options.offset, "offset must be a whole number from 0")?;
        read_count(
            given.sections(),
            &mut options.sections,
            "sections must be a whole number from 0",
        )?;
        let bad = |complaint| move || throwable(complaint, "bad-options");
        options.filters = filters(given.filters()).ok_or_else(bad(
            "filters must be an object of texts, lists of texts and objects with from and to",
        ))?;
        options.sort =
            sort(given.sort()).ok_or_else(bad("sort must be a text such as \"date:desc\""))?;
        options.facets = facets(given.facets(), fields)
            .ok_or_else(bad("facets must be a list of texts, or true"))?;
    }
    Ok(options)
}

/// A value that was given; none where it is left out or `null`.
fn present(value: JsValue) -> Option<JsValue> {
    if value.is_undefined() || value.is_null() { None } else { Some(value) }
}

/// Hands the keys and values of an object or list to `each`; none where it is neither, or `each`
/// gives none.
fn entries(object: &JsValue, each: &mut dyn FnMut(String, JsValue) -> Option<()>) -> Option<()> {
    if !object.is_object() {
        return None;
    }
    let pairs = object_entries(object).ok()?;
    for i in 0..pairs.length() {
        let pair: js_sys::Array = pairs.get(i).unchecked_into();
        each(pair.get(0).as_string()?, pair.get(1))?;
    }
    Some(())
}

fn texts(list: &JsValue, each: &mut dyn FnMut(String)) -> Option<()> {
    entries(list, &mut |_, text| text.as_string().map(&mut *each))
}

fn filters(given: Result<JsValue, JsValue>) -> Option<Vec<Filter>> {
    let mut filters = Vec::new();
    if let Some(given) = present(given.ok()?) {
        entries(&given, &mut |field, value| {
            let mut filter = Filter { field, any_of: Vec::new() };
            if let Some(value) = present(value) {
                read_filter(&value, &mut filter.any_of)?;
            }
            filters.push(filter);
            Some(())
        })?;
    }
    Some(filters)
}

fn read_filter(given: &JsValue, any_of: &mut Vec<Accepted>) -> Option<()> {
    let mut push = |text| any_of.push(Accepted::Value(text));
    if let Some(text) = given.as_string() {
        push(text);
        return Some(());
    }
    if js_sys::Array::is_array(given) {
        return texts(given, &mut push);
    }
    let (mut from, mut to) = (None, None);
    entries(given, &mut |key, bound| {
        let Some(bound) = present(bound) else { return Some(()) };
        let place = match &*key {
            "from" => &mut from,
            "to" => &mut to,
            _ => return None,
        };
        *place = Some(bound.as_string()?);
        Some(())
    })?;
    any_of.push(Accepted::Range { from, to });
    Some(())
}

fn sort(given: Result<JsValue, JsValue>) -> Option<Option<Sort>> {
    let Some(given) = present(given.ok()?) else { return Some(None) };
    given.as_string().map(|text| Some(Sort::parse(&text)))
}

fn facets(given: Result<JsValue, JsValue>, fields: &[String]) -> Option<Vec<String>> {
    let mut facets = Vec::new();
    match present(given.ok()?) {
        Some(given) if given.as_bool().is_none() => texts(&given, &mut |field| facets.push(field))?,
        Some(given) if given.is_truthy() => facets.extend_from_slice(fields),
        _ => {}
    }
    Some(facets)
}

fn read_count(
    given: Result<JsValue, JsValue>,
    count: &mut usize,
    complaint: &str,
) -> Result<(), js_sys::Error> {
    match given {
        Ok(value) if value.is_undefined() || value.is_null() => Ok(()),
        Ok(value) => {
            *count = value
                .as_f64()
                .and_then(whole_number)
                .ok_or_else(|| throwable(complaint, "bad-options"))?;
            Ok(())
        }
        Err(_) => Err(throwable(complaint, "bad-options")),
    }
}

/// A JavaScript number as a count: whole, not negative, and at most what `u32` holds, which is more
/// than an index has documents; `Infinity` asks for all of them.
fn whole_number(value: f64) -> Option<usize> {
    (value >= 0.0 && (value.trunc() == value)).then(|| value.min(f64::from(u32::MAX)) as usize)
}

/// The answer as plain objects and arrays, with the duration of the search.
pub(crate) fn search_results(
    results: &SearchResults,
    milliseconds: f64,
) -> Result<JsSearchResults, js_sys::Error> {
    let value = results
        .serialize(&Serializer::json_compatible())
        .map_err(|_| throwable("the results could not be handed over", "internal"))?;
    let results: JsSearchResults = value.unchecked_into();
    results.set_took(milliseconds);
    Ok(results)
}

/// `{ missing: [name, …] }` in place of results.
pub(crate) fn missing(shards: &[String]) -> JsSearchResults {
    let answer = js_sys::Object::new();
    let names: js_sys::Array = shards.iter().map(JsValue::from).collect();
    // Setting a field of a plain object does not fail.
    let _ = js_sys::Reflect::set(&answer, &"missing".into(), &names);
    JsValue::from(answer).unchecked_into()
}

/// The JavaScript error for an error of the core.
pub(crate) fn error(error: Error) -> js_sys::Error {
    throwable(&error.to_string(), code(&error))
}

/// The short name by which programs tell errors apart; part of the interface.
fn code(error: &Error) -> &'static str {
    match error {
        Error::NotAnIndex => "not-an-index",
        Error::Version { .. } => "version",
        Error::Truncated { .. } => "truncated",
        Error::Damaged { .. } => "damaged",
        Error::NoField { .. } => "bad-options",
        // What is left can only happen while an index is written.
        _ => "internal",
    }
}

fn throwable(message: &str, code: &str) -> js_sys::Error {
    let error: SuoyinError = JsValue::from(js_sys::Error::new(message)).unchecked_into();
    error.set_name("SuoyinError");
    error.set_code(code);
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(whole_number(0.0), Some(0));
        assert_eq!(whole_number(10.0), Some(10));
        assert_eq!(whole_number(f64::INFINITY), Some(u32::MAX as usize));
        for wrong in [-1.0, 0.5, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(whole_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn codes() {
        assert_eq!(code(&Error::NotAnIndex), "not-an-index");
        assert_eq!(code(&Error::Version { found: 9, supported: 1 }), "version");
        assert_eq!(code(&Error::Truncated { expected: 2, found: 1 }), "truncated");
        assert_eq!(code(&Error::Damaged { structure: "store" }), "damaged");
        let no_field = Error::NoField { field: "day".into(), known: Vec::new() };
        assert_eq!(code(&no_field), "bad-options");
    }
}
