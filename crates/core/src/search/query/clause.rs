//! A clause: what must stand in a document contiguously.

use super::dates;
use crate::analysis::{
    Analyzer, Gap, LONGEST_WORD, Place, Side, SlotText, Term, Terms, WORD_END, push_slot,
};
use std::ops::Range;

/// A part of a query that must stand in a document contiguously.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// Its slots, as [`FoldedText`](crate::analysis::FoldedText) writes them; the last word without
    /// its end where any word will do that starts so.
    pub pattern: String,
    /// Its terms in the order of the text; a document without one of them cannot match.
    pub terms: Vec<QueryTerm>,
    /// Whether the terms alone do not prove a match.
    pub verify: bool,
    /// The clause as it was typed.
    pub source: String,
    /// What the terms were typed as, in the order of the text: ranges of bytes of `source`.
    pub source_terms: Vec<Range<usize>>,
    /// Whether it has more terms than `terms`.
    pub sampled: bool,
    /// Whether it must stand in the title.
    pub title: bool,
    /// Whether it will do instead of the clause before it.
    pub or: bool,
}

/// A term that outlives the text it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryTerm {
    /// Two characters side by side.
    Bigram(char, char),
    /// One character, wherever it stands.
    Char(char),
    /// A word or emoji.
    Word(String),
    /// Any word that starts so: the first [`MOST_WORDS`](Self::MOST_WORDS) of the index.
    Prefix(String),
}

impl QueryTerm {
    /// Words that a prefix stands for, at most: the first ones in lexical order.
    pub const MOST_WORDS: usize = 1000;
}

impl From<Term<'_>> for QueryTerm {
    fn from(term: Term<'_>) -> Self {
        match term {
            Term::Bigram(first, second) => QueryTerm::Bigram(first, second),
            Term::Char(c) => QueryTerm::Char(c),
            Term::Word(word) => QueryTerm::Word(word.to_owned()),
        }
    }
}

/// How a piece of the typed text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Plain,
    Phrase,
    /// Plain, and without signs.
    Pasted,
}

impl Clause {
    /// The clause `text`; behind a `starred` one stands `*`.
    #[inline(never)]
    pub(in crate::search) fn new(analyzer: &Analyzer, text: &str, starred: bool) -> Clause {
        let mut clause = Clause { source: text.to_owned(), ..Clause::default() };
        let Clause { pattern, terms, source_terms, .. } = &mut clause;
        let mut sink = |term: Term<'_>, place: Place| {
            terms.push(QueryTerm::from(term));
            source_terms.push(place.start as usize..place.end as usize);
        };
        let mut to_terms = Terms::new(Side::Query, &mut sink);
        analyzer.slots(text, &mut |slot| {
            push_slot(pattern, &slot);
            to_terms.slot(&slot);
        });
        to_terms.end_run();
        clause.verify = clause.terms.len() > 1 || clause.pattern.len() > LONGEST_WORD;
        // The end of a word is in its pattern unless it is cut off; longer ones are not indexed whole.
        if starred
            && let Some(QueryTerm::Word(word)) = clause.terms.last_mut()
            && word.len() < LONGEST_WORD
            && clause.pattern.pop() == Some(WORD_END)
        {
            let word = std::mem::take(word);
            clause.terms.pop();
            clause.terms.push(QueryTerm::Prefix(word));
        }
        clause
    }

    /// Whether its last word may go on.
    pub fn is_prefix(&self) -> bool {
        matches!(self.terms.last(), Some(QueryTerm::Prefix(_)))
    }

    /// Leaves out terms; then the clause must be verified. Gives whether it has.
    pub(in crate::search) fn keep(&mut self, keep: &mut dyn FnMut(&QueryTerm) -> bool) -> bool {
        let terms = std::mem::take(&mut self.terms);
        let count = terms.len();
        let mut places = std::mem::take(&mut self.source_terms).into_iter();
        for term in terms {
            let place = places.next().unwrap_or_default();
            if keep(&term) {
                self.terms.push(term);
                self.source_terms.push(place);
            }
        }
        let fewer = self.terms.len() < count;
        self.verify |= fewer;
        fewer
    }
}

/// Appends what is written otherwise than the last of `clauses` and means the same: a date, a space
/// between scripts.
#[inline(never)]
pub(super) fn push_forms(analyzer: &Analyzer, clauses: &mut Vec<Clause>) {
    let Some(typed) = clauses.last() else { return };
    let (prefix, title) = (typed.is_prefix(), typed.title);
    let mut texts = dates::forms(analyzer, &typed.pattern);
    if texts.is_empty() {
        texts.extend(spaced(analyzer, &typed.source));
    }
    for text in texts {
        let mut form = Clause::new(analyzer, &text, prefix);
        (form.title, form.or) = (title, true);
        // What was typed has the characters among its terms, and 年 is in every second document.
        form.keep(&mut |term| matches!(term, QueryTerm::Word(_) | QueryTerm::Prefix(_)));
        clauses.push(form);
    }
}

/// Where the clauses of a piece stand in it.
pub(super) fn clause_ranges(analyzer: &Analyzer, text: &str, piece: Piece) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    analyzer.slots(text, &mut |slot| match ranges.last_mut() {
        Some(last) if piece == Piece::Phrase || slot.gap != Gap::Separator => {
            last.end = last.end.max(slot.end as usize);
        }
        _ => ranges.push(slot.start as usize..slot.end as usize),
    });
    ranges
}

/// `text` with a space wherever a word stands beside a character, as many texts are set; none where
/// that is nowhere.
fn spaced(analyzer: &Analyzer, text: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    // Where the slot before ends, and whether it is a word; no emoji is beside anything.
    let mut last = (0, None);
    analyzer.slots(text, &mut |slot| {
        let start = slot.start as usize;
        let word = match slot.text {
            SlotText::Word(_) => Some(true),
            SlotText::Cjk(_) | SlotText::Hangul(_) => Some(false),
            SlotText::Emoji(_) => None,
        };
        let differ = matches!((last.1, word), (Some(last), Some(word)) if last != word);
        if differ && slot.gap == Gap::None && start >= last.0 {
            out.push_str(&text[copied..start]);
            out.push(' ');
            copied = start;
        }
        last = (slot.end as usize, word);
    });
    (copied > 0).then(|| out + &text[copied..])
}
