//! The store: what documents are shown by.
//!
//! *Records*: the byte lengths of all records, then of all texts, as varints; then the records. A
//! record is a document's id, URL and title, each a varint length and UTF-8; the number of metadata
//! pairs and each key and value, ascending by key; the number of sections, and for each the distance
//! of its start from the last one's, its title and its anchor. *Texts*: the texts, one behind the
//! other. An empty URL stands for one equal to the id.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::{DocId, Document, Error, Section};
use std::ops::Range;

/// The two structures of the store, while an index is written.
#[derive(Debug, Default)]
pub(crate) struct StoreWriter {
    record_ends: Vec<u32>,
    text_ends: Vec<u32>,
    records: Vec<u8>,
    texts: Vec<u8>,
}

impl StoreWriter {
    pub(crate) fn push(&mut self, document: &Document) -> Result<(), Error> {
        let out = &mut self.records;
        write_str(out, &document.id);
        write_str(out, if document.url == document.id { "" } else { &document.url });
        write_str(out, &document.title);
        write_u32(out, document.meta.len() as u32);
        for (key, value) in &document.meta {
            write_str(out, key);
            write_str(out, value);
        }
        write_u32(out, document.sections.len() as u32);
        let mut last = 0;
        for section in &document.sections {
            write_u32(out, section.start.saturating_sub(last));
            last = last.max(section.start);
            write_str(out, &section.title);
            write_str(out, &section.anchor);
        }
        self.texts.extend(document.text.as_bytes());
        let end = |len: usize| {
            u32::try_from(len).map_err(|_| Error::TooLarge { what: "the texts of the documents" })
        };
        self.record_ends.push(end(self.records.len())?);
        self.text_ends.push(end(self.texts.len())?);
        Ok(())
    }

    /// Records and texts.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<u8>) {
        let mut out = Vec::with_capacity(self.records.len() + 4 * self.record_ends.len());
        for ends in [&self.record_ends, &self.text_ends] {
            let mut last = 0;
            for &end in ends {
                write_u32(&mut out, end - last);
                last = end;
            }
        }
        out.extend(self.records);
        (out, self.texts)
    }
}

fn write_str(out: &mut Vec<u8>, text: &str) {
    write_u32(out, text.len() as u32);
    out.extend(text.as_bytes());
}

/// Where each document's record and text lie.
#[derive(Clone, Debug)]
pub struct Store {
    /// Ends in the records structure; one more than documents, the first where records start.
    record_ends: Vec<u32>,
    /// Ends in the texts; one more than documents, the first 0.
    text_ends: Vec<u32>,
}

impl Store {
    /// Reads the lengths and checks that they agree with both structures.
    pub fn open(records: &[u8], texts: &[u8], doc_count: u32) -> Result<Store, Error> {
        let mut cursor = Cursor::new(records, Structure::Records.name());
        if doc_count as usize > records.len() {
            return Err(cursor.damaged());
        }
        let mut lengths = || {
            let mut ends = Vec::with_capacity(doc_count as usize + 1);
            let mut end = 0u32;
            ends.push(end);
            for _ in 0..doc_count {
                end = end.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
                ends.push(end);
            }
            Ok::<_, Error>(ends)
        };
        let (mut record_ends, text_ends) = (lengths()?, lengths()?);
        let first = cursor.position();
        let last = |ends: &[u32]| ends.last().map_or(0, |&end| end as usize);
        if last(&record_ends) != cursor.remaining() {
            return Err(cursor.damaged());
        }
        if last(&text_ends) != texts.len() {
            return Err(Error::Damaged { structure: Structure::Texts.name() });
        }
        record_ends.iter_mut().for_each(|end| *end += first as u32);
        Ok(Store { record_ends, text_ends })
    }

    /// The bytes of the text of `doc` in the texts; empty where there is no such document.
    pub fn text_range(&self, doc: DocId) -> Range<usize> {
        range(&self.text_ends, doc)
    }

    /// The record of `doc`.
    pub fn record<'a>(&self, records: &'a [u8], doc: DocId) -> Result<Record<'a>, Error> {
        let bytes = records.get(range(&self.record_ends, doc)).unwrap_or_default();
        let mut cursor = Cursor::new(bytes, Structure::Records.name());
        let id = read_str(&mut cursor)?;
        let url = read_str(&mut cursor)?;
        let title = read_str(&mut cursor)?;
        let url = if url.is_empty() { id } else { url };
        Ok(Record { id, url, title, rest: cursor })
    }
}

fn range(ends: &[u32], doc: DocId) -> Range<usize> {
    match ends.get(doc as usize..).and_then(|ends| ends.first_chunk::<2>()) {
        Some(&[start, end]) => start as usize..end as usize,
        None => 0..0,
    }
}

fn read_str<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Error> {
    let len = cursor.count()?;
    std::str::from_utf8(cursor.bytes(len)?).map_err(|_| cursor.damaged())
}

/// What is stored of a document beside its text.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Its URL.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    rest: Cursor<'a>,
}

/// A section as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredSection<'a> {
    /// Its heading.
    pub title: &'a str,
    /// The fragment that leads there, without `#`.
    pub anchor: &'a str,
    /// Byte offset in the text at which it starts.
    pub start: u32,
}

impl<'a> Record<'a> {
    /// Metadata, ascending by key, and sections, ascending by start.
    #[expect(clippy::type_complexity, reason = "two plain lists, named by the line above")]
    pub fn details(&self) -> Result<(Vec<(&'a str, &'a str)>, Vec<StoredSection<'a>>), Error> {
        let mut cursor = self.rest;
        let mut meta = Vec::new();
        for _ in 0..cursor.count()? {
            meta.push((read_str(&mut cursor)?, read_str(&mut cursor)?));
        }
        let mut sections = Vec::new();
        let mut start = 0u32;
        for _ in 0..cursor.count()? {
            start = start.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
            let (title, anchor) = (read_str(&mut cursor)?, read_str(&mut cursor)?);
            sections.push(StoredSection { title, anchor, start });
        }
        if cursor.is_empty() { Ok((meta, sections)) } else { Err(cursor.damaged()) }
    }
}

impl From<StoredSection<'_>> for Section {
    fn from(s: StoredSection<'_>) -> Self {
        Section { title: s.title.to_owned(), anchor: s.anchor.to_owned(), start: s.start }
    }
}
