//! What an index holds of one text: its terms, their blocks and postings.

use crate::output::{STRONG, grouped, one_line};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use suoyin_core::analysis::{Class, Side};
use suoyin_core::format::Structure;
use suoyin_core::format::blocks::{Block, TermInfo};
use suoyin_core::format::postings::Posting;
use suoyin_core::search::query::QueryTerm;
use suoyin_core::{DocId, Error, IndexReader};

/// Postings, and terms of a block, that are shown.
const SHOWN: usize = 50;

/// The terms of a text.
#[derive(Serialize)]
pub(super) struct Terms {
    text: String,
    terms: Vec<Term>,
}

/// One term as a query has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Term {
    /// The term; a trailing `*` marks all terms that start with a character.
    term: String,
    /// None where the index has no such term.
    #[serde(flatten)]
    found: Option<Found>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    block: BlockSize,
    /// Number of documents that have the term.
    doc_freq: u32,
    /// The terms of a whole block, the most frequent first, with their document frequencies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    range: Vec<(String, u32)>,
    /// The first postings.
    postings: Vec<Shown>,
}

/// A block and its bytes in each structure.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BlockSize {
    number: u32,
    terms: u32,
    bytes: u64,
    seconds: u64,
    doc_freqs: u64,
    postings: u64,
    term_freqs: u64,
}

/// A posting.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    doc: DocId,
    id: String,
    text_freq: u8,
    in_title: bool,
}

impl Terms {
    /// The terms of `text` as a query has them, by the index's own analyzer.
    pub(super) fn of<D: AsRef<[u8]>>(reader: &IndexReader<D>, text: &str) -> Result<Self, Error> {
        let mut terms = Vec::new();
        reader.analyzer().terms(text, Side::Query, &mut |term, _| {
            terms.push(QueryTerm::from(term));
        });
        let terms: Result<Vec<Term>, Error> =
            terms.into_iter().map(|term| Term::of(reader, term)).collect();
        Ok(Terms { text: text.to_owned(), terms: terms? })
    }

    /// As a list for reading.
    pub(super) fn list(&self) -> String {
        let mut out = String::new();
        if self.terms.is_empty() {
            let _ = writeln!(out, "{}: no character or word to look for", one_line(&self.text));
        }
        for (i, Term { term, found }) in self.terms.iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            match found {
                None => {
                    let _ = writeln!(out, "{STRONG}{term}{STRONG:#}: not in this index");
                }
                Some(found) => found.push_to(term, &mut out),
            }
        }
        out
    }
}

impl Term {
    fn of<D: AsRef<[u8]>>(reader: &IndexReader<D>, term: QueryTerm) -> Result<Self, Error> {
        let found = match &term {
            QueryTerm::Bigram(first, second) => match (reader.code(*first)?, reader.code(*second)?)
            {
                (Some(number), Some(second)) => {
                    let block = reader.block(number)?;
                    let place = block.seconds.binary_search(&second.saturating_add(1));
                    let term = place.ok().and_then(|place| block.terms.get(place).copied());
                    term.map(|term| Found::one(reader, number, &block, term)).transpose()?
                }
                _ => None,
            },
            QueryTerm::Char(first) => match reader.code(*first)? {
                Some(number) => Some(Found::range(reader, number, *first)?),
                None => None,
            },
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => match reader.word(word)? {
                Some(word) => {
                    let (number, place) = reader.word_place(word);
                    let block = reader.block(number)?;
                    let term = block.terms.get(place).copied();
                    term.map(|term| Found::one(reader, number, &block, term)).transpose()?
                }
                None => None,
            },
        };
        let term = match term {
            QueryTerm::Bigram(first, second) => String::from_iter([first, second]),
            QueryTerm::Char(first) => String::from_iter([first, '*']),
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => word,
        };
        Ok(Term { term, found })
    }
}

impl Found {
    /// One term of a block.
    fn one<D: AsRef<[u8]>>(
        reader: &IndexReader<D>,
        number: u32,
        block: &Block,
        term: TermInfo,
    ) -> Result<Self, Error> {
        let mut postings = Vec::new();
        reader.postings(term, &mut postings)?;
        Ok(Found {
            block: BlockSize::of(reader, number, block)?,
            doc_freq: term.doc_freq,
            range: Vec::new(),
            postings: shown(reader, postings)?,
        })
    }

    /// All terms of the block of `first`, as one.
    fn range<D: AsRef<[u8]>>(
        reader: &IndexReader<D>,
        number: u32,
        first: char,
    ) -> Result<Self, Error> {
        let block = reader.block(number)?;
        let mut by_doc: BTreeMap<DocId, Posting> = BTreeMap::new();
        let mut postings = Vec::new();
        for &term in &block.terms {
            postings.clear();
            reader.postings(term, &mut postings)?;
            for &posting in &postings {
                by_doc
                    .entry(posting.doc)
                    .and_modify(|sum| {
                        sum.text_freq += posting.text_freq;
                        sum.in_title |= posting.in_title;
                    })
                    .or_insert(posting);
            }
        }
        let characters = characters(reader)?;
        let mut range: Vec<(String, u32)> = Vec::with_capacity(block.terms.len());
        for (&second, term) in block.seconds.iter().zip(&block.terms) {
            let second = second.checked_sub(1).and_then(|code| characters.get(&code));
            range.push((std::iter::once(first).chain(second.copied()).collect(), term.doc_freq));
        }
        range.sort_by_key(|&(_, doc_freq)| std::cmp::Reverse(doc_freq));
        range.truncate(SHOWN);
        Ok(Found {
            block: BlockSize::of(reader, number, &block)?,
            doc_freq: by_doc.len() as u32,
            range,
            postings: shown(reader, by_doc.into_values())?,
        })
    }

    fn push_to(&self, term: &str, out: &mut String) {
        let BlockSize { number, terms, bytes, seconds, doc_freqs, postings, term_freqs } =
            self.block;
        let _ = write!(
            out,
            "{STRONG}{term}{STRONG:#}\n\
             block      number {number}, {} terms, {} bytes: {} {}, {} {}, {} {}, {} {}\n\
             documents  {}\n",
            grouped(terms.into()),
            grouped(bytes),
            Structure::Seconds.name(),
            grouped(seconds),
            Structure::DocFreqs.name(),
            grouped(doc_freqs),
            Structure::Postings.name(),
            grouped(postings),
            Structure::TermFreqs.name(),
            grouped(term_freqs),
            grouped(self.doc_freq.into())
        );
        if !self.range.is_empty() {
            let terms = self.range.iter().map(|(term, doc_freq)| format!("{term} {doc_freq}"));
            let _ = writeln!(out, "terms      {}", terms.collect::<Vec<_>>().join(", "));
        }
        let _ = writeln!(out, "{:>10}{:>8}{:>7}  id", "document", "in text", "title");
        for Shown { doc, id, text_freq, in_title } in &self.postings {
            let title = if *in_title { "yes" } else { "" };
            let _ = writeln!(out, "{doc:>10}{text_freq:>8}{title:>7}  {}", one_line(id));
        }
        let more = self.doc_freq as usize - self.postings.len();
        if more > 0 {
            let _ = writeln!(out, "{:>10}", format!("… {} more", grouped(more as u64)));
        }
    }
}

impl BlockSize {
    fn of<D: AsRef<[u8]>>(
        reader: &IndexReader<D>,
        number: u32,
        block: &Block,
    ) -> Result<Self, Error> {
        let share = reader.block_share(number)?;
        let parts = [share.seconds, share.doc_freqs, share.postings, share.term_freqs];
        let [seconds, doc_freqs, postings, term_freqs] = parts.map(|part| part.len() as u64);
        Ok(BlockSize {
            number,
            terms: block.terms.len() as u32,
            bytes: seconds + doc_freqs + postings + term_freqs,
            seconds,
            doc_freqs,
            postings,
            term_freqs,
        })
    }
}

/// The first of `postings`, with the ids of their documents.
fn shown<D: AsRef<[u8]>>(
    reader: &IndexReader<D>,
    postings: impl IntoIterator<Item = Posting>,
) -> Result<Vec<Shown>, Error> {
    let show = |posting: Posting| {
        let Posting { doc, text_freq, in_title, .. } = posting;
        Ok(Shown { doc, id: reader.record(doc)?.id.to_owned(), text_freq, in_title })
    };
    postings.into_iter().take(SHOWN).map(show).collect()
}

/// The alphabet by code.
fn characters<D: AsRef<[u8]>>(reader: &IndexReader<D>) -> Result<BTreeMap<u32, char>, Error> {
    let mut characters = BTreeMap::new();
    reader.for_each_key(&mut |key, code| {
        let mut chars = key.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && matches!(Class::of(c, c), Class::Cjk | Class::Hangul)
        {
            characters.insert(code, c);
        }
    })?;
    Ok(characters)
}
