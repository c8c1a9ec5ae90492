//! The one class of the module for suggestions.

use crate::types;
use serde::ser::{Serialize, SerializeMap, Serializer};
use suoyin_suggest::Suggestion;
use wasm_bindgen::prelude::*;

/// Says what was meant.
#[wasm_bindgen]
pub struct Suggester {
    core: suoyin_suggest::Suggester,
}

#[wasm_bindgen]
impl Suggester {
    /// Opens the data that belong to an index.
    ///
    /// Throws `not-an-index`, `version`, `truncated` or `damaged`.
    pub fn open(bytes: &[u8]) -> Result<Suggester, js_sys::Error> {
        let core = suoyin_suggest::Suggester::open(bytes).map_err(types::error)?;
        Ok(Suggester { core })
    }

    /// At most `limit` phrases that the query may stand for, `{ query, kind, whole }` each.
    ///
    /// Throws `internal` where they cannot be handed over.
    pub fn suggest(&self, query: &str, limit: u32) -> Result<JsValue, js_sys::Error> {
        let suggestions = self.core.suggest(query, limit as usize);
        // Maps become plain objects.
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let list = serializer.collect_seq(suggestions.iter().map(Plain));
        list.map_err(|_| types::throwable("the suggestions could not be handed over", "internal"))
    }

    /// At most `limit` ways to write out the pinyin in the query; they may stand nowhere.
    pub fn compose(&self, query: &str, limit: u32) -> Vec<String> {
        self.core.compose(query, limit as usize)
    }
}

/// A suggestion as JavaScript gets it.
struct Plain<'a>(&'a Suggestion);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Suggestion { query, kind, whole } = self.0;
        // As a map: the library keeps the names of a struct's fields, with a hash map to find them in.
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("query", query)?;
        object.serialize_entry("kind", kind.name())?;
        object.serialize_entry("whole", whole)?;
        object.end()
    }
}
