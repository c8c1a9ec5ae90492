//! The report in sentences.

use std::fmt;

use super::{DemoteReason, Repaired, Report, SkipReason, Warning};
use crate::error::Location;

impl Report {
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
        let mut reasons: Vec<DemoteReason> = self.demoted.iter().map(|d| d.reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for reason in reasons {
            let those = self.demoted.iter().filter(|demoted| demoted.reason == reason);
            let those: Vec<&Location> = those.map(|demoted| &demoted.location).collect();
            let noun = if those.len() == 1 { "line counts" } else { "lines count" };
            let what = reason.as_str();
            lines.push(format!("{} {noun} little, as {what}: {}", those.len(), list(&those)));
        }
        if !self.common_blocks.is_empty() {
            let those: Vec<&Location> = self.common_blocks.iter().map(|b| &b.location).collect();
            let (count, times) = (those.len(), self.common_left_out);
            let blocks = if count == 1 { "block stands" } else { "blocks stand" };
            lines.push(format!(
                "{count} {blocks} in most pages, left out {times} times and kept in: {}",
                list(&those)
            ));
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
            (self.excluded, "files and folders excluded"),
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

/// The first few places, each once.
fn list(places: &[&Location]) -> String {
    const SHOWN: usize = 3;
    let mut places = places.to_vec();
    places.dedup();
    let shown: Vec<String> = places.iter().take(SHOWN).map(|place| place.to_string()).collect();
    let more = if places.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Demoted;
    use std::path::Path;

    #[test]
    fn noise_is_listed() {
        let location = Location::line(Path::new("a.txt"), 3);
        let demoted = |reason| Demoted { location: location.clone(), text: String::new(), reason };
        let report = Report {
            demoted: vec![
                demoted(DemoteReason::Boilerplate),
                demoted(DemoteReason::Spam),
                demoted(DemoteReason::Boilerplate),
            ],
            ..Report::default()
        };
        assert_eq!(
            report.notices(),
            [
                "1 line counts little, as spam: a.txt:3",
                "2 lines count little, as boilerplate: a.txt:3",
            ]
        );
    }

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
