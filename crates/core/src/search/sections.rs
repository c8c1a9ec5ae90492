//! Sections of a hit that hold matches, as hits of their own.

use super::grapheme::Graphemes;
use super::hits::Patterns;
use super::order::smallest;
use super::results::SectionMatch;
use super::snippet::{densest, first_outside, is_within, passage, snippet, surroundings};
use super::typed::Region;
use crate::Error;
use crate::analysis::Analyzer;
use crate::format::Structure;
use crate::format::store::Details;

/// At most `most` sections of a text that hold matches: first the one of which a snippet and the
/// heading show the most bytes of matches.
pub(super) fn best_sections(
    analyzer: &Analyzer,
    patterns: &Patterns<'_>,
    text: &[u8],
    details: &Details<'_>,
    most: usize,
) -> Result<Vec<SectionMatch>, Error> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let Details { sections, demoted, .. } = details;
    let (mut keys, mut found) = (Vec::new(), Vec::new());
    let damaged = Error::Damaged { structure: Structure::Records.name() };
    for (i, section) in sections.iter().enumerate() {
        let (from, title) = (section.start as usize, section.title);
        let end = sections.get(i + 1).map_or(text.len(), |next| next.start as usize);
        let body = text.get(from..end).ok_or(damaged.clone())?;
        // Without the heading, which stands beside the snippet.
        let start = end - body.strip_prefix(title.as_bytes()).unwrap_or(body).len();
        let region = Region::whole(&text[start..end])?;
        let mut hidden = Vec::new();
        for part in demoted {
            if part.start < end && part.end > start {
                hidden.push(part.start.max(start) - start..part.end.min(end) - start);
            }
        }
        let mut matches = Vec::new();
        for found in patterns.find(analyzer, region.text) {
            if !is_within(&hidden, found.start) {
                matches.push(found);
            }
        }
        let best = densest(&matches);
        let mut bytes = best.map_or(0, |(bytes, _)| bytes);
        if !is_within(demoted, from) {
            patterns.find(analyzer, title).iter().for_each(|found| bytes += found.len());
        }
        if bytes > 0 {
            let best = best.map(|(_, first)| first.clone());
            let at = best.as_ref().map_or_else(|| first_outside(&hidden), |best| best.start);
            let graphemes = Graphemes { text: region.text, fold: &analyzer.fold };
            let passage = passage(graphemes, best, surroundings(&hidden, at, region.text.len()));
            keys.push(u64::from(!(bytes as u32)) << 32 | found.len() as u64);
            found.push(SectionMatch {
                title: title.to_owned(),
                anchor: section.anchor.to_owned(),
                snippet: snippet(&region, passage, &matches),
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
