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
/// What the title is called, in front of a colon.
const TITLES: [&str; 3] = ["title", "标题", "標題"];

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
        let (query, signs) = (Query::default(), Signs::default());
        let mut parser = Parser { analyzer, text, query, signs };
        if text.len() > LONGEST_SIGNED {
            parser.add(0..text.len(), Piece::Pasted);
        } else {
            parser.read();
        }
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
    text: &'a str,
    query: Query,
    signs: Signs,
}

impl Parser<'_> {
    fn read(&mut self) {
        let (mut at, mut plain) = (0, 0);
        let mut before = ' ';
        // Whether a word could begin here.
        let mut fresh = true;
        // Plain text is collected up to the next sign.
        while at < self.text.len() {
            let c = char_at(self.text, at);
            let behind = at + c.len_utf8();
            let next = char_at(self.text, behind);
            let ends = c.is_whitespace() && (self.signs.exclude || self.signs.title);
            let bar = is_bar(c) && !is_bar(before) && !is_bar(next);
            let minus = fresh && c == '-' && !next.is_whitespace() && next != '-';
            let minus = minus && !self.signs.exclude;
            let operand = if fresh { self.operand(at) } else { None };
            let quotation = quoted(self.text, at);
            fresh = bar || minus || c.is_whitespace();
            before = c;
            if !(ends || bar || minus) && operand.is_none() && quotation.is_none() {
                at = behind;
                continue;
            }
            self.add(plain..at, Piece::Plain);
            at = behind;
            if ends {
                (self.signs.exclude, self.signs.title) = (false, false);
            } else if bar {
                self.signs.or = self.signs.last;
            } else if minus {
                self.signs.exclude = true;
            } else if let Some(operand) = operand {
                self.signs.title = true;
                at = operand;
            } else if let Some((inner, end)) = quotation {
                self.add(inner, Piece::Phrase);
                if !is_bar(char_at(self.text, end)) {
                    (self.signs.exclude, self.signs.title) = (false, false);
                }
                at = end;
            }
            plain = at;
        }
        self.add(plain..at, Piece::Plain);
        if !self.signs.exclude {
            self.query.prefix = last_word(self.analyzer, &self.text[plain..]);
        }
    }

    /// Where the operand of the `title:` at byte `at` begins, if there is one.
    fn operand(&self, at: usize) -> Option<usize> {
        for name in TITLES {
            let colon = at + name.len();
            let start = self.text.as_bytes().get(at..colon).unwrap_or_default();
            if start.eq_ignore_ascii_case(name.as_bytes()) {
                let sign = char_at(self.text, colon);
                let operand = colon + sign.len_utf8();
                let is_operand = char_at(self.text, operand).is_alphanumeric()
                    || quoted(self.text, operand).is_some();
                return (matches!(sign, ':' | '：') && is_operand).then_some(operand);
            }
        }
        None
    }

    #[inline(never)]
    fn add(&mut self, range: Range<usize>, piece: Piece) {
        let Signs { exclude, title, .. } = self.signs;
        let text = &self.text[range];
        let clauses = if exclude { &mut self.query.excluded } else { &mut self.query.clauses };
        for range in clause_ranges(self.analyzer, text, piece) {
            let pasted = piece == Piece::Pasted;
            let starred = !pasted && matches!(char_at(text, range.end), '*' | '＊');
            let mut clause = Clause::new(self.analyzer, &text[range], starred);
            clause.or = self.signs.or.take() == Some(exclude);
            clause.title = title;
            clauses.push(clause);
            if !pasted {
                clause::push_forms(self.analyzer, clauses);
            }
            self.signs.last = Some(exclude);
        }
    }
}

/// The character of `text` at byte `at`; a space behind the last.
fn char_at(text: &str, at: usize) -> char {
    text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
}

/// Whether this between two clauses means that either will do.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

/// The inside of the quotation that starts at byte `at` and where it ends, closing quote included.
fn quoted(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let open = char_at(text, at);
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
