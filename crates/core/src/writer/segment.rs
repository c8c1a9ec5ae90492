//! Segments: some documents, analyzed and inverted.
//!
//! Analysis is most of the work of indexing, and no document's needs another's: each thread fills
//! segments of its own, and the writer takes them in the order of the documents. What an index
//! holds does not depend on where one segment ends and the next begins.

use super::run::{Run, RunWriter};
use super::stems::Spellings;
use crate::analysis::{Analyzer, Gap, Side, Slot, SlotText, TableUse, Term, Terms};
use crate::format::columns::ColumnsWriter;
use crate::format::field_norms;
use crate::format::positions::{FIELD_GAP, Position};
use crate::format::postings::{MOST_OCCURRENCES, Posting};
use crate::format::store::StoreWriter;
use crate::{DocId, Document, Error, Weight};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

/// Bytes of text after which a segment is full. Runs of this size need a tenth of a second to make
/// and a few megabytes while they are made.
const FULL: usize = 1 << 20;

/// Occurrences of each CJK and Hangul character, for the ranks of the alphabet.
#[derive(Debug, Default)]
pub(super) struct CharacterCounts {
    /// By scalar value, grown as needed: every character of every text is counted here.
    counts: Vec<u64>,
}

impl CharacterCounts {
    pub(super) fn add(&mut self, c: char, count: u64) {
        let place = c as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += count;
    }

    pub(super) fn has(&self, c: char) -> bool {
        self.counts.get(c as usize).is_some_and(|&count| count > 0)
    }

    /// Those that occur, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (char, u64)> {
        let counts = (0..).zip(&self.counts).filter(|&(_, &count)| count > 0);
        counts.filter_map(|(c, &count)| Some((char::from_u32(c)?, count)))
    }
}

/// Two characters as a number that ascends with them; 0 in place of the second stands for none.
pub(super) fn bigram_key(first: char, second: Option<char>) -> u64 {
    u64::from(first) << 21 | second.map_or(0, u64::from)
}

/// Documents, analyzed and inverted: what [`IndexWriter::add_segment`] takes.
///
/// [`IndexWriter::add_segment`]: crate::IndexWriter::add_segment
#[derive(Debug, Default)]
pub struct Segment {
    pub(super) ids: Vec<String>,
    pub(super) store: StoreWriter,
    pub(super) columns: ColumnsWriter,
    pub(super) weights: Vec<Weight>,
    pub(super) title_norms: Vec<u8>,
    pub(super) text_norms: Vec<u8>,
    pub(super) title_terms: u64,
    pub(super) text_terms: u64,
    pub(super) characters: CharacterCounts,
    pub(super) table_use: TableUse,
    pub(super) run: Run,
    pub(super) positions: Option<Positions>,
    pub(super) spellings: Spellings,
}

/// Makes segments.
///
/// ```
/// use suoyin_core::{Document, IndexWriter, SegmentBuilder};
///
/// let mut builder = SegmentBuilder::default();
/// builder.add(&Document { id: "a".into(), text: "文明实践".into(), ..Default::default() })?;
/// let mut writer = IndexWriter::new();
/// writer.add_segment(builder.finish())?;
/// # Ok::<(), suoyin_core::Error>(())
/// ```
#[derive(Debug)]
pub struct SegmentBuilder {
    analyzer: Arc<Analyzer>,
    positions: Positions,
    /// The numbers of terms, as they come.
    bigrams: HashMap<u64, u32, BuildHasherDefault<KeyHasher>>,
    words: HashMap<Box<str>, u32>,
    /// Occurrences of each term.
    counts: Vec<u32>,
    occurrences: Vec<Occurrence>,
    segment: Segment,
    text_bytes: usize,
    /// Whether stemmers will ask how words are spelled.
    pub(super) spells: bool,
}

/// A term somewhere in a document.
#[derive(Clone, Copy, Debug)]
struct Occurrence {
    term: u32,
    doc: DocId,
    slot: u32,
    /// What it counts; nothing in a title, which has a flag instead.
    weight: Weight,
    in_title: bool,
    /// Whether a boundary follows it.
    boundary: bool,
    /// Whether it is a word or the last character of a run.
    ends_run: bool,
}

/// Whether an index can become one of shards, which prove adjacency by positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Positions {
    /// They are kept, at a byte and a half for each occurrence.
    Keep,
    /// They are dropped: an index in one piece verifies by its texts.
    Drop,
}

impl Default for SegmentBuilder {
    fn default() -> Self {
        Self::new(Arc::new(Analyzer::full()), Positions::Drop)
    }
}

impl SegmentBuilder {
    /// A builder with [`Analyzer::full`], which threads can share.
    pub fn new(analyzer: Arc<Analyzer>, positions: Positions) -> Self {
        SegmentBuilder {
            analyzer,
            positions,
            bigrams: HashMap::default(),
            words: HashMap::new(),
            counts: Vec::new(),
            occurrences: Vec::new(),
            segment: Segment::default(),
            text_bytes: 0,
            spells: false,
        }
    }

    /// Analyzes one document.
    ///
    /// # Errors
    /// [`Error::Refused`] past 4 GiB of text. The builder is of no use after an error.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        self.segment.store.push(document)?;
        self.segment.columns.push(document);
        self.segment.ids.push(document.id.clone());
        self.segment.weights.push(document.weight);
        self.text_bytes += document.text.len();
        let (titles, slots) = self.invert_field(&document.title, None);
        let (texts, _) = self.invert_field(&document.text, Some((document, slots + FIELD_GAP)));
        self.segment.title_terms += u64::from(titles);
        self.segment.text_terms += u64::from(texts);
        self.segment.title_norms.push(field_norms::encode(titles));
        self.segment.text_norms.push(field_norms::encode(texts));
        Ok(())
    }

    /// Number of documents added.
    pub fn len(&self) -> usize {
        self.segment.ids.len()
    }

    /// True when nothing was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is time to [`finish`](Self::finish).
    pub fn is_full(&self) -> bool {
        self.text_bytes >= FULL
    }

    /// Appends the terms of `text` and where they stand; gives how many terms and slots there are.
    /// `body` is given with a text: its document, and the number of its first slot.
    fn invert_field(&mut self, text: &str, body: Option<(&Document, u32)>) -> (u32, u32) {
        let SegmentBuilder {
            analyzer, bigrams, words, counts, occurrences, segment, spells, ..
        } = self;
        let Segment { table_use, characters, ids, spellings, .. } = segment;
        let doc = ids.len() as u32 - 1;
        let first_slot = body.map_or(0, |(_, first)| first);
        let mut weighted = body.map_or(&[][..], |(document, _)| &document.weighted[..]);
        let from = occurrences.len();
        let mut slots = 0;
        let mut push = |term: Term<'_>, place: crate::analysis::Place| {
            let next = counts.len() as u32;
            let number = match term {
                Term::Bigram(first, second) => {
                    *bigrams.entry(bigram_key(first, Some(second))).or_insert(next)
                }
                Term::Char(last) => *bigrams.entry(bigram_key(last, None)).or_insert(next),
                Term::Word(word) => {
                    if *spells {
                        spellings.note(word, &text[place.start as usize..place.end as usize]);
                    }
                    match words.get(word) {
                        Some(&number) => number,
                        None => {
                            words.insert(word.into(), next);
                            next
                        }
                    }
                }
            };
            if number == next {
                counts.push(0);
            }
            counts[number as usize] += 1;
            while let [(range, _), rest @ ..] = weighted
                && range.end <= place.start
            {
                weighted = rest;
            }
            let weight = match weighted {
                [(range, weight), ..] if range.start <= place.start => *weight,
                _ => Weight::ONE,
            };
            occurrences.push(Occurrence {
                term: number,
                doc,
                slot: first_slot + place.position,
                weight,
                in_title: body.is_none(),
                boundary: false,
                ends_run: !matches!(term, Term::Bigram(..)),
            });
            slots = place.position + 1;
        };
        let mut terms = Terms::new(Side::Index, &mut push);
        let mut boundaries = Vec::new();
        let mut slot = |slot: Slot<'_>| {
            if let SlotText::Cjk(c) | SlotText::Hangul(c) = slot.text {
                characters.add(c, 1);
            }
            table_use.note_slot(&slot);
            terms.slot(&slot);
            if slot.gap != Gap::None {
                boundaries.push(terms.position());
            }
        };
        let mut glosses = Vec::new();
        analyzer.slots_and_glosses(text, &mut slot, &mut |c, syllable| glosses.push((c, syllable)));
        terms.end_run();
        glosses.into_iter().for_each(|(c, syllable)| table_use.note_gloss(c, syllable));
        note_boundaries(&mut occurrences[from..], &boundaries, first_slot);
        ((occurrences.len() - from) as u32, slots)
    }

    /// The segment; the builder is empty afterwards.
    pub fn finish(&mut self) -> Segment {
        let mut segment = std::mem::take(&mut self.segment);
        let occurrences = self.by_term();
        let mut bigrams: Vec<(u64, u32)> = self.bigrams.drain().collect();
        bigrams.sort_unstable();
        let mut words: Vec<(Box<str>, u32)> = self.words.drain().collect();
        words.sort_unstable();
        // Behind the counting sort, `counts` holds where the occurrences of each term end.
        let ends = std::mem::take(&mut self.counts);
        let of = |term: u32| {
            let start = (term as usize).checked_sub(1).map_or(0, |before| ends[before] as usize);
            &occurrences[start..ends[term as usize] as usize]
        };
        let mut run = RunWriter::new(self.positions);
        for (key, term) in bigrams {
            run.bigram(key, of(term).chunk_by(|a, b| a.doc == b.doc).map(posting));
        }
        for (word, term) in words {
            run.word(&word, of(term).chunk_by(|a, b| a.doc == b.doc).map(posting));
        }
        segment.run = run.finish();
        segment.positions = Some(self.positions);
        self.text_bytes = 0;
        segment
    }

    /// The occurrences, by term and then as they came: a counting sort.
    fn by_term(&mut self) -> Vec<Occurrence> {
        let occurrences = std::mem::take(&mut self.occurrences);
        let mut start = 0;
        for count in &mut self.counts {
            start += std::mem::replace(count, start);
        }
        let Some(&any) = occurrences.first() else { return occurrences };
        let mut sorted = vec![any; occurrences.len()];
        for occurrence in occurrences {
            let place = &mut self.counts[occurrence.term as usize];
            sorted[*place as usize] = occurrence;
            *place += 1;
        }
        sorted
    }
}

/// Marks the words and last characters that one of `boundaries`, the slots behind boundaries,
/// follows.
fn note_boundaries(occurrences: &mut [Occurrence], boundaries: &[u32], first_slot: u32) {
    let mut boundaries = boundaries.iter().map(|slot| slot + first_slot).peekable();
    for occurrence in occurrences.iter_mut().filter(|occurrence| occurrence.ends_run) {
        while boundaries.next_if(|&slot| slot < occurrence.slot + 2).is_some() {}
        occurrence.boundary = boundaries.peek() == Some(&(occurrence.slot + 2));
    }
}

/// The posting of a term's occurrences in one document, and their positions.
fn posting(occurrences: &[Occurrence]) -> (Posting, impl ExactSizeIterator<Item = Position> + '_) {
    let in_title = occurrences.iter().any(|o| o.in_title);
    let in_text = occurrences.iter().filter(|o| !o.in_title);
    let twentieths: u32 = in_text.map(|o| u32::from(o.weight.twentieths())).sum();
    let text_freq = ((twentieths + 10) / 20).min(MOST_OCCURRENCES.into()) as u8;
    let mut posting = Posting::new(occurrences[0].doc, 0);
    (posting.text_freq, posting.in_title) = (text_freq, in_title);
    (posting, occurrences.iter().map(|o| Position { slot: o.slot, boundary: o.boundary }))
}

/// Hashes the keys of bigrams, which are well spread but for their high bits: a multiplication.
#[derive(Clone, Copy, Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u64(&mut self, key: u64) {
        // 2^64 divided by the golden ratio (Knuth, "The Art of Computer Programming", 6.4); the
        // table takes its place from the low bits and a tag from the high ones.
        let product = (self.0 ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ product >> 32;
    }
}
