//! The one class that JavaScript sees.

use crate::clock;
use crate::types::{self, JsSearchOptions, JsSearchResults};
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

/// The index that the build script compiled; an engine for other indexes has none.
#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.suoyin"));
#[cfg(not(feature = "embedded"))]
static EMBEDDED: &[u8] = &[];

/// An opened index, ready to be searched.
#[wasm_bindgen]
pub struct Searcher {
    core: suoyin_core::Searcher<Cow<'static, [u8]>>,
}

#[wasm_bindgen]
impl Searcher {
    /// Opens the index inside this module, without copying it.
    ///
    /// Throws `not-an-index` where the module was compiled without one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Searcher, js_sys::Error> {
        Searcher::over(Cow::Borrowed(EMBEDDED))
    }

    /// Opens the bytes of an index.
    ///
    /// Throws `not-an-index`, `version`, `truncated` or `damaged`.
    pub fn open(bytes: Vec<u8>) -> Result<Searcher, js_sys::Error> {
        Searcher::over(Cow::Owned(bytes))
    }

    /// Finds the documents that answer the query, best first.
    ///
    /// Throws `bad-options`, or `damaged` where the index contradicts itself.
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
    #[wasm_bindgen(getter)]
    pub fn documents(&self) -> u32 {
        self.core.doc_count()
    }

    /// The version of the index format that this module reads.
    #[wasm_bindgen(getter, js_name = formatVersion)]
    pub fn format_version(&self) -> u32 {
        suoyin_core::FORMAT_VERSION
    }
}

impl Searcher {
    fn over(bytes: Cow<'static, [u8]>) -> Result<Searcher, js_sys::Error> {
        let core = suoyin_core::Searcher::open(bytes).map_err(types::error)?;
        Ok(Searcher { core })
    }
}
