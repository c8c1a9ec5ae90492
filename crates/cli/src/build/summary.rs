//! What a build made, and what it made of the input.

use crate::counts::Counts;
use crate::layout::{Written, WrittenIndex};
use crate::output::{FAINT, STRONG, grouped, one_line, size};
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::{Display, Write};
use std::path::PathBuf;
use suoyin_core::Document;
use suoyin_core::format::Kind;
use suoyin_ingest::{Location, Report};

/// The largest documents that are named.
const LARGEST: usize = 5;

/// What was built.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    index: PathBuf,
    layout: &'static str,
    /// Scripts for pages, beside the index.
    scripts: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<PathBuf>,
    documents: u32,
    text_bytes: u64,
    terms: u64,
    index_bytes: u64,
    structures: Vec<StructureSize>,
    seconds: f64,
    /// Megabytes of text a second.
    speed: f64,
    #[serde(flatten)]
    tally: Tally,
    repeated_paragraphs: u64,
    assets: u64,
    hidden: u64,
    excluded: u64,
    skipped: Vec<Note>,
    decoded: Vec<Note>,
    repaired: Vec<Note>,
    weighted_down: Vec<Note>,
    common_blocks: Vec<Note>,
    warnings: Vec<Note>,
    #[serde(skip)]
    notices: Vec<String>,
}

/// The bytes of one structure of the index, or of all shards of a kind, as they are written.
#[derive(Serialize)]
struct StructureSize {
    structure: String,
    bytes: u64,
}

/// What an index holds.
struct Index {
    documents: u32,
    terms: u64,
    bytes: u64,
    structures: Vec<StructureSize>,
}

impl Index {
    fn of(index: &WrittenIndex) -> Result<Index, suoyin_core::Error> {
        let size =
            |structure: &str, bytes| StructureSize { structure: structure.to_owned(), bytes };
        match index {
            WrittenIndex::Whole(reader) => {
                let counts = Counts::of(reader)?;
                let structures = Kind::Index.structures().iter();
                let bytes = |&structure| reader.structure(structure).len() as u64;
                Ok(Index {
                    documents: counts.documents,
                    terms: counts.terms(),
                    bytes: reader.bytes().len() as u64,
                    structures: structures.map(|s| size(s.name(), bytes(s))).collect(),
                })
            }
            WrittenIndex::Shards(shards) => Ok(Index {
                documents: shards.root.documents,
                terms: shards.root.terms,
                bytes: shards.sizes.values().map(|[.., packed]| packed).sum(),
                structures: shards
                    .sizes
                    .iter()
                    .map(|(kind, &[.., packed])| size(kind, packed))
                    .collect(),
            }),
        }
    }
}

/// All that a summary is made of.
pub(super) struct Built<'a> {
    pub(super) written: Written,
    pub(super) config: Option<PathBuf>,
    pub(super) tally: Tally,
    pub(super) report: &'a Report,
    pub(super) seconds: f64,
}

/// What is counted while documents pass by.
#[derive(Default, Serialize)]
pub(super) struct Tally {
    /// The largest documents, the largest first.
    largest: Vec<Large>,
    demoted: Demoted,
}

#[derive(Serialize)]
struct Large {
    id: String,
    bytes: u64,
}

/// What is found, but behind all else: spam and boilerplate.
#[derive(Clone, Copy, Default, Serialize)]
struct Demoted {
    /// Documents demoted as a whole.
    documents: u64,
    /// Parts of other documents.
    parts: u64,
    /// Bytes of these parts.
    bytes: u64,
}

/// Something to know about a place in the input.
#[derive(Serialize)]
struct Note {
    path: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize)]
#[serde(untagged)]
enum What {
    Skipped {
        reason: &'static str,
    },
    Decoded {
        encoding: &'static str,
        malformed: bool,
    },
    Repaired {
        repaired: u64,
        left: u64,
    },
    WeightedDown {
        text: String,
        reason: &'static str,
    },
    #[serde(rename_all = "camelCase")]
    CommonBlock {
        text: String,
        left_out: u64,
    },
    Warning {
        message: String,
        count: u64,
    },
}

impl Note {
    fn new(location: &Location, what: What) -> Note {
        Note { path: location.path.clone(), line: location.line, what }
    }
}

impl Tally {
    pub(super) fn add(&mut self, document: &Document) {
        let bytes = (document.title.len() + document.text.len()) as u64;
        let place = self.largest.partition_point(|other| other.bytes >= bytes);
        if place < LARGEST {
            self.largest.insert(place, Large { id: document.id.clone(), bytes });
            self.largest.truncate(LARGEST);
        }
        if document.weight.is_demoted() {
            self.demoted.documents += 1;
            return;
        }
        for (range, _) in document.weighted.iter().filter(|(_, weight)| weight.is_demoted()) {
            self.demoted.parts += 1;
            self.demoted.bytes += range.len() as u64;
        }
    }
}

impl Summary {
    pub(super) fn new(built: Built<'_>) -> Result<Summary, suoyin_core::Error> {
        let Built { written, config, tally, report, seconds } = built;
        let Index { documents, terms, bytes, structures } = Index::of(&written.index)?;
        let skipped = report.skipped.iter().map(|skipped| {
            Note::new(&skipped.location, What::Skipped { reason: skipped.reason.as_str() })
        });
        let decoded = report.decoded.iter().map(|decoded| {
            let (encoding, malformed) = (decoded.encoding, decoded.malformed);
            Note::new(&decoded.location, What::Decoded { encoding, malformed })
        });
        let repaired = report.repaired.iter().map(|document| {
            let (repaired, left) = (document.repaired, document.left);
            Note::new(&document.location, What::Repaired { repaired, left })
        });
        let weighted_down = report.demoted.iter().map(|line| {
            let (text, reason) = (line.text.clone(), line.reason.as_str());
            Note::new(&line.location, What::WeightedDown { text, reason })
        });
        let common_blocks = report.common_blocks.iter().map(|block| {
            let (text, left_out) = (block.text.clone(), block.left_out);
            Note::new(&block.location, What::CommonBlock { text, left_out })
        });
        let warnings = report.warnings.iter().map(|warning| {
            let message = warning.message.clone();
            Note::new(&warning.location, What::Warning { message, count: warning.count })
        });
        Ok(Summary {
            index: written.path,
            layout: written.layout.name(),
            scripts: written.scripts,
            notice: written.notice,
            config,
            documents,
            text_bytes: report.text_bytes,
            terms,
            index_bytes: bytes,
            structures,
            seconds,
            speed: report.text_bytes as f64 / 1e6 / seconds,
            tally,
            repeated_paragraphs: report.repeated_paragraphs,
            assets: report.assets,
            hidden: report.hidden,
            excluded: report.excluded,
            skipped: skipped.collect(),
            decoded: decoded.collect(),
            repaired: repaired.collect(),
            weighted_down: weighted_down.collect(),
            common_blocks: common_blocks.collect(),
            warnings: warnings.collect(),
            notices: report.notices(),
        })
    }

    /// For reading.
    pub(super) fn text(&self) -> String {
        let mut out = format!("{STRONG}{}{STRONG:#}\n", self.index.display());
        let mut row = |name: &str, value: &dyn Display| {
            let _ = writeln!(out, "{name:<11}{value}");
        };
        if let Some(config) = &self.config {
            row("options", &config.display());
        }
        row("documents", &grouped(self.documents.into()));
        row("text", &size(self.text_bytes));
        row("terms", &grouped(self.terms));
        row("index", &format!("{}, layout {}", size(self.index_bytes), self.layout));
        row("time", &format!("{:.2} s, {:.1} MB of text a second", self.seconds, self.speed));
        if !self.scripts.is_empty() {
            row("for pages", &self.scripts.join(", "));
        }
        self.push_sizes(&mut out);
        self.push_counts(&mut out);
        let notices = self.notices.iter().map(String::as_str).chain(self.notice);
        for notice in notices {
            let _ = writeln!(out, "{}", one_line(notice));
        }
        out
    }

    fn push_sizes(&self, out: &mut String) {
        let _ = writeln!(out, "\n{FAINT}where the bytes go{FAINT:#}");
        let mut structures: Vec<&StructureSize> = self.structures.iter().collect();
        structures.sort_by_key(|structure| Reverse(structure.bytes));
        for StructureSize { structure, bytes } in structures {
            let share = 100.0 * *bytes as f64 / self.index_bytes.max(1) as f64;
            let _ = writeln!(out, "{:>13} {share:>5.1} %  {structure}", size(*bytes));
        }
        let _ = writeln!(out, "\n{FAINT}largest documents{FAINT:#}");
        for Large { id, bytes } in &self.tally.largest {
            let _ = writeln!(out, "{:>13}  {}", size(*bytes), one_line(id));
        }
        out.push('\n');
    }

    fn push_counts(&self, out: &mut String) {
        let Demoted { documents, parts, bytes } = self.tally.demoted;
        for (count, what) in [
            (documents, "documents weighted down: found, but behind all else"),
            (parts, &format!("parts of documents weighted down, {} of text", size(bytes))),
            (self.repeated_paragraphs, "repeated paragraphs left out"),
            (self.assets, "images, styles, scripts and the like passed over"),
            (self.hidden, "hidden files and folders passed over"),
            (self.excluded, "files and folders excluded by globs or a .suoyinignore"),
        ] {
            if count > 0 {
                let _ = writeln!(out, "{} {what}", grouped(count));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use suoyin_core::Weight;

    #[test]
    fn the_largest_documents_come_first() {
        let mut tally = Tally::default();
        for (id, len) in [("a", 3), ("b", 9), ("c", 1), ("d", 9), ("e", 4), ("f", 7), ("g", 0)] {
            let text = "x".repeat(len);
            tally.add(&Document { id: id.to_owned(), text, ..Document::default() });
        }
        let ids: Vec<&str> = tally.largest.iter().map(|large| large.id.as_str()).collect();
        assert_eq!(ids, ["b", "d", "f", "e", "a"]);
        assert_eq!(tally.demoted.documents, 0);
    }

    #[test]
    fn what_is_weighted_down_is_counted() {
        let mut tally = Tally::default();
        tally.add(&Document { weight: Weight::DEMOTED, ..Document::default() });
        let weighted = vec![(0..30, Weight::DEMOTED), (40..50, Weight::MAX)];
        tally.add(&Document { weighted, ..Document::default() });
        let Demoted { documents, parts, bytes } = tally.demoted;
        assert_eq!((documents, parts, bytes), (1, 1, 30));
    }
}
