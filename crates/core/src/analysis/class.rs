//! Character classes: what becomes a bigram, what a word, what a boundary.

use super::emoji_ranges::EMOJI_RANGES;

/// What a character is to the analyzer. The script decides, never a page's `lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Han characters, kana, 々 and 〇: indexed as bigrams.
    Cjk,
    /// Hangul: bigrams as well, in runs of its own.
    Hangul,
    /// All other letters and digits: words by UAX #29.
    Alphanumeric,
    /// Emoji: a word each.
    Emoji,
    /// Punctuation, symbols and whatever else: separates, and is not indexed.
    Boundary,
    /// A boundary that also separates the clauses of a query: white space, CJK punctuation, `,` `;`.
    Separator,
}

impl Class {
    /// The class of a folded character `c` that comes from `source`.
    ///
    /// Both are needed: `：` and `:` fold together, but only the first separates clauses.
    #[inline]
    pub fn of(c: char, source: char) -> Class {
        if Class::is_unified_ideograph(c) { Class::Cjk } else { Class::of_rarer(c, source) }
    }

    /// As [`of`](Self::of), for an ASCII character that stands for itself.
    #[inline]
    pub fn of_ascii(c: char) -> Class {
        match c {
            'a'..='z' | '0'..='9' | 'A'..='Z' => Class::Alphanumeric,
            ' ' | '\t'..='\r' | ',' | ';' => Class::Separator,
            _ => Class::Boundary,
        }
    }

    /// True in the block that nearly every Han character of a text is from.
    #[inline]
    pub fn is_unified_ideograph(c: char) -> bool {
        matches!(c, '\u{4e00}'..='\u{9fff}')
    }

    fn of_rarer(c: char, source: char) -> Class {
        if is_separator(source) {
            Class::Separator
        } else if is_cjk(c) {
            Class::Cjk
        } else if is_hangul(c) {
            Class::Hangul
        } else if is_emoji(c) {
            Class::Emoji
        } else if c.is_alphanumeric() && !is_private_use(c) {
            Class::Alphanumeric
        } else {
            Class::Boundary
        }
    }

    /// True for both kinds of boundary.
    #[inline]
    pub fn is_boundary(self) -> bool {
        matches!(self, Class::Boundary | Class::Separator)
    }
}

/// Han (Unicode blocks, so that a newer version's additions count too), kana, iteration marks.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{30000}'..='\u{3347f}'
        | '々' | '〇' | '〡'..='〩' | '〸'..='〼'
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{1aff0}'..='\u{1b16f}'
        // Radicals and enclosed or squared characters fold to the above. Where an index does not
        // carry the entry, none of its texts has what it folds to: then it must match nothing,
        // not vanish from the query as a boundary would.
        | '\u{2e80}'..='\u{2fdf}' | '\u{3200}'..='\u{33ff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}'
        | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}')
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// True for one half of a flag.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_emoji(c: char) -> bool {
    let c = u32::from(c);
    c >= 0x2000
        && EMOJI_RANGES
            .binary_search_by(|&(first, last)| {
                if last < c {
                    std::cmp::Ordering::Less
                } else if first > c {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
}

/// White space, CJK punctuation and the two ASCII marks that people type between search words.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            ',' | ';' | '、' | '。' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}'
            | '\u{301d}'..='\u{301f}' | '！' | '（' | '）' | '，' | '：' | '；' | '？'
            | '［' | '］' | '｛' | '｝' | '\u{ff5f}'..='\u{ff64}'
            | '—' | '…' | '\u{2018}'..='\u{201f}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe4f}')
}
