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
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What was written here needs no look at whether it is JSON.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn parse(json: &str) -> JsSearchResults;
}

/// The answer, with the duration of the search in milliseconds.
pub(crate) fn results(results: &SearchResults, took: f64) -> JsSearchResults {
    let answer = hand_over(results);
    let hits = answer.hits();
    for (hit, at) in results.hits.iter().zip(0..) {
        hits.get(at).unchecked_into::<JsHit>().set_score(hit.score.into());
    }
    answer.set_took(took);
    answer
}

/// `{ missing: [name, …] }` in place of results.
#[cfg(feature = "shards")]
pub(crate) fn missing(shards: &[String]) -> JsSearchResults {
    #[derive(Serialize)]
    struct Missing<'a> {
        missing: &'a [String],
    }

    hand_over(&Missing { missing: shards })
}

fn hand_over(answer: &impl Serialize) -> JsSearchResults {
    let mut json = Vec::with_capacity(1 << 13);
    let mut serializer = serde_json::Serializer::with_formatter(&mut json, WholeNumbers);
    // Memory takes all that is written, and no key is anything but a text.
    let written = answer.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    // SAFETY: it is text, as in what the library itself writes to a `String`.
    parse(unsafe { str::from_utf8_unchecked(&json) })
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
