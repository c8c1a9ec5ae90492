//! The core of Suoyin: full-text search for Chinese first, as an index in one slice of bytes.
//!
//! Documents go in, bytes come out; the same bytes are searched where they lie, natively or in a
//! browser. Nothing here reads files, asks the time or knows of a page.
//!
//! ```
//! use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher};
//!
//! let mut writer = IndexWriter::new();
//! writer.add(&Document {
//!     id: "notice.txt".into(),
//!     url: "notice.txt".into(),
//!     title: "停電通知".into(),
//!     text: "本週六網絡維護，因地制\n宜安排。".into(),
//!     ..Document::default()
//! })?;
//! let index: Vec<u8> = writer.finish()?;
//!
//! let searcher = Searcher::open(&index[..])?;
//! for query in ["网络", "因地制宜", "停电"] {
//!     let results = searcher.search(query, &SearchOptions::default())?;
//!     assert_eq!(results.total, 1, "{query}");
//! }
//! # Ok::<(), suoyin_core::Error>(())
//! ```
//!
//! # A map of the types
//!
//! - [`Document`] is what is indexed, [`IndexWriter`] makes an index of many; [`SegmentBuilder`] lets
//!   several threads analyze them.
//! - [`IndexReader`] opens the bytes: term index, blocks, postings, texts. [`Searcher`] answers
//!   queries over it, as [`SearchResults`] of [`Hit`]s with a [`Snippet`] each, and explains them.
//! - An index may be in shards instead ([`IndexWriter::finish_shards`], [`Searcher::open_root`]): a
//!   search then fails with [`Error::Missing`] until what it needs has been loaded. [`Whole`] and
//!   [`Sharded`] are the two [`search::Source`]s of a searcher.
//! - [`Analyzer`] is shared by both sides: [`analysis`] tells what becomes of text, and with which
//!   tables. [`format`](mod@format) holds the structures of the index, one module each.
//!
//! # What an exact match is
//!
//! A query is cut into clauses at white space and CJK punctuation. A document matches exactly when
//! each clause stands in its title or its text contiguously: any substring of CJK or Hangul, but
//! whole words of letters and digits. Clauses joined by `|` are alternatives, `-` excludes, `title:`
//! and `*` ask for the title and the beginning of a word ([`search::query`]). Scripts, widths, case and accents do not matter, nor do
//! pinyin glosses and wrapped lines inside. Exact matches come first and are what
//! [`SearchResults::total`] counts; documents that only share terms follow as related.
//!
//! # Caveats
//!
//! - [`Searcher`] keeps what it has decoded in cells: it is not `Sync`.
//! - An index holds at most 4 GiB of text.
//! - The bytes are checksummed. Whoever makes up an index with a checksum that fits can still make
//!   the `fst` crate panic, which reads the term index; nothing else here panics on any bytes.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod digits;
mod document;
mod error;
pub mod format;
mod reader;
pub mod search;
mod sorting;
mod writer;

pub use analysis::{Analyzer, FoldTable};
pub use document::{Document, Section, Weight};
pub use error::Error;
pub use format::FORMAT_VERSION;
pub use format::ranking::{Parameter, Parameters, Setting};
pub use reader::IndexReader;
pub use search::Searcher;
pub use search::results::{
    Expansion, FacetCount, Hit, SearchOptions, SearchResults, SectionHit, SectionMatch, Snippet,
};
pub use search::{Accepted, Filter, Sharded, Sort, Whole};
pub use writer::{IndexWriter, Positions, Root, Segment, SegmentBuilder, ShardSizes};

/// The number of a document in its index, from 0 in the order of adding.
pub type DocId = u32;
