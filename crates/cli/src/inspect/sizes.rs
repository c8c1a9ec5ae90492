//! The bytes of each structure: as they are, compressed, and at the bound.

use super::bound::Bounds;
use crate::counts::Counts;
use crate::output::{STRONG, grouped, one_line};
use brotli::enc::BrotliEncoderParams;
use serde::{Serialize, Serializer};
use std::fmt::Write;
use std::io;
use std::thread;
use suoyin_core::IndexReader;
use suoyin_core::format::{Kind, Structure};

/// Where the bytes of an index go.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sizes {
    counts: Counts,
    structures: Vec<StructureSize>,
    columns: Vec<ColumnSize>,
    totals: Totals,
}

/// The column of a field to filter, sort and count by.
#[derive(Serialize)]
struct ColumnSize {
    field: String,
    /// Documents that have a value.
    documents: u64,
    /// Different values.
    values: u64,
    raw: u64,
    brotli: u64,
}

#[derive(Serialize)]
struct StructureSize {
    #[serde(serialize_with = "name")]
    structure: Structure,
    raw: u64,
    brotli: u64,
    /// The information bound; none where there is no use in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<u64>,
}

/// Sums, in bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Totals {
    raw: u64,
    brotli: u64,
    /// All but columns, records and texts.
    raw_without_text: u64,
    brotli_without_text: u64,
    /// B: second characters and document ids.
    bound: u64,
    /// Entropy of document and term frequencies.
    frequencies: u64,
    /// `brotli_without_text` against the two above.
    ratio: f64,
}

impl Sizes {
    pub(super) fn of<D: AsRef<[u8]>>(reader: &IndexReader<D>) -> Result<Self, suoyin_core::Error> {
        let counts = Counts::of(reader)?;
        let bounds = Bounds::of(reader)?;
        let parts = Kind::Index.structures().iter().map(|&s| (s, reader.structure(s)));
        let size = |(structure, bytes): (_, &[u8])| StructureSize {
            structure,
            raw: bytes.len() as u64,
            brotli: 0,
            bound: bounds.of_structure(structure).map(to_bytes),
        };
        let mut structures: Vec<StructureSize> = parts.clone().map(size).collect();
        thread::scope(|scope| {
            for (size, (_, bytes)) in structures.iter_mut().zip(parts) {
                scope.spawn(move || size.brotli = brotli_len(bytes));
            }
        });
        let totals = Totals::of(&structures, &bounds);
        let columns = (0..).zip(reader.facets()).map(|(place, field)| {
            let (column, bytes) = (reader.column(place)?, reader.column_bytes(place));
            let has = |doc: &u32| !column.of(*doc).is_empty();
            Ok::<_, suoyin_core::Error>(ColumnSize {
                field: field.clone(),
                documents: (0..counts.documents).filter(has).count() as u64,
                values: column.values().len() as u64,
                raw: bytes.len() as u64,
                brotli: brotli_len(bytes),
            })
        });
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(Sizes { counts, structures, columns, totals })
    }

    /// As a table for reading.
    pub(super) fn table(&self) -> String {
        let mut out = String::new();
        let mut head = |cells: [&str; 5]| {
            let [name, raw, brotli, bound, share] = cells;
            let _ = writeln!(
                out,
                "{STRONG}{name:<24}{raw:>14}{brotli:>14}{bound:>14}{share:>10}{STRONG:#}"
            );
        };
        head(["structure", "raw", "brotli", "bound", "of bound"]);
        for size in &self.structures {
            push_row(&mut out, size.structure.name(), size.raw, size.brotli, size.bound);
        }
        let totals = &self.totals;
        out.push('\n');
        push_row(&mut out, "index", totals.raw, totals.brotli, None);
        let least = totals.bound + totals.frequencies;
        let (raw, brotli) = (totals.raw_without_text, totals.brotli_without_text);
        push_row(&mut out, "without text", raw, brotli, Some(least));
        if !self.columns.is_empty() {
            let _ = writeln!(
                out,
                "\n{STRONG}{:<24}{:>14}{:>14}{:>14}{:>10}{STRONG:#}",
                "column", "raw", "brotli", "documents", "values"
            );
        }
        for ColumnSize { field, documents, values, raw, brotli } in &self.columns {
            let [raw, brotli, documents, values] =
                [raw, brotli, documents, values].map(|&number| grouped(number));
            let field = one_line(field);
            let _ = writeln!(out, "{field:<24}{raw:>14}{brotli:>14}{documents:>14}{values:>10}");
        }
        let _ = writeln!(
            out,
            "\nB + frequencies: {} + {} bytes; the index without text takes {:.3} of that",
            grouped(totals.bound),
            grouped(totals.frequencies),
            totals.ratio
        );
        let counts = &self.counts;
        let _ = writeln!(
            out,
            "{} documents, alphabet of {}, {} bigrams, {} last characters, {} words, {} postings; \
             {:.1} % of the terms stand in one document only",
            grouped(counts.documents.into()),
            grouped(counts.alphabet.into()),
            grouped(counts.bigrams),
            grouped(counts.last_characters),
            grouped(counts.words.into()),
            grouped(counts.postings),
            100.0 * counts.terms_of_one_document as f64 / counts.terms().max(1) as f64
        );
        out
    }
}

fn push_row(out: &mut String, name: &str, raw: u64, brotli: u64, bound: Option<u64>) {
    let _ = write!(out, "{name:<24}{:>14}{:>14}", grouped(raw), grouped(brotli));
    if let Some(bound) = bound {
        let share = brotli as f64 / bound.max(1) as f64;
        let _ = write!(out, "{:>14}{share:>10.3}", grouped(bound));
    }
    out.push('\n');
}

impl Totals {
    fn of(structures: &[StructureSize], bounds: &Bounds) -> Totals {
        let mut totals = Totals {
            raw: 0,
            brotli: 0,
            raw_without_text: 0,
            brotli_without_text: 0,
            bound: to_bytes(bounds.seconds + bounds.doc_ids),
            frequencies: to_bytes(bounds.doc_freqs + bounds.term_freqs),
            ratio: 0.0,
        };
        for size in structures {
            totals.raw += size.raw;
            totals.brotli += size.brotli;
            if !matches!(size.structure, Structure::Columns | Structure::Records | Structure::Texts)
            {
                totals.raw_without_text += size.raw;
                totals.brotli_without_text += size.brotli;
            }
        }
        let least = (totals.bound + totals.frequencies).max(1);
        totals.ratio = totals.brotli_without_text as f64 / least as f64;
        totals
    }
}

fn to_bytes(bits: f64) -> u64 {
    (bits / 8.0).ceil() as u64
}

/// Bytes of `bytes` compressed by brotli at its highest level.
fn brotli_len(mut bytes: &[u8]) -> u64 {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut count = Count(0);
    // Neither reading from nor writing to memory fails.
    let _ = brotli::BrotliCompress(&mut bytes, &mut count, &params);
    count.0
}

/// Counts what is written to it.
struct Count(u64);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn name<S: Serializer>(structure: &Structure, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(structure.name())
}
