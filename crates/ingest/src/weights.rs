//! Parts of a text that count for more or less than the rest of it.

use std::ops::Range;

use suoyin_core::Weight;

/// A weight from 0 to 10.
pub(crate) fn parse(value: &str) -> Result<Weight, String> {
    match value.trim().parse::<f32>() {
        Ok(weight) if weight.is_finite() && weight >= 0.0 => Ok(Weight::new(weight)),
        _ => Err(format!(
            "the weight {:?} is no number from 0 to 10; it counts as 1",
            value.chars().take(20).collect::<String>()
        )),
    }
}

/// Ranges of bytes with a weight of their own, ascending and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    parts: Vec<(Range<usize>, Weight)>,
}

impl Weights {
    /// Adds a part behind all others; one that touches the last and weighs the same prolongs it.
    pub(crate) fn push(&mut self, range: Range<usize>, weight: Weight) {
        if range.is_empty() || weight == Weight::ONE {
            return;
        }
        match self.parts.last_mut() {
            Some((last, same)) if last.end == range.start && *same == weight => {
                last.end = range.end;
            }
            _ => self.parts.push((range, weight)),
        }
    }

    pub(crate) fn parts(&self) -> &[(Range<usize>, Weight)] {
        &self.parts
    }

    /// Gives `ranges`, which are ascending and apart, this weight, whatever they weighed before.
    pub(crate) fn overlay(&mut self, ranges: &[Range<usize>], weight: Weight) {
        if ranges.is_empty() {
            return;
        }
        let mut parts: Vec<(Range<usize>, Weight)> =
            ranges.iter().map(|range| (range.clone(), weight)).collect();
        for (part, own) in self.parts.drain(..) {
            let mut from = part.start;
            let first = ranges.partition_point(|range| range.end <= part.start);
            for range in ranges[first..].iter().take_while(|range| range.start < part.end) {
                if from < range.start {
                    parts.push((from..range.start, own));
                }
                from = range.end;
            }
            if from < part.end {
                parts.push((from..part.end, own));
            }
        }
        parts.sort_unstable_by_key(|(range, _)| range.start);
        for (range, weight) in parts {
            self.push(range, weight);
        }
    }

    /// The parts as offsets that something may move: starts and ends in turn.
    pub(crate) fn offsets(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(|(range, _)| [range.start, range.end])
    }

    /// Puts moved offsets back, as many as [`Weights::offsets`] gave.
    pub(crate) fn set_offsets(&mut self, offsets: &[usize]) {
        for ((range, _), moved) in self.parts.iter_mut().zip(offsets.chunks_exact(2)) {
            *range = moved[0]..moved[1];
        }
        self.parts.retain(|(range, _)| !range.is_empty());
    }

    /// As a document holds them; its text is known to be shorter than 4 GiB.
    pub(crate) fn into_document(self) -> Vec<(Range<u32>, Weight)> {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let parts = self.parts.into_iter();
        parts.map(|(range, weight)| (offset(range.start)..offset(range.end), weight)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Weight = Weight::MAX;

    fn weights(parts: &[(Range<usize>, Weight)]) -> Weights {
        let mut weights = Weights::default();
        for (range, weight) in parts {
            weights.push(range.clone(), *weight);
        }
        weights
    }

    #[test]
    fn written_weights() {
        assert_eq!(parse(" 2.5 "), Ok(Weight::new(2.5)));
        assert_eq!(parse("99"), Ok(Weight::MAX));
        for value in ["", "heavy", "-1", "NaN", "inf"] {
            assert!(parse(value).is_err(), "{value}");
        }
    }

    #[test]
    fn touching_parts_are_one() {
        let parts =
            weights(&[(0..2, TWO), (2..3, TWO), (3..3, TWO), (4..5, TWO), (5..6, Weight::ONE)]);
        assert_eq!(parts.parts(), [(0..3, TWO), (4..5, TWO)]);
    }

    #[test]
    fn an_overlay_wins() {
        let mut parts = weights(&[(0..10, TWO), (20..22, TWO), (30..34, TWO)]);
        parts.overlay(&[2..4, 8..21, 33..40], Weight::DEMOTED);
        let low = Weight::DEMOTED;
        let expected = [
            (0..2, TWO),
            (2..4, low),
            (4..8, TWO),
            (8..21, low),
            (21..22, TWO),
            (30..33, TWO),
            (33..40, low),
        ];
        assert_eq!(parts.parts(), expected);
        assert_eq!(parts.offsets().count(), 14);
    }
}
