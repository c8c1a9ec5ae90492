//! What was meant: pinyin, completions and spelling, out of the corpus itself.
//!
//! ```
//! use suoyin_core::Document;
//! use suoyin_suggest::{Kind, SuggestBuilder, Suggester};
//!
//! let mut builder = SuggestBuilder::default();
//! for text in ["新时代文明实践中心", "文明实践在基层", "文明实践，志愿服务"] {
//!     builder.add(&Document { text: text.into(), ..Document::default() });
//! }
//! let data: Vec<u8> = builder.finish();
//!
//! let suggester = Suggester::open(&data)?;
//! for typed in ["wenmingshijian", "wmsj", "wenm", "文明sj", "ㄨㄣˊㄇㄧㄥˊㄕˊ", "文明时间"] {
//!     assert_eq!(suggester.suggest(typed, 8)[0].query, "文明实践", "{typed}");
//! }
//! assert_eq!(suggester.suggest("wenm", 8)[0].kind, Kind::Pinyin);
//! # Ok::<(), suoyin_core::Error>(())
//! ```
//!
//! # A map of the types
//!
//! - [`SuggestBuilder`] takes the documents of an index and makes the *data*: the corpus's phrases and
//!   titles, and how their characters are read. It keeps a sample of the texts, so that its memory is
//!   bounded, and it can be told how large the data may become.
//! - [`Suggester`] opens the data and answers. Nothing is searched for: every [`Suggestion`] is a
//!   phrase that stands in the corpus.
//! - Where no phrase answers, [`Suggester::compose`] puts several together, in the most probable way.
//!   Whether the result stands anywhere only the index knows: search for it before showing it.
//!
//! # How it works
//!
//! The phrases are a sorted list, each told apart from the one before by the characters that differ. What
//! was typed is a small automaton: its states are the places in the query that a phrase's characters, so
//! far, can have brought it to, each with the cost of the cheapest way. A character is passed by itself, by
//! a syllable it is read as, by the beginning of one, by its initial. The list is walked once; where no
//! state is left, all phrases with this beginning are passed over. That is exact, costs half a
//! millisecond for tens of thousands of phrases, and needs no second structure beside the list.
//!
//! Text is folded by [`suoyin_core::analysis`], as in the index.

#![forbid(unsafe_code)]

mod builder;
mod compose;
mod data;
mod input;
mod phrases;
mod reading;
mod suggester;
mod walk;
mod zhuyin;

pub use builder::SuggestBuilder;
pub use suggester::{Kind, Suggester, Suggestion};
