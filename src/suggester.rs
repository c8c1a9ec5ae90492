//! The one class of the module for suggestions.

use crate::types;
use js_sys::{Array, Object, Reflect};
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
    pub fn suggest(&self, query: &str, limit: u32) -> Array {
        self.core.suggest(query, limit as usize).iter().map(plain).collect()
    }

    /// At most `limit` ways to write out the pinyin in the query; they may stand nowhere.
    pub fn compose(&self, query: &str, limit: u32) -> Vec<String> {
        self.core.compose(query, limit as usize)
    }
}

/// The suggestion as a plain object.
fn plain(suggestion: &Suggestion) -> Object {
    let object = Object::new();
    let set = |key: &str, value: JsValue| {
        // Setting a field of a plain object does not fail.
        let _ = Reflect::set(&object, &key.into(), &value);
    };
    set("query", suggestion.query.as_str().into());
    set("kind", suggestion.kind.name().into());
    set("whole", suggestion.whole.into());
    object
}
