//! The order of documents.

use crate::DocId;
use crate::sorting::sorted;

/// From this many places on, sorting all is cheaper than keeping the best.
const MANY: usize = 256;

/// A document and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub(super) doc: DocId,
    pub(super) score: f32,
}

/// Documents to be ranked by falling score, then ascending document.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// Scores are not negative, so their bits ascend with them: inverted they come first, the
    /// document behind.
    keys: Vec<u64>,
}

impl Ranking {
    pub(super) fn push(&mut self, doc: DocId, score: f32) {
        self.keys.push(u64::from(!score.to_bits()) << 32 | u64::from(doc));
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Places `from..to`, fewer where there are fewer. Where `rank` gives documents a rank, they come
    /// by ascending rank, and by score only where it is the same.
    pub(super) fn page(
        &mut self,
        from: usize,
        to: usize,
        rank: &dyn Fn(DocId) -> Option<u32>,
    ) -> Vec<Scored> {
        let to = to.min(self.keys.len());
        let from = from.min(to);
        let mut keys = std::mem::take(&mut self.keys);
        if from == to {
            return Vec::new();
        }
        let mut scored_keys = Vec::new();
        if keys.first().is_some_and(|&key| rank(key as DocId).is_some()) {
            scored_keys = sorted(keys);
            keys = Vec::with_capacity(scored_keys.len());
            for (place, &key) in scored_keys.iter().enumerate() {
                let rank = rank(key as DocId).unwrap_or(u32::MAX);
                keys.push(u64::from(rank) << 32 | place as u64);
            }
        }
        let best = smallest(keys, to);
        let mut page = Vec::with_capacity(to - from);
        for &key in best.get(from..to).unwrap_or_default() {
            let key = scored_keys.get(key as u32 as usize).copied().unwrap_or(key);
            page.push(Scored { doc: key as u32, score: f32::from_bits(!(key >> 32) as u32) });
        }
        page
    }
}

/// The `count` smallest keys, ascending; more of them where sorting all is cheaper.
pub(super) fn smallest(keys: Vec<u64>, count: usize) -> Vec<u64> {
    if count >= MANY || count >= keys.len() {
        return sorted(keys);
    }
    let mut best: Vec<u64> = Vec::with_capacity(count + 1);
    for key in keys {
        if best.len() < count || best.last().is_some_and(|&worst| key < worst) {
            best.insert(best.partition_point(|&other| other < key), key);
            best.truncate(count);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_parts_of_one_order() {
        let scores: Vec<f32> = (0..1000).map(|i| ((i * 7919) % 101) as f32 / 7.0).collect();
        let mut naive: Vec<Scored> =
            (0..).zip(&scores).map(|(doc, &score)| Scored { doc, score }).collect();
        naive.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.doc.cmp(&b.doc)));
        for (from, to) in
            [(0, 10), (10, 20), (0, 0), (5, 300), (990, 2000), (2000, 3000), (0, 1000)]
        {
            let mut ranking = Ranking::default();
            (0..).zip(&scores).for_each(|(doc, &score)| ranking.push(doc, score));
            let expected = &naive[from.min(1000)..to.min(1000)];
            assert_eq!(ranking.page(from, to, &|_| None), expected, "{from}..{to}");
            let rank = |doc: DocId| doc * 31 % 7;
            let mut ranked = naive.clone();
            ranked.sort_by_key(|scored| rank(scored.doc));
            (0..).zip(&scores).for_each(|(doc, &score)| ranking.push(doc, score));
            let expected = &ranked[from.min(1000)..to.min(1000)];
            assert_eq!(ranking.page(from, to, &|doc| Some(rank(doc))), expected, "{from}..{to}");
        }
    }
}
