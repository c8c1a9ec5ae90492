//! What there is in the texts of a corpus that an index has to hold: whether made-up text costs what
//! real text does is to be seen here.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use suoyin_core::FoldTable;
use suoyin_core::analysis::Folded;

use super::corpora::Corpus;
use super::query::{write_index, write_texts};
use super::table::{Table, megabytes};

/// Counts of one corpus, of pairs of neighbouring Chinese characters, simplified.
struct Counts {
    fold: FoldTable,
    documents: u64,
    bytes: u64,
    /// Pairs with the number of documents that have them.
    pairs: HashMap<[char; 2], u32>,
    /// Pairs of each document, summed up.
    postings: u64,
    /// Pairs as often as they stand anywhere.
    occurrences: u64,
    characters: HashMap<char, u64>,
}

/// Counts what is in the texts of each corpus.
pub(super) fn measure(corpora: &[Corpus]) -> Result<Value> {
    let heads = [
        "corpus",
        "documents",
        "text MB",
        "characters",
        "top 500",
        "pairs",
        "pairs/MB",
        "in one document",
        "documents/pair",
        "pairs/document",
        "times in it",
    ];
    let mut table = Table::new("text: pairs of Chinese characters", &heads);
    let mut figures = Vec::new();
    for corpus in corpora {
        let counts = Counts::of(&write_texts(corpus, &write_index(corpus)?)?)?;
        let pairs = counts.pairs.len() as f64;
        let once = counts.pairs.values().filter(|&&documents| documents == 1).count() as f64;
        let megabyte = counts.bytes as f64 / 1e6;
        let documents = counts.documents as f64;
        let postings = counts.postings as f64;
        let repeated = counts.occurrences as f64 / postings;
        table.row([
            corpus.name.clone(),
            counts.documents.to_string(),
            megabytes(counts.bytes as f64),
            counts.characters.len().to_string(),
            format!("{:.3}", counts.share_of_most_frequent(500)),
            counts.pairs.len().to_string(),
            format!("{:.0}", pairs / megabyte),
            format!("{:.3}", once / pairs),
            format!("{:.1}", postings / pairs),
            format!("{:.0}", postings / documents),
            format!("{repeated:.3}"),
        ]);
        figures.push(json!({
            "corpus": corpus.name,
            "documents": counts.documents,
            "textBytes": counts.bytes,
            "characters": counts.characters.len(),
            "pairs": counts.pairs.len(),
            "pairsInOneDocument": once,
            "postings": counts.postings,
            "occurrences": counts.occurrences,
        }));
    }
    table.print();
    println!("top 500: what the most frequent characters make up; compare corpora of one size");
    Ok(Value::Array(figures))
}

impl Counts {
    fn new() -> Counts {
        Counts {
            fold: FoldTable::full(),
            documents: 0,
            bytes: 0,
            pairs: HashMap::new(),
            postings: 0,
            occurrences: 0,
            characters: HashMap::new(),
        }
    }

    /// Counts the texts in JSON lines.
    fn of(path: &Path) -> Result<Counts> {
        let mut counts = Counts::new();
        let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
        for line in BufReader::new(file).lines() {
            let document: Value = serde_json::from_str(&line?)
                .with_context(|| format!("reading {}", path.display()))?;
            counts.add(document["text"].as_str().unwrap_or_default());
        }
        Ok(counts)
    }

    fn add(&mut self, text: &str) {
        self.documents += 1;
        self.bytes += text.len() as u64;
        let mut pairs = HashSet::new();
        let mut before = None;
        for c in text.chars() {
            let c = match self.fold.get(c) {
                Folded::One(simplified) => simplified,
                _ => c,
            };
            let is_chinese = ('\u{4E00}'..='\u{9FFF}').contains(&c);
            if is_chinese {
                *self.characters.entry(c).or_default() += 1;
                if let Some(before) = before {
                    self.occurrences += 1;
                    if pairs.insert([before, c]) {
                        *self.pairs.entry([before, c]).or_default() += 1;
                    }
                }
            }
            before = is_chinese.then_some(c);
        }
        self.postings += pairs.len() as u64;
    }

    /// The part of all characters that is one of the `count` most frequent ones.
    fn share_of_most_frequent(&self, count: usize) -> f64 {
        let frequencies: BTreeSet<_> =
            self.characters.iter().map(|(&c, &frequency)| (frequency, c)).collect();
        let sum = |most: usize| frequencies.iter().rev().take(most).map(|&(n, _)| n).sum::<u64>();
        sum(count) as f64 / sum(usize::MAX) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_by_document_and_by_place() {
        let mut counts = Counts::new();
        counts.add("文明，文明a文 門");
        counts.add("大门");
        counts.add("大門");
        counts.add("明文 明");
        assert_eq!(counts.pairs[&['文', '明']], 1);
        assert_eq!(counts.pairs[&['明', '文']], 1);
        assert_eq!(counts.pairs[&['大', '门']], 2, "simplified");
        assert_eq!((counts.postings, counts.occurrences), (4, 5));
    }
}
