//! Documents of the words: sentences, paragraphs, titles, dates, and what else stands among words.

use oorandom::Rand64;

use super::vocabulary::{Subjects, Vocabulary};
use super::{Weighted, below, chance, one_of};

/// Of a hundred documents, so many are in traditional characters.
const TRADITIONAL: u64 = 8;

/// What Latin words are made of, besides those that everybody writes.
const SYLLABLES: [&str; 24] = [
    "an", "ba", "co", "de", "el", "fi", "ga", "ho", "in", "ka", "lo", "mi", "ne", "on", "pa", "ra",
    "re", "si", "ta", "ti", "ur", "ve", "wa", "xi",
];

/// Latin words that everybody writes.
const LATIN: [&str; 12] =
    ["App", "GDP", "AI", "Wi-Fi", "5G", "CEO", "PDF", "A股", "Logo", "NBA", "GPS", "VIP"];

/// A document that was made up.
pub(super) struct Document {
    pub(super) title: String,
    /// Year, month, day.
    pub(super) date: String,
    /// What it is written in, as BCP 47 has it.
    pub(super) language: &'static str,
    pub(super) text: String,
}

/// Makes documents.
pub(super) struct Writer {
    seed: u64,
    vocabulary: Vocabulary,
    subjects: Subjects,
    latin_by_rank: Weighted,
}

/// What is kept in mind while a document is made.
struct Draft<'a> {
    random: Rand64,
    writer: &'a Writer,
    subject: usize,
    names: Vec<String>,
    /// The words so far that say something.
    said: Vec<u32>,
    last: u32,
    text: String,
}

impl Writer {
    pub(super) fn new(seed: u64) -> Writer {
        let vocabulary = Vocabulary::new(seed);
        let subjects = Subjects::new(&vocabulary, seed);
        Writer { seed, vocabulary, subjects, latin_by_rank: Weighted::zipf(4000, 1) }
    }

    /// The document with this number.
    pub(super) fn document(&self, number: u32) -> Document {
        let mut random = Rand64::new((u128::from(self.seed) << 32) + u128::from(number) + 1000);
        let subject = self.subjects.draw(&mut random);
        let names = (0..below(&mut random, 4)).map(|_| self.vocabulary.name(&mut random));
        let names = names.collect();
        let said = Vec::new();
        let last = self.vocabulary.draw(&mut random);
        let text = String::new();
        let mut draft = Draft { random, writer: self, subject, names, said, last, text };
        let mut title = draft.title();
        let length = draft.length();
        draft.paragraphs(length);
        let date = draft.date();
        let is_traditional = chance(&mut draft.random, TRADITIONAL);
        let mut text = draft.text;
        if is_traditional {
            title = self.vocabulary.to_traditional(&title);
            text = self.vocabulary.to_traditional(&text);
        }
        let language = if is_traditional { "zh-Hant" } else { "zh-Hans" };
        Document { title, date, language, text }
    }
}

impl Draft<'_> {
    /// How many bytes the text should have: the product of many small factors, hence log-normal.
    fn length(&mut self) -> usize {
        let mut length = 900 << 16;
        for _ in 0..12 {
            length = if chance(&mut self.random, 50) { length / 4 * 5 } else { length / 5 * 4 };
        }
        (length >> 16).max(120)
    }

    fn title(&mut self) -> String {
        let mut title = String::new();
        while title.len() < 18 {
            let word = self.writer.subjects.word(self.subject, &mut self.random);
            self.said.push(word);
            title += self.writer.vocabulary.word(word);
        }
        title
    }

    fn date(&mut self) -> String {
        let (year, month) = (2012 + below(&mut self.random, 14), 1 + below(&mut self.random, 12));
        format!("{year}-{month:02}-{:02}", 1 + below(&mut self.random, 28))
    }

    /// Writes sentences until the text has so many bytes.
    fn paragraphs(&mut self, length: usize) {
        loop {
            for _ in 0..2 + below(&mut self.random, 5) {
                self.sentence();
                if self.text.len() >= length {
                    return;
                }
            }
            self.text.push('\n');
        }
    }

    fn sentence(&mut self) {
        let parts = 1 + below(&mut self.random, 4);
        for part in 1..=parts {
            for _ in 0..2 + below(&mut self.random, 7) {
                self.expression();
            }
            self.text += match (part == parts, self.random.rand_range(0..100)) {
                (true, 0..90) => "。",
                (true, 90..95) => "！",
                (true, _) => "？",
                (false, 0..85) => "，",
                (false, 85..95) => "、",
                (false, _) => "；",
            };
        }
    }

    /// A word mostly, or a name, a number, something Latin.
    fn expression(&mut self) {
        match self.random.rand_range(0..1000) {
            0..12 => self.latin(),
            12..24 => self.number(),
            24..50 if !self.names.is_empty() => {
                let name = below(&mut self.random, self.names.len());
                self.text += &self.names[name];
            }
            50..58 => {
                let (open, close) = one_of(&mut self.random, &[&("“", "”"), &("《", "》")]);
                self.text += open;
                self.word();
                self.word();
                self.text += close;
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) {
        let (writer, random) = (self.writer, &mut self.random);
        let is_free = writer.vocabulary.is_function_word(self.last);
        let word = match random.rand_range(0..100) {
            // What says nothing goes with everything.
            0..30 if is_free => writer.subjects.word(self.subject, random),
            0..48 if !is_free => writer.vocabulary.follower(self.last, random),
            48..58 => writer.subjects.word(self.subject, random),
            58..77 if !self.said.is_empty() => self.said[below(random, self.said.len())],
            77..97 => writer.vocabulary.draw_function_word(random),
            _ => writer.vocabulary.draw(random),
        };
        if !writer.vocabulary.is_function_word(word) {
            self.said.push(word);
        }
        self.last = word;
        self.text += writer.vocabulary.word(word);
    }

    fn number(&mut self) {
        let random = &mut self.random;
        let (large, small) = (below(random, 9000), below(random, 100));
        let year = 2000 + below(random, 26);
        self.text += &match random.rand_range(0..5) {
            0 => format!("{year}年{}月", 1 + below(random, 12)),
            1 => format!("{small}%"),
            2 => format!("{large}.{small}万元"),
            3 => format!("{small}个"),
            _ => large.to_string(),
        };
    }

    fn latin(&mut self) {
        if chance(&mut self.random, 50) {
            self.text += one_of(&mut self.random, &LATIN);
            return;
        }
        // The same rank gives the same word.
        let mut rank = self.writer.latin_by_rank.draw(&mut self.random);
        for _ in 0..3 {
            self.text += SYLLABLES[rank % SYLLABLES.len()];
            rank = rank / SYLLABLES.len() + rank % 7;
        }
    }
}
