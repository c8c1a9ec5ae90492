//! Pinyin that no phrase answers as a whole: the most probable sequence of phrases and characters.

use crate::data::{Role, bucket};
use crate::input::Unit;
use crate::suggester::Suggester;
use crate::walk::{State, Typed};
use std::cmp::Reverse;

/// How many ways to each place in the query are kept.
const KEPT: usize = 4;

/// Steps that cost as much are initials or mistakes: there would be too many ways.
const TOO_MUCH: u8 = 4;

/// A way to a place in the query.
#[derive(Clone, Debug)]
struct Way {
    /// Twice the logarithm, to base 2, of its probability.
    score: i32,
    /// Codes of the last phrase on it.
    codes: Vec<u16>,
    /// Where that phrase starts, and which of the ways there it follows on.
    before: (usize, usize),
}

/// At most `limit` ways through `units`; `partial` says whether the last syllable may be under way.
pub(crate) fn compose(
    suggester: &Suggester,
    units: &[Unit],
    limit: usize,
    partial: bool,
) -> Vec<String> {
    let Suggester { data, spellings, .. } = suggester;
    let typed = Typed::new(data, spellings, units, false, partial);
    let total: u32 = data.characters.iter().map(|c| 1 << (c.bucket / 2).min(24)).sum();
    let total = i32::from(bucket(total));
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); units.len() + 1];
    let start = Way { score: 0, codes: Vec::new(), before: (0, 0) };
    ways[0].push(start);
    let mut states = Vec::new();
    for at in 0..units.len() {
        if ways[at].is_empty() {
            continue;
        }
        let scores: Vec<i32> = ways[at].iter().map(|way| way.score).collect();
        let mut follow = |codes: &[u16], bucket: u8, states: &[State]| {
            for state in states.iter().filter(|state| state.cost < TOO_MUCH) {
                for (number, score) in scores.iter().enumerate() {
                    let score = score + i32::from(bucket) - total - 3 * i32::from(state.cost);
                    let there = &mut ways[usize::from(state.at)];
                    let place = there.partition_point(|way| way.score >= score);
                    if place < KEPT && usize::from(state.at) > at {
                        let codes = codes.to_vec();
                        there.insert(place, Way { score, codes, before: (at, number) });
                        there.truncate(KEPT);
                    }
                }
            }
        };
        typed.walk(at, &mut |reached| {
            if reached.costs.len() == reached.codes.len() + 1 {
                follow(reached.codes, reached.rank >> 1, reached.states);
            }
        });
        for (character, code) in data.characters.iter().zip(0..) {
            // Letters are parts of words, which are phrases.
            if character.role == Role::Read || !character.folded.is_ascii() {
                typed.pass_one(at, character, &mut states);
                follow(&[code], character.bucket, &states);
            }
        }
    }
    let mut composed: Vec<(i32, String)> = Vec::new();
    for way in &ways[units.len()] {
        let text = written(suggester, &ways, way);
        if composed.iter().all(|(_, other)| *other != text) {
            composed.push((way.score, text));
        }
    }
    composed.sort_by_key(|&(score, _)| Reverse(score));
    composed.into_iter().map(|(_, text)| text).take(limit).collect()
}

/// The text of a way, from its beginning.
fn written(suggester: &Suggester, ways: &[Vec<Way>], last: &Way) -> String {
    let mut phrases = vec![last];
    while let Some(&way) = phrases.last()
        && !way.codes.is_empty()
    {
        let (at, number) = way.before;
        phrases.push(&ways[at][number]);
    }
    let codes = phrases.iter().rev().flat_map(|way| &way.codes);
    codes.map(|&code| suggester.data.characters[usize::from(code)].written).collect()
}
