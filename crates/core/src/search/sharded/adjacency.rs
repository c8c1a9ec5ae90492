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
use crate::search::query::{Clause, QueryTerm};
use crate::sorting::distinct;
use crate::{DocId, Error};
use std::ops::Range;

/// A term that must stand so many slots behind the first of the clause.
#[derive(Debug)]
struct Step {
    key: TermKey,
    offset: u32,
    /// Whether a boundary must follow.
    boundary: bool,
    /// Whether any word will do that starts with this one.
    prefix: bool,
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
            for number in self.shards_of(&step) {
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
        // Where it may start by the first occurrence of one of its terms in a title.
        let mut titled = vec![Vec::new(); if clause.title { docs.len() } else { 0 }];
        for step in &steps {
            let places = self.places(step, docs, &mut titled)?;
            match &mut starts {
                None => starts = Some(places),
                Some(starts) => {
                    for (starts, places) in starts.iter_mut().zip(&places) {
                        starts.retain(|start| places.binary_search(start).is_ok());
                    }
                }
            }
        }
        let mut found = Vec::new();
        for (i, (&doc, starts)) in docs.iter().zip(starts.unwrap_or_default()).enumerate() {
            let Some(first) = starts.first() else { continue };
            // What stands in the title stands there first, unless its terms stand before it.
            let proven = titled.get(i).is_none_or(|titled| titled.contains(first));
            if proven || self.text_proves(clause, doc)? {
                found.push(doc);
            }
        }
        Ok(Some(found))
    }

    /// The steps of a clause; `None` if it has a word longer than those that are indexed, or more terms
    /// than are worth fetching.
    fn steps(&self, clause: &Clause) -> Option<Vec<Step>> {
        if clause.sampled {
            return None;
        }
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
                let prefix = behind.is_empty() && clause.is_prefix();
                steps.push(Step { key, offset: slot.position, boundary, prefix });
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
                // A code that no term has stands for a character that no text has.
                let code = self.char_code(char(&rest[at + 1]));
                let second = code.map_or(u32::MAX, |code| code + FIRST_CODE);
                let key = TermKey::Pair(char(&rest[at]), second);
                steps.push(Step { key, offset: rest[at].position, boundary: false, prefix: false });
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
                    prefix: false,
                }),
                None if run == 1 => steps.push(Step {
                    key: TermKey::Pair(c, ANY),
                    offset: end.position,
                    boundary: false,
                    prefix: false,
                }),
                _ => (),
            }
            rest = &rest[run..];
        }
        Some(steps)
    }

    /// The shards that hold the terms of a step.
    fn shards_of(&self, step: &Step) -> Range<u32> {
        match step.key {
            TermKey::Word(ref word) if step.prefix => self.table.words_with_prefix(word),
            ref key => self.table.shard_of(key).map_or(0..0, |number| number..number + 1),
        }
    }

    /// For each of `docs`, ascending, the slots, ascending, at which a clause starts if this step of it
    /// is right. `titled`, if it is not empty, gets those that are in the title for certain; and then
    /// only documents count that have the term in their title.
    fn places(
        &self,
        step: &Step,
        docs: &[DocId],
        titled: &mut [Vec<u32>],
    ) -> Result<Vec<Vec<u32>>, Error> {
        let mut places = vec![Vec::new(); docs.len()];
        let mut several = step.prefix;
        let mut postings: Vec<Posting> = Vec::new();
        let mut slots: Vec<Position> = Vec::new();
        // A prefix stands for so many words at most.
        let mut words = if step.prefix { QueryTerm::MOST_WORDS } else { usize::MAX };
        for number in self.shards_of(step) {
            let (Some(shard), Some(positions)) = (
                self.term_shard(number),
                self.loaded(&self.positions, ShardKind::Positions, number),
            ) else {
                continue;
            };
            let terms: Range<usize> = match step.key {
                TermKey::Pair(first, ANY) if !self.table.is_split(first) => shard.block(first),
                TermKey::Word(ref word) if step.prefix => shard.with_prefix(word),
                ref key => shard.find(key).map_or(0..0, |term| term..term + 1),
            };
            several |= terms.len() > 1;
            for term in terms.take(words) {
                words -= 1;
                postings.clear();
                shard.postings(term, self.stats.doc_count, &mut postings)?;
                let mut cursor = Cursor::new(positions.positions(term), "shard");
                let mut place = 0;
                for posting in &postings {
                    place += docs[place..].partition_point(|&doc| doc < posting.doc);
                    let Some(&doc) = docs.get(place) else { break };
                    if doc != posting.doc || !titled.is_empty() && !posting.in_title {
                        positions::skip(&mut cursor)?;
                        continue;
                    }
                    positions::decode(&mut cursor, &mut slots)?;
                    let start = |position: &Position| {
                        let fits = position.boundary || !step.boundary;
                        position.slot.checked_sub(step.offset).filter(|_| fits)
                    };
                    places[place].extend(slots.iter().filter_map(start));
                    if let Some(titled) = titled.get_mut(place) {
                        titled.extend(slots.first().and_then(start));
                    }
                }
            }
        }
        if several {
            places.iter_mut().for_each(|slots| *slots = distinct(slots));
        }
        Ok(places)
    }
}
