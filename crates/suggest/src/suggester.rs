//! `Suggester`: what was typed → phrases of the corpus.

use crate::compose;
use crate::data::{Data, Role};
use crate::input::{self, Unit};
use crate::reading::{HOMOPHONE, INITIAL, MISTAKE, Spellings};
use crate::walk::{Reached, Typed};
use suoyin_core::{Analyzer, Error};

/// How a suggestion follows from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It begins with what was typed.
    Completion,
    /// The same, and it is the title of a document.
    Title,
    /// What was typed is how it, or its beginning, is read.
    Pinyin,
    /// What was typed is nearly it.
    Spelling,
}

impl Kind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Completion => "completion",
            Kind::Title => "title",
            Kind::Pinyin => "pinyin",
            Kind::Spelling => "spelling",
        }
    }
}

/// Something to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// A phrase as the corpus writes it.
    pub query: String,
    /// How it follows from what was typed.
    pub kind: Kind,
    /// Whether it is all that was typed and no more, without anything left out: no completion, and
    /// not by initials alone.
    pub whole: bool,
}

/// Answers what was meant.
#[derive(Debug)]
pub struct Suggester {
    pub(crate) data: Data,
    pub(crate) analyzer: Analyzer,
    pub(crate) spellings: Vec<Spellings>,
}

/// A phrase that may be suggested.
struct Candidate {
    score: i32,
    cost: u8,
    codes: Vec<u16>,
    kind: Kind,
    whole: bool,
}

/// How many ways to write out pinyin are looked up, in vain.
const TRIES: usize = 4;
/// How many candidates are kept for each suggestion asked for: several may be one when folded.
const SPARE: usize = 4;

impl Suggester {
    /// Opens what [`SuggestBuilder::finish`](crate::SuggestBuilder::finish) made.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`], [`Error::Version`], [`Error::Truncated`] or [`Error::Damaged`].
    pub fn open(bytes: &[u8]) -> Result<Suggester, Error> {
        Data::decode(bytes).map(Self::over)
    }

    fn over(data: Data) -> Suggester {
        let analyzer = Analyzer { fold: data.fold.clone(), readings: Default::default() };
        let spellings = data.syllables.iter().map(|syllable| Spellings::new(syllable)).collect();
        Suggester { data, analyzer, spellings }
    }

    /// At most `limit` phrases that `query` may stand for, the best first; `query` itself is none.
    pub fn suggest(&self, query: &str, limit: usize) -> Vec<Suggestion> {
        let units = input::units(query, &self.analyzer);
        if units.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut best = Best { kept: Vec::new(), limit: limit.min(100) * SPARE };
        let known = self.collect(&units, false, &mut best);
        // Mistakes are looked for where nothing else explains what was typed.
        if !known && best.kept.iter().all(|candidate| candidate.cost >= INITIAL) {
            self.collect(&units, true, &mut best);
        }
        self.shown(&units, best.kept, limit)
    }

    /// At most `limit` ways to write out the pinyin in `query`, put together of phrases and
    /// characters, the most probable first. They may stand nowhere in the corpus.
    pub fn compose(&self, query: &str, limit: usize) -> Vec<String> {
        let units = input::units(query, &self.analyzer);
        if units.iter().any(|unit| matches!(unit, Unit::Letter(_))) {
            // What is under way is better completed by a phrase.
            let partial = self.suggest(query, 1).is_empty();
            compose::compose(self, &units, limit, partial)
        } else {
            Vec::new()
        }
    }

    /// As [`suggest`](Self::suggest); where none of it is what was typed and no more, the first that
    /// [`compose`](Self::compose) gives and that `stands` somewhere comes before.
    ///
    /// # Errors
    /// Those of `stands`.
    pub fn suggest_all<E>(
        &self,
        query: &str,
        limit: usize,
        mut stands: impl FnMut(&str) -> Result<bool, E>,
    ) -> Result<Vec<Suggestion>, E> {
        let mut found = self.suggest(query, limit);
        if limit > 0 && !found.iter().any(|suggestion| suggestion.whole) {
            for query in self.compose(query, TRIES) {
                if found.iter().all(|known| known.query != query) && stands(&query)? {
                    found.insert(0, Suggestion { query, kind: Kind::Pinyin, whole: true });
                    found.truncate(limit);
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.data.phrases.len()
    }

    /// Whether there is nothing to suggest.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Collects candidates; tells whether one of them is the query itself.
    fn collect(&self, units: &[Unit], forgives: bool, best: &mut Best) -> bool {
        let typed_letters = units.iter().filter(|u| matches!(u, Unit::Letter(_))).count();
        let typed_others = units.iter().filter(|u| matches!(u, Unit::Char(_))).count();
        let forgiven = most_forgiven(typed_letters, typed_others);
        if forgives && forgiven == 0 {
            return false;
        }
        let mut known = false;
        let typed = Typed::new(&self.data, &self.spellings, units, forgives, true);
        typed.walk(0, &mut |reached| {
            let Some((cost, depth)) = cheapest(&reached) else { return };
            let more = reached.codes.len() - depth;
            let is_title = reached.rank & 1 == 1;
            if forgives && (cost < HOMOPHONE || cost > forgiven || more > 0) {
                return;
            }
            let score = score(cost, more, reached.rank);
            if cost == 0 && more == 0 && !self.has_pinyin(typed_letters, reached.codes) {
                known = true;
                return;
            }
            if !best.wants(score) {
                return;
            }
            let kind = if forgives {
                Kind::Spelling
            } else if self.has_pinyin(typed_letters, &reached.codes[..depth]) {
                Kind::Pinyin
            } else if is_title {
                Kind::Title
            } else {
                Kind::Completion
            };
            let whole = more == 0 && cost < INITIAL;
            best.add(Candidate { score, cost, codes: reached.codes.to_vec(), kind, whole });
        });
        known
    }

    /// Whether some of the letters typed are readings of `codes` and not letters in them.
    fn has_pinyin(&self, letters: usize, codes: &[u16]) -> bool {
        let is_letter =
            |&&code: &&u16| self.data.characters[usize::from(code)].folded.is_ascii_lowercase();
        letters > codes.iter().filter(is_letter).count()
    }

    /// The candidates as they are shown, those that fold alike once.
    fn shown(&self, units: &[Unit], candidates: Vec<Candidate>, limit: usize) -> Vec<Suggestion> {
        let typed: String = units
            .iter()
            .filter_map(|unit| match unit {
                Unit::Letter(letter) => Some(char::from(*letter)),
                Unit::Char(c) => Some(*c),
                Unit::Break => None,
            })
            .collect();
        let mut seen = vec![typed];
        let mut shown = Vec::new();
        for Candidate { codes, kind, whole, .. } in candidates {
            let characters = || codes.iter().map(|&code| &self.data.characters[usize::from(code)]);
            let folded: String =
                characters().filter(|c| c.role != Role::Boundary).map(|c| c.folded).collect();
            if !seen.contains(&folded) {
                seen.push(folded);
                let query = characters().map(|c| c.written).collect();
                shown.push(Suggestion { query, kind, whole });
            }
            if shown.len() == limit {
                break;
            }
        }
        shown
    }
}

/// The most that mistakes may cost in a query of so many letters and other characters.
fn most_forgiven(letters: usize, others: usize) -> u8 {
    match (letters, others) {
        (4.., _) => MISTAKE,
        (_, 6..) => 2 * MISTAKE,
        (_, 4..) => MISTAKE + HOMOPHONE,
        (_, 3) => MISTAKE,
        (_, 2) => HOMOPHONE,
        _ => 0,
    }
}

/// How many codes of a phrase answer the query at the least cost, and that cost.
fn cheapest(reached: &Reached<'_>) -> Option<(u8, usize)> {
    let answers = reached.costs.iter().zip(0..).filter_map(|(cost, depth)| Some(((*cost)?, depth)));
    let weighed = |&(cost, depth): &(u8, usize)| score(cost, reached.codes.len() - depth, 0);
    answers.max_by_key(weighed)
}

/// The higher the better: `more` characters stand behind those that were typed.
fn score(cost: u8, more: usize, rank: u8) -> i32 {
    let title = if rank & 1 == 1 { 4 } else { 0 };
    let longer = if more > 0 { 3 + more.min(12) as i32 / 2 } else { 0 };
    i32::from(rank >> 1) + title - longer - COST * i32::from(cost)
}

/// What a unit of cost weighs against frequency, which counts two for each doubling.
const COST: i32 = 4;

/// The best candidates so far, the best first.
struct Best {
    kept: Vec<Candidate>,
    limit: usize,
}

impl Best {
    fn wants(&self, score: i32) -> bool {
        self.kept.len() < self.limit || self.kept.last().is_some_and(|last| last.score < score)
    }

    fn add(&mut self, candidate: Candidate) {
        let at = self.kept.partition_point(|kept| kept.score >= candidate.score);
        self.kept.insert(at, candidate);
        self.kept.truncate(self.limit);
    }
}

#[cfg(test)]
mod tests;
