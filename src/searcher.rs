//! The one class that JavaScript sees.

use crate::types::{self, JsSearchOptions, JsSearchResults};
use crate::{answer, clock};
use std::borrow::Cow;
use suoyin_core::Error;
use wasm_bindgen::prelude::*;

/// The indexes that this engine searches.
#[cfg(not(feature = "shards"))]
type Core = suoyin_core::Searcher<suoyin_core::Whole<Cow<'static, [u8]>>>;
#[cfg(feature = "shards")]
type Core = suoyin_core::Searcher<suoyin_core::Sharded>;

#[cfg(not(feature = "shards"))]
fn open(bytes: Cow<'static, [u8]>) -> Result<Core, Error> {
    Core::open(bytes)
}
#[cfg(feature = "shards")]
fn open(root: Cow<'static, [u8]>) -> Result<Core, Error> {
    Core::open_root(root.into_owned())
}

/// The index that the build script compiled; an engine for other indexes has none.
#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.suoyin"));
#[cfg(not(feature = "embedded"))]
static EMBEDDED: &[u8] = &[];

/// An opened index, ready to be searched.
#[wasm_bindgen]
pub struct Searcher {
    core: Core,
}

#[wasm_bindgen]
impl Searcher {
    /// Opens the index inside this module, without copying it.
    ///
    /// Throws `not-an-index` where the module was compiled without one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Searcher, js_sys::Error> {
        Searcher::over(open(EMBEDDED.into()))
    }

    /// Opens the bytes of an index, or, in the engine for shards, those of its root.
    ///
    /// Throws `not-an-index`, `version`, `truncated` or `damaged`.
    pub fn open(bytes: Vec<u8>) -> Result<Searcher, js_sys::Error> {
        Searcher::over(open(bytes.into()))
    }

    /// Takes the shard of this name, relative to the root.
    ///
    /// Throws `damaged` where the bytes are not those of this shard.
    #[cfg(feature = "shards")]
    pub fn load(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), js_sys::Error> {
        self.core.load(name, bytes).map_err(types::error)
    }

    /// Finds the documents that answer the query, best first; or, in an index in shards, names those
    /// that it lacks.
    ///
    /// Throws `bad-options`, or `damaged` where the index contradicts itself.
    pub fn search(
        &self,
        query: &str,
        options: Option<JsSearchOptions>,
    ) -> Result<JsSearchResults, js_sys::Error> {
        let options = types::search_options(options, self.core.facets())?;
        let start = clock::now();
        match self.core.search(query, &options) {
            Ok(results) => Ok(answer::results(&results, clock::now() - start)),
            #[cfg(feature = "shards")]
            Err(Error::Missing { shards }) => Ok(answer::missing(&shards)),
            Err(error) => Err(types::error(error)),
        }
    }

    /// The fields that documents can be filtered, sorted and counted by.
    #[wasm_bindgen(getter)]
    pub fn facets(&self) -> Vec<String> {
        self.core.facets().to_vec()
    }

    /// Where the query's clauses stand in any `text`, or, unless `whole` asks for these only and none
    /// does, its terms: starts and ends by turns, in UTF-16 code units, ascending, apart from each
    /// other.
    pub fn highlights(&self, query: &str, text: &str, whole: bool) -> Vec<u32> {
        self.core.highlights(query, text, whole).into_flattened()
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
    fn over(core: Result<Core, Error>) -> Result<Searcher, js_sys::Error> {
        core.map(|core| Searcher { core }).map_err(types::error)
    }
}
