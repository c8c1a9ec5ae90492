//! Repairs what a converter broke that put pinyin behind characters by replacing bytes of GBK.
//!
//! It took no heed of where a character begins. In `当地`, written `當地` = AE94 B5D8, the bytes 94B5 read
//! as 數; so `(shù)` went inside of 地: AE94 B5`(shù)`D8. Decoded, B5 and the bracket have no meaning and
//! become `?`, and all that follows is shifted by a byte, up to one below 0x80:
//!
//! ```text
//! 當地群眾的贊許                AE94 B5D8 C8BA B18A B5C4 D99D D453
//! 當(dāng)?shù)厝罕姷馁澰S    AE94 (dāng) ? shù) D8C8 BAB1 8AB5 C4D9 9DD4 53
//! ```
//!
//! A *site* is a character, its own gloss perhaps, and `?shù)`. The character's trail byte and an orphan
//! that is looked for are a character read *shù*; the orphan in front of the bytes that follow shifts them
//! back. The result counts when nine of ten characters are common, and when they are more common than those
//! that stood there.
//!
//! Where the shifted text ends in a `?`, a byte is lost. The character is taken from elsewhere in the same
//! document: behind the same character, with the same lead byte. Else the `?` stays.

mod evidence;
mod gbk;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use suoyin_core::analysis::readings::Syllable;

use self::evidence::Evidence;
use self::gbk::{character, commonness, is_lead, pair_of, read_so};
use crate::draft::{Draft, one_line};

/// How many sites a text had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sites {
    /// Those repaired.
    pub(crate) repaired: u64,
    /// Those that stand as they were, and those repaired but for one character.
    pub(crate) left: u64,
}

/// Repairs the title, the text and the headings of a document.
pub(crate) fn repair_draft(draft: &mut Draft) -> Sites {
    if !is_suspect(&draft.text) && !is_suspect(&draft.title) {
        return Sites::default();
    }
    let starts = draft.sections.iter().map(|section| section.start as usize);
    let ends = draft.sections.iter().map(|section| {
        let start = section.start as usize;
        start + heading_len(&draft.text[start..], &section.title)
    });
    let mut offsets: Vec<usize> = starts.chain(ends).chain(draft.weights.offsets()).collect();
    let (text, mut sites) = repair(&draft.text, None, &mut offsets);
    if let Cow::Owned(text) = text {
        let (starts, rest) = offsets.split_at(draft.sections.len());
        let (ends, of_weights) = rest.split_at(draft.sections.len());
        draft.weights.set_offsets(of_weights);
        for (section, (&start, &end)) in draft.sections.iter_mut().zip(starts.iter().zip(ends)) {
            section.start = u32::try_from(start).unwrap_or(u32::MAX);
            let title = one_line(&text[start..end]);
            if !title.is_empty() {
                section.title = title;
            }
        }
        draft.text = text;
    }
    let (title, of_title) = repair(&draft.title, Some(&draft.text), &mut []);
    if let Cow::Owned(title) = title {
        draft.title = title;
    }
    sites.repaired += of_title.repaired;
    sites.left += of_title.left;
    sites
}

/// Bytes of the heading that `text` starts with.
fn heading_len(text: &str, title: &str) -> usize {
    let visible = |c: &char| !c.is_whitespace() && !('\u{E000}'..'\u{F900}').contains(c);
    let mut rest = text.char_indices().filter(|(_, c)| visible(c));
    let mut end = 0;
    for expected in title.chars().filter(visible) {
        match rest.next() {
            Some((at, c)) if c == expected => end = at + c.len_utf8(),
            _ => break,
        }
    }
    end
}

/// The text with its sites repaired, borrowed when there is nothing to repair. `offsets` are those in
/// `text` and become those in the result. What is lost is looked for in `context`, or in the text.
fn repair<'a>(
    text: &'a str,
    context: Option<&str>,
    offsets: &mut [usize],
) -> (Cow<'a, str>, Sites) {
    let mut text = Cow::Borrowed(text);
    let mut repaired = 0;
    let mut lost = 0;
    // What one repair brings to light may be what another one lacks. Each takes a bracket away.
    while is_suspect(&text) {
        let pass = Pass::over(&text, context);
        if pass.edits.is_empty() {
            let left = pass.left + lost;
            return (text, Sites { repaired, left });
        }
        for edit in &pass.edits {
            *(if edit.is_whole { &mut repaired } else { &mut lost }) += 1;
        }
        for offset in &mut *offsets {
            *offset = moved(*offset, &pass.edits);
        }
        text = Cow::Owned(applied(&text, &pass.edits));
    }
    (text, Sites { repaired, left: lost })
}

/// Whether a text may have a site: cheap, and false for nearly all texts.
fn is_suspect(text: &str) -> bool {
    marks(text).any(|(at, mark)| syllable_behind(&text[at + mark.len_utf8()..]).is_some())
}

/// What decoders write for a byte without meaning.
const MARKS: [char; 2] = ['?', '\u{FFFD}'];

fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    // One character at a time is searched for much faster.
    let [ascii, unicode] =
        MARKS.map(|mark| text.match_indices(mark).map(move |(at, _)| (at, mark)));
    let (mut ascii, mut unicode) = (ascii.peekable(), unicode.peekable());
    std::iter::from_fn(move || match (ascii.peek(), unicode.peek()) {
        (Some(a), Some(b)) if b < a => unicode.next(),
        (Some(_), _) => ascii.next(),
        (None, _) => unicode.next(),
    })
}

/// The syllable and the bracket behind a mark, and their length: `shù)`, or all of `(shù)`.
fn syllable_behind(text: &str) -> Option<(Syllable, usize)> {
    /// Six letters, some with combining marks.
    const LONGEST: usize = 24;
    let open = text.chars().next().filter(|&c| is_open(c)).map_or(0, char::len_utf8);
    let inner = &text[open..];
    let (at, close) = inner
        .char_indices()
        .take_while(|&(at, _)| at <= LONGEST)
        .find(|&(_, c)| !(c.is_ascii_alphabetic() || ('\u{C0}'..'\u{2000}').contains(&c)))
        .filter(|&(_, c)| is_close(c))?;
    Some((Syllable::parse(&inner[..at])?, open + at + close.len_utf8()))
}

/// The gloss that a text starts with, and its length.
fn gloss(text: &str) -> Option<(Syllable, usize)> {
    text.starts_with(is_open).then(|| syllable_behind(text))?
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

/// A text without the gloss at its end.
fn without_gloss(text: &str) -> &str {
    let Some(open) = text.ends_with(is_close).then(|| text.rfind(is_open)).flatten() else {
        return text;
    };
    match gloss(&text[open..]) {
        Some((_, len)) if open + len == text.len() => &text[..open],
        _ => text,
    }
}

/// One piece of text in another's place.
struct Edit {
    range: Range<usize>,
    text: String,
    is_whole: bool,
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut after = 0;
    for edit in edits {
        result.push_str(&text[after..edit.range.start]);
        result.push_str(&edit.text);
        after = edit.range.end;
    }
    result.push_str(&text[after..]);
    result
}

/// Where an offset is after the edits; one within an edit is behind it then.
fn moved(offset: usize, edits: &[Edit]) -> usize {
    let (mut old, mut new) = (0, 0);
    for edit in edits.iter().take_while(|edit| edit.range.start < offset) {
        old += edit.range.len();
        new += edit.text.len();
        if offset < edit.range.end {
            return edit.range.end - old + new;
        }
    }
    offset - old + new
}

/// One time through a text.
struct Pass<'a> {
    text: &'a str,
    evidence: Evidence<'a>,
    edits: Vec<Edit>,
    /// Sites that cannot be repaired.
    left: u64,
}

impl<'a> Pass<'a> {
    fn over(text: &'a str, context: Option<&'a str>) -> Pass<'a> {
        let evidence = Evidence::of(context.unwrap_or(text));
        let mut pass = Pass { text, evidence, edits: Vec::new(), left: 0 };
        for (at, mark) in marks(text) {
            let done = pass.edits.last().map_or(0, |edit| edit.range.end);
            // What follows an edit directly is seen in the next pass, with the character that is there then.
            if at >= done {
                pass.site(&text[done..at], at, mark);
            }
        }
        pass
    }

    /// Repairs what may be a site, at the mark behind `before`.
    fn site(&mut self, before: &str, at: usize, mark: char) {
        let start = at + mark.len_utf8();
        let Some((syllable, len)) = syllable_behind(&self.text[start..]) else { return };
        // A decoder that takes the bracket with the byte writes `?`.
        if mark == '?' && self.text[start..].starts_with(is_open) {
            return;
        }
        let Some(previous) = without_gloss(before).chars().next_back() else { return };
        let Some([_, lead]) = pair_of(previous) else { return };
        let rest = &self.text[start + len..];
        let mut best: Option<((u64, u32, u64), Shifted)> = None;
        for (orphan, lost) in read_so(lead, syllable) {
            let Some(shifted) = self.shift_back(rest, orphan, previous) else { continue };
            let known = shifted.text.chars().next().map_or(0, |c| self.evidence.count(previous, c));
            let rank = (shifted.after.commonness, known, commonness(lost));
            if best.as_ref().is_none_or(|(highest, _)| rank > *highest) {
                best = Some((rank, shifted));
            }
        }
        let edit = best.map(|(_, shifted)| Edit {
            range: at..start + len + shifted.len,
            text: shifted.text,
            is_whole: shifted.is_whole,
        });
        // They fall, so repairs come to an end.
        let brackets = |text: &str| (text.matches(')').count(), text.matches('）').count());
        match edit {
            Some(edit) if brackets(&edit.text) < brackets(&self.text[edit.range.clone()]) => {
                self.edits.push(edit);
            }
            _ => self.left += 1,
        }
    }

    /// What `rest` starts with, shifted back by putting `orphan` in front; none where the result is no
    /// better. `previous` is the character before.
    fn shift_back(&self, rest: &str, orphan: u8, previous: char) -> Option<Shifted> {
        let mut shifted = Shifted::default();
        let mut lead = orphan;
        loop {
            let tail = &rest[shifted.len..];
            if let Some((_, len)) = gloss(tail) {
                // It went inside of the next character.
                shifted.len += len;
                continue;
            }
            let c = tail.chars().next().filter(|&c| c != '\n');
            match c {
                Some(c) if pair_of(c).is_some() => {
                    let [trail, next] = pair_of(c)?;
                    shifted.take(c);
                    shifted.put(character(lead, trail)?);
                    if !is_lead(next) {
                        shifted.text.push(char::from(next));
                        return (next < 0x80).then_some(shifted)?.if_better();
                    }
                    lead = next;
                }
                Some('@'..='~') => {
                    let c = c?;
                    shifted.take(c);
                    shifted.put(character(lead, c as u8)?);
                    return shifted.if_better();
                }
                Some('€') => {
                    shifted.take('€');
                    shifted.put(character(lead, 0x80)?);
                    return shifted.if_better();
                }
                Some(c) if !c.is_ascii() && !MARKS.contains(&c) => return None,
                _ => {
                    let mark = c.filter(|c| MARKS.contains(c));
                    let before = shifted.text.chars().next_back().unwrap_or(previous);
                    return self.end_at_orphan(shifted, tail, lead, before, mark)?.if_better();
                }
            }
        }
    }

    /// The trail byte of the last character is lost.
    fn end_at_orphan(
        &self,
        mut shifted: Shifted,
        tail: &str,
        lead: u8,
        before: char,
        mark: Option<char>,
    ) -> Option<Shifted> {
        if let Some(mark) = mark {
            // A gloss of the very character, for once at the right place.
            let behind = &tail[mark.len_utf8()..];
            if let Some((syllable, len)) = syllable_behind(behind) {
                let so: Vec<char> = read_so(lead, syllable).map(|(_, c)| c).collect();
                let c = match so[..] {
                    [c] => c,
                    _ => self.evidence.behind(before, lead).filter(|c| so.contains(c))?,
                };
                shifted.take(mark);
                shifted.put(c);
                if !behind.starts_with(is_open) {
                    shifted.text.push('(');
                }
                shifted.text.push_str(&behind[..len]);
                shifted.len += len;
                return Some(shifted);
            }
        }
        match (self.evidence.behind(before, lead), mark) {
            (Some(c), mark) => {
                if let Some(mark) = mark {
                    shifted.take(mark);
                }
                shifted.put(c);
            }
            (None, Some(mark)) => {
                shifted.len += mark.len_utf8();
                shifted.text.push(mark);
                shifted.is_whole = false;
            }
            (None, None) => return None,
        }
        Some(shifted)
    }
}

/// Text that was shifted back.
struct Shifted {
    text: String,
    /// Bytes of the text before.
    len: usize,
    before: Rating,
    after: Rating,
    is_whole: bool,
}

impl Default for Shifted {
    fn default() -> Shifted {
        let (before, after) = (Rating::default(), Rating::default());
        Shifted { text: String::new(), len: 0, before, after, is_whole: true }
    }
}

impl Shifted {
    fn take(&mut self, c: char) {
        self.len += c.len_utf8();
        self.before.add(c);
    }

    fn put(&mut self, c: char) {
        self.text.push(c);
        self.after.add(c);
    }

    fn if_better(self) -> Option<Shifted> {
        let Rating { characters, common, commonness } = self.after;
        let plausible = characters > 0 && common * 10 >= characters * 9;
        let better =
            commonness * self.before.characters.max(1) > self.before.commonness * characters.max(1);
        (plausible && better).then_some(self)
    }
}

/// How plausible some characters are.
#[derive(Clone, Copy, Default)]
struct Rating {
    characters: u64,
    common: u64,
    commonness: u64,
}

impl Rating {
    fn add(&mut self, c: char) {
        self.characters += 1;
        self.common += u64::from(commonness(c) > 0);
        self.commonness += commonness(c);
    }
}
