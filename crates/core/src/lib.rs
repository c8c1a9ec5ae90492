//! The core of Suoyin: analyzer, index format, search and snippets.

#![forbid(unsafe_code)]

pub mod analysis;
mod document;
mod error;
pub mod format;
mod reader;
pub mod search;
mod writer;

pub use analysis::{Analyzer, FoldTable};
pub use document::{Document, Section};
pub use error::Error;
pub use format::FORMAT_VERSION;
pub use reader::IndexReader;
pub use search::Searcher;
pub use search::results::{Hit, SearchOptions, SearchResults, SectionHit, Snippet};
pub use writer::IndexWriter;

/// The number of a document in its index, from 0 in the order of adding.
pub type DocId = u32;
