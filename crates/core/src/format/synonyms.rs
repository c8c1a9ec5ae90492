//! Synonyms: words of a query that other words may stand for.
//!
//! Varint number of entries; for each, ascending by the word, the bytes that it shares with the one
//! before, the rest of the word as a string, and the other word as a string. Both are folded text, as
//! [`FoldedText`](crate::analysis::FoldedText) writes it.
//!
//! Words of documents with the same stem are a group, and stand for one another. The entry of such a
//! word has, behind an empty string in place of the other word, a varint: twice how many groups back
//! its own began, counted from 1, or 0 where it begins one; and 1 more where it stands for the others:
//! there may be too many.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::Error;

/// A word of a query, and one that stands for it in documents, as folded text.
pub(crate) type Synonym = (String, String);

/// Others that stand for one word, at most; more are not looked for.
pub(crate) const MOST_OTHERS: usize = 8;

/// A word of documents that shares its stem with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// As folded text.
    pub(crate) word: String,
    /// The number of its group; groups are numbered as they begin.
    pub(crate) group: u32,
    /// Whether it stands for the others of its group.
    pub(crate) stands: bool,
}

/// Writes the structure of entries and words that ascend; a word's entries come before its forms.
pub(crate) fn encode(synonyms: &[Synonym], forms: &[Form]) -> Vec<u8> {
    let mut out = Vec::new();
    write_u32(&mut out, (synonyms.len() + forms.len()) as u32);
    let mut synonyms = synonyms.iter().peekable();
    let (mut last, mut groups) = ("", 0);
    for form in forms {
        while let Some((word, other)) = synonyms.next_if(|(word, _)| *word <= form.word) {
            encode_words(&mut out, last, word, other);
            last = word;
        }
        encode_words(&mut out, last, &form.word, "");
        last = &form.word;
        let back = groups - form.group;
        groups = groups.max(form.group + 1);
        write_u32(&mut out, back << 1 | u32::from(form.stands));
    }
    for (word, other) in synonyms {
        encode_words(&mut out, last, word, other);
        last = word;
    }
    out
}

fn encode_words(out: &mut Vec<u8>, last: &str, word: &str, other: &str) {
    let shared = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    write_u32(out, shared as u32);
    for part in [&word.as_bytes()[shared..], other.as_bytes()] {
        write_u32(out, part.len() as u32);
        out.extend(part);
    }
}

/// Reads the structure: pairs that ascend by their words, forms of a word behind what else stands for
/// it.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Synonym>, Error> {
    let mut cursor = Cursor::new(bytes, Structure::Synonyms.name());
    let mut entries: Vec<(Synonym, usize)> = Vec::new();
    // Of each group, the words that stand for others, by their entries.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for _ in 0..cursor.count()? {
        let shared = cursor.u32()? as usize;
        let last = entries.last().map_or(&[][..], |((word, _), _)| word.as_bytes());
        let mut word = last.get(..shared).ok_or_else(|| cursor.damaged())?.to_vec();
        let len = cursor.u32()? as usize;
        word.extend(cursor.bytes(len)?);
        let len = cursor.u32()? as usize;
        let other = cursor.bytes(len)?.to_vec();
        let mut group = usize::MAX;
        if len == 0 {
            let code = cursor.u32()?;
            let back = (code >> 1) as usize;
            group = groups.len().checked_sub(back).ok_or_else(|| cursor.damaged())?;
            if back == 0 {
                groups.push(Vec::new());
            }
            if code & 1 == 1 {
                groups[group].push(entries.len());
            }
        }
        match (String::from_utf8(word), String::from_utf8(other)) {
            (Ok(word), Ok(other))
                if !word.is_empty()
                    && entries.last().is_none_or(|((last, _), _)| *last <= word) =>
            {
                entries.push(((word, other), group));
            }
            _ => return Err(cursor.damaged()),
        }
    }
    if !cursor.is_empty() {
        return Err(cursor.damaged());
    }
    let mut synonyms = Vec::with_capacity(entries.len());
    for (entry, group) in &entries {
        let Some(group) = groups.get(*group) else {
            synonyms.push(entry.clone());
            continue;
        };
        for other in group.iter().take(MOST_OTHERS) {
            let (other, _) = &entries[*other].0;
            if *other != entry.0 {
                synonyms.push((entry.0.clone(), other.clone()));
            }
        }
    }
    Ok(synonyms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonyms(pairs: &[(&str, &str)]) -> Vec<Synonym> {
        pairs.iter().map(|&(word, other)| (word.to_owned(), other.to_owned())).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for pairs in [
            &[][..],
            &[("软体", "软件"), ("软体", "程序"), ("软体包", "软件包"), ("\u{2}pc\u{3}", "电脑")],
        ] {
            let mut pairs = synonyms(pairs);
            pairs.sort_unstable();
            assert_eq!(decode(&encode(&pairs, &[])), Ok(pairs));
        }
    }

    fn forms(forms: &[(&str, u32, bool)]) -> Vec<Form> {
        let form = |&(word, group, stands): &(&str, u32, bool)| Form {
            word: word.to_owned(),
            group,
            stands,
        };
        forms.iter().map(form).collect()
    }

    #[test]
    fn words_with_a_stem_stand_for_one_another_behind_what_was_given() {
        let given = synonyms(&[("seas", "海"), ("walk", "run"), ("软体", "软件")]);
        let forms = forms(&[
            ("sea", 0, true),
            ("searches", 1, true),
            ("searching", 1, false),
            ("seas", 0, true),
            ("seas", 1, true),
            ("walk", 2, true),
        ]);
        let expected = [
            ("sea", "seas"),
            ("searches", "seas"),
            ("searching", "searches"),
            ("searching", "seas"),
            ("seas", "海"),
            ("seas", "sea"),
            ("seas", "searches"),
            ("walk", "run"),
            ("软体", "软件"),
        ];
        assert_eq!(decode(&encode(&given, &forms)), Ok(synonyms(&expected)));
    }

    #[test]
    fn damage_is_an_error() {
        let pairs = synonyms(&[("网路", "网络"), ("软体", "软件")]);
        let whole = encode(&pairs, &forms(&[("sea", 0, true), ("seas", 0, true)]));
        let descending = synonyms(&[("软体", "软件"), ("网路", "网络")]);
        assert!(decode(&encode(&descending, &[])).is_err());
        assert!(decode(&encode(&synonyms(&[("", "软件")]), &[])).is_err());
        for len in 0..whole.len() {
            assert!(decode(&whole[..len]).is_err(), "{len} bytes");
        }
        // A group that never began; more than there should be.
        assert!(decode(&[1, 0, 1, b'a', 0, 0]).is_ok());
        assert!(decode(&[1, 0, 1, b'a', 0, 2]).is_err());
        assert!(decode(&[1, 0, 1, b'a', 0, 0, 0]).is_err());
    }
}
