//! The one class that JavaScript sees.

use crate::clock;
use crate::types::{self, JsSearchOptions, JsSearchResults};
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

/// The index that the build script compiled.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.suoyin"));

/// An opened index, ready to be searched.
#[wasm_bindgen]
pub struct Searcher {
    core: suoyin_core::Searcher<suoyin_core::Whole<Cow<'static, [u8]>>>,
}

#[wasm_bindgen]
impl Searcher {
    /// Opens the index inside this module, without copying it.
    pub fn embedded() -> Result<Searcher, js_sys::Error> {
        Searcher::open(Cow::Borrowed(EMBEDDED))
    }

    /// Opens the bytes of an index file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Searcher, js_sys::Error> {
        Searcher::open(Cow::Owned(bytes))
    }

    /// Finds the documents that answer the query, best first.
    pub fn search(
        &self,
        query: &str,
        options: Option<JsSearchOptions>,
    ) -> Result<JsSearchResults, js_sys::Error> {
        let options = types::search_options(options)?;
        let start = clock::now();
        let results = self.core.search(query, &options).map_err(types::error)?;
        types::search_results(&results, clock::now() - start)
    }

    /// How many documents the index holds.
    #[wasm_bindgen(getter, js_name = documentCount)]
    pub fn document_count(&self) -> u32 {
        self.core.doc_count()
    }

    /// The version of the index format that this module reads.
    #[wasm_bindgen(getter, js_name = formatVersion)]
    pub fn format_version(&self) -> u32 {
        suoyin_core::FORMAT_VERSION
    }
}

impl Searcher {
    fn open(bytes: Cow<'static, [u8]>) -> Result<Searcher, js_sys::Error> {
        let core = suoyin_core::Searcher::open(bytes).map_err(types::error)?;
        Ok(Searcher { core })
    }
}
