//! How good an answer is: binary judgements, the first ten hits.

use std::ops::{Add, Div};

use serde::{Deserialize, Serialize};

/// How many hits are asked for and judged.
pub(super) const DEPTH: usize = 10;

/// The measures of one answer, or means of them; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Scores {
    /// Gain of the relevant hits, discounted by the logarithm of their rank, against that of the best
    /// order there could be.
    pub(super) ndcg: f64,
    /// One over the rank of the first relevant hit; 0 without one.
    pub(super) mrr: f64,
    /// The share of the relevant documents that are among the hits.
    pub(super) recall: f64,
}

impl Scores {
    /// Judges hits, the best first, of which these are relevant, out of `relevant` documents in all.
    pub(super) fn of(hits: &[bool], relevant: usize) -> Scores {
        let hits = &hits[..hits.len().min(DEPTH)];
        let found =
            || (0..).zip(hits).filter(|&(_, &is_relevant)| is_relevant).map(|(rank, _)| rank);
        let ideal: f64 = (0..relevant.min(DEPTH)).map(discount).sum();
        let gain: f64 = found().map(discount).sum();
        Scores {
            ndcg: if relevant > 0 { gain / ideal } else { 0.0 },
            mrr: found().next().map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
            recall: if relevant > 0 { found().count() as f64 / relevant as f64 } else { 0.0 },
        }
    }
}

/// What a relevant hit counts at a rank, from 0.
fn discount(rank: usize) -> f64 {
    1.0 / (rank as f64 + 2.0).log2()
}

impl Add for Scores {
    type Output = Scores;

    fn add(self, other: Scores) -> Scores {
        Scores {
            ndcg: self.ndcg + other.ndcg,
            mrr: self.mrr + other.mrr,
            recall: self.recall + other.recall,
        }
    }
}

impl Div<f64> for Scores {
    type Output = Scores;

    fn div(self, by: f64) -> Scores {
        Scores { ndcg: self.ndcg / by, mrr: self.mrr / by, recall: self.recall / by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_order_scores_one() {
        let best = Scores { ndcg: 1.0, mrr: 1.0, recall: 1.0 };
        assert_eq!(Scores::of(&[true, true, false], 2), best);
        assert_eq!(Scores::of(&[true; 10], 20), Scores { recall: 0.5, ..best });
    }

    #[test]
    fn later_hits_count_less() {
        // Ranks 2 and 4 of three relevant documents: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3 + 1/2).
        let scores = Scores::of(&[false, true, false, true], 3);
        assert!((scores.ndcg - (0.630_929_8 + 0.430_676_6) / 2.130_929_8).abs() < 1e-6);
        assert_eq!(scores.mrr, 0.5);
        assert!((scores.recall - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_found_among_ten_scores_nothing() {
        let mut hits = [false; 11];
        hits[10] = true;
        assert_eq!(Scores::of(&hits, 1), Scores::default());
        assert_eq!(Scores::of(&[], 1), Scores::default());
    }
}
