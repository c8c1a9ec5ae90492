//! The WebAssembly module of Suoyin: an index and the engine that searches it.
//!
//! The build script compiles the documents of `docs/`, or of the folder that `SUOYIN_DOCS` names,
//! into index bytes, and [`Searcher::new`] opens them where they lie in the module. No request
//! follows the one for the module itself. From JavaScript, after `wasm-pack build --target web`:
//!
//! ```js
//! import init, { Searcher } from "./pkg/suoyin.js";
//! await init({ module_or_path: "./pkg/suoyin_bg.wasm" });
//! const searcher = new Searcher();
//! const { total, hits } = searcher.search("文明实践", { limit: 10 });
//! ```
//!
//! [`Searcher::open`] opens any other index, for instance one that was fetched. Without the feature
//! `embedded` there is no index in the module and it needs no documents: this is the engine that the
//! `suoyin` command carries and writes indexes into. `www/client.js` wraps both for pages.
//!
//! This crate only carries values across the boundary. [`suoyin_core`] analyzes the query, ranks and
//! cuts the snippets; its answer crosses as JSON and becomes plain objects, field for field, with
//! `took` added, the time of the search in milliseconds. What fails throws an `Error` whose `name` is
//! `SuoyinError` and whose `code` says which of a few things went wrong.
//!
//! With the feature `suggest` this is another module, which searches nothing: the crate
//! `suoyin-suggest` for pages.

#[cfg(not(feature = "suggest"))]
mod answer;
#[cfg(not(feature = "suggest"))]
mod clock;
#[cfg(not(feature = "suggest"))]
mod searcher;
#[cfg(feature = "suggest")]
mod suggester;
// Only the errors are the same there.
#[cfg_attr(feature = "suggest", allow(dead_code))]
mod types;

#[cfg(not(feature = "suggest"))]
pub use searcher::Searcher;
#[cfg(feature = "suggest")]
pub use suggester::Suggester;

/// Half the size of the standard library's allocator.
// Sound where there is one thread: this module is compiled without threads.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::TalckWasm = unsafe { talc::TalckWasm::new_global() };
