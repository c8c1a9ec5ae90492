//! The words: made of common characters, common words short, and each with others it goes with.

use std::collections::HashSet;

use encoding_rs::{BIG5, GBK};
use oorandom::Rand64;
use suoyin_core::FoldTable;
use suoyin_core::analysis::Folded;

use super::{Weighted, below, chance};

/// How many words there are.
const WORDS: usize = 100_000;

/// How many words each word goes with.
const FOLLOWERS: usize = 8;

/// The words without which there is no sentence, the most frequent ones first.
const FUNCTION_WORDS: &str = "的 了 在 是 和 一 有 不 也 中 他 人 这 为 对 上 就 与 等 我 将 都 到 说 被 \
    从 并 还 而 及 我们 一个 自己 以 可以 后 但 由 他们 地 要 着 其 没有 你 于 之 让 已 大 个 年 进行 \
    通过 因为 如果 这个 所以 目前 但是 以及 对于 已经 什么 时候 问题 工作 需要 可能 表示 成为 同时";

/// Words, by the number that is their rank in frequency.
pub(super) struct Vocabulary {
    words: Vec<String>,
    function_words: u32,
    by_rank: Weighted,
    by_rank_of_function_words: Weighted,
    followers: Vec<[u32; FOLLOWERS]>,
    by_closeness: Weighted,
    alphabet: Alphabet,
}

impl Vocabulary {
    pub(super) fn new(seed: u64) -> Vocabulary {
        let mut random = Rand64::new(u128::from(seed));
        let alphabet = Alphabet::new(&mut random);
        let mut words: Vec<String> = FUNCTION_WORDS.split(' ').map(str::to_owned).collect();
        let function_words = words.len() as u32;
        let mut made: HashSet<String> = words.iter().cloned().collect();
        while words.len() < WORDS {
            let length = word_length(&mut random, words.len());
            let word: String = (0..length).map(|_| alphabet.draw(&mut random)).collect();
            if made.insert(word.clone()) {
                words.push(word);
            }
        }
        let by_rank = Weighted::zipf(WORDS as u64, 1);
        let by_rank_of_function_words = Weighted::zipf(u64::from(function_words), 1);
        let followers =
            (0..WORDS).map(|_| std::array::from_fn(|_| by_rank.draw(&mut random) as u32)).collect();
        let by_closeness = Weighted::zipf(FOLLOWERS as u64, 0);
        Vocabulary {
            words,
            function_words,
            by_rank,
            by_rank_of_function_words,
            followers,
            by_closeness,
            alphabet,
        }
    }

    /// The word of this rank.
    pub(super) fn word(&self, rank: u32) -> &str {
        &self.words[rank as usize]
    }

    /// Whether a word says nothing of its own.
    pub(super) fn is_function_word(&self, rank: u32) -> bool {
        rank < self.function_words
    }

    /// Any word, as often as it is frequent.
    pub(super) fn draw(&self, random: &mut Rand64) -> u32 {
        self.by_rank.draw(random) as u32
    }

    /// A word that says nothing of its own.
    pub(super) fn draw_function_word(&self, random: &mut Rand64) -> u32 {
        self.by_rank_of_function_words.draw(random) as u32
    }

    /// A word that often stands behind this one.
    pub(super) fn follower(&self, rank: u32, random: &mut Rand64) -> u32 {
        self.followers[rank as usize][self.by_closeness.draw(random)]
    }

    /// A word that says something.
    pub(super) fn draw_content(&self, random: &mut Rand64) -> u32 {
        loop {
            let rank = self.draw(random);
            if !self.is_function_word(rank) {
                return rank;
            }
        }
    }

    /// A name, as no other document may have it.
    pub(super) fn name(&self, random: &mut Rand64) -> String {
        (0..2 + below(random, 2)).map(|_| self.alphabet.draw_evenly(random)).collect()
    }

    /// A text with its characters as Taiwan and Hong Kong write them.
    pub(super) fn to_traditional(&self, text: &str) -> String {
        text.chars().map(|c| self.alphabet.to_traditional(c)).collect()
    }
}

/// How many characters the word of a rank has: rare words are longer.
fn word_length(random: &mut Rand64, rank: usize) -> usize {
    // Percent of one, two and three characters; the rest has four.
    let shares: [u64; 3] = match rank {
        0..500 => [30, 66, 4],
        500..5_000 => [10, 77, 10],
        5_000..30_000 => [2, 66, 22],
        _ => [0, 52, 32],
    };
    let drawn = random.rand_range(0..100);
    let mut sum = 0;
    for (length, share) in (1..).zip(shares) {
        sum += share;
        if drawn < sum {
            return length;
        }
    }
    4
}

/// The characters of GB 2312, its 3,755 common ones before the others, but else in random order.
struct Alphabet {
    chars: Vec<char>,
    by_rank: Weighted,
    /// The traditional forms that Big5 has, by simplified form.
    traditional: Vec<(char, char)>,
}

impl Alphabet {
    fn new(random: &mut Rand64) -> Alphabet {
        let mut common = gb2312(0xB0..=0xD7);
        let mut others = gb2312(0xD8..=0xF7);
        shuffle(&mut common, random);
        shuffle(&mut others, random);
        common.append(&mut others);
        // As in the news: 500 characters make up three quarters of a text, 1,000 nine tenths.
        let weight = |rank: u64| (1 << 55) / (rank + 420).pow(3);
        let by_rank = Weighted::new((0..common.len() as u64).map(weight));
        Alphabet { chars: common, by_rank, traditional: traditional() }
    }

    fn draw(&self, random: &mut Rand64) -> char {
        self.chars[self.by_rank.draw(random)]
    }

    /// A common character, but none more often than another.
    fn draw_evenly(&self, random: &mut Rand64) -> char {
        self.chars[below(random, 2000)]
    }

    fn to_traditional(&self, c: char) -> char {
        let found = self.traditional.binary_search_by_key(&c, |&(simplified, _)| simplified);
        found.map_or(c, |place| self.traditional[place].1)
    }
}

/// The characters of some rows of GB 2312, in its order.
fn gb2312(rows: impl Iterator<Item = u8>) -> Vec<char> {
    let mut chars = Vec::new();
    for row in rows {
        for column in 0xA1..=0xFE {
            let bytes = [row, column];
            if let Some(text) = GBK.decode_without_bom_handling_and_without_replacement(&bytes) {
                // Behind the last common character five places are empty; GBK has private ones there.
                chars.extend(text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)));
            }
        }
    }
    chars
}

/// Simplified and traditional characters, in the order of the former.
fn traditional() -> Vec<(char, char)> {
    let mut pairs = Vec::new();
    for (c, folded) in FoldTable::full().entries() {
        let Folded::One(simplified) = folded else { continue };
        let mut buffer = [0; 4];
        let (bytes, _, is_missing) = BIG5.encode(c.encode_utf8(&mut buffer));
        // The rows of common characters.
        let is_common = !is_missing && bytes.first().is_some_and(|row| (0xA4..=0xC6).contains(row));
        if is_common {
            pairs.push((simplified, c));
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|&mut (simplified, _)| simplified);
    pairs
}

/// Fisher and Yates's shuffle.
fn shuffle<T>(all: &mut [T], random: &mut Rand64) {
    for last in (1..all.len()).rev() {
        all.swap(last, below(random, last + 1));
    }
}

/// Words that a subject makes frequent.
pub(super) struct Subjects {
    words: Vec<Vec<u32>>,
    by_rank: Weighted,
    by_frequency: Weighted,
}

impl Subjects {
    /// How many subjects there are, and how many words of its own each has.
    const COUNT: usize = 400;
    const WORDS: usize = 800;

    pub(super) fn new(vocabulary: &Vocabulary, seed: u64) -> Subjects {
        let mut random = Rand64::new(u128::from(seed) + 1);
        let words = (0..Subjects::COUNT).map(|_| {
            let draw = |_| {
                if chance(&mut random, 75) {
                    return vocabulary.draw_content(&mut random);
                }
                // A word hardly found elsewhere.
                below(&mut random, WORDS) as u32
            };
            (0..Subjects::WORDS).map(draw).collect()
        });
        Subjects {
            words: words.collect(),
            by_rank: Weighted::zipf(Subjects::COUNT as u64, 20),
            by_frequency: Weighted::zipf(Subjects::WORDS as u64, 2),
        }
    }

    /// Any subject, as often as documents have it.
    pub(super) fn draw(&self, random: &mut Rand64) -> usize {
        self.by_rank.draw(random)
    }

    /// A word of a subject.
    pub(super) fn word(&self, subject: usize, random: &mut Rand64) -> u32 {
        self.words[subject][self.by_frequency.draw(random)]
    }
}
