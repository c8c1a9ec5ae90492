//! The WebAssembly module of Suoyin: an index and the engine that searches it.
//!
//! The build script compiles the documents of `docs/`, or of the folder that `SUOYIN_DOCS` names,
//! into index bytes, and [`Searcher::embedded`] opens them where they lie in the module. No request
//! follows the one for the module itself. From JavaScript, after `wasm-pack build --target web`:
//!
//! ```js
//! import init, { Searcher } from "./pkg/suoyin.js";
//! await init();
//! const searcher = Searcher.embedded();
//! const { total, hits } = searcher.search("文明实践", { limit: 10 });
//! ```
//!
//! `new Searcher(bytes)` opens any other index, for instance one that was fetched. `www/client.js`
//! wraps both for pages.
//!
//! This crate only carries values across the boundary. [`suoyin_core`] analyzes the query, ranks and
//! cuts the snippets; its answer crosses as plain objects, field for field, with `took` added, the
//! time of the search in milliseconds. What fails throws an `Error` whose `name` is `SuoyinError`
//! and whose `code` says which of a few things went wrong.

mod clock;
mod searcher;
mod types;

pub use searcher::Searcher;
