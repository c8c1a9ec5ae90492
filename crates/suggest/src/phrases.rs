//! Which sequences of characters are phrases: those that occur often, in more than one surrounding.
//!
//! `明实` is always part of `文明实践`, so the character before it is always the same: it is no phrase.
//! What is before and behind a phrase varies. All sequences are found by sorting the suffixes of the
//! text by their first characters and going through the groups of equal beginnings.

use crate::data::bucket;
use std::ops::Range;

/// The longest phrase that is looked for, in characters.
const LONGEST: usize = 8;

/// The text ends with so many breaks, and one stands before it: nothing looks past the ends.
pub(crate) const PADDING: usize = LONGEST + 1;

/// A phrase: where it stands once, and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: u32,
    pub(crate) len: u8,
    pub(crate) count: u32,
    /// Its count times how little is known of what surrounds it.
    pub(crate) quality: u64,
}

/// A text as codes, 0 being a break, that is padded as [`PADDING`] says.
pub(crate) struct Text<'a> {
    pub(crate) codes: &'a [u16],
    /// Where each document starts.
    pub(crate) documents: &'a [u32],
    /// One more than the largest code.
    pub(crate) alphabet: usize,
    /// Codes that are at the edge of no phrase longer than two: particles.
    pub(crate) loose: &'a [u16],
}

/// Finds the phrases of `text` that occur in two documents, where there are many, and `least` times.
pub(crate) fn find(text: &Text<'_>, least: u32) -> Vec<Found> {
    let mut suffixes: Vec<(u64, u32)> = Vec::with_capacity(text.codes.len());
    let mut counts = vec![0; text.alphabet];
    for (at, &code) in (0..).zip(text.codes) {
        if code != 0 {
            counts[usize::from(code)] += 1;
            suffixes.push((key(text, at), at));
        }
    }
    let total = suffixes.len() as u64;
    suffixes.sort_unstable_by(|a, b| {
        // A first key that ends in a break says all.
        let later = |&(first, at): &(u64, u32)| match first & 0xffff {
            0 => 0,
            _ => key(text, at + 4),
        };
        a.0.cmp(&b.0).then_with(|| later(a).cmp(&later(b))).then(a.1.cmp(&b.1))
    });
    let places: Vec<u32> = suffixes.into_iter().map(|(_, at)| at).collect();
    let mut search = Search {
        text,
        places: &places,
        counts: &counts,
        total,
        least,
        several: text.documents.len() > 50,
        before: vec![0; text.alphabet],
        found: Vec::new(),
    };
    search.groups(0..places.len(), 0);
    search.found
}

/// The four codes from `at` on as one number; nothing behind a break counts.
fn key(text: &Text<'_>, at: u32) -> u64 {
    let mut key = 0;
    let mut ended = false;
    for &code in &text.codes[at as usize..at as usize + 4] {
        ended |= code == 0;
        key = key << 16 | if ended { 0 } else { u64::from(code) };
    }
    key
}

/// Twice the entropy, in bits, of what stands beside a sequence; each break is another thing.
struct Surprise {
    count: u32,
    sum: u64,
}

impl Surprise {
    /// Of `count` occurrences.
    fn new(count: u32) -> Surprise {
        Surprise { count, sum: 0 }
    }

    /// Adds something that stands beside `count` of them.
    fn add(&mut self, count: u32) {
        self.sum += u64::from(count) * u64::from(bucket(self.count) - bucket(count));
    }

    fn finish(self) -> u32 {
        (self.sum / u64::from(self.count.max(1))) as u32
    }
}

/// The least surprise on both sides of a phrase that occurs so often: what five or so things in
/// turn give; of a few occurrences, that most stand beside different things.
fn enough(count: u32) -> u32 {
    (u32::from(bucket(count)) * 7 / 10).clamp(1, 4)
}

struct Search<'a> {
    text: &'a Text<'a>,
    /// All suffixes, sorted.
    places: &'a [u32],
    /// Occurrences of each code.
    counts: &'a [u32],
    total: u64,
    least: u32,
    /// Whether phrases must occur in two documents.
    several: bool,
    /// Occurrences of each code before the phrase at hand; all zero between two phrases.
    before: Vec<u32>,
    found: Vec<Found>,
}

impl Search<'_> {
    /// Goes through the suffixes in `range`, which have `depth` codes in common.
    fn groups(&mut self, range: Range<usize>, depth: usize) {
        let mut behind = Surprise::new(range.len() as u32);
        let mut start = range.start;
        while start < range.end {
            let code = self.code(start, depth);
            let group = &self.places[start..range.end];
            let same = |&at: &u32| self.text.codes[at as usize + depth] == code;
            let end = start + group.partition_point(same);
            let count = (end - start) as u32;
            if code == 0 {
                (0..count).for_each(|_| behind.add(1));
            } else {
                behind.add(count);
                if count >= self.least && depth < LONGEST {
                    self.groups(start..end, depth + 1);
                }
            }
            start = end;
        }
        if depth >= 2 {
            self.consider(range, depth, behind.finish());
        }
    }

    fn code(&self, suffix: usize, depth: usize) -> u16 {
        self.text.codes[self.places[suffix] as usize + depth]
    }

    /// Takes the sequence of `len` codes at the suffixes of `range`, if it is a phrase.
    fn consider(&mut self, range: Range<usize>, len: usize, surprise_behind: u32) {
        let count = range.len() as u32;
        let (first, last) = (self.code(range.start, 0), self.code(range.start, len - 1));
        let is_loose = |code| self.text.loose.contains(&code);
        let is_chance = if len == 2 {
            let of = |code: u16| u64::from(self.counts[usize::from(code)]);
            u64::from(count) * self.total < 4 * of(first) * of(last)
        } else {
            is_loose(first) || is_loose(last)
        };
        let places = &self.places[range];
        if is_chance || surprise_behind < enough(count) || self.several && !self.in_several(places)
        {
            return;
        }
        let surprise = surprise_behind.min(self.surprise_before(places));
        if surprise >= enough(count) {
            let quality = u64::from(count) * u64::from(surprise);
            self.found.push(Found { start: places[0], len: len as u8, count, quality });
        }
    }

    /// How open it is what stands before the places, see [`Surprise`].
    fn surprise_before(&mut self, places: &[u32]) -> u32 {
        let codes = self.text.codes;
        let before = |at: u32| usize::from(codes[at as usize - 1]);
        places.iter().for_each(|&at| self.before[before(at)] += 1);
        let mut surprise = Surprise::new(places.len() as u32);
        for &at in places {
            match std::mem::take(&mut self.before[before(at)]) {
                count if before(at) == 0 => (0..count).for_each(|_| surprise.add(1)),
                count => surprise.add(count),
            }
        }
        surprise.finish()
    }

    /// Whether the places are in more than one document.
    fn in_several(&self, places: &[u32]) -> bool {
        let document = |at: u32| self.text.documents.partition_point(|&start| start <= at);
        let (least, most) =
            places.iter().fold((u32::MAX, 0), |(least, most), &at| (least.min(at), most.max(at)));
        document(least) != document(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// What stands before and behind each occurrence of a sequence; a break is none.
    type Beside = Vec<(Option<u16>, Option<u16>)>;

    /// Every sequence of at most [`LONGEST`] codes without a break in it.
    fn sequences(codes: &[u16]) -> BTreeMap<Vec<u16>, Beside> {
        let mut all: BTreeMap<Vec<u16>, Beside> = BTreeMap::new();
        for start in 1..codes.len() {
            for end in start + 1..=(start + LONGEST).min(codes.len() - 1) {
                if codes[start..end].contains(&0) {
                    break;
                }
                let beside = |at: usize| Some(codes[at]).filter(|&code| code != 0);
                let sides = (beside(start - 1), beside(end));
                all.entry(codes[start..end].to_vec()).or_default().push(sides);
            }
        }
        all
    }

    /// As [`Surprise`], counted by pairs.
    fn naive_surprise(beside: impl Iterator<Item = Option<u16>> + Clone) -> u32 {
        let all = beside.clone().count() as u32;
        let of = |side: Option<u16>| match side {
            Some(_) => beside.clone().filter(|&other| other == side).count() as u32,
            None => 1,
        };
        let sum: u32 = beside.clone().map(|side| u32::from(bucket(all) - bucket(of(side)))).sum();
        sum / all
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

        #[test]
        fn phrases_are_those_of_a_naive_count(
            text in prop::collection::vec(0u16..6, 0..120),
            least in 2u32..4,
        ) {
            let mut codes = vec![0];
            codes.extend(&text);
            codes.extend([0; PADDING]);
            let loose = [1];
            let documents = [1];
            let found = find(&Text { codes: &codes, documents: &documents, alphabet: 6, loose: &loose }, least);
            let mut found: Vec<(Vec<u16>, u32, u64)> = found
                .iter()
                .map(|found| {
                    let start = found.start as usize;
                    (codes[start..start + usize::from(found.len)].to_vec(), found.count, found.quality)
                })
                .collect();
            found.sort();
            let all = sequences(&codes);
            let singles = text.iter().filter(|&&code| code != 0).count();
            let expected: Vec<(Vec<u16>, u32, u64)> = all
                .iter()
                .filter_map(|(sequence, beside)| {
                    let count = beside.len();
                    let before = naive_surprise(beside.iter().map(|sides| sides.0));
                    let behind = naive_surprise(beside.iter().map(|sides| sides.1));
                    let surprise = before.min(behind);
                    let of = |code: u16| all[&vec![code]].len();
                    let is_phrase = match sequence[..] {
                        [_] => false,
                        [first, second] => count * singles >= 4 * of(first) * of(second),
                        _ => sequence[0] != 1 && sequence[sequence.len() - 1] != 1,
                    };
                    let count = count as u32;
                    (is_phrase && count >= least && surprise >= enough(count))
                        .then(|| (sequence.clone(), count, u64::from(count) * u64::from(surprise)))
                })
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
