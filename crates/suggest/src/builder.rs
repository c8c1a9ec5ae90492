//! `SuggestBuilder`: documents → the data.

use crate::data::{Character, Data, Phrase, Phrases, Role, bucket, fold_one};
use crate::phrases::{self, Found, PADDING, Text};
use std::collections::{BTreeMap, BTreeSet};
use suoyin_core::analysis::fold::Folded;
use suoyin_core::analysis::{Class, Gap, SlotText};
use suoyin_core::{Analyzer, Document};

/// Bytes of text that are looked at, at most.
const SAMPLE: usize = 6 << 20;
/// Of one document.
const SAMPLE_OF_ONE: usize = 256 << 10;
/// Titles that are looked at, at most.
const TITLES: usize = 200_000;
/// The longest title that is suggested, in characters: longer ones are headlines.
const TITLE: usize = 24;
/// Letters of the words that are suggested.
const WORD: std::ops::RangeInclusive<usize> = 3..=24;
/// How much words count beside phrases: those are told by twice the entropy around them.
const WORD_SURPRISE: u64 = 8;
/// Characters at the edge of no phrase: particles.
const LOOSE: &str = "的了着吗呢吧啊和与及或在是并而但把被将对从中时于到有该其此每";
/// Larger alphabets lose their rarest characters: codes have 16 bits.
const ALPHABET: usize = 60_000;

/// Makes the data that a [`Suggester`](crate::Suggester) opens.
///
/// It keeps titles and an even sample of the texts, 6 MB of them, so that any number of documents
/// needs the same memory. The same documents in the same order give the same bytes.
#[derive(Debug)]
pub struct SuggestBuilder {
    limit: usize,
    titles: BTreeMap<String, u32>,
    /// Texts of documents whose number `step` divides.
    sample: Vec<(u32, String)>,
    sampled: usize,
    step: u32,
    documents: u32,
}

impl Default for SuggestBuilder {
    fn default() -> Self {
        Self::new(Self::LIMIT)
    }
}

impl SuggestBuilder {
    /// What the data may take unless said otherwise, in bytes.
    pub const LIMIT: usize = 150 << 10;

    /// A builder of data that take about `limit` bytes as they travel, packed by brotli.
    pub fn new(limit: usize) -> Self {
        SuggestBuilder {
            limit,
            titles: BTreeMap::new(),
            sample: Vec::new(),
            sampled: 0,
            step: 1,
            documents: 0,
        }
    }

    /// Takes in one document; what counts little in it is left out.
    pub fn add(&mut self, document: &Document) {
        let number = self.documents;
        self.documents += 1;
        if document.weight.is_demoted() {
            return;
        }
        let title = document.title.trim();
        if !title.is_empty()
            && title.len() <= 4 * TITLE
            && (self.titles.len() < TITLES || self.titles.contains_key(title))
        {
            *self.titles.entry(title.to_owned()).or_default() += 1;
        }
        if number.is_multiple_of(self.step) {
            let text = worthy(document);
            self.sampled += text.len();
            self.sample.push((number, text));
        }
        while self.sampled > SAMPLE && self.sample.len() > 1 {
            self.step *= 2;
            let step = self.step;
            self.sample.retain(|(number, _)| number.is_multiple_of(step));
            self.sampled = self.sample.iter().map(|(_, text)| text.len()).sum();
        }
    }

    /// The data.
    pub fn finish(self) -> Vec<u8> {
        let analyzer = Analyzer::full();
        let mut corpus = Corpus::new(&analyzer);
        for (_, text) in &self.sample {
            corpus.begin_document();
            corpus.add(text);
        }
        drop(self.sample);
        corpus.begin_document();
        self.titles.keys().for_each(|title| corpus.add(title));
        corpus.end();
        // Two bytes for each character and its readings.
        let left = self.limit.saturating_sub(2 * corpus.alphabet.len());
        let mut chosen = Chosen { left, phrases: BTreeMap::new() };
        chosen.take_titles(&self.titles, &analyzer);
        chosen.take_phrases(&corpus);
        data(chosen.phrases, &corpus, &analyzer).encode()
    }
}

/// The text of a document without what is demoted, and not too much of it.
fn worthy(document: &Document) -> String {
    let mut text = String::new();
    let mut from = 0;
    let demoted = document.weighted.iter().filter(|(_, weight)| weight.is_demoted());
    let end = document.text.len() as u32;
    let ranges = demoted.map(|(range, _)| (range.start, range.end));
    for (start, behind) in ranges.chain([(end, end)]) {
        let part = document.text.get(from..start as usize).unwrap_or_default();
        let mut len = part.len().min(SAMPLE_OF_ONE - text.len());
        while !part.is_char_boundary(len) {
            len -= 1;
        }
        text.push_str(&part[..len]);
        from = behind as usize;
    }
    text
}

/// The sample, analyzed.
struct Corpus<'a> {
    analyzer: &'a Analyzer,
    /// Its text in temporary codes, see [`Text`].
    codes: Vec<u16>,
    documents: Vec<u32>,
    /// What the temporary codes stand for; the first is the break.
    alphabet: Vec<char>,
    code_of: BTreeMap<char, u16>,
    /// Occurrences.
    counts: Vec<u32>,
    /// By folded word: how often each way to write it occurs.
    words: BTreeMap<String, BTreeMap<String, u32>>,
}

impl<'a> Corpus<'a> {
    fn new(analyzer: &'a Analyzer) -> Self {
        Corpus {
            analyzer,
            codes: vec![0],
            documents: Vec::new(),
            alphabet: vec![' '],
            code_of: BTreeMap::new(),
            counts: vec![0],
            words: BTreeMap::new(),
        }
    }

    fn begin_document(&mut self) {
        self.documents.push(self.codes.len() as u32);
    }

    fn add(&mut self, text: &str) {
        self.analyzer.slots(text, &mut |slot| {
            if slot.gap != Gap::None {
                self.codes.push(0);
            }
            let source = &text[slot.start as usize..slot.end as usize];
            match slot.text {
                SlotText::Cjk(folded) | SlotText::Hangul(folded) => {
                    let mut characters = source.chars();
                    let written = match (characters.next(), characters.next()) {
                        (Some(written), None) => written,
                        _ => folded,
                    };
                    let code = self.code(written);
                    self.codes.push(code);
                }
                SlotText::Word(word) => {
                    self.codes.push(0);
                    let is_word = word.chars().any(char::is_alphabetic);
                    if is_word && WORD.contains(&word.chars().count()) {
                        let ways = self.words.entry(word.to_owned()).or_default();
                        *ways.entry(source.to_owned()).or_default() += 1;
                    }
                }
                SlotText::Emoji(_) => self.codes.push(0),
            }
        });
        self.codes.push(0);
    }

    /// The temporary code of a character; that of the break where there are too many.
    fn code(&mut self, written: char) -> u16 {
        let next = self.alphabet.len();
        let code = match self.code_of.get(&written) {
            Some(&code) => code,
            None if next > ALPHABET => return 0,
            None => {
                self.code_of.insert(written, next as u16);
                self.alphabet.push(written);
                self.counts.push(0);
                next as u16
            }
        };
        self.counts[usize::from(code)] += 1;
        code
    }

    fn end(&mut self) {
        self.codes.extend([0; PADDING]);
    }
}

/// The phrases that are kept: as they are written, how often they occur, whether they are titles.
struct Chosen {
    /// Bytes that may still be filled.
    left: usize,
    phrases: BTreeMap<String, (u32, bool)>,
}

impl Chosen {
    /// Takes a phrase if there is room. A phrase takes two bytes and a half, and one and a quarter
    /// for each character that those before it do not begin with, of which it has `own`.
    fn take(&mut self, phrase: String, count: u32, is_title: bool, own: usize) -> bool {
        if let Some(known) = self.phrases.get_mut(&phrase) {
            *known = (known.0.max(count), known.1 | is_title);
            return true;
        }
        let Some(left) = self.left.checked_sub((10 + 5 * own) / 4) else { return false };
        self.left = left;
        self.phrases.insert(phrase, (count, is_title));
        true
    }

    /// Short titles first; they take a third of the room at most.
    fn take_titles(&mut self, titles: &BTreeMap<String, u32>, analyzer: &Analyzer) {
        let mut all: BTreeMap<(usize, String), u32> = BTreeMap::new();
        for (title, count) in titles {
            let title = plain(title, analyzer);
            let len = title.chars().count();
            if (2..=TITLE).contains(&len) {
                *all.entry((len, title)).or_default() += count;
            }
        }
        let behind = self.left / 3 * 2;
        for ((len, title), count) in all {
            if self.left <= behind || !self.take(title, count, true, len) {
                break;
            }
        }
    }

    /// Words and phrases, those first that occur most in changing surroundings.
    fn take_phrases(&mut self, corpus: &Corpus<'_>) {
        let loose: Vec<u16> =
            LOOSE.chars().filter_map(|c| corpus.code_of.get(&c).copied()).collect();
        let text = Text {
            codes: &corpus.codes,
            documents: &corpus.documents,
            alphabet: corpus.alphabet.len(),
            loose: &loose,
        };
        let least = if corpus.codes.len() > 200_000 { 3 } else { 2 };
        let written = |found: &Found| -> String {
            let start = found.start as usize;
            let codes = &corpus.codes[start..start + usize::from(found.len)];
            codes.iter().map(|&code| corpus.alphabet[usize::from(code)]).collect()
        };
        let found = phrases::find(&text, least);
        let mut all: Vec<(u64, String, u32)> =
            found.iter().map(|found| (found.quality, written(found), found.count)).collect();
        for ways in corpus.words.values() {
            let count: u32 = ways.values().sum();
            if let Some((way, _)) = ways.iter().max_by_key(|&(_, &count)| count)
                && count >= least
            {
                all.push((u64::from(count) * WORD_SURPRISE, way.clone(), count));
            }
        }
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        for (_, phrase, count) in all {
            // Most phrases share their beginning with another one.
            let own = if phrase.is_ascii() { phrase.len() / 2 } else { 1 };
            if !self.take(phrase, count, false, own) {
                break;
            }
        }
    }
}

/// A title in characters that fold to one each: what vanishes is gone, what becomes several has.
fn plain(title: &str, analyzer: &Analyzer) -> String {
    let mut plain = String::with_capacity(title.len());
    for c in title.chars() {
        match analyzer.fold.get(c) {
            Folded::Vanish => {}
            Folded::Many(all) => plain.extend(all),
            _ if c.is_whitespace() && plain.ends_with(' ') => {}
            _ if c.is_whitespace() => plain.push(' '),
            _ => plain.push(c),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The data that hold these phrases.
fn data(phrases: BTreeMap<String, (u32, bool)>, corpus: &Corpus<'_>, analyzer: &Analyzer) -> Data {
    let mut counts: BTreeMap<char, u32> = BTreeMap::new();
    for (&c, &count) in corpus.alphabet.iter().zip(&corpus.counts).skip(1) {
        counts.insert(c, count);
    }
    for c in phrases.keys().flat_map(|phrase| phrase.chars()) {
        counts.entry(c).or_insert(1);
    }
    let mut ranked: Vec<(u8, char)> = counts.iter().map(|(&c, &n)| (bucket(n), c)).collect();
    ranked.sort_by_key(|&(bucket, c)| (std::cmp::Reverse(bucket), c));
    ranked.truncate(ALPHABET);

    let mut characters = Vec::new();
    let mut readings = Vec::new();
    for &(bucket, written) in &ranked {
        let (folded, class) = fold_one(&analyzer.fold, written).unwrap_or((' ', Class::Boundary));
        let role = if class.is_boundary() { Role::Boundary } else { Role::Plain };
        let mut letters: Vec<String> = Vec::new();
        for syllable in analyzer.readings.of(folded) {
            let syllable = syllable.letters();
            if !letters.contains(&syllable) {
                letters.push(syllable);
            }
        }
        readings.push(letters);
        characters.push(Character { written, folded, role, bucket, readings: Vec::new() });
    }
    let syllables: BTreeSet<&String> = readings.iter().flatten().collect();
    let syllables: Vec<String> = syllables.into_iter().cloned().collect();
    for (character, letters) in characters.iter_mut().zip(&readings) {
        let places = letters.iter().filter_map(|letters| syllables.binary_search(letters).ok());
        character.readings = places.map(|place| place as u16).collect();
    }

    let code_of: BTreeMap<char, u16> =
        ranked.iter().zip(0..).map(|(&(_, c), code)| (c, code)).collect();
    let mut list: Vec<Phrase> = phrases
        .iter()
        .filter_map(|(phrase, &(count, is_title))| {
            let codes = phrase.chars().map(|c| code_of.get(&c).copied());
            let codes = codes.collect::<Option<Vec<u16>>>()?;
            Some(Phrase { codes, bucket: bucket(count), is_title })
        })
        .collect();
    list.sort_unstable();

    let needed: BTreeSet<char> = characters.iter().map(|character| character.folded).collect();
    let boundary = |c| Class::of(c, c).is_boundary() && !('\u{3041}'..='\u{30ff}').contains(&c);
    let fold = analyzer.fold.subset(|c| needed.contains(&c) || boundary(c));
    Data { fold, syllables, characters, phrases: Phrases::new(&list) }
}
