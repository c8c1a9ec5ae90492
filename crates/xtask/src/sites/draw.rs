//! Draws what is searched for from the text of pages: at random, and the same each time.

use std::collections::BTreeMap;

use oorandom::Rand64;

use super::page::Page;

/// What is drawn.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Words {
    /// Any 2 to 6 Chinese characters that stand side by side.
    Han,
    /// Whole words of 2 to 6 letters: parts of words are not exact matches.
    Latin,
}

/// A text and a page that has it.
#[derive(Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) id: String,
}

/// Draws so many.
pub(super) fn draw(pages: &BTreeMap<String, Page>, words: Words, count: usize) -> Vec<Drawn> {
    const SEED: u128 = 20_260_101;
    let mut random = Rand64::new(SEED);
    let with_text: Vec<(&String, &Page)> = pages
        .iter()
        .filter(|(_, page)| page.texts.iter().any(|text| words.stand_in(text)))
        .collect();
    let mut drawn = Vec::new();
    while drawn.len() < count && !with_text.is_empty() {
        let (id, page) = *pick(&with_text, &mut random);
        if let Some(text) = words.draw(pick::<String>(&page.texts, &mut random), &mut random) {
            drawn.push(Drawn { text, id: id.clone() });
        }
    }
    drawn
}

fn pick<'a, T>(items: &'a [T], random: &mut Rand64) -> &'a T {
    &items[random.rand_range(0..items.len() as u64) as usize]
}

const LEAST: usize = 2;
const MOST: usize = 6;

impl Words {
    /// Whether `what`, as it was drawn, stands in a text.
    pub(super) fn has(self, text: &str, what: &str) -> bool {
        match self {
            Words::Han => text.contains(what),
            Words::Latin => inner_words(text).any(|word| word == what),
        }
    }

    fn stand_in(self, text: &str) -> bool {
        !self.all(text).is_empty()
    }

    fn draw(self, text: &str, random: &mut Rand64) -> Option<String> {
        let all = self.all(text);
        if all.is_empty() {
            return None;
        }
        let run = *pick(&all, random);
        if self == Words::Latin {
            return Some(run.to_owned());
        }
        let chars: Vec<char> = run.chars().collect();
        let length = random.rand_range(LEAST as u64..MOST.min(chars.len()) as u64 + 1) as usize;
        let start = random.rand_range(0..(chars.len() - length) as u64 + 1) as usize;
        Some(chars[start..start + length].iter().collect())
    }

    /// What may be drawn from a text: runs of Chinese characters, or words.
    fn all(self, text: &str) -> Vec<&str> {
        let is_long_enough = |run: &&str| run.chars().nth(LEAST - 1).is_some();
        match self {
            Words::Han => text.split(|c| !is_han(c)).filter(is_long_enough).collect(),
            Words::Latin => inner_words(text)
                .filter(is_long_enough)
                .filter(|word| word.len() <= MOST && word.bytes().all(|b| b.is_ascii_alphabetic()))
                .collect(),
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The words between white space: the first and the last may go on beyond the tags around the text.
fn inner_words(text: &str) -> impl Iterator<Item = &str> {
    let from = text.find(char::is_whitespace).unwrap_or(text.len());
    let to = text.rfind(char::is_whitespace).unwrap_or(from);
    text[from..to.max(from)].split_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing() {
        let texts = vec!["是。".to_owned(), "一二三四五六七八，九".to_owned()];
        let pages = BTreeMap::from([("a".to_owned(), Page { texts, ..Page::default() })]);
        let drawn = draw(&pages, Words::Han, 50);
        assert_eq!(drawn, draw(&pages, Words::Han, 50));
        assert_eq!(drawn.len(), 50);
        for Drawn { text, .. } in drawn {
            let length = text.chars().count();
            assert!((2..=6).contains(&length) && "一二三四五六七八".contains(&text), "{text}");
        }
        assert!(draw(&BTreeMap::new(), Words::Han, 1).is_empty());
    }

    #[test]
    fn words_are_whole() {
        let all = |text| Words::Latin.all(text);
        assert_eq!(all("half words are (not) a b whole"), ["words", "are"]);
        assert_eq!(all(" both ends are open "), ["both", "ends", "are", "open"]);
        assert!(all("one").is_empty() && all("a b").is_empty());
        assert!(Words::Latin.has(" so it is ", "it") && !Words::Latin.has("its so", "it"));
    }
}
