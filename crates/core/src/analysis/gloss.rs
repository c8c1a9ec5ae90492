//! Pinyin glosses: a bracketed toned syllable behind the character it tells how to read.

use super::readings::Syllable;

/// The longest gloss in bytes, brackets not counted: six letters, some with combining marks.
const LONGEST: usize = 24;

/// What stands in brackets where a gloss could.
pub(super) struct Gloss {
    pub(super) syllable: Syllable,
    /// Bytes in the source, brackets included.
    pub(super) len: usize,
}

/// The gloss that `text` starts with: half- or full-width brackets, one of each kind too.
///
/// Whether the character before it reads so is for [`Readings::has`](super::Readings::has) to say.
pub(super) fn leading_gloss(text: &str) -> Option<Gloss> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（'))?.len_utf8();
    let inner = &text[open..];
    if !inner.starts_with(|c| c < '\u{300}') {
        return None;
    }
    let (at, close) = inner
        .char_indices()
        .take_while(|&(at, _)| at <= LONGEST)
        .find(|&(_, c)| matches!(c, ')' | '）'))?;
    let syllable = Syllable::parse(&inner[..at])?;
    Some(Gloss { syllable, len: open + at + close.len_utf8() })
}
