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
//! [`ingest()`] gathers all documents. [`ingest_each`] hands them over one by one and reads ahead on
//! another thread: what a build wants. [`Ingest`] is the iterator beneath. All give them in an order
//! that does not depend on the platform: inputs as given, the files of a folder sorted by path, the
//! lines of a file from the first to the last.
//!
//! | files | title | sections | metadata |
//! |---|---|---|---|
//! | `.txt .text` | the first line | short lines that stand alone | dates, sources, names around the article |
//! | `.md .markdown` | front matter, else the first heading | headings, with GitHub's anchors or `{#id}` | front matter |
//! | `.html .htm` | the only `<h1>`, else `<title>`; in a site `<title>`, where it has other words | headings, with their ids | `<meta>`, `lang`, as in text |
//! | `.jsonl` | `title` | as in text or HTML | `date`, `lang`, `meta` |
//!
//! Several values of one key are joined by `, `: lists in front matter and JSON, filters and keywords of a
//! page, names around an article. The fields to filter, sort and count by hold them apart:
//! [`IngestOptions::facets`] and whatever pages mark by `data-suoyin-filter` and `data-suoyin-sort`.
//! The first picture of a page's content, else its `og:image`, is the field `image`, as an address
//! that leads there from where the hits lead. Text is UTF-8, UTF-16 with or without a mark, or else what
//! the file declares or looks like: GB 18030, Big5, Shift_JIS, EUC-KR, … JSON lines are UTF-8.
//!
//! A document's id is its path below the input, with `/` on every platform, or the `id` of its JSON
//! line; its URL is that id, percent-encoded, below [`IngestOptions::base_url`]; where
//! that is on a server, an `index.html` has the URL of its folder. A canonical URL in a
//! page's head is not used for that: hits lead to the files as they are laid out. But of pages with the same
//! canonical URL only one becomes a document, the one whose own path it is, else the first.
//!
//! # What counts for more, less or nothing
//!
//! A document weighs what its JSON line says under `weight`, its front matter under `suoyin.weight` or
//! `search.boost`, from 0 to 10. A plain `weight` in front matter is metadata: generators order pages by it.
//! Front matter with `draft: true`, `search: false`, `search.exclude: true` or `noindex: true`, and pages with
//! `<meta name=robots content=noindex>` or `name=suoyin`, become no documents.
//!
//! What generators write beside the pages becomes no document either: Sphinx's indexes, search page and copies
//! of sources, the error page `404.html`, a start page that repeats a chapter, licences among fonts.
//!
//! Templates say more by attributes. Those of Pagefind, `data-pagefind-…`, mean the same:
//!
//! | attribute | the element |
//! |---|---|
//! | `data-suoyin-body` | is the content. Pages of the same input without any are left out and counted; Markdown and others stay |
//! | `data-suoyin-ignore` | is left out of the text; metadata in it counts, unless the value is `all` |
//! | `data-suoyin-weight="2.5"` | counts so much; of nested ones the innermost decides |
//! | `data-suoyin-meta="key"` | holds a value for the metadata, the last of a page; `title` and `image` are those of the document |
//! | `data-suoyin-default-meta="key"` | holds one for pages without another |
//! | `data-suoyin-filter="key"` | holds one of several values |
//! | `data-suoyin-sort="key"` | holds a value to sort by |
//!
//! Instead of `key`, `key[attribute]` takes the value of an attribute, `key:value` the value itself. Several
//! stand apart by commas; `key:value` comes last and reaches to the end.
//!
//! Noise is kept and weighs [`Weight::DEMOTED`](suoyin_core::Weight::DEMOTED): lists of eight words and more
//! without a sentence, of which the document says nothing else (spam), and lines about the site, such as its
//! licence number. They are never titles. A block that stands in most pages of a site is kept in the first
//! of them, weighing as little, and left out of the others: [`IngestOptions::common_share`].
//!
//! Otherwise text is kept as it stands; the rest is the analyzer's business. Four things happen to it:
//! line ends become `\n`, the title is not repeated at its start, a paragraph that stands in a document
//! twice is kept once, and characters of GBK that a converter broke when it inserted pinyin are repaired:
//! `當(dāng)?shù)厝罕姷馁澰S` is 當地群眾的贊許. The [`Report`] says what was left out, demoted, decoded,
//! repaired or odd: nothing happens silently.

#![forbid(unsafe_code)]

mod anchor;
mod blocks;
mod byline;
mod decode;
mod draft;
mod error;
mod flow;
mod front_matter;
mod generated;
mod html;
mod ingest;
mod jsonl;
mod markdown;
mod meta;
mod mojibake;
mod noise;
mod plain;
mod report;
mod select;
mod survey;
mod titles;
mod url;
mod walk;
mod weights;

pub use error::{IngestError, Location};
pub use ingest::{Ingest, IngestOptions, Ingested, ingest, ingest_each};
pub use meta::DEFAULT_FACETS;
pub use report::{
    CommonBlock, Decoded, DemoteReason, Demoted, Repaired, Report, SkipReason, Skipped, Warning,
};
