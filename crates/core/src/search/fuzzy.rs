//! Words that were typed wrongly: those of the index that are nearest to one it has not.

use super::query::{Query, QueryTerm};
use super::results::Expansion;
use super::source::Source;
use super::{PREFIX_WEIGHT, Searcher, TermPostings};
use crate::Error;
use crate::sorting::sorted;

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From so many letters on, two of them may be wrong.
const LONG: usize = 8;
/// Corrections of one word, at most.
const MOST_CORRECTIONS: usize = 3;

/// Measures how far words are from one that was typed: letters to insert, to drop, to replace, or
/// neighbours to swap. Words are given by their beginnings, as a walk over the term index meets them.
pub(super) struct Nearness<'w> {
    word: &'w [u8],
    most: u8,
    /// The table of Damerau and Levenshtein (optimal string alignment): a row for each letter of
    /// the beginning so far, and one before.
    rows: Vec<u8>,
}

impl<'w> Nearness<'w> {
    /// To `word`; `None` if it is none that is corrected: Latin letters only, four or more.
    pub(super) fn new(word: &'w str) -> Option<Self> {
        let word = word.as_bytes();
        let letters = word.len() >= SHORTEST && word.iter().all(u8::is_ascii_lowercase);
        let most = if word.len() >= LONG { 2 } else { 1 };
        letters.then(|| Nearness { word, most, rows: (0..=word.len() as u8).collect() })
    }

    /// Whether any word that starts with `beginning` may be near enough; the beginnings of it must
    /// have been asked about before.
    pub(super) fn goes_on(&mut self, beginning: &[u8]) -> bool {
        let width = self.word.len() + 1;
        let depth = beginning.len();
        let &[.., last] = beginning else { return true };
        self.rows.truncate(depth * width);
        if !last.is_ascii_lowercase() {
            return false;
        }
        let mut least = depth as u8;
        self.rows.push(least);
        for place in 1..width {
            let at = depth * width + place;
            let above = at - width;
            let wrong = u8::from(self.word[place - 1] != last);
            let mut distance =
                (self.rows[above - 1] + wrong).min(self.rows[above] + 1).min(self.rows[at - 1] + 1);
            if depth > 1
                && place > 1
                && self.word[place - 2] == last
                && self.word[place - 1] == beginning[depth - 2]
            {
                distance = distance.min(self.rows[above - width - 2] + 1);
            }
            self.rows.push(distance);
            least = least.min(distance);
        }
        least <= self.most
    }

    /// How far the beginning that was asked about last is, as a word; none if it is too far.
    pub(super) fn distance(&self) -> Option<u8> {
        self.rows.last().copied().filter(|&distance| distance <= self.most)
    }
}

impl<S: Source> Searcher<S> {
    /// The words that stand in for those of `query` which no document has, and what they were.
    ///
    /// `terms` are those of the query; the word being typed is left alone where it `goes_on`.
    #[inline(never)]
    pub(super) fn corrected(
        &self,
        query: &Query,
        terms: &[TermPostings],
        goes_on: bool,
    ) -> Result<(Vec<TermPostings>, Vec<Expansion>), Error> {
        let (mut corrected, mut expanded) = (Vec::new(), Vec::new());
        for TermPostings { term, postings, .. } in terms {
            let QueryTerm::Word(word) = term else { continue };
            if !postings.is_empty() || goes_on && query.prefix.as_ref() == Some(word) {
                continue;
            }
            let Some(mut nearness) = Nearness::new(word) else { continue };
            let mut found = Vec::new();
            self.source.walk_words(word, &mut |beginning, is_word| {
                let goes_on = nearness.goes_on(beginning);
                if goes_on
                    && is_word
                    && let Some(distance) = nearness.distance()
                    && let Ok(by) = std::str::from_utf8(beginning)
                {
                    found.push((distance, by.to_owned()));
                }
                goes_on
            })?;
            // The nearest first, and of those the most frequent.
            let mut near = Vec::new();
            let mut keys = Vec::new();
            for (i, (distance, by)) in (0u64..).zip(found) {
                let by = self.postings(QueryTerm::Word(by))?;
                let frequent = u64::from(u32::MAX - by.postings.len() as u32);
                keys.push(u64::from(distance) << 56 | frequent << 24 | i);
                near.push(by);
            }
            let mut keys = sorted(keys);
            keys.truncate(MOST_CORRECTIONS);
            let nearest = keys.first().map(|key| key >> 56);
            for key in keys.into_iter().filter(|key| Some(key >> 56) == nearest) {
                let near = &mut near[(key & 0xff_ffff) as usize];
                if let QueryTerm::Word(by) = &near.term {
                    expanded.push(Expansion { word: word.clone(), by: by.clone() });
                }
                corrected.push(TermPostings {
                    term: near.term.clone(),
                    postings: std::mem::take(&mut near.postings),
                    weight: PREFIX_WEIGHT,
                    ..*near
                });
            }
        }
        self.source.settle()?;
        Ok((corrected, expanded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By its definition, without a table.
    fn naive(a: &[u8], b: &[u8]) -> usize {
        let ([a_start @ .., a_last], [b_start @ .., b_last]) = (a, b) else {
            return a.len() + b.len();
        };
        let mut least = naive(a_start, b_start) + usize::from(a_last != b_last);
        least = least.min(naive(a_start, b) + 1).min(naive(a, b_start) + 1);
        if let ([a_start @ .., a_before], [b_start @ .., b_before]) = (a_start, b_start)
            && (a_last, a_before) == (b_before, b_last)
        {
            least = least.min(naive(a_start, b_start) + 1);
        }
        least
    }

    #[test]
    fn distances_are_those_of_the_definition() {
        // Words over two letters meet every case.
        let words = |len: usize| {
            (0..1 << len).map(move |bits: usize| -> String {
                (0..len).map(|i| if bits >> i & 1 == 1 { 'a' } else { 'b' }).collect()
            })
        };
        for word in words(4).chain(words(5)).chain(["abababab".into()]) {
            let mut nearness = Nearness::new(&word).expect("a word of letters");
            let most = usize::from(nearness.most);
            for other in (0..8).flat_map(words) {
                let other = other.as_bytes();
                let goes_on = (0..=other.len()).all(|len| nearness.goes_on(&other[..len]));
                let expected = naive(word.as_bytes(), other);
                if goes_on {
                    let found = nearness.distance().map(usize::from);
                    assert_eq!(found, Some(expected).filter(|&distance| distance <= most));
                } else {
                    assert!(expected > most, "{word} {other:?}");
                }
            }
        }
    }

    #[test]
    fn only_words_of_letters_are_corrected() {
        for word in ["abc", "2023", "abc4", "c++", "éclair", "文明", "文明实践", ""] {
            assert!(Nearness::new(word).is_none(), "{word}");
        }
        assert_eq!(Nearness::new("abcdefg").map(|n| n.most), Some(1));
        assert_eq!(Nearness::new("abcdefgh").map(|n| n.most), Some(2));
    }
}
