//! The answer of a search as JavaScript gets it: field for field what `suoyin search --json` prints,
//! and `took`.
//!
//! It crosses as JSON, in one text, which takes half the time of crossing once for each of its
//! objects, keys and strings. Numbers with a fraction are set afterwards: to write and to read them
//! alike takes more code than all the rest.

use crate::types::{JsHit, JsSearchResults};
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{Result, Write};
use suoyin_core::SearchResults;
use suoyin_core::digits::decimal;
use wasm_bindgen::JsCast;

/// The answer, with the duration of the search in milliseconds.
pub(crate) fn results(results: &SearchResults, took: f64) -> Option<JsSearchResults> {
    let answer: JsSearchResults = hand_over(results)?;
    let hits = answer.hits();
    for (hit, at) in results.hits.iter().zip(0..) {
        hits.get(at).unchecked_into::<JsHit>().set_score(hit.score.into());
    }
    answer.set_took(took);
    Some(answer)
}

/// `{ missing: [name, …] }` in place of results.
#[cfg(feature = "shards")]
pub(crate) fn missing(shards: &[String]) -> Option<JsSearchResults> {
    #[derive(Serialize)]
    struct Missing<'a> {
        missing: &'a [String],
    }

    hand_over(&Missing { missing: shards })
}

fn hand_over(answer: &impl Serialize) -> Option<JsSearchResults> {
    let mut json = Vec::with_capacity(1 << 13);
    answer.serialize(&mut serde_json::Serializer::with_formatter(&mut json, WholeNumbers)).ok()?;
    // SAFETY: it is text, as in what the library itself writes to a `String`.
    let json = unsafe { String::from_utf8_unchecked(json) };
    Some(js_sys::JSON::parse(&json).ok()?.unchecked_into())
}

/// Compact JSON with 0 for every score.
struct WholeNumbers;

impl Formatter for WholeNumbers {
    fn write_u32<W: ?Sized + Write>(&mut self, json: &mut W, number: u32) -> Result<()> {
        json.write_all(decimal(number.into()).as_bytes())
    }

    fn write_f32<W: ?Sized + Write>(&mut self, json: &mut W, _: f32) -> Result<()> {
        json.write_all(b"0")
    }
}
