//! Information bounds: how small a structure can become without knowing more than its counts.

use std::collections::BTreeMap;
use std::f64::consts::LN_2;
use suoyin_core::IndexReader;
use suoyin_core::format::Structure;

/// The bounds of an index, in bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    /// Which second characters stand behind each first one.
    pub(super) seconds: f64,
    /// Which documents have each term.
    pub(super) doc_ids: f64,
    /// Zero-order entropy of the document frequencies.
    pub(super) doc_freqs: f64,
    /// Zero-order entropy of a posting's occurrences and title flag.
    pub(super) term_freqs: f64,
    /// Zero-order entropy of the field norms.
    pub(super) field_norms: f64,
}

impl Bounds {
    pub(super) fn of<D: AsRef<[u8]>>(reader: &IndexReader<D>) -> Result<Self, suoyin_core::Error> {
        let stats = reader.stats();
        let mut bounds = Bounds::default();
        let (mut doc_freqs, mut term_freqs) = (Histogram::default(), Histogram::default());
        let mut postings = Vec::new();
        for number in 0..reader.block_count() {
            let block = reader.block(number)?;
            let seconds = block.seconds.len() as u64;
            bounds.seconds += log2_choose(u64::from(stats.alphabet_len) + 1, seconds);
            for term in block.terms {
                bounds.doc_ids += log2_choose(stats.doc_count.into(), term.doc_freq.into());
                doc_freqs.add(term.doc_freq);
                postings.clear();
                reader.postings(term, &mut postings)?;
                for posting in &postings {
                    term_freqs.add(u32::from(posting.text_freq) << 1 | u32::from(posting.in_title));
                }
            }
        }
        bounds.doc_freqs = doc_freqs.entropy();
        bounds.term_freqs = term_freqs.entropy();
        let mut norms = Histogram::default();
        reader.structure(Structure::FieldNorms).iter().for_each(|&norm| norms.add(norm.into()));
        bounds.field_norms = norms.entropy();
        Ok(bounds)
    }

    /// The bound of one structure, where there is one.
    pub(super) fn of_structure(&self, structure: Structure) -> Option<f64> {
        match structure {
            Structure::Seconds => Some(self.seconds),
            Structure::Postings => Some(self.doc_ids),
            Structure::DocFreqs => Some(self.doc_freqs),
            Structure::TermFreqs => Some(self.term_freqs),
            Structure::FieldNorms => Some(self.field_norms),
            _ => None,
        }
    }
}

/// How often each value occurs.
#[derive(Default)]
struct Histogram(BTreeMap<u32, u64>);

impl Histogram {
    fn add(&mut self, value: u32) {
        *self.0.entry(value).or_default() += 1;
    }

    /// Bits that a code made for these values takes for all of them.
    fn entropy(&self) -> f64 {
        let all = self.0.values().sum::<u64>() as f64;
        self.0.values().map(|&n| n as f64 * libm::log2(all / n as f64)).sum()
    }
}

/// log2 of the number of ways to choose `k` of `n`; 0 where there is none.
fn log2_choose(n: u64, k: u64) -> f64 {
    let Some(rest) = n.checked_sub(k) else { return 0.0 };
    let ln_factorial = |n: u64| libm::lgamma(n as f64 + 1.0);
    ((ln_factorial(n) - ln_factorial(k) - ln_factorial(rest)) / LN_2).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_in_bits() {
        for (n, k, ways) in [(5, 0, 1.0), (5, 5, 1.0), (4, 2, 6.0), (52, 5, 2_598_960.0)] {
            assert!((log2_choose(n, k) - libm::log2(ways)).abs() < 1e-9, "{k} of {n}");
        }
        assert_eq!(log2_choose(3, 4), 0.0);
    }

    #[test]
    fn entropy_of_a_fair_and_a_certain_value() {
        let entropy = |values: &[u32]| {
            let mut histogram = Histogram::default();
            values.iter().for_each(|&value| histogram.add(value));
            histogram.entropy()
        };
        assert_eq!(entropy(&[1, 2, 1, 2, 3, 4, 3, 4]), 16.0);
        assert_eq!(entropy(&[7; 9]), 0.0);
        assert_eq!(entropy(&[]), 0.0);
    }
}
