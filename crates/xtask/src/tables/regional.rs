//! Words of the Mainland and what Taiwan or Hong Kong say instead.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use suoyin_core::analysis::fold::{FoldTable, Folded};

use super::sources::Sources;

/// Pairs that OpenCC has not: general words of computers, offices and everyday life.
const ADDED: &str = include_str!("regional.tsv");

/// Words, folded: a pair on each line, ascending, the Mainland's first.
pub(super) fn table(sources: &Sources, fold: &FoldTable) -> Result<String> {
    let mut pairs = BTreeSet::new();
    for name in ["TWPhrases.txt", "HKPhrases.txt"] {
        for (word, others) in sources.phrases(name)? {
            for other in others {
                let pair = [&word, &other].map(|word| simplified(fold, word));
                pairs.insert(pair);
            }
        }
    }
    for line in ADDED.lines() {
        let (word, other) =
            line.split_once('\t').with_context(|| format!("{line:?} has no tab"))?;
        pairs.insert([word, other].map(|word| simplified(fold, word)));
    }
    pairs.retain(|[word, other]| word != other);
    Ok(pairs.into_iter().map(|[word, other]| format!("{word}\t{other}\n")).collect())
}

fn simplified(fold: &FoldTable, word: &str) -> String {
    let simplified = |c: char| match fold.get(c) {
        Folded::One(simplified) => simplified,
        _ => c.to_ascii_lowercase(),
    };
    word.chars().map(simplified).collect()
}
