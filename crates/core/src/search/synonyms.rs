//! Other ways to say a clause: words of it replaced by what stands for them.
//!
//! A *variant* is a clause with some of its words replaced. A document in which every clause stands, as
//! it was typed or in a variant, is related, and counts more than the others that are.

use super::bm25;
use super::query::Clause;
use super::results::Expansion;
use super::source::Source;
use super::{Searcher, TermPostings};
use crate::Error;
use crate::analysis::Analyzer;
use crate::format::synonyms::{MOST_OTHERS, Synonym};
use std::ops::Range;

/// Variants of one clause, at most.
const MOST_VARIANTS: usize = MOST_OTHERS;

/// Weight of a term or character that only variants have.
pub(super) const SYNONYM_WEIGHT: f32 = 0.7;
/// By what the score of a document is multiplied in which every clause or a variant of it stands, and
/// not all of them as they were typed.
pub(super) const WIDENED_WEIGHT: f32 = 1.2;

/// The clauses of a query, and other words for them.
#[derive(Debug, Default)]
pub(super) struct Widened {
    /// Each clause with its variants behind it, as alternatives.
    pub(super) clauses: Vec<Clause>,
    /// What was replaced, and by what.
    pub(super) expanded: Vec<Expansion>,
}

impl Widened {
    pub(super) fn new(analyzer: &Analyzer, synonyms: &[Synonym], typed: &[Clause]) -> Self {
        let mut widened = Widened::default();
        for clause in typed {
            let variants = match clause.is_prefix() || clause.sampled {
                true => Vec::new(),
                false => variants(analyzer, synonyms, clause, &mut widened.expanded),
            };
            widened.clauses.push(clause.clone());
            widened.clauses.extend(variants);
        }
        widened
    }

    /// Whether there are other words than those that were typed.
    pub(super) fn is_wider(&self) -> bool {
        !self.expanded.is_empty()
    }
}

impl<S: Source> Searcher<S> {
    /// The postings of the terms of the clauses that were `typed` and of their variants, ascending by
    /// term.
    pub(super) fn weighted_postings(
        &self,
        typed: &[Clause],
        widened: &Widened,
    ) -> Result<Vec<TermPostings>, Error> {
        let mut terms = self.term_postings(&widened.clauses)?;
        for term in &mut terms {
            term.weight = if typed.iter().any(|clause| clause.terms.contains(&term.term)) {
                bm25::weight(&term.term)
            } else {
                SYNONYM_WEIGHT
            };
        }
        for Expansion { word, by } in &widened.expanded {
            self.count_as_one(&mut terms, word, by);
            self.count_as_one(&mut terms, by, word);
        }
        for term in &mut terms {
            let idf = self.bm25.idf(term.postings.len() as f32);
            term.weight *= self.bm25.idf(term.doc_freq as f32) / idf;
        }
        // Where all that was typed is such bigrams, they are all there is.
        if terms.iter().all(|term| term.weight == 0.0) {
            terms.iter_mut().for_each(|term| term.weight = 1.0);
        }
        Ok(terms)
    }

    /// Lets the terms of `word` tell no more than those of `other`, which means the same: where
    /// documents say the one, the few that say the other are not the better for it.
    #[inline(never)]
    fn count_as_one(&self, terms: &mut [TermPostings], word: &str, other: &str) {
        let analyzer = self.source.analyzer();
        let word = Clause::new(analyzer, word, false).terms;
        let other = Clause::new(analyzer, other, false).terms;
        let mut least = u32::MAX;
        for TermPostings { term, postings, .. } in terms.iter() {
            if other.contains(term) {
                least = least.min(postings.len() as u32);
            }
        }
        for TermPostings { term, doc_freq, .. } in terms {
            if least < u32::MAX && word.contains(term) && !other.contains(term) {
                *doc_freq = least.max(*doc_freq);
            }
        }
    }
}

/// The variants of a clause; what each word was replaced by is added to `expanded`.
pub(super) fn variants(
    analyzer: &Analyzer,
    synonyms: &[Synonym],
    clause: &Clause,
    expanded: &mut Vec<Expansion>,
) -> Vec<Clause> {
    let words = words(synonyms, &clause.pattern);
    if words.is_empty() {
        return Vec::new();
    }
    let folded = analyzer.folded_text(&clause.source);
    let (mut ways, mut longest) = (1, 0);
    // Where each word stands, and what may stand there: itself first.
    let mut places: Vec<(Range<usize>, Vec<String>)> = Vec::with_capacity(words.len());
    for (at, entries) in words {
        let place = folded.source_range(at.start, at.end);
        let mut choices = Vec::with_capacity(1 + entries.len());
        choices.push(clause.source[place.clone()].to_owned());
        for (_, other) in entries {
            let expansion = Expansion { word: choices[0].clone(), by: spelled(other) };
            choices.push(expansion.by.clone());
            if !expanded.contains(&expansion) {
                expanded.push(expansion);
            }
        }
        ways *= choices.len();
        longest = choices.len().max(longest);
        places.push((place, choices));
    }
    // Every way to replace some of them; or, where there are too many, all of them at once.
    let every = ways <= MOST_VARIANTS + 1;
    let ways = if every { ways } else { longest.min(MOST_VARIANTS + 1) };
    let mut variants = Vec::with_capacity(ways);
    for way in 1..ways {
        let mut left = way;
        let (mut source, mut end) = (String::new(), 0);
        for (place, choices) in &places {
            source.push_str(&clause.source[end..place.start]);
            let choice = if every { left % choices.len() } else { way.min(choices.len() - 1) };
            left /= choices.len();
            source.push_str(&choices[choice]);
            end = place.end;
        }
        source.push_str(&clause.source[end..]);
        let (title, or) = (clause.title, true);
        variants.push(Clause { title, or, ..Clause::new(analyzer, &source, false) });
    }
    variants
}

/// The longest words of a clause that have synonyms, from left to right: where they stand in its pattern.
fn words<'s>(synonyms: &'s [Synonym], pattern: &str) -> Vec<(Range<usize>, &'s [Synonym])> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = pattern[at..].chars().next() {
        let Some(word) = longest_start(synonyms, &pattern[at..]) else {
            at += c.len_utf8();
            continue;
        };
        let from = synonyms.partition_point(|(other, _)| other.as_str() < word);
        let count = synonyms[from..].iter().take_while(|(other, _)| other == word).count();
        words.push((at..at + word.len(), &synonyms[from..from + count]));
        at += word.len();
    }
    words
}

/// The longest word with synonyms that `text` starts with.
fn longest_start<'s>(synonyms: &'s [Synonym], text: &str) -> Option<&'s str> {
    let mut start = text.as_bytes();
    loop {
        // What `start` starts with sorts before it, and so do those between the two start.
        let before = synonyms.partition_point(|(word, _)| word.as_bytes() <= start);
        let (word, _) = synonyms[..before].last()?;
        let shared = word.bytes().zip(start).take_while(|(a, b)| a == *b).count();
        match shared {
            0 => return None,
            _ if shared == word.len() => return Some(word),
            _ => start = &start[..shared],
        }
    }
}

/// Folded text as it could be typed.
fn spelled(folded: &str) -> String {
    let mut spelled = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '\u{1}' => spelled.push(' '),
            '\u{2}' | '\u{3}' => {}
            c => spelled.push(c),
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_that_a_text_starts_with() {
        let words =
            ["\u{2}a\u{3}", "\u{2}ab\u{3}", "\u{2}ab\u{3}\u{2}c\u{3}", "软", "软件", "软件包"];
        let synonyms: Vec<Synonym> =
            words.iter().map(|&word| (word.to_owned(), "other".to_owned())).collect();
        let mut texts = words.map(str::to_owned).to_vec();
        texts.extend(
            words
                .iter()
                .flat_map(|word| ["a", "件", "软", "\u{2}c\u{3}"].map(|c| format!("{word}{c}"))),
        );
        texts.extend(
            ["", "a", "\u{2}", "\u{2}abc\u{3}", "\u{2}ab", "件", "软体", "龙"].map(str::to_owned),
        );
        for text in texts {
            let naive =
                words.iter().filter(|word| text.starts_with(**word)).max_by_key(|word| word.len());
            assert_eq!(longest_start(&synonyms, &text), naive.copied(), "{text:?}");
        }
    }
}
