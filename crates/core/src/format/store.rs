//! The store: what documents are shown by.
//!
//! *Records*: the byte lengths of all records, then of all texts, as varints; then the records. A
//! record is a document's id, URL and title, each a varint length and UTF-8; the number of metadata
//! pairs and each key and value, ascending by key; the number of sections, and for each the distance
//! of its start from the last one's, its title and its anchor; the number of parts of the text that
//! are kept out of snippets, and for each the distance of its start from the end of the last one,
//! and its length, in bytes. *Texts*: the texts, one behind the other. An empty URL stands for one
//! equal to the id.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::{DocId, Document, Error, Section};
use std::ops::Range;

/// The two structures of the store, while an index is written.
#[derive(Debug, Default)]
pub(crate) struct StoreWriter {
    record_lens: Vec<u32>,
    text_lens: Vec<u32>,
    records: Vec<u8>,
    texts: Vec<u8>,
}

impl StoreWriter {
    pub(crate) fn push(&mut self, document: &Document) -> Result<(), Error> {
        let from = self.records.len();
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
        let demoted = document.weighted.iter().filter(|(_, weight)| weight.is_demoted());
        write_u32(out, demoted.clone().count() as u32);
        let mut last = 0;
        for (range, _) in demoted {
            write_u32(out, range.start.saturating_sub(last));
            write_u32(out, range.end.saturating_sub(range.start));
            last = range.end;
        }
        self.texts.extend(document.text.as_bytes());
        self.record_lens.push((self.records.len() - from) as u32);
        self.text_lens.push(document.text.len() as u32);
        self.check_size()
    }

    /// Appends all of `other`.
    pub(crate) fn append(&mut self, other: StoreWriter) -> Result<(), Error> {
        self.record_lens.extend(other.record_lens);
        self.text_lens.extend(other.text_lens);
        self.records.extend(other.records);
        self.texts.extend(other.texts);
        self.check_size()
    }

    fn check_size(&self) -> Result<(), Error> {
        match u32::try_from(self.records.len().max(self.texts.len())) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::too_large("the texts of the documents")),
        }
    }

    /// Records and texts.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<u8>) {
        (records(&self.record_lens, &self.text_lens, &self.records), self.texts)
    }

    /// Records and texts of `count` documents each, the last of what is left.
    pub(crate) fn parts(&self, count: usize) -> impl Iterator<Item = (Vec<u8>, &[u8])> {
        let (mut record, mut text) = (0, 0);
        self.record_lens.chunks(count).zip(self.text_lens.chunks(count)).map(
            move |(record_lens, text_lens)| {
                let len = |lens: &[u32]| lens.iter().map(|&len| len as usize).sum::<usize>();
                let records_end = record + len(record_lens);
                let bytes = records(record_lens, text_lens, &self.records[record..records_end]);
                let texts = &self.texts[text..text + len(text_lens)];
                (record, text) = (records_end, text + texts.len());
                (bytes, texts)
            },
        )
    }

    /// Bytes of records and texts.
    pub(crate) fn bytes(&self) -> usize {
        self.records.len() + self.texts.len()
    }
}

/// The records structure.
fn records(record_lens: &[u32], text_lens: &[u32], records: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() + 4 * record_lens.len());
    record_lens.iter().chain(text_lens).for_each(|&len| write_u32(&mut out, len));
    out.extend(records);
    out
}

pub(crate) fn write_str(out: &mut Vec<u8>, text: &str) {
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

pub(crate) fn read_str<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Error> {
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

/// What a record holds behind id, URL and title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details<'a> {
    /// Metadata, ascending by key.
    pub meta: Vec<(&'a str, &'a str)>,
    /// Sections, ascending by start.
    pub sections: Vec<StoredSection<'a>>,
    /// Parts of the text that are kept out of snippets: ranges of bytes, ascending.
    pub demoted: Vec<Range<usize>>,
}

impl<'a> Record<'a> {
    /// The heading of each section, handed to `visit`.
    pub fn headings(&self, visit: &mut dyn FnMut(&'a str)) -> Result<(), Error> {
        let mut cursor = self.rest;
        let skip = |cursor: &mut Cursor<'a>| {
            let len = cursor.count()?;
            cursor.bytes(len)
        };
        for _ in 0..cursor.count()? {
            skip(&mut cursor)?;
            skip(&mut cursor)?;
        }
        for _ in 0..cursor.count()? {
            cursor.u32()?;
            visit(read_str(&mut cursor)?);
            skip(&mut cursor)?;
        }
        Ok(())
    }

    /// The rest of the record.
    pub fn details(&self) -> Result<Details<'a>, Error> {
        let mut cursor = self.rest;
        let mut details = Details::default();
        for _ in 0..cursor.count()? {
            details.meta.push((read_str(&mut cursor)?, read_str(&mut cursor)?));
        }
        let mut start = 0u32;
        for _ in 0..cursor.count()? {
            start = start.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
            let (title, anchor) = (read_str(&mut cursor)?, read_str(&mut cursor)?);
            details.sections.push(StoredSection { title, anchor, start });
        }
        let mut end = 0u32;
        for _ in 0..cursor.count()? {
            let (gap, len) = (cursor.u32()?, cursor.u32()?);
            let start = end.checked_add(gap).ok_or_else(|| cursor.damaged())?;
            end = start.checked_add(len).ok_or_else(|| cursor.damaged())?;
            details.demoted.push(start as usize..end as usize);
        }
        if cursor.is_empty() { Ok(details) } else { Err(cursor.damaged()) }
    }
}

impl From<StoredSection<'_>> for Section {
    fn from(s: StoredSection<'_>) -> Self {
        Section { title: s.title.to_owned(), anchor: s.anchor.to_owned(), start: s.start }
    }
}
