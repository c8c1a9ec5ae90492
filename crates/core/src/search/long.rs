//! Long queries: a pasted text has more terms than are worth reading, so the most telling must do.

use super::Searcher;
use super::order::sorted;
use super::query::{Clause, Query, QueryTerm};
use super::source::Source;
use crate::Error;

impl<S: Source> Searcher<S> {
    /// Reads a query, and leaves it no more terms than a search can afford.
    ///
    /// Which documents match it exactly does not change: what has lost terms is verified.
    pub(super) fn parse(&self, text: &str) -> Result<Query, Error> {
        let mut query = Query::parse(self.source.analyzer(), text);
        let signed = query.clauses.iter().any(|clause| clause.or || clause.title);
        let count: usize = query.clauses.iter().map(|clause| clause.terms.len()).sum();
        if count > S::MOST_TERMS && !signed {
            let kept = self.telling(&query.clauses, count)?;
            for clause in &mut query.clauses {
                let is_kept = |term: &QueryTerm| kept.binary_search(term).is_ok();
                let mut keep = clause.terms.iter().map(is_kept);
                clause.source_terms.retain(|_| keep.next() == Some(true));
                clause.verify |= clause.source_terms.len() < clause.terms.len();
                clause.sampled = clause.verify;
                clause.terms.retain(is_kept);
            }
        }
        Ok(query)
    }

    /// The most telling of the `count` terms of `clauses`, ascending.
    ///
    /// They are guessed at by their characters, the best of each stretch of the text, so that no
    /// part of it goes unheard; then the rarest of these are taken, where that is known.
    fn telling(&self, clauses: &[Clause], count: usize) -> Result<Vec<QueryTerm>, Error> {
        let mut codes = Codes { source: &self.source, known: vec![('\0', None); 1 << 12] };
        let stretch = count.div_ceil(S::MOST_TERMS * S::STRETCHES);
        let mut best: Vec<(u64, &QueryTerm)> = Vec::new();
        // A term that no document has is telling, but one is enough.
        let mut absent = None;
        for (i, term) in clauses.iter().flat_map(|clause| &clause.terms).enumerate() {
            let rarity = codes.rarity(term)?;
            if rarity.is_none() {
                absent = Some(term);
            }
            let rated = (rarity.unwrap_or_default(), term);
            match best.last_mut() {
                Some(last) if i % stretch > 0 => *last = rated.max(*last),
                _ => best.push(rated),
            }
        }
        let mut counted = Vec::with_capacity(best.len());
        for (_, term) in best.into_iter().filter(|&(rarity, _)| rarity > 0) {
            match self.source.doc_freq(term)? {
                0 => absent = Some(term),
                doc_freq => counted.push((doc_freq, term)),
            }
        }
        let mut counted = sorted(counted);
        counted.dedup();
        let kept = counted.into_iter().take(S::MOST_TERMS).map(|(_, term)| term).chain(absent);
        let mut kept = sorted(kept.cloned().collect());
        kept.dedup();
        Ok(kept)
    }
}

/// The codes of characters, which rise as they become rarer, looked up once if that will do.
struct Codes<'s, S> {
    source: &'s S,
    known: Vec<(char, Option<u32>)>,
}

impl<S: Source> Codes<'_, S> {
    fn of(&mut self, c: char) -> Result<Option<u64>, Error> {
        let place = c as usize % self.known.len();
        if self.known[place].0 != c {
            self.known[place] = (c, self.source.code(c)?);
        }
        Ok(self.known[place].1.map(|code| u64::from(code) + 1))
    }

    /// How rare a term looks: more where its characters are rarer; `None` if no document has one.
    fn rarity(&mut self, term: &QueryTerm) -> Result<Option<u64>, Error> {
        Ok(match term {
            QueryTerm::Bigram(first, second) => {
                self.of(*first)?.zip(self.of(*second)?).map(|(first, second)| first * second)
            }
            QueryTerm::Char(c) => self.of(*c)?,
            // The longer the rarer.
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => Some(1 << (3 * word.len().min(9))),
        })
    }
}
