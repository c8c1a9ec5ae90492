//! What was typed → clauses and their terms.
//!
//! | typed | means |
//! |---|---|
//! | `a b` | both; white space and CJK punctuation separate clauses |
//! | `"a b"`, `「a b」` | a phrase: one clause |
//! | `a\|b c` | `a` or `b`, and `c` |
//! | `-a` | without `a` |
//! | `title:a`, `标题：a` | `a` in the title |
//! | `lib*` | any word that starts so |
//!
//! A sign stands where a word could begin and holds to the next white space, or to the end of the
//! phrase behind it. One that has nothing to hold for is text.

mod clause;
mod dates;

pub use clause::{Clause, QueryTerm};

use crate::analysis::{Analyzer, SlotText};
use clause::{Piece, clause_ranges};
use std::ops::Range;

/// Bytes of the longest query in which signs have their meaning. What is longer was pasted, and its
/// dashes and bars are text.
pub const LONGEST_SIGNED: usize = 600;

/// Quotes that make a phrase of what they enclose, white space and punctuation included.
const QUOTES: [(char, char); 5] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')];
/// Either of these between two clauses means that one of them will do.
const BARS: [char; 2] = ['|', '｜'];
/// What the title is called, and what stands behind its name.
const TITLES: [&str; 3] = ["title", "标题", "標題"];
const COLONS: [char; 2] = [':', '：'];

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must stand in a document for an exact match: of each group one, where a group is a
    /// clause with those behind it that are [alternatives](Clause::or) to it.
    pub clauses: Vec<Clause>,
    /// None may stand in a document that is found at all.
    pub excluded: Vec<Clause>,
    /// The word still being typed: the last one, with nothing behind it.
    pub prefix: Option<String>,
}

impl Query {
    /// Reads `text` as typed. Any text is a query; what has no meaning as a sign is searched.
    pub fn parse(analyzer: &Analyzer, text: &str) -> Query {
        let mut parser = Parser { analyzer, query: Query::default(), signs: Signs::default() };
        if text.len() > LONGEST_SIGNED {
            let clauses = clause_ranges(analyzer, text, Piece::Plain).into_iter();
            parser.query.clauses =
                clauses.map(|range| Clause::new(analyzer, &text[range], false)).collect();
            return parser.query;
        }
        parser.read(text);
        let mut query = parser.query;
        if query.clauses.is_empty() {
            // Nothing to exclude from: `-x` alone is text.
            query.clauses.append(&mut query.excluded);
        }
        query
    }

    /// The groups of clauses, of each of which one must stand in a document.
    pub fn groups(clauses: &[Clause]) -> impl Iterator<Item = &[Clause]> {
        clauses.chunk_by(|_, next| next.or)
    }
}

/// The signs that hold where the parser stands.
#[derive(Debug, Default)]
struct Signs {
    exclude: bool,
    title: bool,
    /// Whether the last clause was an excluded one; none before the first.
    last: Option<bool>,
    /// The same of the clause before a bar, for the one behind it.
    or: Option<bool>,
}

struct Parser<'a> {
    analyzer: &'a Analyzer,
    query: Query,
    signs: Signs,
}

impl Parser<'_> {
    fn read(&mut self, text: &str) {
        let (mut at, mut plain) = (0, 0);
        // Whether a word could begin here.
        let mut fresh = true;
        // Plain text is collected up to the next sign.
        while let Some(c) = text[at..].chars().next() {
            let behind = at + c.len_utf8();
            let rest = &text[behind..];
            let begins = std::mem::replace(&mut fresh, c.is_whitespace());
            if c.is_whitespace() {
                if self.signs.exclude || self.signs.title {
                    self.add(&text[plain..at], Piece::Plain);
                    (self.signs.exclude, self.signs.title) = (false, false);
                    plain = at;
                }
                at = behind;
            } else if BARS.contains(&c) && !rest.starts_with(BARS) && !text[..at].ends_with(BARS) {
                self.add(&text[plain..at], Piece::Plain);
                self.signs.or = self.signs.last;
                fresh = true;
                (at, plain) = (behind, behind);
            } else if c == '-'
                && begins
                && !self.signs.exclude
                && !rest.starts_with(|c: char| c.is_whitespace() || c == '-')
            {
                self.add(&text[plain..at], Piece::Plain);
                self.signs.exclude = true;
                fresh = true;
                (at, plain) = (behind, behind);
            } else if begins && let Some(operand) = self.title(&text[at..]) {
                self.add(&text[plain..at], Piece::Plain);
                self.signs.title = true;
                at += operand;
                plain = at;
            } else if let Some((inner, end)) = quoted(text, at) {
                self.add(&text[plain..at], Piece::Plain);
                self.add(&text[inner], Piece::Phrase);
                if !text[end..].starts_with(BARS) {
                    (self.signs.exclude, self.signs.title) = (false, false);
                }
                (at, plain) = (end, end);
            } else {
                at = behind;
            }
        }
        self.add(&text[plain..], Piece::Plain);
        if !self.signs.exclude {
            self.query.prefix = last_word(self.analyzer, &text[plain..]);
        }
    }

    /// Where the operand of a `title:` that `text` starts with begins, if there is one.
    fn title(&self, text: &str) -> Option<usize> {
        let name = TITLES.into_iter().find(|name| {
            text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        })?;
        let operand = text[name.len()..].strip_prefix(COLONS)?;
        let end = operand.find(|c: char| c.is_whitespace() || BARS.contains(&c));
        let operand_start = text.len() - operand.len();
        let operand = &operand[..end.unwrap_or(operand.len())];
        let ranges = clause_ranges(self.analyzer, operand, Piece::Phrase);
        (!ranges.is_empty()).then_some(operand_start)
    }

    fn add(&mut self, text: &str, piece: Piece) {
        let Signs { exclude, title, .. } = self.signs;
        let clauses = if exclude { &mut self.query.excluded } else { &mut self.query.clauses };
        for range in clause_ranges(self.analyzer, text, piece) {
            let starred = text[range.end..].starts_with(['*', '＊']);
            let mut clause = Clause::new(self.analyzer, &text[range], starred);
            clause.or = self.signs.or.take() == Some(exclude);
            clause.title = title;
            let others = clause.other_forms(self.analyzer);
            clauses.push(clause);
            clauses.extend(others);
            self.signs.last = Some(exclude);
        }
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
