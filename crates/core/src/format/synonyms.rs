//! Synonyms: words of a query that other words may stand for.
//!
//! Varint number of entries; for each, ascending, the bytes that its word shares with the one before, the
//! rest of the word as a string, and the other word as a string. Both are folded text, as
//! [`FoldedText`](crate::analysis::FoldedText) writes it.
//!
//! Behind them, until the end, lists of words that share a stem, one for each language that has some:
//! varint number of words; for each, ascending, the bytes that it shares with the one before, the rest
//! as a string, and a varint: twice how many groups back its own began, counted from 1, or 0 where
//! it begins one; and 1 more where it stands for the others of its group.

use super::header::Structure;
use super::varint::{Cursor, write_u32};
use crate::Error;
use crate::analysis::word_pattern;

/// A word of a query, and one that stands for it in documents, as folded text.
pub(crate) type Synonym = (String, String);

/// Others that stand for one word, at most; more are not looked for.
pub(crate) const MOST_OTHERS: usize = 8;

/// A word of documents that shares its stem with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The word, folded.
    pub(crate) word: String,
    /// The number of its group; groups are numbered as they begin.
    pub(crate) group: u32,
    /// Whether it stands for the others of its group: they may be too many.
    pub(crate) stands: bool,
}

/// Writes the structure: entries that ascend, and lists of words that do.
pub(crate) fn encode(synonyms: &[Synonym], lists: &[Vec<Form>]) -> Vec<u8> {
    let mut out = Vec::new();
    write_u32(&mut out, synonyms.len() as u32);
    let mut last = "";
    for (word, other) in synonyms {
        let shared = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        write_u32(&mut out, shared as u32);
        for part in [&word.as_bytes()[shared..], other.as_bytes()] {
            write_u32(&mut out, part.len() as u32);
            out.extend(part);
        }
        last = word;
    }
    for list in lists.iter().filter(|list| !list.is_empty()) {
        write_u32(&mut out, list.len() as u32);
        let (mut last, mut groups) = ("", 0);
        for Form { word, group, stands } in list {
            let shared = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
            write_u32(&mut out, shared as u32);
            write_u32(&mut out, (word.len() - shared) as u32);
            out.extend(&word.as_bytes()[shared..]);
            let back = groups - group;
            groups = groups.max(group + 1);
            write_u32(&mut out, back << 1 | u32::from(*stands));
            last = word;
        }
    }
    out
}

/// Reads the structure: entries that ascend by their words. Words with a stem in common stand for one
/// another, behind what else stands for them.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Synonym>, Error> {
    let mut cursor = Cursor::new(bytes, Structure::Synonyms.name());
    let mut synonyms: Vec<Synonym> = Vec::new();
    for _ in 0..cursor.count()? {
        let shared = cursor.u32()? as usize;
        let last = synonyms.last().map_or(&[][..], |(word, _)| word.as_bytes());
        let mut word = last.get(..shared).ok_or_else(|| cursor.damaged())?.to_vec();
        let len = cursor.u32()? as usize;
        word.extend(cursor.bytes(len)?);
        let len = cursor.u32()? as usize;
        let other = cursor.bytes(len)?.to_vec();
        match (String::from_utf8(word), String::from_utf8(other)) {
            (Ok(word), Ok(other))
                if !word.is_empty() && synonyms.last().is_none_or(|(last, _)| *last <= word) =>
            {
                synonyms.push((word, other));
            }
            _ => return Err(cursor.damaged()),
        }
    }
    while !cursor.is_empty() {
        let list = decode_list(&mut cursor)?;
        synonyms = with_forms(synonyms, &list);
    }
    Ok(synonyms)
}

fn decode_list(cursor: &mut Cursor<'_>) -> Result<Vec<Form>, Error> {
    let mut list: Vec<Form> = Vec::new();
    let mut groups = 0u32;
    for _ in 0..cursor.count()? {
        let shared = cursor.u32()? as usize;
        let last = list.last().map_or(&[][..], |form| form.word.as_bytes());
        let mut word = last.get(..shared).ok_or_else(|| cursor.damaged())?.to_vec();
        let len = cursor.u32()? as usize;
        word.extend(cursor.bytes(len)?);
        let code = cursor.u32()?;
        let group = groups.checked_sub(code >> 1).ok_or_else(|| cursor.damaged())?;
        let Ok(word) = String::from_utf8(word) else { return Err(cursor.damaged()) };
        if list.last().map_or("", |form| &form.word) >= &*word {
            return Err(cursor.damaged());
        }
        groups = groups.max(group + 1);
        list.push(Form { word, group, stands: code & 1 == 1 });
    }
    if list.is_empty() { Err(cursor.damaged()) } else { Ok(list) }
}

/// The entries with those that a list of forms makes, behind others of the same word.
fn with_forms(synonyms: Vec<Synonym>, list: &[Form]) -> Vec<Synonym> {
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for form in list {
        groups.resize_with(groups.len().max(form.group as usize + 1), Vec::new);
        if form.stands {
            groups[form.group as usize].push(&form.word);
        }
    }
    let mut all: Vec<Synonym> = Vec::with_capacity(synonyms.len() + list.len());
    let mut given = synonyms.into_iter().peekable();
    for form in list {
        let word = word_pattern(&form.word);
        while let Some(synonym) = given.next_if(|(other, _)| *other <= word) {
            all.push(synonym);
        }
        let others = groups[form.group as usize].iter().filter(|other| **other != form.word);
        for other in others.take(MOST_OTHERS) {
            let synonym = (word.clone(), word_pattern(other));
            let mut same = all.iter().rev().take_while(|(other, _)| *other == word);
            if !same.any(|known| *known == synonym) {
                all.push(synonym);
            }
        }
    }
    all.extend(given);
    all
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

    fn list(forms: &[(&str, u32, bool)]) -> Vec<Form> {
        let form = |&(word, group, stands): &(&str, u32, bool)| Form {
            word: word.to_owned(),
            group,
            stands,
        };
        forms.iter().map(form).collect()
    }

    #[test]
    fn words_with_a_stem_stand_for_one_another_behind_what_was_given() {
        let given = synonyms(&[
            ("\u{2}seas\u{3}", "海"),
            ("\u{2}seas\u{3}", "\u{2}sea\u{3}"),
            ("软体", "软件"),
        ]);
        let english = list(&[
            ("sea", 0, true),
            ("searches", 1, true),
            ("searching", 1, false),
            ("seas", 0, true),
            ("walk", 2, true),
        ]);
        let german = list(&[("searches", 0, true), ("seas", 0, true)]);
        let found =
            decode(&encode(&given, &[english, Vec::new(), german])).expect("what was written");
        let word = |word: &str| word_pattern(word);
        let expected = [
            (word("sea"), word("seas")),
            (word("searches"), word("seas")),
            (word("searching"), word("searches")),
            (word("seas"), "海".to_owned()),
            (word("seas"), word("sea")),
            (word("seas"), word("searches")),
            ("软体".to_owned(), "软件".to_owned()),
        ];
        assert_eq!(found, expected);
        assert!(found.is_sorted_by_key(|(word, _)| word));
    }

    #[test]
    fn damage_is_an_error() {
        let lists = [list(&[("sea", 0, true), ("seas", 0, true)])];
        let pairs = synonyms(&[("网路", "网络"), ("软体", "软件")]);
        let (entries, whole) = (encode(&pairs, &[]), encode(&pairs, &lists));
        let descending = synonyms(&[("软体", "软件"), ("网路", "网络")]);
        assert!(decode(&encode(&descending, &[])).is_err());
        assert!(decode(&encode(&synonyms(&[("", "软件")]), &[])).is_err());
        for len in (0..whole.len()).filter(|&len| len != entries.len()) {
            assert!(decode(&whole[..len]).is_err(), "{len} bytes");
        }
        for wrong in [&[("seas", 0, true), ("sea", 0, true)], &[("", 0, true), ("a", 0, true)]] {
            assert!(decode(&encode(&[], &[list(wrong)])).is_err());
        }
        // A group that never began; a list of nothing.
        assert!(decode(&[0, 1, 0, 1, b'a', 2]).is_err());
        assert!(decode(&[0, 0]).is_err());
    }
}
