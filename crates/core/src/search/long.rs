//! Long queries: a pasted text has more terms than are worth reading, so the most telling must do.

use super::Searcher;
use super::query::{Clause, Query, QueryTerm};
use super::source::Source;
use crate::Error;
use crate::sorting::sorted;

/// Terms of one query that are read, at most; a longer one is heard in parts.
const MOST_TERMS: usize = 32;

impl<S: Source> Searcher<S> {
    /// Reads a query, and leaves it no more terms than a search can afford.
    ///
    /// Which documents match it exactly does not change: what has lost terms is verified.
    #[inline(never)]
    pub(super) fn parse(&self, text: &str) -> Result<Query, Error> {
        let mut query = Query::parse(self.source.analyzer(), text);
        let count: usize = query.clauses.iter().map(|clause| clause.terms.len()).sum();
        let signed = query.clauses.iter().any(|clause| clause.or || clause.title);
        if count > MOST_TERMS && !signed {
            let kept = self.telling(&query.clauses, count)?;
            for clause in &mut query.clauses {
                clause.sampled = clause.keep(&mut |term| kept.contains(term));
            }
        }
        Ok(query)
    }

    /// The most telling of the `count` terms of `clauses`.
    ///
    /// They are guessed at by their characters, the best of each stretch of the text, so that no
    /// part of it goes unheard; then the rarest of these are taken, where that is known.
    #[inline(never)]
    fn telling(&self, clauses: &[Clause], count: usize) -> Result<Vec<QueryTerm>, Error> {
        let mut codes = Codes { source: &self.source, known: vec![('\0', 0); 1 << 12] };
        let stretch = count.div_ceil(MOST_TERMS * S::STRETCHES);
        let mut best: Vec<&QueryTerm> = Vec::new();
        // A term that no document has is telling, but one is enough.
        let mut absent = None;
        let (mut rarest, mut left) = ((0, None), stretch);
        for term in clauses.iter().flat_map(|clause| &clause.terms) {
            let rarity = codes.rarity(term)?;
            if rarity == 0 {
                absent = Some(term);
            } else if rarity > rarest.0 {
                rarest = (rarity, Some(term));
            }
            left -= 1;
            if left == 0 {
                best.extend(rarest.1.filter(|term| !best.contains(term)));
                (rarest, left) = ((0, None), stretch);
            }
        }
        best.extend(rarest.1);
        // Numbers of documents, and below them which term it is.
        let mut counted = Vec::new();
        for (i, term) in (0u64..).zip(&best) {
            match self.source.doc_freq(term)? {
                0 => absent = Some(term),
                doc_freq => counted.push(u64::from(doc_freq) << 32 | i),
            }
        }
        let mut counted = sorted(counted);
        counted.truncate(MOST_TERMS);
        let mut kept: Vec<QueryTerm> = Vec::new();
        kept.extend(absent.cloned());
        counted.iter().for_each(|&key| kept.push(best[key as u32 as usize].clone()));
        Ok(kept)
    }
}

/// The codes of characters, which rise as they become rarer, looked up once if that will do.
struct Codes<'s, S> {
    source: &'s S,
    /// More by one; 0 for characters that no text has.
    known: Vec<(char, u32)>,
}

impl<S: Source> Codes<'_, S> {
    fn of(&mut self, c: char) -> Result<u64, Error> {
        let known = &mut self.known[c as usize % (1 << 12)];
        if known.0 != c {
            *known = (c, self.source.code(c)?.map_or(0, |code| code + 1));
        }
        Ok(known.1.into())
    }

    /// How rare a term looks: more where its characters are rarer; 0 if no document has one.
    fn rarity(&mut self, term: &QueryTerm) -> Result<u64, Error> {
        Ok(match term {
            QueryTerm::Bigram(first, second) => self.of(*first)? * self.of(*second)?,
            QueryTerm::Char(c) => self.of(*c)?,
            // The longer the rarer.
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => 1 << (3 * word.len().min(9)),
        })
    }
}
