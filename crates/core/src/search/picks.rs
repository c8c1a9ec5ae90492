//! Which places of a text a snippet shows: those that tell most of what was searched for.

use super::passage::LEAD;
use super::snippet::{is_within, surroundings};
use super::typed::Found;
use std::ops::Range;

/// A place that there is not.
pub(super) const NOWHERE: usize = usize::MAX;

/// What patterns tell, by the bits that stand for them.
pub(super) type Weights = [u32; 64];

/// The matches that passages are shown around, ascending, and the columns of each: the most telling
/// place, or two, half as wide, where they tell more. Those in the parts `demoted` only where there
/// are no others.
///
/// A pattern tells its weight, however often it stands there.
#[inline(never)]
pub(super) fn picks(
    found: &[Found],
    weights: &Weights,
    demoted: &[Range<usize>],
    width: usize,
) -> ([usize; 2], usize) {
    let telling = |seen, width| most_telling(found, weights, demoted, seen, width);
    let half = width / 2;
    let best = telling(0, width);
    if found.iter().any(|found| found.patterns & !best.patterns != 0) {
        let one = telling(0, half);
        let other = telling(one.patterns, half);
        let (first, second) = (one.start.min(other.start), one.start.max(other.start));
        // So far apart that the first passage ends before: no column takes more than three bytes.
        if 3 * (one.value + other.value) >= 4 * best.value && second - first >= 3 * half {
            return ([first, second], half);
        }
    }
    ([best.start, NOWHERE], width)
}

/// What a passage that starts at a match would show.
#[derive(Clone, Copy)]
struct Window {
    start: usize,
    patterns: u64,
    /// The weights of the patterns, each once, and the bytes of their matches.
    value: u32,
}

/// The most telling window of so many columns, the first of equals; patterns that were `seen` count
/// nothing.
#[inline(never)]
fn most_telling(
    found: &[Found],
    weights: &Weights,
    demoted: &[Range<usize>],
    seen: u64,
    width: usize,
) -> Window {
    let only_demoted = found.iter().all(|found| is_within(demoted, found.range.start));
    // About as many bytes as it has of CJK; exact widths would cost a scan per match.
    let reach = (width - LEAD.min(width / 4)) / 2 * 3;
    let mut best = Window { start: NOWHERE, patterns: 0, value: 0 };
    for (i, first) in found.iter().enumerate() {
        let start = first.range.start;
        if is_within(demoted, start) != only_demoted {
            continue;
        }
        let end = surroundings(demoted, start, start + reach).end;
        let mut window = Window { start, patterns: 0, value: 0 };
        for Found { range, patterns } in &found[i..] {
            if range.end > end && range.start > start {
                break;
            }
            let mut new = patterns & !seen;
            if new != 0 {
                window.value += range.len() as u32;
            }
            new &= !window.patterns;
            window.patterns |= new;
            while new != 0 {
                window.value += weights[new.trailing_zeros() as usize & 63];
                new &= new - 1;
            }
        }
        if window.value > best.value {
            best = window;
        }
    }
    best
}
