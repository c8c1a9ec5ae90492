//! Snippets: the passage that shows why a document was found, and what to mark in it.

use super::grapheme::Graphemes;
use super::results::Snippet;
use super::typed::{Found, Region};
use crate::analysis::Match;
use crate::sorting::sorted;
use std::ops::Range;

/// Stands where text was left out.
const ELLIPSIS: char = '…';

/// Sorts matches and joins those that touch, graphemes made whole.
pub(super) fn tidy(graphemes: Graphemes<'_>, matches: Vec<Found>) -> Vec<Found> {
    // Starts, and below them which match.
    let mut keys = Vec::with_capacity(matches.len());
    for (i, Found { range, .. }) in matches.iter().enumerate() {
        keys.push((graphemes.start(range.start) as u64) << 32 | i as u64);
    }
    let mut tidy: Vec<Found> = Vec::with_capacity(keys.len());
    for key in sorted(keys) {
        let Found { range, patterns } = &matches[key as u32 as usize];
        let (start, end, patterns) = ((key >> 32) as usize, graphemes.end(range.end), *patterns);
        match tidy.last_mut() {
            Some(last) if start <= last.range.end => {
                last.range.end = last.range.end.max(end);
                last.patterns |= patterns;
            }
            _ => tidy.push(Found { range: start..end, patterns }),
        }
    }
    tidy
}

/// How many of the parts `demoted`, ascending and apart, end before byte `at`.
#[inline(never)]
fn before(demoted: &[Range<usize>], at: usize) -> usize {
    demoted.partition_point(|part| part.end <= at)
}

/// Whether the byte `at` lies in one of the parts `demoted`, ascending and apart.
pub(super) fn is_within(demoted: &[Range<usize>], at: usize) -> bool {
    demoted.get(before(demoted, at)).is_some_and(|part| part.start <= at)
}

/// The first byte of `text`, white space apart, that lies in none of the parts `demoted`.
pub(super) fn first_outside(text: &str, demoted: &[Range<usize>]) -> usize {
    let (mut at, mut parts) = (0, demoted.iter());
    loop {
        at = text.len() - text[at..].trim_start().len();
        match parts.find(|part| part.contains(&at)) {
            Some(part) => at = part.end,
            None => return at,
        }
    }
}

/// What a passage that starts at byte `at` of a text of `len` bytes may show: the part of `demoted`
/// around it, or else what lies between two of them.
pub(super) fn surroundings(demoted: &[Range<usize>], at: usize, len: usize) -> Range<usize> {
    let ended = before(demoted, at);
    match demoted.get(ended) {
        Some(part) if part.start <= at => part.start..part.end.min(len),
        next => {
            let last = demoted.get(ended.wrapping_sub(1));
            last.map_or(0, |part| part.end)..next.map_or(len, |part| part.start.min(len))
        }
    }
}

/// A snippet, passage by passage as they follow one another in a text.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    /// The matches in it, as ranges of its bytes.
    pub(super) marks: Vec<Found>,
    /// Where the first of them stands in the text.
    pub(super) first: Option<usize>,
    /// Where the last passage ends in the text.
    pub(super) end: usize,
}

impl Draft {
    /// Adds a passage, a range of bytes of `region`, and marks the matches inside it. Gives whether
    /// there are any. The passage is shown for the match at byte `at` of the whole text.
    pub(super) fn push(
        &mut self,
        region: &Region<'_>,
        passage: Match,
        at: usize,
        matches: &[Found],
    ) -> bool {
        let text = region.text;
        let body = text[passage.clone()].trim_end();
        let end = passage.start + body.len();
        let before = region.start > 0 || !text[..passage.start].trim_start().is_empty();
        if before && self.text.is_empty() {
            self.text.push(ELLIPSIS);
        }
        let (shift, count) = (self.text.len(), self.marks.len());
        self.text.push_str(body);
        if region.more || !text[end..].trim_end().is_empty() {
            self.text.push(ELLIPSIS);
        }
        for Found { range, patterns } in matches {
            let inside = passage.start <= range.start && range.start < end;
            // What does not fit is marked only where the passage is shown for it.
            if inside && (range.end <= end || region.start + range.start <= at) {
                self.first.get_or_insert(region.start + range.start);
                let start = range.start - passage.start + shift;
                let end = range.end.min(end) - passage.start + shift;
                self.marks.push(Found { range: start..end, patterns: *patterns });
            }
        }
        self.end = region.start + passage.end;
        self.marks.len() > count
    }

    pub(super) fn finish(self) -> Snippet {
        Snippet { highlights: utf16(&self.text, &self.marks), text: self.text }
    }
}

/// Where they stand in `text`, ascending and apart, in UTF-16 code units.
#[inline(never)]
pub(super) fn utf16(text: &str, found: &[Found]) -> Vec<[u32; 2]> {
    let (mut at, mut units) = (0, 0);
    let mut to_units = |offset: usize| {
        for c in text[at..offset].chars() {
            units += c.len_utf16() as u32;
        }
        at = offset;
        units
    };
    let mut in_units = Vec::with_capacity(found.len());
    for Found { range, .. } in found {
        in_units.push([to_units(range.start), to_units(range.end)]);
    }
    in_units
}
