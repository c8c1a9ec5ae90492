//! A document in the making: what the formats have in common.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use suoyin_core::{Section, Weight};

use crate::blocks::{Blocks, Place};
use crate::flow::BLOCK;
use crate::meta::Meta;
use crate::report::SkipReason;
use crate::weights::Weights;

/// What a format makes of a file or line.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one at a time is made, and taken apart at once")]
pub(crate) enum Parsed {
    Document(Draft),
    Skipped(SkipReason),
}

/// A document without its id and URL.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) sections: Vec<Section>,
    pub(crate) meta: Meta,
    /// Fields that the document itself marks for filtering or sorting.
    pub(crate) facets: BTreeSet<String>,
    pub(crate) weight: Weight,
    /// Parts of the text with a weight of their own.
    pub(crate) weights: Weights,
    /// Whether the text stands in lines, as plain text does, rather than in blocks.
    pub(crate) is_plain: bool,
    /// The address of a picture, as the page gives it: relative to the page.
    pub(crate) image: String,
    /// What the author should know.
    pub(crate) warnings: Vec<String>,
    /// Blocks left out because they stand in most pages.
    pub(crate) common: u64,
    /// Paragraphs left out because they stand in the text already.
    pub(crate) repeated: u64,
}

/// Text as it was gathered from a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gathered<'a> {
    pub(crate) text: &'a str,
    /// In order.
    pub(crate) headings: &'a [Heading],
    /// Parts of the text that have a weight.
    pub(crate) weights: &'a Weights,
}

/// A heading within gathered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) range: Range<usize>,
    pub(crate) anchor: String,
}

/// The paragraphs that were seen in a document.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    seen: HashSet<u64>,
    key: String,
}

impl Paragraphs {
    /// Shorter paragraphs may stand twice.
    const MIN_CHARS: usize = 12;

    /// Whether this paragraph was seen before, but for white space and case.
    pub(crate) fn is_repeated(&mut self, paragraph: &str) -> bool {
        self.key.clear();
        fold_into(paragraph, &mut self.key);
        if self.key.chars().nth(Self::MIN_CHARS - 1).is_none() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(self.key.as_bytes());
        !self.seen.insert(hasher.finish())
    }
}

/// A paragraph as it is compared: without white space, in lower case.
pub(crate) fn folded(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    fold_into(text, &mut key);
    key
}

fn fold_into(text: &str, key: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            if !c.is_ascii_whitespace() {
                key.push(c.to_ascii_lowercase());
            }
        } else if ('\u{2E80}'..'\u{A000}').contains(&c) && c != '\u{3000}' {
            key.push(c);
        } else if !c.is_whitespace() {
            key.extend(c.to_lowercase());
        }
    }
}

/// Puts gathered text together: the `regions` that belong to the document, without the heading that
/// became its title, without paragraphs that repeat, and without what stands in most pages.
pub(crate) fn assemble(
    gathered: Gathered<'_>,
    regions: &[Range<usize>],
    title: Option<usize>,
    blocks: &mut dyn Blocks,
) -> Draft {
    let Gathered { text, headings, weights } = gathered;
    let mut draft = Draft { text: String::with_capacity(text.len()), ..Draft::default() };
    let mut paragraphs = Paragraphs::default();
    let mut next = 0;
    for region in regions {
        let mut after = region.start;
        for block in text[region.clone()].split(BLOCK) {
            let start = after;
            let end = start + block.len();
            after = end + BLOCK.len();
            while headings.get(next).is_some_and(|heading| heading.range.start < start) {
                next += 1;
            }
            let heading = headings.get(next).filter(|heading| heading.range.start < end);
            let is_title = heading.is_some() && title == Some(next);
            let trimmed = block.trim_start_matches(BLANKS);
            let start = end - trimmed.len();
            let content = trimmed.trim_end_matches(BLANKS);
            if content.is_empty() || is_title {
                continue;
            }
            if heading.is_none() && paragraphs.is_repeated(content) {
                draft.repeated += 1;
                continue;
            }
            let place = if heading.is_none() { blocks.see(content) } else { Place::Own };
            if place == Place::Again {
                draft.common += 1;
                continue;
            }
            if !draft.text.is_empty() {
                draft.text.push_str(BLOCK);
            }
            let to = draft.text.len();
            if let Some(heading) = heading {
                draft.sections.push(Section {
                    title: one_line(&text[heading.range.start..heading.range.end.min(end)]),
                    anchor: heading.anchor.clone(),
                    start: u32::try_from(to).unwrap_or(u32::MAX),
                });
            }
            draft.text.push_str(content);
            if place == Place::First {
                draft.weights.push(to..draft.text.len(), Weight::DEMOTED);
            } else {
                move_weights(weights, start..start + content.len(), to, &mut draft.weights);
            }
        }
    }
    draft
}

const BLANKS: [char; 3] = ['\n', ' ', '\t'];

/// Takes the weights within `from` over, as they are when that text stands at `to`.
fn move_weights(weights: &Weights, from: Range<usize>, to: usize, moved: &mut Weights) {
    let parts = weights.parts();
    let first = parts.partition_point(|(range, _)| range.end <= from.start);
    for (range, weight) in parts[first..].iter().take_while(|(r, _)| r.start < from.end) {
        let start = range.start.max(from.start) - from.start + to;
        let end = range.end.min(from.end) - from.start + to;
        moved.push(start..end, *weight);
    }
}

/// White space and characters for private use as single spaces; line ends between wide characters
/// vanish.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap: Option<bool> = None;
    for c in text.chars() {
        if c.is_whitespace() || ('\u{E000}'..'\u{F900}').contains(&c) {
            gap = Some(gap.unwrap_or(true) && c == '\n');
            continue;
        }
        if let (Some(only_line_ends), Some(before)) = (gap, line.chars().next_back()) {
            let wrapped = only_line_ends && crate::flow::is_wide(before) && crate::flow::is_wide(c);
            if !wrapped {
                line.push(' ');
            }
        }
        gap = None;
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::Unseen;

    #[test]
    fn repeated_paragraphs() {
        let mut paragraphs = Paragraphs::default();
        assert!(!paragraphs.is_repeated("Open from nine to five."));
        assert!(paragraphs.is_repeated("open from\u{3000}NINE to five. "));
        assert!(!paragraphs.is_repeated("open from nine"));
        assert!(!paragraphs.is_repeated("short") && !paragraphs.is_repeated("short"));
    }

    #[test]
    fn assembling() {
        let text = "标题\n\n\n一\n\n\n小节\n\n\n二\n\n\n导航";
        let range = |word: &str| {
            let at = text.find(word).unwrap();
            at..at + word.len()
        };
        let heading = |word| Heading { level: 1, range: range(word), anchor: "x".to_owned() };
        let headings = [heading("标题"), heading("小节")];
        let region = 0..range("二").end;
        let at = range("一").start;
        let mut weights = Weights::default();
        weights.push(0..at, Weight::MAX);
        weights.push(range("二").start..text.len(), Weight::MAX);
        let gathered = Gathered { text, headings: &headings, weights: &weights };
        let draft = assemble(gathered, std::slice::from_ref(&region), Some(0), &mut Unseen);
        assert_eq!(draft.text, "一\n\n\n小节\n\n\n二");
        assert_eq!(draft.sections.len(), 1);
        assert_eq!(draft.sections[0].start, 6);
        assert_eq!(draft.weights.parts(), [(15..18, Weight::MAX)]);
    }

    #[test]
    fn lines() {
        assert_eq!(one_line(" 三级\n组织 a\n b "), "三级组织 a b");
        assert_eq!(one_line("\u{f0d8} 收费"), "收费");
    }
}
