//! The best documents once more, by the single characters of the query in their texts.
//!
//! Bigrams tell documents that have the query's words; of those, the one that has its characters more
//! often, in other words too, mostly answers it better. Characters are in so many documents that
//! their postings would cost more than all others: they are counted in the texts of the best few.

use super::bm25::is_function;
use super::order::{Ranking, Scored};
use super::query::QueryTerm;
use super::source::{Source, Stored};
use super::{Searcher, TermPostings};
use crate::analysis::{Analyzer, Folded};
use crate::{DocId, Error};

/// So many documents of a tier are ranked anew.
const DEPTH: usize = 30;
/// Weight of a character against a term.
const WEIGHT: f32 = 0.3;
/// Characters that are counted: the first so many of the query.
const MOST: usize = 32;

/// The characters of a query.
pub(super) struct Characters {
    /// Folded, each once, with about the number of documents that have it.
    wanted: Vec<(char, f32)>,
}

impl Characters {
    /// None where there is nothing to count, or no text at hand to count it in.
    pub(super) fn new<S: Source>(
        source: &S,
        terms: &[TermPostings],
    ) -> Result<Option<Characters>, Error> {
        let mut wanted: Vec<(char, f32)> = Vec::new();
        for term in terms {
            let QueryTerm::Bigram(first, second) = term.term else { continue };
            for c in [first, second] {
                let known = wanted.iter().any(|&(other, _)| other == c);
                if known || is_function(c) || wanted.len() == MOST {
                    continue;
                }
                let Some(doc_freq) = source.character(c)? else { return Ok(None) };
                wanted.push((c, doc_freq));
            }
        }
        Ok((!wanted.is_empty()).then_some(Characters { wanted }))
    }

    /// How often each stands in `text`.
    fn count(&self, analyzer: &Analyzer, text: &str) -> [u32; MOST] {
        let mut counts = [0; MOST];
        for c in text.chars() {
            // What becomes several characters is no character of a word.
            let c = match analyzer.fold.get(c) {
                Folded::Same => c,
                Folded::One(to) => to,
                _ => continue,
            };
            for (count, &(wanted, _)) in counts.iter_mut().zip(&self.wanted) {
                *count += u32::from(wanted == c);
            }
        }
        counts
    }
}

impl<S: Source> Searcher<S> {
    /// Places `from..to` of a ranking without other ranks, its best ones ranked anew.
    pub(super) fn reranked(
        &self,
        ranking: &mut Ranking,
        characters: &Characters,
        (from, to): (usize, usize),
    ) -> Result<Vec<Scored>, Error> {
        let best = ranking.page(0, to.max(DEPTH), &|_| None);
        let mut anew = Ranking::default();
        for &Scored { doc, score } in best.iter().take(DEPTH) {
            anew.push(doc, score + self.characters(characters, doc)?);
        }
        let mut page = anew.page(from, to.min(DEPTH), &|_| None);
        let to = to.min(best.len());
        page.extend_from_slice(&best[from.max(DEPTH).min(to)..to]);
        Ok(page)
    }

    /// What the characters add to the score of `doc`.
    pub(super) fn characters(&self, characters: &Characters, doc: DocId) -> Result<f32, Error> {
        let Some(Stored { record, text }) = self.source().stored(doc)? else { return Ok(0.0) };
        let analyzer = self.source().analyzer();
        let text = std::str::from_utf8(text).unwrap_or_default();
        let in_text = characters.count(analyzer, text);
        let in_title = characters.count(analyzer, record.title);
        let mut score = 0.0;
        for (at, &(_, doc_freq)) in characters.wanted.iter().enumerate() {
            let (text_len, title_len) = (text.len() as f32, record.title.len() as f32);
            score += self.bm25.character(
                doc_freq,
                (in_text[at] as f32, text_len / 3.0),
                (in_title[at] as f32, title_len / 3.0),
            );
        }
        Ok(WEIGHT * self.source().weight(doc) * score)
    }
}
