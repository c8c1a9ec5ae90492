//! The option `synonyms`: words that stand for one another.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Words of which each finds the others, or one that finds another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a list of words, or { from = \"…\", to = \"…\" }")]
pub(crate) enum Synonyms {
    /// Each finds the others.
    All(Vec<String>),
    /// `from` finds `to`, not the other way round.
    OneWay(OneWay),
}

/// A word, and what stands for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneWay {
    /// What is typed.
    from: String,
    /// What is found as well.
    to: String,
}

impl Synonyms {
    /// What is typed with what it finds.
    pub(crate) fn pairs(&self) -> Vec<[&str; 2]> {
        match self {
            Synonyms::All(words) => {
                let others = |i: usize| words.iter().enumerate().filter(move |(j, _)| i != *j);
                let pairs = words.iter().enumerate().flat_map(|(i, word)| {
                    others(i).map(move |(_, other)| [word.as_str(), other.as_str()])
                });
                pairs.collect()
            }
            Synonyms::OneWay(OneWay { from, to }) => vec![[from, to]],
        }
    }
}

impl FromStr for Synonyms {
    type Err = String;

    /// Words between commas, or `from>to`.
    fn from_str(text: &str) -> Result<Self, String> {
        let trimmed = |word: &str| word.trim().to_owned();
        if let Some((from, to)) = text.split_once('>') {
            return Ok(Synonyms::OneWay(OneWay { from: trimmed(from), to: trimmed(to) }));
        }
        let words: Vec<String> = text.split([',', '，', '、']).map(trimmed).collect();
        if words.len() < 2 {
            return Err("give words with commas between, or one>other".to_owned());
        }
        Ok(Synonyms::All(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<[String; 2]> {
        let synonyms: Synonyms = text.parse().expect(text);
        synonyms.pairs().into_iter().map(|pair| pair.map(str::to_owned)).collect()
    }

    #[test]
    fn each_word_finds_the_others() {
        assert_eq!(pairs("电脑, 计算机"), [["电脑", "计算机"], ["计算机", "电脑"]]);
        assert_eq!(pairs("a，b、c").len(), 6);
        assert!("电脑".parse::<Synonyms>().is_err());
    }

    #[test]
    fn one_way_is_one_way() {
        assert_eq!(pairs("鸡 > 家禽"), [["鸡", "家禽"]]);
    }
}
