//! What crosses to JavaScript: the options going in, the answer and the errors coming out.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use suoyin_core::{Error, SearchOptions, SearchResults};
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
  meta: Record<string, string>;
}

export interface SearchResults {
  query: string;
  /** Number of documents that match exactly. */
  total: number;
  /** Number of further documents that only share terms with the query. */
  related: number;
  exact: boolean;
  /** Words that the query was widened by: synonyms and regional words. */
  expanded?: { word: string; by: string }[];
  hits: Hit[];
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

/// Reads the options; what is left out or `null` keeps its default.
pub(crate) fn search_options(
    given: Option<JsSearchOptions>,
) -> Result<SearchOptions, js_sys::Error> {
    let mut options = SearchOptions::default();
    if let Some(given) = given {
        read_count(given.limit(), &mut options.limit, "limit must be a whole number from 0")?;
        read_count(given.offset(), &mut options.offset, "offset must be a whole number from 0")?;
    }
    Ok(options)
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
    }
}
