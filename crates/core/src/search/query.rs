//! What was typed → clauses and their terms.

use crate::analysis::{Analyzer, Gap, LONGEST_WORD, Side, SlotText, Term};
use std::ops::Range;

/// Quotes that make a phrase of what they enclose, white space and punctuation included.
const QUOTES: [(char, char); 5] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')];

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Each must stand in a document for an exact match.
    pub clauses: Vec<Clause>,
    /// None may stand in a document that is found at all.
    pub excluded: Vec<Clause>,
    /// The word still being typed: the last one, with nothing behind it.
    pub prefix: Option<String>,
}

/// A part of a query that must stand in a document contiguously.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its slots, as [`FoldedText`](crate::analysis::FoldedText) writes them.
    pub pattern: String,
    /// Its terms in the order of the text; a document without one of them cannot match.
    pub terms: Vec<QueryTerm>,
    /// Whether the terms alone do not prove a match.
    pub verify: bool,
    /// The clause as it was typed.
    pub source: String,
    /// What the terms were typed as, in the order of the text: ranges of bytes of `source`.
    pub source_terms: Vec<Range<usize>>,
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
enum Piece {
    Plain,
    Phrase,
}

impl Query {
    /// Reads `text` as typed. Any text is a query; what has no meaning as a sign is searched.
    pub fn parse(analyzer: &Analyzer, text: &str) -> Query {
        let mut query = Query::default();
        let mut at = 0;
        let mut plain = 0;
        // Plain text is collected up to the next sign; `-` is one only where a word could begin.
        while let Some(c) = text[at..].chars().next() {
            let fresh = text[..at].chars().next_back().is_none_or(char::is_whitespace);
            let behind = at + c.len_utf8();
            if c == '-'
                && fresh
                && !text[behind..].starts_with(|c: char| c.is_whitespace() || c == '-')
            {
                query.add(analyzer, &text[plain..at], Piece::Plain, false);
                at = behind;
                if let Some((inner, end)) = quoted(text, at) {
                    query.add(analyzer, &text[inner], Piece::Phrase, true);
                    at = end;
                } else {
                    let len = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
                    query.add(analyzer, &text[at..at + len], Piece::Plain, true);
                    at += len;
                }
                plain = at;
            } else if let Some((inner, end)) = quoted(text, at) {
                query.add(analyzer, &text[plain..at], Piece::Plain, false);
                query.add(analyzer, &text[inner], Piece::Phrase, false);
                (at, plain) = (end, end);
            } else {
                at = behind;
            }
        }
        query.add(analyzer, &text[plain..], Piece::Plain, false);
        if query.clauses.is_empty() {
            // Nothing to exclude from: `-x` alone is text.
            query.clauses.append(&mut query.excluded);
        }
        if plain < text.len() {
            query.prefix = last_word(analyzer, &text[plain..]);
        }
        query
    }

    fn add(&mut self, analyzer: &Analyzer, text: &str, piece: Piece, exclude: bool) {
        let clauses = if exclude { &mut self.excluded } else { &mut self.clauses };
        for range in clause_ranges(analyzer, text, piece) {
            let clause = Clause::new(analyzer, &text[range]);
            if clauses.iter().all(|other| other.pattern != clause.pattern) {
                clauses.push(clause);
            }
        }
    }
}

impl Clause {
    pub(super) fn new(analyzer: &Analyzer, text: &str) -> Clause {
        let mut terms = Vec::new();
        let mut source_terms = Vec::new();
        analyzer.terms(text, Side::Query, &mut |term, place| {
            terms.push(QueryTerm::from(term));
            source_terms.push(place.start as usize..place.end as usize);
        });
        let pattern = analyzer.folded(text);
        let verify = source_terms.len() > 1 || pattern.len() > LONGEST_WORD;
        Clause { pattern, terms, verify, source: text.to_owned(), source_terms }
    }
}

/// The inside of the quotation that starts at byte `at` and where it ends, closing quote included.
fn quoted(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let open = text[at..].chars().next()?;
    let &(_, close) = QUOTES.iter().find(|&&(first, _)| first == open)?;
    let inner = at + open.len_utf8();
    let len = text[inner..].find(close)?;
    Some((inner..inner + len, inner + len + close.len_utf8()))
}

/// Where the clauses of a piece stand in it.
fn clause_ranges(analyzer: &Analyzer, text: &str, piece: Piece) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    analyzer.slots(text, &mut |slot| match ranges.last_mut() {
        Some(last) if piece == Piece::Phrase || slot.gap != Gap::Separator => {
            last.end = last.end.max(slot.end as usize);
        }
        _ => ranges.push(slot.start as usize..slot.end as usize),
    });
    ranges
}

/// The word that `text` ends in, folded.
fn last_word(analyzer: &Analyzer, text: &str) -> Option<String> {
    let mut last = None;
    analyzer.slots(text, &mut |slot| {
        last = match slot.text {
            SlotText::Word(word) if slot.end as usize == text.len() => Some(word.to_owned()),
            _ => None,
        };
    });
    last
}
