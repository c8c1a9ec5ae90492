//! `IndexWriter`: documents → the bytes of an index.

mod freshness;
mod run;
mod segment;
mod sharded;
mod stems;
mod synonyms;
mod whole;

use segment::CharacterCounts;
pub use segment::{Positions, Segment, SegmentBuilder};
pub use sharded::{Root, ShardSizes};

use crate::analysis::{Analyzer, TableUse};
use crate::format::columns::ColumnsWriter;
use crate::format::ranking::{Parameters, Setting};
use crate::format::stats::Stats;
use crate::format::store::StoreWriter;
use crate::format::weights;
use crate::{DocId, Document, Error, Weight};
use run::Run;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use stems::Stems;

/// Builds an index of documents.
///
/// The same documents in the same order give the same bytes, on every machine.
///
/// ```
/// use suoyin_core::{Document, IndexWriter};
///
/// let mut writer = IndexWriter::new();
/// writer.add(&Document { id: "a".into(), text: "文明实践".into(), ..Default::default() })?;
/// let index: Vec<u8> = writer.finish()?;
/// # Ok::<(), suoyin_core::Error>(())
/// ```
#[derive(Debug)]
pub struct IndexWriter {
    analyzer: Arc<Analyzer>,
    positions: Positions,
    /// Of documents that were added one by one; those of earlier ones are taken in already.
    builder: SegmentBuilder,
    ids: HashSet<String>,
    table_use: TableUse,
    characters: CharacterCounts,
    runs: Vec<(DocId, Run)>,
    stats: Stats,
    ranking: Vec<Setting>,
    weights: Vec<Weight>,
    title_norms: Vec<u8>,
    text_norms: Vec<u8>,
    columns: ColumnsWriter,
    store: StoreWriter,
    /// Words, and others that may stand for them.
    synonyms: Vec<(String, String)>,
    regional: bool,
    /// After how many days the weight of a document has fallen halfway; 0 for never.
    half_life_days: u32,
    stems: Stems,
}

impl Default for IndexWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl IndexWriter {
    /// A writer with the full analyzer, of an index in one piece.
    pub fn new() -> Self {
        Self::with_positions(Positions::Drop)
    }

    /// A writer with the full analyzer; only one that keeps positions can
    /// [`finish_shards`](Self::finish_shards).
    pub fn with_positions(positions: Positions) -> Self {
        let analyzer = Arc::new(Analyzer::full());
        IndexWriter {
            builder: SegmentBuilder::new(Arc::clone(&analyzer), positions),
            analyzer,
            positions,
            ids: HashSet::new(),
            table_use: TableUse::default(),
            characters: CharacterCounts::default(),
            runs: Vec::new(),
            stats: Stats::default(),
            ranking: Vec::new(),
            weights: Vec::new(),
            title_norms: Vec::new(),
            text_norms: Vec::new(),
            columns: ColumnsWriter::default(),
            store: StoreWriter::default(),
            synonyms: Vec::new(),
            regional: true,
            half_life_days: 0,
            stems: Stems::default(),
        }
    }

    /// A builder of segments for this writer, to be used on another thread.
    pub fn segment_builder(&self) -> SegmentBuilder {
        let mut builder = SegmentBuilder::new(Arc::clone(&self.analyzer), self.positions);
        builder.spells = self.builder.spells;
        builder
    }

    /// Sets what counts more or less in the ranking than it does by default.
    pub fn set_ranking(&mut self, settings: &[Setting]) {
        self.ranking.extend_from_slice(settings);
    }

    /// Indexes one document.
    ///
    /// # Errors
    /// [`Error::Refused`] where two have the same id, and past 4 GiB of text. The writer is of no use
    /// after an error.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        self.note_id(&document.id)?;
        self.builder.add(document)?;
        if self.builder.is_full() { self.flush() } else { Ok(()) }
    }

    /// Takes in a segment of documents that follow on those added before.
    ///
    /// # Errors
    /// Those of [`add`](Self::add); [`Error::Refused`] where this writer keeps positions and the
    /// segment has none.
    pub fn add_segment(&mut self, segment: Segment) -> Result<(), Error> {
        self.flush()?;
        segment.ids.iter().try_for_each(|id| self.note_id(id))?;
        self.take(segment)
    }

    /// Number of documents so far.
    pub fn doc_count(&self) -> u32 {
        self.stats.doc_count + self.builder.len() as u32
    }

    /// Bytes of all records and texts so far, but for the documents that were added one by one last.
    pub fn stored_bytes(&self) -> usize {
        self.store.bytes()
    }

    fn note_id(&mut self, id: &str) -> Result<(), Error> {
        match self.ids.insert(id.to_owned()) {
            true => Ok(()),
            false => Err(Error::refused(&["two documents have the id \"", id, "\""])),
        }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let segment = self.builder.finish();
        self.take(segment)
    }

    fn take(&mut self, segment: Segment) -> Result<(), Error> {
        if segment.ids.is_empty() {
            return Ok(());
        }
        if self.positions == Positions::Keep && segment.positions != Some(Positions::Keep) {
            return Err(no_positions());
        }
        self.runs.push((self.stats.doc_count, segment.run));
        self.stats.doc_count += segment.ids.len() as u32;
        self.stats.title_terms += segment.title_terms;
        self.stats.text_terms += segment.text_terms;
        self.weights.extend(segment.weights);
        self.title_norms.extend(segment.title_norms);
        self.text_norms.extend(segment.text_norms);
        self.table_use.merge(segment.table_use);
        segment.characters.iter().for_each(|(c, count)| self.characters.add(c, count));
        self.stems.take(segment.spellings);
        self.columns.append(segment.columns);
        self.store.append(segment.store)
    }

    /// The structures that the analyzer is read from: fold table and readings.
    fn tables(&self) -> [Vec<u8>; 2] {
        let tables = self.table_use.analyzer(&self.analyzer);
        let (mut fold, mut readings) = (Vec::new(), Vec::new());
        tables.fold.encode(&mut fold);
        tables.readings.encode(&mut readings);
        [fold, readings]
    }

    fn encoded_stats(&self) -> Vec<u8> {
        let mut ranking = Parameters::default();
        if self.stats.title_terms == 0 {
            ranking = ranking.with(&[Parameters::WITHOUT_TITLES]);
        }
        Stats { ranking: ranking.with(&self.ranking), ..self.stats }.encode()
    }

    fn encoded_weights(&self) -> Vec<u8> {
        weights::encode(&self.weights)
    }
}

/// The characters of a corpus, the most frequent first: a character's rank is its code.
struct Alphabet {
    by_code: Vec<char>,
    codes: BTreeMap<char, u32>,
}

impl Alphabet {
    fn new(occurrences: &CharacterCounts) -> Self {
        Self::ranked(occurrences, |count| count)
    }

    /// The same for an index in shards: see [`alphabet`](crate::format::shard::alphabet).
    fn grouped(occurrences: &CharacterCounts) -> Self {
        Self::ranked(occurrences, |count| count.max(1).ilog2().into())
    }

    /// By falling rank, then ascending.
    fn ranked(occurrences: &CharacterCounts, rank: impl Fn(u64) -> u64) -> Self {
        let mut ranked: Vec<(char, u64)> = occurrences.iter().collect();
        ranked.sort_by_key(|&(_, count)| Reverse(rank(count)));
        let by_code: Vec<char> = ranked.into_iter().map(|(c, _)| c).collect();
        let codes = by_code.iter().zip(0..).map(|(&c, code)| (c, code)).collect();
        Alphabet { by_code, codes }
    }
}

/// An index in shards needs positions, and the writer was told to drop them.
fn no_positions() -> Error {
    Error::refused(&["an index in shards needs positions; let the writer keep them"])
}

/// The `fst::Map`: each character to its code, each word to its number in lexical order.
fn term_map(alphabet: &Alphabet, words: &[String]) -> Result<Vec<u8>, Error> {
    let mut keys: Vec<(&str, u64)> = words.iter().map(String::as_str).zip(0..).collect();
    let mut buffers = vec![[0; 4]; alphabet.by_code.len()];
    for (buffer, (&c, &code)) in buffers.iter_mut().zip(&alphabet.codes) {
        keys.push((c.encode_utf8(buffer), u64::from(code)));
    }
    keys.sort_unstable();
    let too_large = |_| Error::too_large("terms");
    let mut builder = fst::MapBuilder::memory();
    builder.extend_iter(keys).map_err(too_large)?;
    builder.into_inner().map_err(too_large)
}
