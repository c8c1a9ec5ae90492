//! Columns: the values by which documents are filtered, sorted and counted, field by field.
//!
//! In an index in one piece: for each field, ascending by name, its name as a string, the varint
//! length of its column, and the column. In shards the names stand in the shard table, and each
//! column is a shard.
//!
//! A column: 1 if all values are numbers, else 0; the varint number of values; the values in their
//! order, front coded as in `shard::terms`; for each document the varint number of its values; then,
//! document by document, the places of its values, ascending varints.

use super::header::Structure;
use super::shard::terms::{read_words, write_words};
use super::store::{read_str, write_str};
use super::varint::{Cursor, write_u32};
use crate::{DocId, Document, Error};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// The columns of documents, while an index is written.
#[derive(Debug, Default)]
pub(crate) struct ColumnsWriter {
    fields: BTreeMap<String, FieldWriter>,
    doc_count: u32,
}

#[derive(Debug, Default)]
struct FieldWriter {
    /// Each value with its number, in the order in which they came.
    values: BTreeMap<String, u32>,
    /// Documents, ascending, and the numbers of their values.
    entries: Vec<(DocId, u32)>,
}

impl FieldWriter {
    fn number(&mut self, value: &str) -> u32 {
        let next = self.values.len() as u32;
        match self.values.get(value) {
            Some(&number) => number,
            None => *self.values.entry(value.to_owned()).or_insert(next),
        }
    }

    fn encode(&self, doc_count: u32) -> Vec<u8> {
        let mut values: Vec<(&str, u32)> =
            self.values.iter().map(|(value, &number)| (value.as_str(), number)).collect();
        let numbers = values.iter().all(|(value, _)| is_number(value));
        if numbers {
            values.sort_by(|a, b| compare(a.0, b.0, true));
        }
        let mut places = vec![0; values.len()];
        (0..).zip(&values).for_each(|(place, &(_, number))| places[number as usize] = place);
        let mut entries: Vec<(DocId, u32)> =
            self.entries.iter().map(|&(doc, number)| (doc, places[number as usize])).collect();
        entries.sort_unstable();
        entries.dedup();
        let mut out = vec![u8::from(numbers)];
        write_u32(&mut out, values.len() as u32);
        write_words(values.iter().map(|&(value, _)| value), &mut out);
        let mut counts = vec![0; doc_count as usize];
        entries.iter().for_each(|&(doc, _)| counts[doc as usize] += 1);
        counts.into_iter().for_each(|count| write_u32(&mut out, count));
        entries.iter().for_each(|&(_, place)| write_u32(&mut out, place));
        out
    }
}

impl ColumnsWriter {
    /// Takes the values of the next document; empty ones are none.
    pub(crate) fn push(&mut self, document: &Document) {
        for (field, values) in &document.facets {
            for value in values.iter().filter(|value| !value.is_empty()) {
                let field = self.fields.entry(field.clone()).or_default();
                let number = field.number(value);
                field.entries.push((self.doc_count, number));
            }
        }
        self.doc_count += 1;
    }

    /// Appends all of `other`.
    pub(crate) fn append(&mut self, other: ColumnsWriter) {
        for (name, other) in other.fields {
            let field = self.fields.entry(name).or_default();
            let mut numbers = vec![0; other.values.len()];
            for (value, number) in other.values {
                numbers[number as usize] = field.number(&value);
            }
            let entries = other.entries.into_iter();
            let first = self.doc_count;
            field
                .entries
                .extend(entries.map(|(doc, number)| (first + doc, numbers[number as usize])));
        }
        self.doc_count += other.doc_count;
    }

    /// Documents, ascending, and their values in a field.
    pub(crate) fn entries(&self, field: &str) -> impl Iterator<Item = (DocId, &str)> {
        self.fields.get(field).into_iter().flat_map(|field| {
            let mut values = vec![""; field.values.len()];
            field.values.iter().for_each(|(value, &number)| values[number as usize] = value);
            field.entries.iter().map(move |&(doc, number)| (doc, values[number as usize]))
        })
    }

    /// The fields, ascending, and their columns.
    pub(crate) fn finish(self) -> Vec<(String, Vec<u8>)> {
        let doc_count = self.doc_count;
        let columns = self.fields.into_iter();
        columns.map(|(name, field)| (name, field.encode(doc_count))).collect()
    }
}

/// Writes the structure of an index in one piece.
pub(crate) fn encode(columns: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    for (name, column) in columns {
        write_str(&mut out, name);
        let too_large = |_| Error::too_large("the fields to filter by");
        write_u32(&mut out, u32::try_from(column.len()).map_err(too_large)?);
        out.extend(column);
    }
    Ok(out)
}

/// The fields of an index in one piece, and where their columns lie in the structure.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Vec<String>, Vec<Range<usize>>), Error> {
    let mut cursor = Cursor::new(bytes, Structure::Columns.name());
    let (mut names, mut ranges) = (Vec::new(), Vec::new());
    while !cursor.is_empty() {
        names.push(read_str(&mut cursor)?.to_owned());
        let len = cursor.count()?;
        let start = cursor.position();
        cursor.bytes(len)?;
        ranges.push(start..start + len);
    }
    Ok((names, ranges))
}

/// The values of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Whether all values are numbers.
    numbers: bool,
    /// All values, each once: numbers by size where all are numbers, else by their bytes.
    values: Vec<String>,
    /// Where the values of each document end in `ids`.
    ends: Vec<u32>,
    /// The values of each document, ascending, as places in `values`.
    ids: Vec<u32>,
}

impl Column {
    /// Reads a column of an index of `doc_count` documents.
    pub(crate) fn decode(bytes: &[u8], doc_count: u32) -> Result<Column, Error> {
        let mut cursor = Cursor::new(bytes, Structure::Columns.name());
        let numbers = cursor.u8()? > 0;
        let count = cursor.count()?;
        let values = read_words(&mut cursor, count)?;
        if doc_count as usize > cursor.remaining() {
            return Err(cursor.damaged());
        }
        let mut column = Column { numbers, values, ..Column::default() };
        let mut end = 0u32;
        for _ in 0..doc_count {
            end = end.checked_add(cursor.u32()?).ok_or_else(|| cursor.damaged())?;
            column.ends.push(end);
        }
        for _ in 0..end {
            let id = cursor.u32()?;
            if id as usize >= count {
                return Err(cursor.damaged());
            }
            column.ids.push(id);
        }
        if cursor.is_empty() { Ok(column) } else { Err(cursor.damaged()) }
    }

    /// All values, in their order.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The values of `doc`, ascending, as places in [`values`](Self::values); none where there is no
    /// such document.
    pub fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let start = doc.checked_sub(1).and_then(|before| self.ends.get(before));
        let (start, end) = (start.copied().unwrap_or(0), self.ends.get(doc).copied().unwrap_or(0));
        self.ids.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether all values are numbers, and so in the order of numbers.
    pub fn is_of_numbers(&self) -> bool {
        self.numbers
    }
}

/// The order of two values of a field: that of numbers, or else of texts.
pub(crate) fn compare(a: &str, b: &str, numbers: bool) -> Ordering {
    // Of numbers with as many digits before the point the bytes tell the order.
    let digits = |text: &str| if numbers { point(text) } else { 0 };
    digits(a).cmp(&digits(b)).then_with(|| a.cmp(b))
}

/// Where the decimal point of `text` stands, or else its end.
fn point(text: &str) -> usize {
    text.bytes().position(|byte| byte == b'.').unwrap_or(text.len())
}

/// Whether `text` is a plain number: digits without leading zeros, and maybe a point and more.
pub(crate) fn is_number(text: &str) -> bool {
    // Byte by byte: patterns would bring the search for them along.
    let point = point(text);
    let padded = point > 1 && text.as_bytes()[0] == b'0';
    let mut bytes = text.bytes().enumerate();
    point > 0 && !padded && bytes.all(|(at, byte)| at == point || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(facets: &[(&str, &[&str])]) -> Document {
        let values = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        let facets = facets.iter().map(|&(field, given)| (field.to_owned(), values(given)));
        Document { facets: facets.collect(), ..Document::default() }
    }

    /// The columns as they are read, each document with its values.
    fn written(documents: &[Document], segment: usize) -> Vec<(String, Vec<Vec<String>>)> {
        let mut writer = ColumnsWriter::default();
        for documents in documents.chunks(segment) {
            let mut part = ColumnsWriter::default();
            documents.iter().for_each(|document| part.push(document));
            writer.append(part);
        }
        let bytes = encode(&writer.finish()).expect("small enough");
        let (names, ranges) = decode(&bytes).expect("it is read");
        let read = |range: Range<usize>| {
            let column = Column::decode(&bytes[range], documents.len() as u32).expect("sound");
            let values = |doc| column.of(doc).iter().map(|&id| column.values[id as usize].clone());
            (0..documents.len() as u32).map(|doc| values(doc).collect()).collect()
        };
        names.into_iter().zip(ranges.into_iter().map(read)).collect()
    }

    #[test]
    fn values_come_back_by_document() {
        let documents = [
            document(&[("tags", &["乙", "甲", "乙", ""]), ("n", &["10"])]),
            document(&[]),
            document(&[("n", &["9"]), ("empty", &[""])]),
            document(&[("tags", &["丙"]), ("n", &["1.5", "2"])]),
        ];
        for segment in 1..5 {
            let columns = written(&documents, segment);
            let shown: Vec<String> = columns
                .iter()
                .map(|(name, documents)| {
                    let documents: Vec<String> = documents.iter().map(|v| v.join(" ")).collect();
                    format!("{name}: {}", documents.join("|"))
                })
                .collect();
            assert_eq!(shown, ["n: 10||9|1.5 2", "tags: 乙 甲|||丙"], "{segment}");
        }
        assert!(written(&[], 1).is_empty());
    }

    #[test]
    fn numbers_ascend_by_size() {
        let ascending = ["0", "0.5", "1", "1.25", "1.3", "1.30", "9", "9.75", "10", "11", "100.1"];
        for (i, a) in ascending.iter().enumerate() {
            assert!(is_number(a), "{a}");
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(compare(a, b, true), i.cmp(&j), "{a} {b}");
                assert_eq!(compare(a, b, false), a.cmp(b), "{a} {b}");
            }
        }
        for text in ["", "-", ".5", "1e3", "2023-02", "一", "1.2.3", "+1", "-1", "007"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn cut_and_longer_columns_are_errors() {
        let mut writer = ColumnsWriter::default();
        writer.push(&document(&[("tags", &["甲", "乙"])]));
        writer.push(&document(&[("tags", &["乙"])]));
        let column = writer.finish().remove(0).1;
        assert!(Column::decode(&column, 2).is_ok());
        (0..column.len()).for_each(|len| assert!(Column::decode(&column[..len], 2).is_err()));
        assert!(Column::decode(&[&column[..], &[0]].concat(), 2).is_err());
        assert!(Column::decode(&column, 3).is_err() && Column::decode(&column, 1).is_err());
    }
}
