//! Snippets: the passage that shows why a document was found, and what to mark in it.

use super::grapheme::Graphemes;
use super::order::sorted;
use super::results::Snippet;
use super::typed::Region;
use crate::analysis::Match;
use std::ops::Range;

/// Width of a snippet in columns; a CJK character takes two.
const WIDTH: usize = 160;
/// Columns shown before the first match, if no sentence begins nearer.
const LEAD: usize = 24;
/// Stands where text was left out.
const ELLIPSIS: char = '…';

/// Sorts matches and joins those that touch, graphemes made whole.
pub(super) fn tidy(graphemes: Graphemes<'_>, matches: Vec<Match>) -> Vec<Match> {
    // Starts, and below them ends.
    let mut keys = Vec::with_capacity(matches.len());
    for m in matches {
        keys.push((graphemes.start(m.start) as u64) << 32 | graphemes.end(m.end) as u64);
    }
    let mut tidy: Vec<Match> = Vec::with_capacity(keys.len());
    for key in sorted(keys) {
        let (start, end) = ((key >> 32) as usize, key as u32 as usize);
        match tidy.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => tidy.push(start..end),
        }
    }
    tidy
}

/// The passage around `best`, or else the beginning, of the part `within` of the text.
pub(super) fn passage(
    graphemes: Graphemes<'_>,
    best: Option<Match>,
    within: Range<usize>,
) -> Range<usize> {
    let text = graphemes.text;
    let best = best.unwrap_or(within.start..within.start);
    let start = graphemes.start(lead_start(text, best.start).max(within.start));
    let start = start + text[start..].len() - text[start..].trim_start().len();
    // A match longer than a snippet is shown whole: it is what was typed.
    let end = forward(text, start, WIDTH).min(within.end).max(best.end);
    let end = graphemes.end(end.max(start));
    start.min(end)..end
}

/// Whether the byte `at` lies in one of the parts `demoted`, ascending and apart.
pub(super) fn is_within(demoted: &[Range<usize>], at: usize) -> bool {
    demoted.iter().any(|part| part.contains(&at))
}

/// The first byte that lies in none of the parts `demoted`.
pub(super) fn first_outside(demoted: &[Range<usize>]) -> usize {
    demoted.iter().fold(0, |at, part| if part.contains(&at) { part.end } else { at })
}

/// What a passage that starts at byte `at` of a text of `len` bytes may show: the part of `demoted`
/// around it, or else what lies between two of them.
pub(super) fn surroundings(demoted: &[Range<usize>], at: usize, len: usize) -> Range<usize> {
    let mut around = 0..len;
    for part in demoted {
        if part.contains(&at) {
            return part.start..part.end.min(len);
        } else if part.end <= at {
            around.start = part.end;
        } else {
            around.end = around.end.min(part.start);
        }
    }
    around
}

/// The passage as a snippet, with the matches inside it.
pub(super) fn snippet(region: &Region<'_>, passage: Range<usize>, matches: &[Match]) -> Snippet {
    let text = region.text;
    let body = text[passage.clone()].trim_end();
    let end = passage.start + body.len();
    let mut out = String::with_capacity(body.len() + 6);
    let before = region.start > 0 || !text[..passage.start].trim_start().is_empty();
    if before {
        out.push(ELLIPSIS);
    }
    out.push_str(body);
    if region.more || !text[end..].trim_end().is_empty() {
        out.push(ELLIPSIS);
    }
    let mut inside = Vec::new();
    for m in matches {
        if m.start >= passage.start && m.end <= end {
            inside.push(m.start - passage.start..m.end - passage.start);
        }
    }
    Snippet { text: out, highlights: utf16(body, &inside, u32::from(before)) }
}

/// Ranges of bytes of `text`, ascending and apart, as ranges of UTF-16 code units, of which `before`
/// stand in front of the text.
#[inline(never)]
pub(super) fn utf16(text: &str, ranges: &[Range<usize>], before: u32) -> Vec<[u32; 2]> {
    let (mut at, mut units) = (0, before);
    let mut to_units = |offset: usize| {
        for c in text[at..offset].chars() {
            units += c.len_utf16() as u32;
        }
        at = offset;
        units
    };
    let mut in_units = Vec::with_capacity(ranges.len());
    for range in ranges {
        in_units.push([to_units(range.start), to_units(range.end)]);
    }
    in_units
}

/// The match from which a snippet shows the most bytes of matches; the first of equals. One in the
/// parts `demoted` is the best only where there is no other.
pub(super) fn best_match<'m>(matches: &'m [Match], demoted: &[Range<usize>]) -> Option<&'m Match> {
    // Matches and parts ascend: those between two parts are neighbours.
    let mut best: Option<(usize, &Match)> = None;
    let mut rest = matches;
    while let Some(first) = rest.first() {
        let next = demoted.iter().find(|part| part.end > first.start);
        let end = next.map_or(rest.len(), |part| rest.partition_point(|m| m.start < part.start));
        let (group, behind) = rest.split_at(end.max(1));
        rest = behind;
        if !is_within(demoted, first.start)
            && let Some(found) = densest(group)
            && best.is_none_or(|best| found.0 > best.0)
        {
            best = Some(found);
        }
    }
    best.or_else(|| densest(matches)).map(|(_, first)| first)
}

/// The match from which a snippet shows the most bytes of matches, and how many.
fn densest(matches: &[Match]) -> Option<(usize, &Match)> {
    let mut best = None;
    let (mut most, mut behind, mut sum) = (0, 0, 0);
    for (i, first) in matches.iter().enumerate() {
        // About as many bytes as a snippet of CJK has; exact widths would cost a scan per match.
        let reach = first.start + (WIDTH - LEAD) / 2 * 3;
        while behind < matches.len() && (behind <= i || matches[behind].end <= reach) {
            sum += matches[behind].len();
            behind += 1;
        }
        if sum > most {
            (most, best) = (sum, Some((sum, first)));
        }
        sum -= first.len();
    }
    best
}

/// Where to begin so that `anchor` has some context: at a sentence, else a few columns before.
fn lead_start(text: &str, anchor: usize) -> usize {
    let mut width = 0;
    let mut start = anchor;
    for (at, c) in text[..anchor].char_indices().rev() {
        width += columns(c);
        let sentence = matches!(c, '。' | '！' | '？' | '!' | '?' | '；')
            || c == '\n' && text[..at].ends_with('\n');
        if sentence && start < anchor || width > 2 * LEAD {
            break;
        }
        if sentence {
            return anchor;
        }
        if width <= 2 * LEAD {
            start = at;
        }
    }
    if width > 2 * LEAD {
        // No sentence begins near: a few columns must do.
        let mut width = 0;
        start = anchor;
        for (at, c) in text[..anchor].char_indices().rev() {
            width += columns(c);
            if width > LEAD {
                break;
            }
            start = at;
        }
    }
    start
}

/// The byte offset `width` columns behind `start`.
fn forward(text: &str, start: usize, width: usize) -> usize {
    let mut left = width;
    for (at, c) in text[start..].char_indices() {
        let columns = columns(c);
        if columns > left {
            return start + at;
        }
        left -= columns;
    }
    text.len()
}

/// Columns that `c` takes: two from Hangul jamo on, which is where wide characters begin.
fn columns(c: char) -> usize {
    if c >= '\u{1100}' { 2 } else { 1 }
}
