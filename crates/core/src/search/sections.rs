//! Sections of a hit that hold matches, as hits of their own.

use super::hits::Patterns;
use super::order::smallest;
use super::results::SectionMatch;
use super::snippet::{Draft, is_within};
use crate::Error;
use crate::analysis::Analyzer;
use crate::format::Structure;
use crate::format::store::Details;

/// At most `most` sections of a text that hold matches: first the one of which snippet and
/// heading show the most bytes of matches.
pub(super) fn best_sections(
    analyzer: &Analyzer,
    patterns: &Patterns,
    text: &[u8],
    details: &Details<'_>,
    most: usize,
    width: usize,
) -> Result<Vec<SectionMatch>, Error> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let Details { sections, demoted, .. } = details;
    let (mut keys, mut found) = (Vec::new(), Vec::new());
    for (i, section) in sections.iter().enumerate() {
        let (from, title) = (section.start as usize, section.title);
        let end = sections.get(i + 1).map_or(text.len(), |next| next.start as usize);
        let damaged = Error::Damaged { structure: Structure::Records.name() };
        let body = text.get(from..end).ok_or(damaged)?;
        // Without the heading, which stands beside the snippet.
        let body = body.strip_prefix(title.as_bytes()).unwrap_or(body);
        let start = end - body.len();
        let mut hidden = Vec::new();
        for part in demoted {
            if part.start < end && part.end > start {
                hidden.push(part.start.max(start) - start..part.end.min(end) - start);
            }
        }
        let mut shown = patterns.show(analyzer, body, &hidden, width)?;
        // What was typed may stand in what is kept out only.
        if shown.first.is_some_and(|first| is_within(&hidden, first)) {
            shown = Draft::default();
        }
        let mut bytes = 0;
        shown.marks.iter().for_each(|mark| bytes += mark.range.len());
        if !is_within(demoted, from) {
            patterns.find(analyzer, title).iter().for_each(|found| bytes += found.range.len());
        }
        if bytes > 0 {
            keys.push(u64::from(!(bytes as u32)) << 32 | found.len() as u64);
            found.push(SectionMatch {
                title: title.to_owned(),
                anchor: section.anchor.to_owned(),
                snippet: shown.finish(),
            });
        }
    }
    let mut best = Vec::new();
    for key in smallest(keys, most) {
        best.push(std::mem::take(&mut found[key as u32 as usize]));
    }
    best.truncate(most);
    Ok(best)
}
