//! Words of the documents that have a stem in common, each a synonym of the others.

use super::IndexWriter;
use crate::format::synonyms::{Form, MOST_OTHERS};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Gives the stem of a word.
type Stemmer = Box<dyn Fn(&str) -> String + Send + Sync>;

impl IndexWriter {
    /// Lets words of the documents stand for one another to which `stem` gives the same: a query
    /// with `searches` then finds documents with `searching` as well, behind those with what was
    /// typed, as by [`add_synonym`](Self::add_synonym).
    ///
    /// `stem` is asked about words of letters alone, in lower case, and with the accents that documents
    /// mostly write them with; so this comes before the documents. Where a stem has many words, those eight
    /// stand for the others that most documents have. May be called more than once, for documents in
    /// several languages; words that no document has get no others.
    ///
    /// ```
    /// use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher};
    ///
    /// let mut writer = IndexWriter::new();
    /// writer.add_stemmer(|word| word.trim_end_matches('s').to_owned());
    /// for (id, text) in [("one", "a lantern"), ("two", "lanterns")] {
    ///     writer.add(&Document { id: id.into(), text: text.into(), ..Document::default() })?;
    /// }
    /// let searcher = Searcher::open(writer.finish()?)?;
    /// let results = searcher.search("lanterns", &SearchOptions::default())?;
    /// assert_eq!((results.total, results.related), (1, 1));
    /// # Ok::<(), suoyin_core::Error>(())
    /// ```
    pub fn add_stemmer(&mut self, stem: impl Fn(&str) -> String + Send + Sync + 'static) {
        self.stems.stemmers.push(Box::new(stem));
        self.builder.spells = true;
    }
}

/// The words of an index, as far as they may have stems.
#[derive(Default)]
pub(super) struct Stems {
    stemmers: Vec<Stemmer>,
    /// Ascending, with the number of documents that have each.
    words: Vec<(String, usize)>,
    spellings: Spellings,
}

/// How words are spelled that the index folds: in lower case, with their accents, which stemmers
/// need; and how often.
#[derive(Debug, Default)]
pub(super) struct Spellings(BTreeMap<Box<str>, BTreeMap<Box<str>, usize>>);

impl Spellings {
    /// Takes note of a word and what it was folded from.
    pub(super) fn note(&mut self, word: &str, source: &str) {
        // Above are forms of letters for compatibility, which no stemmer knows; a soft hyphen is none.
        let is_plain = |c: char| c < '\u{2000}' && c != '\u{ad}';
        if source.is_ascii() || !source.chars().all(is_plain) {
            return;
        }
        let spelled = source.to_lowercase();
        if spelled != word {
            *self.0.entry(word.into()).or_default().entry(spelled.into()).or_default() += 1;
        }
    }

    /// The most frequent spelling that is not the word itself, if there is one.
    fn of<'a>(&'a self, word: &'a str) -> &'a str {
        let spellings = self.0.get(word).into_iter().flatten();
        let most = spellings.max_by_key(|(spelling, count)| (*count, Reverse(*spelling)));
        most.map_or(word, |(spelling, _)| spelling)
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems").field("stemmers", &self.stemmers.len()).finish_non_exhaustive()
    }
}

impl Stems {
    /// Takes in how the words of a segment are spelled.
    pub(super) fn take(&mut self, segment: Spellings) {
        for (word, spellings) in segment.0 {
            let all = self.spellings.0.entry(word).or_default();
            for (spelling, count) in spellings {
                *all.entry(spelling).or_default() += count;
            }
        }
    }

    /// Takes note of a word of the index; they come ascending.
    pub(super) fn see(&mut self, word: &str, doc_freq: usize) {
        if !self.stemmers.is_empty() && word.chars().all(char::is_alphabetic) {
            self.words.push((word.to_owned(), doc_freq));
        }
    }

    /// For each stemmer the words that share a stem with others, ascending.
    pub(super) fn lists(&self) -> Vec<Vec<Form>> {
        self.stemmers.iter().map(|stem| self.list(stem)).collect()
    }

    fn list(&self, stem: &Stemmer) -> Vec<Form> {
        let stem = |word: &str| stem(self.spellings.of(word));
        let mut groups: BTreeMap<String, BTreeSet<(Reverse<usize>, &str)>> = BTreeMap::new();
        for (word, doc_freq) in &self.words {
            groups.entry(stem(word)).or_default().insert((Reverse(*doc_freq), word));
        }
        groups.retain(|_, group| group.len() > 1);
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut list = Vec::new();
        for (word, doc_freq) in &self.words {
            if let Some((stem, group)) = groups.get_key_value(&stem(word)) {
                let next = numbers.len() as u32;
                let number = *numbers.entry(stem).or_insert(next);
                let most = group.iter().take(MOST_OTHERS);
                let stands = most.last() >= Some(&(Reverse(*doc_freq), word.as_str()));
                list.push(Form { word: word.clone(), group: number, stands });
            }
        }
        list
    }
}
