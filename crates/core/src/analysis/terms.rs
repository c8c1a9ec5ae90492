//! Slots → terms: bigrams and words, for the index and for a query.

use super::{Analyzer, Gap, Slot, SlotText};

/// Longer words are indexed by their first so many bytes; the whole is verified on the text.
pub const LONGEST_WORD: usize = 64;

/// What an index has postings for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term<'a> {
    /// Two characters side by side in one run of CJK or Hangul.
    Bigram(char, char),
    /// In an index, the last character of such a run; in a query, a run of one: the range of all
    /// bigrams and last characters that start so.
    Char(char),
    /// A word or emoji, at most [`LONGEST_WORD`] bytes.
    Word(&'a str),
}

/// Whose terms are wanted: the two differ only in what becomes of a run's last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Every run ends in a [`Term::Char`], so that one character finds it.
    Index,
    /// Only a run of one is a [`Term::Char`]: the bigrams of a longer one say all.
    Query,
}

/// Where a term stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position in slots; a boundary counts one.
    pub position: u32,
    /// Byte offset in the source at which it starts.
    pub start: u32,
    /// Byte offset in the source at which it ends.
    pub end: u32,
}

/// A term and where it stands: what a playground shows and tests compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The term as text; on the query side a trailing `*` marks a prefix range.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// The part of `word` that is indexed.
fn word_term(word: &str) -> &str {
    &word[..word.floor_char_boundary(LONGEST_WORD)]
}

/// A run's last character so far.
struct Open {
    c: char,
    hangul: bool,
    place: Place,
    /// Whether it is the second half of a bigram.
    paired: bool,
}

/// Turns slots, one after the other, into terms.
pub(crate) struct Terms<'s> {
    side: Side,
    open: Option<Open>,
    next: u32,
    sink: &'s mut dyn FnMut(Term<'_>, Place),
}

impl<'s> Terms<'s> {
    pub(crate) fn new(side: Side, sink: &'s mut dyn FnMut(Term<'_>, Place)) -> Self {
        Terms { side, open: None, next: 0, sink }
    }

    pub(crate) fn slot(&mut self, slot: &Slot<'_>) {
        let boundary = slot.gap != Gap::None && self.next > 0;
        let position = self.next + u32::from(boundary);
        self.next = position + 1;
        let place = Place { position, start: slot.start, end: slot.end };
        let (c, hangul) = match slot.text {
            SlotText::Cjk(c) => (c, false),
            SlotText::Hangul(c) => (c, true),
            SlotText::Word(word) | SlotText::Emoji(word) => {
                self.end_run();
                return (self.sink)(Term::Word(word_term(word)), place);
            }
        };
        let paired = !boundary && self.open.as_ref().is_some_and(|open| open.hangul == hangul);
        match &self.open {
            Some(open) if paired => {
                (self.sink)(Term::Bigram(open.c, c), Place { end: slot.end, ..open.place });
            }
            _ => self.end_run(),
        }
        self.open = Some(Open { c, hangul, place, paired });
    }

    /// The position of the slot that came last.
    pub(crate) fn position(&self) -> u32 {
        self.next.saturating_sub(1)
    }

    /// To be called behind the last slot.
    pub(crate) fn end_run(&mut self) {
        if let Some(open) = self.open.take()
            && (self.side == Side::Index || !open.paired)
        {
            (self.sink)(Term::Char(open.c), open.place);
        }
    }
}

impl Analyzer {
    /// Calls `sink` with each term of `text` and its place.
    pub fn terms(&self, text: &str, side: Side, sink: &mut dyn FnMut(Term<'_>, Place)) {
        let mut terms = Terms::new(side, sink);
        self.slots(text, &mut |slot| terms.slot(&slot));
        terms.end_run();
    }

    /// The terms of `text` as tokens; on the query side `text` is one clause.
    pub fn tokens(&self, text: &str, side: Side) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.terms(text, side, &mut |term, place| {
            let text = match term {
                Term::Bigram(first, second) => String::from_iter([first, second]),
                Term::Char(c) if side == Side::Query => String::from_iter([c, '*']),
                Term::Char(c) => c.to_string(),
                Term::Word(word) => word.to_owned(),
            };
            tokens.push(Token { text, place });
        });
        tokens
    }
}
