//! Sections of a hit that hold matches, as hits of their own.

use super::grapheme::Graphemes;
use super::hits::Patterns;
use super::order::smallest;
use super::results::SectionMatch;
use super::snippet::{densest, first_outside, is_within, passage, snippet, surroundings};
use super::typed::Region;
use crate::Error;
use crate::analysis::{Analyzer, Match};
use crate::format::Structure;
use crate::format::store::{Details, StoredSection};
use std::ops::Range;

/// The text of a section, without its heading, and what was found in it.
struct Body<'a> {
    region: Region<'a>,
    /// Parts of it that are kept out of snippets.
    demoted: Vec<Range<usize>>,
    /// Those outside of these parts.
    matches: Vec<Match>,
}

/// At most `most` sections of a text that hold matches: first the one of which a snippet and the
/// heading show the most bytes of matches.
pub(super) fn best_sections(
    analyzer: &Analyzer,
    patterns: &Patterns<'_>,
    text: &[u8],
    details: &Details<'_>,
    most: usize,
) -> Result<Vec<SectionMatch>, Error> {
    let mut keys = Vec::new();
    if most == 0 {
        return Ok(Vec::new());
    }
    for (i, section) in details.sections.iter().enumerate() {
        let body = body(analyzer, patterns, text, details, i)?;
        let mut bytes = densest(&body.matches).map_or(0, |(bytes, _)| bytes);
        if !is_within(&details.demoted, section.start as usize) {
            let heading = patterns.find(analyzer, section.title);
            bytes += heading.iter().map(Match::len).sum::<usize>();
        }
        if bytes > 0 {
            keys.push(u64::from(!(bytes as u32)) << 32 | i as u64);
        }
    }
    let best = smallest(keys, most).into_iter().take(most);
    best.map(|key| {
        let i = key as u32 as usize;
        let Body { region, demoted, matches } = body(analyzer, patterns, text, details, i)?;
        let best = densest(&matches).map(|(_, first)| first.clone());
        let at = best.as_ref().map_or_else(|| first_outside(&demoted), |best| best.start);
        let graphemes = Graphemes { text: region.text, fold: &analyzer.fold };
        let passage = passage(graphemes, best, surroundings(&demoted, at, region.text.len()));
        let StoredSection { title, anchor, .. } = details.sections[i];
        Ok(SectionMatch {
            title: title.to_owned(),
            anchor: anchor.to_owned(),
            snippet: snippet(&region, passage, &matches),
        })
    })
    .collect()
}

/// The body of section `i`.
fn body<'a>(
    analyzer: &Analyzer,
    patterns: &Patterns<'_>,
    text: &'a [u8],
    details: &Details<'_>,
    i: usize,
) -> Result<Body<'a>, Error> {
    let section = details.sections[i];
    let end = details.sections.get(i + 1).map_or(text.len(), |next| next.start as usize);
    let damaged = Error::Damaged { structure: Structure::Records.name() };
    let section_text = text.get(section.start as usize..end).ok_or(damaged)?;
    let start =
        end - section_text.strip_prefix(section.title.as_bytes()).unwrap_or(section_text).len();
    let region = Region::whole(&text[start..end])?;
    let within = details.demoted.iter().filter(|part| part.start < end && part.end > start);
    let demoted: Vec<Range<usize>> =
        within.map(|part| part.start.saturating_sub(start)..part.end.min(end) - start).collect();
    let mut matches = patterns.find(analyzer, region.text);
    matches.retain(|found| !is_within(&demoted, found.start));
    Ok(Body { region, demoted, matches })
}
