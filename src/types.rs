//! What crosses to JavaScript: the options going in and the errors coming out, and how TypeScript
//! sees them and the [answer](crate::answer).

use suoyin_core::{Accepted, Error, Filter, Parameter, SearchOptions, Sort};
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
  /**
   * What counts more or less than the index says: BM25's `k1` (0.1 to 3) and `b` (0 to 1), the weights
   * of a term in the `title` (0 to 10), of `headings` that are clauses of the query (0 to 2) and of
   * single `characters` (0 to 2); the last two count nothing in shards.
   */
  ranking?: Partial<Record<"k1" | "b" | "title" | "headings" | "characters", number>> | null;
  /** Width of a snippet in columns, from 20 to 1,000; 160 by default. A Chinese character takes two. */
  snippetWidth?: number;
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
  /** Words of the query, and what was searched for them too, or instead. What that finds is related. */
  expanded?: { word: string; by: string }[];
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
    /// The options as JavaScript gives them.
    #[wasm_bindgen(typescript_type = "SearchOptions")]
    pub type JsSearchOptions;
    /// Keys and values, of a list too; a getter may throw.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn object_entries(object: &JsValue) -> Result<js_sys::Array, JsValue>;

    /// The answer as JavaScript gets it.
    #[wasm_bindgen(typescript_type = "SearchResults")]
    pub type JsSearchResults;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn hits(this: &JsSearchResults) -> js_sys::Array;
    #[wasm_bindgen(method, setter, structural)]
    pub(crate) fn set_took(this: &JsSearchResults, took: f64);

    pub(crate) type JsHit;
    #[wasm_bindgen(method, setter, structural)]
    pub(crate) fn set_score(this: &JsHit, score: f64);

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
    let Some(given) = given else { return Ok(options) };
    let mut complaint = "the options must be an object";
    let read = entries(given.as_ref(), &mut |key, value| {
        let Some(value) = present(value) else { return Some(()) };
        match &*key {
            "limit" | "offset" | "sections" | "snippetWidth" => {
                complaint = "limit, offset, sections and snippetWidth must be whole numbers from 0";
                let count = whole_number(value.as_f64()?)?;
                match &*key {
                    "limit" => options.limit = count,
                    "offset" => options.offset = count,
                    "sections" => options.sections = count,
                    _ => options.snippet_width = count,
                }
            }
            "filters" => {
                complaint =
                    "filters must be an object of texts, lists of texts or objects of from and to";
                entries(&value, &mut |field, value| {
                    read_filter(field, present(value), &mut options.filters)
                })?;
            }
            "ranking" => {
                complaint = "ranking must be an object of numbers within bounds: \
                    k1 0.1 to 3, b 0 to 1, title 0 to 10, headings and characters 0 to 2";
                entries(&value, &mut |name, value| {
                    let Some(value) = present(value) else { return Some(()) };
                    let setting = Parameter::named(&name)?.at(value.as_f64()? as f32)?;
                    options.ranking.push(setting);
                    Some(())
                })?;
            }
            "sort" => {
                complaint = "sort must be a text such as \"date:desc\"";
                options.sort = Some(Sort::parse(&value.as_string()?));
            }
            "facets" => {
                complaint = "facets must be a list of texts, or true";
                match value.as_bool() {
                    Some(true) => options.facets = fields.to_vec(),
                    Some(false) => {}
                    None => texts(&value, &mut |field| options.facets.push(field))?,
                }
            }
            _ => {}
        }
        Some(())
    });
    read.map(|()| options).ok_or_else(|| throwable(complaint, "bad-options"))
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

/// Reads what documents must have in `field`.
fn read_filter(field: String, given: Option<JsValue>, filters: &mut Vec<Filter>) -> Option<()> {
    let Some(given) = given else { return Some(()) };
    let mut push = |accepts| filters.push(Filter { field: field.clone(), accepts });
    if let Some(text) = given.as_string() {
        push(Accepted::Value(text));
        return Some(());
    }
    if js_sys::Array::is_array(&given) {
        return texts(&given, &mut |text| push(Accepted::Value(text)));
    }
    let (mut from, mut to) = (None, None);
    entries(&given, &mut |key, bound| {
        let Some(bound) = present(bound) else { return Some(()) };
        let place = match &*key {
            "from" => &mut from,
            "to" => &mut to,
            _ => return None,
        };
        *place = Some(bound.as_string()?);
        Some(())
    })?;
    push(Accepted::Range { from, to });
    Some(())
}

/// A JavaScript number as a count: whole, not negative, and at most what `u32` holds, which is more
/// than an index has documents; `Infinity` asks for all of them.
fn whole_number(value: f64) -> Option<usize> {
    (value >= 0.0 && (value.trunc() == value)).then(|| value.min(f64::from(u32::MAX)) as usize)
}

/// The JavaScript error for an error of the core.
pub(crate) fn error(error: Error) -> js_sys::Error {
    throwable(&error.message(), code(&error))
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

pub(crate) fn throwable(message: &str, code: &str) -> js_sys::Error {
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
