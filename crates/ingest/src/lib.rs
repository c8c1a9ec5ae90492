//! Text, Markdown, HTML and JSON lines as documents of Suoyin.
//!
//! ```no_run
//! use suoyin_ingest::{IngestOptions, ingest};
//!
//! let ingested = ingest(&["docs".into()], &IngestOptions::default())?;
//! for document in &ingested.documents {
//!     println!("{}: {}", document.id, document.title);
//! }
//! println!("{}", ingested.report);
//! # Ok::<(), suoyin_ingest::IngestError>(())
//! ```
//!
//! [`ingest`] gathers all documents. [`ingest_each`] hands them over one by one and reads ahead on
//! another thread: what a build wants. [`Ingest`] is the iterator beneath. All give them in an order
//! that does not depend on the platform: inputs as given, the files of a folder sorted by path, the
//! lines of a file from the first to the last.
//!
//! | files | title | sections | metadata |
//! |---|---|---|---|
//! | `.txt .text` | the first line | short lines that stand alone | dates, sources, names around the article |
//! | `.md .markdown` | front matter, else the first heading | headings, with GitHub's anchors | front matter |
//! | `.html .htm` | the only `<h1>`, else `<title>` | headings, with their ids | `<meta>`, `lang`, as in text |
//! | `.jsonl` | `title` | as in text or HTML | `date`, `lang`, `meta` |
//!
//! A document's id is its path below the input, with `/` on every platform, or the `id` of its JSON
//! line; its URL is that id, percent-encoded, below [`IngestOptions::base_url`]. A canonical URL in a
//! page's head is not used: hits lead to the files as they are laid out.
//!
//! Text is kept as it stands, noise and all; it is the analyzer's business. Four things happen to it:
//! line ends become `\n`, the title is not repeated at its start, a paragraph that stands in a document
//! twice is kept once, and characters of GBK that a converter broke when it inserted pinyin are repaired:
//! `當(dāng)?shù)厝罕姷馁澰S` is 當地群眾的贊許. The [`Report`] says what was left out, decoded, repaired
//! or odd: nothing happens silently.

#![forbid(unsafe_code)]

mod anchor;
mod blocks;
mod byline;
mod decode;
mod draft;
mod error;
mod flow;
mod front_matter;
mod html;
mod ingest;
mod jsonl;
mod markdown;
mod mojibake;
mod noise;
mod plain;
mod report;
mod select;
mod survey;
mod url;
mod walk;
mod weights;

pub use error::{IngestError, Location};
pub use ingest::{Ingest, IngestOptions, Ingested, ingest, ingest_each};
pub use report::{
    CommonBlock, Decoded, DemoteReason, Demoted, Repaired, Report, SkipReason, Skipped, Warning,
};
