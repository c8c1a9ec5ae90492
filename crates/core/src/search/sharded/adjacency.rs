//! Proving by positions that a clause stands in a document.
//!
//! A clause becomes steps: terms that must stand at fixed distances from each other. Every slot of
//! the clause is covered by one of them; of the bigrams of a run, every second one will do. What
//! lies between two steps is then known: neighbouring slots have nothing between them, and where the
//! clause has a boundary, the term before it must be followed by one.

use super::Sharded;
use crate::analysis::{Gap, LONGEST_WORD, SlotText};
use crate::format::positions::{self, Position};
use crate::format::postings::Posting;
use crate::format::shard::ShardKind;
use crate::format::shard::terms::{ANY, FIRST_CODE, LAST, TermKey};
use crate::format::varint::Cursor;
use crate::search::order::sorted;
use crate::search::query::Clause;
use crate::{DocId, Error};
use std::ops::Range;

/// A term that must stand so many slots behind the first of the clause.
#[derive(Debug)]
struct Step {
    key: TermKey,
    offset: u32,
    /// Whether a boundary must follow.
    boundary: bool,
}

/// A slot of a clause.
struct ClauseSlot {
    text: ClauseText,
    position: u32,
    /// Whether a boundary stands before it.
    apart: bool,
}

#[derive(PartialEq)]
enum ClauseText {
    Char { c: char, hangul: bool },
    Word(String),
}

impl Sharded {
    /// Notes which shards [`adjacent`](Self::adjacent) lacks.
    pub(super) fn prepare_adjacency(&self, clause: &Clause) {
        for step in self.steps(clause).unwrap_or_default() {
            if let Some(number) = self.table.shard_of(&step.key) {
                self.term_shard(number);
                self.loaded(&self.positions, ShardKind::Positions, number);
            }
        }
    }

    /// Those of `docs` in which `clause` stands; `None` if positions cannot tell.
    pub(super) fn adjacent(
        &self,
        clause: &Clause,
        docs: &[DocId],
    ) -> Result<Option<Vec<DocId>>, Error> {
        let Some(steps) = self.steps(clause) else { return Ok(None) };
        // For each document the slots at which the clause may start.
        let mut starts: Option<Vec<Vec<u32>>> = None;
        for step in &steps {
            let mut places = self.places(step, docs)?;
            for slots in &mut places {
                slots.retain(|&slot| slot >= step.offset);
                slots.iter_mut().for_each(|slot| *slot -= step.offset);
            }
            match &mut starts {
                None => starts = Some(places),
                Some(starts) => {
                    for (starts, places) in starts.iter_mut().zip(&places) {
                        starts.retain(|start| places.binary_search(start).is_ok());
                    }
                }
            }
        }
        let found = docs.iter().zip(starts.unwrap_or_default());
        Ok(Some(found.filter(|(_, starts)| !starts.is_empty()).map(|(&doc, _)| doc).collect()))
    }

    /// The steps of a clause; `None` if it has a word longer than those that are indexed.
    fn steps(&self, clause: &Clause) -> Option<Vec<Step>> {
        let mut slots: Vec<ClauseSlot> = Vec::new();
        self.analyzer.slots(&clause.source, &mut |slot| {
            let apart = slot.gap != Gap::None && !slots.is_empty();
            let text = match slot.text {
                SlotText::Cjk(c) => ClauseText::Char { c, hangul: false },
                SlotText::Hangul(c) => ClauseText::Char { c, hangul: true },
                SlotText::Word(word) | SlotText::Emoji(word) => ClauseText::Word(word.to_owned()),
            };
            let last = slots.last().map_or(0, |last| last.position + 1);
            slots.push(ClauseSlot { text, position: last + u32::from(apart), apart });
        });
        let mut steps = Vec::new();
        let mut rest = &slots[..];
        while let [slot, behind @ ..] = rest {
            let ClauseText::Char { c, hangul } = slot.text else {
                let ClauseText::Word(word) = &slot.text else { continue };
                if word.len() > LONGEST_WORD {
                    return None;
                }
                let boundary = behind.first().is_some_and(|next| next.apart);
                let key = TermKey::Word(word.clone());
                steps.push(Step { key, offset: slot.position, boundary });
                rest = behind;
                continue;
            };
            let same = |next: &&ClauseSlot| match next.text {
                ClauseText::Char { hangul: other, .. } => !next.apart && other == hangul,
                ClauseText::Word(_) => false,
            };
            let run = 1 + behind.iter().take_while(same).count();
            let next = rest.get(run);
            let char = |slot: &ClauseSlot| match slot.text {
                ClauseText::Char { c, .. } => c,
                ClauseText::Word(_) => c,
            };
            let mut pair = |at: usize| {
                // Every character of a candidate has a code.
                let second = self.code(char(&rest[at + 1])).map_or(LAST, |code| code + FIRST_CODE);
                let key = TermKey::Pair(char(&rest[at]), second);
                steps.push(Step { key, offset: rest[at].position, boundary: false });
            };
            (0..run - 1).step_by(2).for_each(&mut pair);
            if run > 1 && run % 2 == 1 {
                pair(run - 2);
            }
            let end = &rest[run - 1];
            match next {
                Some(next) if next.apart || run == 1 => steps.push(Step {
                    key: TermKey::Pair(char(end), LAST),
                    offset: end.position,
                    boundary: next.apart,
                }),
                None if run == 1 => steps.push(Step {
                    key: TermKey::Pair(c, ANY),
                    offset: end.position,
                    boundary: false,
                }),
                _ => (),
            }
            rest = &rest[run..];
        }
        Some(steps)
    }

    /// For each of `docs`, ascending, the slots at which a step's term stands, ascending.
    fn places(&self, step: &Step, docs: &[DocId]) -> Result<Vec<Vec<u32>>, Error> {
        let mut places = vec![Vec::new(); docs.len()];
        let Some(number) = self.table.shard_of(&step.key) else { return Ok(places) };
        let (Some(shard), Some(positions)) =
            (self.term_shard(number), self.loaded(&self.positions, ShardKind::Positions, number))
        else {
            return Ok(places);
        };
        let terms: Range<usize> = match step.key {
            TermKey::Pair(first, ANY) if !self.table.is_split(first) => shard.block(first),
            ref key => shard.find(key).map_or(0..0, |term| term..term + 1),
        };
        let several = terms.len() > 1;
        let mut postings: Vec<Posting> = Vec::new();
        let mut slots: Vec<Position> = Vec::new();
        for term in terms {
            postings.clear();
            shard.postings(term, self.stats.doc_count, &mut postings)?;
            let mut cursor = Cursor::new(positions.positions(term), "shard");
            let mut wanted = docs.iter().zip(&mut places).peekable();
            for posting in &postings {
                while wanted.next_if(|&(&doc, _)| doc < posting.doc).is_some() {}
                match wanted.peek_mut() {
                    Some((doc, places)) if **doc == posting.doc => {
                        positions::decode(&mut cursor, &mut slots)?;
                        let fitting = slots.iter().filter(|slot| slot.boundary || !step.boundary);
                        places.extend(fitting.map(|position| position.slot));
                    }
                    Some(_) => positions::skip(&mut cursor)?,
                    None => break,
                }
            }
        }
        if several {
            places.iter_mut().for_each(|slots| *slots = sorted(std::mem::take(slots)));
        }
        Ok(places)
    }
}
