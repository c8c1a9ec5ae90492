//! Searching an index in shards, of which only those that were loaded are there.

mod adjacency;

use super::Searcher;
use super::proof::{Proof, folded_document};
use super::query::{Clause, QueryTerm};
use super::source::{Source, Stored};
use crate::analysis::{Analyzer, FoldTable, Readings};
use crate::format::columns::Column;
use crate::format::postings::{self, Posting};
use crate::format::shard::documents::DocumentShard;
use crate::format::shard::table::ShardTable;
use crate::format::shard::terms::{ANY, FIRST_CODE, PositionShard, TermKey, TermShard};
use crate::format::shard::{ShardId, ShardKind, alphabet};
use crate::format::stats::Stats;
use crate::format::synonyms::{self, Synonym};
use crate::format::weights::{self, Weights};
use crate::format::{Kind, Layout, Structure};
use crate::sorting::{distinct, sorted};
use crate::{DocId, Error, Weight};
use std::cell::RefCell;
use std::rc::Rc;
use std::slice;

/// Shards of words to ask for at once where several may hold what a word may become.
const AHEAD: usize = 4;

/// An index in shards: its root, and what was loaded.
#[derive(Debug)]
pub struct Sharded {
    stats: Stats,
    analyzer: Analyzer,
    weights: Weights,
    synonyms: Vec<Synonym>,
    /// Characters, ascending, and below them their codes.
    codes: Vec<u64>,
    table: ShardTable,
    terms: Vec<Option<TermShard>>,
    positions: Vec<Option<PositionShard>>,
    documents: Vec<Option<DocumentShard>>,
    columns: Vec<Option<Rc<Column>>>,
    /// What was asked for and is not there, ascending.
    missing: RefCell<Vec<ShardId>>,
}

impl Searcher<Sharded> {
    /// Opens an index by its root.
    ///
    /// # Errors
    /// As [`IndexReader::open`](crate::IndexReader::open).
    pub fn open_root(root: Vec<u8>) -> Result<Self, Error> {
        Ok(Self::over(Sharded::open(root)?))
    }

    /// Takes a shard that [`Error::Missing`] named.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the bytes are not those of the shard of this name.
    pub fn load(&mut self, name: &str, shard: Vec<u8>) -> Result<(), Error> {
        self.source_mut().load(name, shard)
    }

    /// Reads all there is to read of the shards, which must all be loaded.
    ///
    /// # Errors
    /// [`Error::Missing`]; [`Error::Damaged`] where they contradict themselves.
    pub fn verify(&self) -> Result<(), Error> {
        let source = self.source();
        let mut postings = Vec::new();
        for number in 0..source.terms.len() as u32 {
            let shard = source.term_shard(number);
            let positions = source.loaded(&source.positions, ShardKind::Positions, number);
            let (Some(shard), Some(positions)) = (shard, positions) else { continue };
            for term in 0..shard.len() {
                postings.clear();
                shard.postings(term, source.stats.doc_count, &mut postings)?;
                positions.verify(term, postings.len())?;
            }
        }
        (0..source.columns.len()).try_for_each(|field| source.column(field).map(drop))?;
        for doc in 0..source.stats.doc_count {
            if let Some(stored) = source.stored(doc)? {
                stored.verify()?;
            }
        }
        source.settle()
    }

    /// The names of all shards, relative to the root.
    pub fn shard_names(&self) -> Vec<String> {
        let Sharded { table, terms, documents, columns, .. } = self.source();
        let counts = [
            (ShardKind::Terms, terms.len()),
            (ShardKind::Positions, terms.len()),
            (ShardKind::Documents, documents.len()),
            (ShardKind::Columns, columns.len()),
        ];
        let ids = counts.into_iter().flat_map(|(kind, count)| {
            (0..count as u32).map(move |number| ShardId { kind, number })
        });
        ids.filter_map(|id| table.name(id)).collect()
    }
}

impl Sharded {
    fn open(root: Vec<u8>) -> Result<Self, Error> {
        let layout = Layout::open(&root, Kind::Root)?;
        let structure = |structure| &root[layout.range(structure)];
        let stats = Stats::decode(structure(Structure::Stats))?;
        let analyzer = Analyzer {
            fold: FoldTable::decode(structure(Structure::Fold))?,
            readings: Readings::decode(structure(Structure::Readings))?,
        };
        let weights = weights::decode(structure(Structure::Weights), stats.doc_count)?;
        let synonyms = synonyms::decode(structure(Structure::Synonyms))?;
        let alphabet = alphabet::decode(structure(Structure::Alphabet))?;
        let table = ShardTable::decode(structure(Structure::Shards), stats.doc_count)?;
        let mut codes = Vec::with_capacity(alphabet.len());
        for (code, c) in alphabet.into_iter().enumerate() {
            codes.push(u64::from(c) << 32 | code as u64);
        }
        let mut source = Sharded {
            terms: Vec::new(),
            positions: Vec::new(),
            documents: Vec::new(),
            columns: Vec::new(),
            missing: RefCell::default(),
            stats,
            analyzer,
            weights,
            synonyms,
            codes: sorted(codes),
            table,
        };
        source.terms.resize_with(source.table.term_shards() as usize, || None);
        source.positions.resize_with(source.terms.len(), || None);
        let documents = source.table.document_shards(stats.doc_count);
        source.documents.resize_with(documents as usize, || None);
        source.columns.resize_with(source.table.fields.len(), || None);
        Ok(source)
    }

    fn load(&mut self, name: &str, shard: Vec<u8>) -> Result<(), Error> {
        let (id, body) = ShardId::unseal(&shard)?;
        if self.table.name(id).as_deref() != Some(name) {
            return Err(Error::Damaged { structure: "shard" });
        }
        // A name that the table knows has a place.
        let number = id.number as usize;
        match id.kind {
            ShardKind::Terms => self.terms[number] = Some(TermShard::open(shard, body)?),
            ShardKind::Positions => {
                self.positions[number] = Some(PositionShard::open(shard, body)?);
            }
            ShardKind::Documents => {
                let first = id.number * self.table.docs_per_shard;
                let count = self.table.docs_per_shard.min(self.stats.doc_count - first);
                self.documents[number] = Some(DocumentShard::open(shard, body, count)?);
            }
            ShardKind::Columns => {
                let column = Column::decode(&shard[body..], self.stats.doc_count)?;
                self.columns[number] = Some(Rc::new(column));
            }
        }
        Ok(())
    }

    /// Whether `clause` stands in what is stored of `doc`, if that is there.
    fn text_proves(&self, clause: &Clause, doc: DocId) -> Result<bool, Error> {
        let Some(Stored { record, text }) = self.stored(doc)? else { return Ok(false) };
        let text = std::str::from_utf8(text)
            .map_err(|_| Error::Damaged { structure: Structure::Texts.name() })?;
        let folded = folded_document(&self.analyzer, record.title, text);
        Ok(Proof::new(slice::from_ref(clause)).find(&folded, 0).is_some())
    }

    fn char_code(&self, c: char) -> Option<u32> {
        let least = u64::from(c) << 32;
        let place = self.codes.partition_point(|&code| code < least);
        self.codes.get(place).filter(|&&code| code >> 32 == u64::from(c)).map(|&code| code as u32)
    }

    /// One of the loaded shards of a kind, or a note that it is missing.
    fn loaded<'s, T>(
        &self,
        shards: &'s [Option<T>],
        kind: ShardKind,
        number: u32,
    ) -> Option<&'s T> {
        let shard = shards.get(number as usize)?.as_ref();
        if shard.is_none() {
            self.ask_for(ShardId { kind, number });
        }
        shard
    }

    #[inline(never)]
    fn ask_for(&self, id: ShardId) {
        let mut missing = self.missing.borrow_mut();
        let place = missing.partition_point(|other| *other < id);
        if missing.get(place) != Some(&id) {
            missing.insert(place, id);
        }
    }

    fn term_shard(&self, number: u32) -> Option<&TermShard> {
        self.loaded(&self.terms, ShardKind::Terms, number)
    }

    /// The term of a query as shards have it; none where the corpus lacks a character of it.
    fn key(&self, term: &QueryTerm) -> Option<TermKey> {
        match term {
            QueryTerm::Bigram(first, second) => {
                self.char_code(*second).map(|code| TermKey::Pair(*first, code + FIRST_CODE))
            }
            QueryTerm::Char(c) => Some(TermKey::Pair(*c, ANY)),
            QueryTerm::Word(word) | QueryTerm::Prefix(word) => Some(TermKey::Word(word.clone())),
        }
    }
}

impl Source for Sharded {
    const TEXTS_AT_HAND: bool = false;
    const STRETCHES: usize = 1;

    fn stats(&self) -> &Stats {
        &self.stats
    }

    fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    fn weights(&self) -> &[(DocId, Weight)] {
        &self.weights
    }

    fn facets(&self) -> &[String] {
        &self.table.fields
    }

    fn column(&self, field: usize) -> Result<Option<Rc<Column>>, Error> {
        Ok(self.loaded(&self.columns, ShardKind::Columns, field as u32).cloned())
    }

    fn synonyms(&self) -> &[(String, String)] {
        &self.synonyms
    }

    fn postings(&self, term: &QueryTerm) -> Result<Vec<Posting>, Error> {
        if let QueryTerm::Prefix(prefix) = term {
            return self.prefix_postings(prefix);
        }
        let mut out = Vec::new();
        let Some(key) = self.key(term) else { return Ok(out) };
        let Some(shard) = self.table.shard_of(&key).and_then(|n| self.term_shard(n)) else {
            return Ok(out);
        };
        let doc_count = self.stats.doc_count;
        match key {
            TermKey::Pair(first, ANY) if !self.table.is_split(first) => {
                let mut lists = Vec::new();
                for term in shard.block(first) {
                    shard.postings(term, doc_count, &mut lists)?;
                }
                out = postings::union(&lists, doc_count as usize);
            }
            key => {
                if let Some(term) = shard.find(&key) {
                    shard.postings(term, doc_count, &mut out)?;
                }
            }
        }
        Ok(out)
    }

    fn words_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>, Error> {
        let mut words = Vec::new();
        let mut asked = 0;
        for number in self.table.words_with_prefix(prefix) {
            match self.term_shard(number) {
                Some(shard) => {
                    words.extend_from_slice(&shard.words()[shard.with_prefix(prefix)]);
                }
                None => asked += 1,
            }
            if words.len() >= limit || asked == AHEAD {
                break;
            }
        }
        words.truncate(limit);
        Ok(words)
    }

    /// Not known without fetching: all stand in as many.
    fn character(&self, _: char) -> Result<f32, Error> {
        Ok(0.0)
    }

    fn walk_words(
        &self,
        like: &str,
        visit: &mut dyn FnMut(&[u8], bool) -> bool,
    ) -> Result<(), Error> {
        // Words that start otherwise may lie anywhere: those few shards must do which hold the most
        // of them that start as this one does.
        let starts = (0..=like.len()).map(|len| self.table.words_with_prefix(&like[..len]));
        let few = starts.into_iter().find(|shards| shards.len() <= AHEAD);
        for shard in few.unwrap_or_default().filter_map(|number| self.term_shard(number)) {
            for word in shard.words() {
                let word = word.as_bytes();
                let _ = (0..=word.len()).all(|len| visit(&word[..len], len == word.len()));
            }
        }
        Ok(())
    }

    fn code(&self, c: char) -> Result<Option<u32>, Error> {
        Ok(self.char_code(c))
    }

    fn doc_freq(&self, _: &QueryTerm) -> Result<u32, Error> {
        Ok(1)
    }

    fn prepare(&self, clause: &Clause) {
        self.prepare_adjacency(clause);
    }

    fn verify(&self, clauses: &[Clause], docs: &[DocId]) -> Result<Vec<DocId>, Error> {
        let mut standing = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.verify) {
            if let Some(docs) = self.adjacent(clause, docs)? {
                standing.extend_from_slice(&docs);
            } else {
                // What positions cannot prove, the texts can.
                for &doc in docs {
                    if self.text_proves(clause, doc)? {
                        standing.push(doc);
                    }
                }
            }
            self.settle()?;
        }
        Ok(distinct(&standing))
    }

    fn stored(&self, doc: DocId) -> Result<Option<Stored<'_>>, Error> {
        let (number, doc) = self.table.document(doc);
        match self.loaded(&self.documents, ShardKind::Documents, number) {
            Some(shard) => Ok(Some(Stored { record: shard.record(doc)?, text: shard.text(doc) })),
            None => Ok(None),
        }
    }

    fn settle(&self) -> Result<(), Error> {
        let missing = self.missing.take();
        if missing.is_empty() {
            return Ok(());
        }
        let mut shards = Vec::new();
        for id in missing {
            shards.extend(self.table.name(id));
        }
        Err(Error::Missing { shards })
    }
}
