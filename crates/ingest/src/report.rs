//! What ingestion did besides making documents. Nothing is left out silently.

use std::fmt;

use crate::error::Location;

/// Counts and lists of one ingestion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents made.
    pub documents: u64,
    /// Bytes of their titles and texts, in UTF-8.
    pub text_bytes: u64,
    /// Paragraphs left out because the same document has them already.
    pub repeated_paragraphs: u64,
    /// Images, styles, scripts, fonts and the like: counted, not listed.
    pub assets: u64,
    /// Hidden files and folders (`.git`, …): counted, not entered.
    pub hidden: u64,
    /// Files and lines that became no document, in order.
    pub skipped: Vec<Skipped>,
    /// Files that were not UTF-8, in order.
    pub decoded: Vec<Decoded>,
    /// Documents that a converter damaged, in order.
    pub repaired: Vec<Repaired>,
    /// What the author should know: unknown fields, a folder without documents, …
    pub warnings: Vec<Warning>,
}

/// A file or line that became no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, and the line of a `.jsonl` file.
    pub location: Location,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file or line became no document.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// The extension is none of those that are read.
    UnknownFormat,
    /// The file has no text at all.
    Empty,
    /// The page or line has no text for readers.
    NoText,
    /// The file holds binary content despite its extension.
    Binary,
    /// The page asks search engines to leave it out (`noindex`, `search: false`).
    NoIndex,
    /// The page only leads to another one.
    Redirect,
    /// The front matter says `draft: true`.
    Draft,
    /// The symbolic link leads nowhere.
    BrokenLink,
    /// The symbolic link leads back to a folder it stands in.
    LinkLoop,
    /// The file's name is not Unicode.
    FileName,
}

impl SkipReason {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            SkipReason::UnknownFormat => "of an unknown type",
            SkipReason::Empty => "empty",
            SkipReason::NoText => "without text",
            SkipReason::Binary => "with binary content",
            SkipReason::NoIndex => "marked as not to be indexed",
            SkipReason::Redirect => "redirecting elsewhere",
            SkipReason::Draft => "marked as drafts",
            SkipReason::BrokenLink => "linking nowhere",
            SkipReason::LinkLoop => "linking back to a folder above",
            SkipReason::FileName => "with a name that is not Unicode",
        }
    }
}

/// A file that was not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The file.
    pub location: Location,
    /// The encoding it was read as.
    pub encoding: &'static str,
    /// Whether some bytes had no meaning in it and became U+FFFD.
    pub malformed: bool,
}

/// A document with places where pinyin was inserted inside of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The file, and the line of a `.jsonl` file.
    pub location: Location,
    /// Places repaired.
    pub repaired: u64,
    /// Places that stand as they were, or lack a character still.
    pub left: u64,
}

/// Something the author should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file, and the line where there is one: the first of several.
    pub location: Location,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How often, in this file.
    pub count: u64,
}

impl Report {
    pub(crate) fn skip(&mut self, location: Location, reason: SkipReason) {
        self.skipped.push(Skipped { location, reason });
    }

    /// Adds a warning, or counts it once more if this file has had it.
    pub(crate) fn warn(&mut self, location: Location, message: String) {
        let known = self.warnings.iter_mut().rev();
        let mut of_this_file = known.take_while(|warning| warning.location.path == location.path);
        match of_this_file.find(|warning| warning.message == message) {
            Some(warning) => warning.count += 1,
            None => self.warnings.push(Warning { location, message, count: 1 }),
        }
    }

    /// One line for each kind of thing that the author should know: what was left out, and what
    /// was repaired. Empty when everything became a document as it stands.
    pub fn notices(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut reasons: Vec<SkipReason> = self.skipped.iter().map(|s| s.reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for reason in reasons {
            let those: Vec<&Location> = self
                .skipped
                .iter()
                .filter(|skipped| skipped.reason == reason)
                .map(|skipped| &skipped.location)
                .collect();
            lines.push(format!("{} left out, {}: {}", those.len(), reason.as_str(), list(&those)));
        }
        let mut encodings: Vec<(&str, bool)> =
            self.decoded.iter().map(|d| (d.encoding, d.malformed)).collect();
        encodings.sort_unstable();
        encodings.dedup();
        for (encoding, malformed) in encodings {
            let those: Vec<&Location> = self
                .decoded
                .iter()
                .filter(|decoded| (decoded.encoding, decoded.malformed) == (encoding, malformed))
                .map(|decoded| &decoded.location)
                .collect();
            let bad = if malformed { ", with bytes that have no meaning in it" } else { "" };
            lines.push(format!("{} read as {encoding}{bad}: {}", those.len(), list(&those)));
        }
        let damaged = "damaged by a converter that inserted pinyin";
        for (count, what) in [
            ((|r| r.repaired) as fn(&Repaired) -> u64, "repaired"),
            (|r| r.left, "not wholly repaired"),
        ] {
            let those = self.repaired.iter().filter(|repaired| count(repaired) > 0);
            let those: Vec<&Location> = those.map(|repaired| &repaired.location).collect();
            if !those.is_empty() {
                let places: u64 = self.repaired.iter().map(count).sum();
                let noun = if places == 1 { "place" } else { "places" };
                lines.push(format!("{places} {noun} {damaged}, {what}: {}", list(&those)));
            }
        }
        for Warning { location, message, count } in &self.warnings {
            let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
            lines.push(format!("{location}: {message}{times}"));
        }
        lines
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} documents, {} bytes of text", self.documents, self.text_bytes)?;
        for (count, what) in [
            (self.repeated_paragraphs, "repeated paragraphs left out"),
            (self.assets, "assets passed over"),
            (self.hidden, "hidden files and folders passed over"),
        ] {
            if count > 0 {
                write!(f, "\n{count} {what}")?;
            }
        }
        for line in self.notices() {
            write!(f, "\n{line}")?;
        }
        Ok(())
    }
}

/// The first few places.
fn list(places: &[&Location]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = places.iter().take(SHOWN).map(|place| place.to_string()).collect();
    let more = if places.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn notices_group_by_kind() {
        let mut report = Report::default();
        assert!(report.notices().is_empty());
        for name in ["a.pdf", "b.pdf", "c.pdf", "d.pdf"] {
            report.skip(Location::file(Path::new(name)), SkipReason::UnknownFormat);
        }
        report.skip(Location::line(Path::new("e.jsonl"), 7), SkipReason::NoText);
        for line in 1..=3 {
            report.warn(Location::line(Path::new("e.jsonl"), line), "odd".to_owned());
        }
        assert_eq!(
            report.notices(),
            [
                "4 left out, of an unknown type: a.pdf, b.pdf, c.pdf, …",
                "1 left out, without text: e.jsonl:7",
                "e.jsonl:1: odd (3 times)",
            ]
        );
    }
}
