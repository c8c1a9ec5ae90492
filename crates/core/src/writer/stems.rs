//! Words of the documents that have a stem in common, each a synonym of the others.

use super::IndexWriter;
use crate::analysis::word_pattern;
use crate::format::synonyms::{Form, MOST_OTHERS};
use std::cmp::Reverse;
use std::collections::BTreeMap;
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

    /// The words that share a stem with others, ascending.
    pub(super) fn forms(&self) -> Vec<Form> {
        // What begins first has the first number.
        let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for stem in &self.stemmers {
            let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (number, (word, _)) in self.words.iter().enumerate() {
                by_stem.entry(stem(self.spellings.of(word))).or_default().push(number);
            }
            for group in by_stem.into_values().filter(|group| group.len() > 1) {
                let mut most = group.clone();
                most.sort_by_key(|&word| Reverse(self.words[word].1));
                most.truncate(MOST_OTHERS);
                // Stemmers of several languages mostly agree.
                groups.insert(group, most);
            }
        }
        let mut forms = Vec::new();
        for ((group, most), number) in groups.into_iter().zip(0..) {
            forms.extend(group.into_iter().map(|word| (word, number, most.contains(&word))));
        }
        forms.sort_unstable();
        let form = |(word, group, stands): (usize, u32, bool)| Form {
            word: word_pattern(&self.words[word].0),
            group,
            stands,
        };
        forms.into_iter().map(form).collect()
    }
}
