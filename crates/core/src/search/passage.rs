//! Where a passage begins and ends: with sentences, as far as they are near.

use super::grapheme::Graphemes;
use super::typed::{Found, Region};
use crate::analysis::FoldTable;
use std::ops::Range;

/// Columns shown before the first match, if no sentence begins nearer.
pub(super) const LEAD: usize = 24;
/// Columns of `…`.
pub(super) const ELLIPSIS: usize = 2;

/// The passage of `region` around a match at byte `at` of the whole text, in `width` columns with an
/// ellipsis on either side, and in the part `within` of the text. `found` are all matches.
#[inline(never)]
pub(super) fn passage(
    region: &Region<'_>,
    fold: &FoldTable,
    at: usize,
    width: usize,
    found: &[Found],
    within: Range<usize>,
) -> Range<usize> {
    let text = region.text;
    let graphemes = Graphemes { text, fold };
    let anchor = at - region.start;
    let from = within.start.saturating_sub(region.start);
    let lead = LEAD.min(width / 4);
    let start = from + cut(&text[from..anchor], lead, 2 * lead, true);
    let start = graphemes.end(start).min(anchor);
    let mut room = width;
    if region.start + start > 0 {
        room -= ELLIPSIS;
    }
    let mut end = forward(text, start, room);
    let stop = within.end - region.start;
    if end >= stop {
        return start..stop;
    }
    // A character of many parts may be wider than all there is.
    let whole = graphemes.start(end);
    if whole > anchor {
        end = whole;
    }
    let mut shown = at;
    for Found { range, .. } in found {
        if range.end > shown && range.end <= region.start + end {
            shown = range.end;
        }
    }
    let shown = shown - region.start;
    start..shown + cut(&text[shown..end], 0, width / 4, false)
}

/// Where to cut `text` at most `most` columns before its end: behind a sentence; else behind a mark,
/// or else a word or wide character, up to `lead` columns before the end if there are any. Its
/// beginning is that of a sentence where it is `open`.
fn cut(text: &str, lead: usize, most: usize, open: bool) -> usize {
    // The last place that no mark follows, and what will do where no sentence ends.
    let (mut place, mut near) = (text.len(), None);
    let (mut width, mut marked, mut next) = (0, false, 'a');
    for (at, c) in text.char_indices().rev() {
        let sentence = match c {
            '。' | '！' | '？' | '!' | '?' | '；' => true,
            // A paragraph.
            '\n' => next == '\n',
            '.' => next <= ' ',
            _ => false,
        };
        if sentence {
            return place;
        }
        let mark = is_mark(c);
        if (mark || columns(c) > 1 && !marked) && (width <= lead || near.is_none()) {
            near = Some(place);
            marked |= mark;
        }
        if !mark {
            place = at;
        }
        width += columns(c);
        if width > most {
            return near.unwrap_or(text.len());
        }
        next = c;
    }
    if open { place } else { near.unwrap_or(text.len()) }
}

/// Spaces, and marks that belong to what is before.
fn is_mark(c: char) -> bool {
    match c {
        '，' | '、' | '。' | '：' | '；' | '！' | '？' | '）' | '」' | '』' | '》' => {
            true
        }
        ',' | '.' | ':' | ';' | '!' | '?' | ')' | '”' | '’' | '\u{3000}' => true,
        _ => c <= ' ',
    }
}

/// Where `room` columns from `start` on end: with the text, or so that an ellipsis finds room behind.
fn forward(text: &str, start: usize, mut room: usize) -> usize {
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if columns(c) > room {
            return end;
        }
        room -= columns(c);
        if room >= ELLIPSIS {
            end = start + at + c.len_utf8();
        }
    }
    text.len()
}

/// Columns that `c` takes, never fewer than it does: two from Hangul jamo on, where wide characters
/// begin, but for further Latin and Greek letters, and what is half as wide.
fn columns(c: char) -> usize {
    match c {
        '\u{1200}'..='\u{200f}' | '\u{ff61}'..='\u{ffdc}' => 1,
        '\u{1100}'.. => 2,
        _ => 1,
    }
}
