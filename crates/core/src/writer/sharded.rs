//! Writing an index in shards.

use super::run::{self, List, RunTerm};
use super::{Alphabet, IndexWriter, Positions};
use crate::Error;
use crate::format::header::{self, Kind};
use crate::format::positions::{self, Position};
use crate::format::postings::{self, Posting};
use crate::format::shard::table::ShardTable;
use crate::format::shard::terms::{ANY, FIRST_CODE, LAST, TermKey, TermsWriter};
use crate::format::shard::{SHARDS_PER_GROUP, ShardId, ShardKind, alphabet, documents};
use crate::format::varint::Cursor;
use xxhash_rust::xxh64::Xxh64;

/// How large shards become, before they are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardSizes {
    /// Bytes of terms with their postings; positions come in a shard of their own.
    pub terms: usize,
    /// Bytes of records and texts, of average documents: every shard has the same number of them.
    pub documents: usize,
}

impl ShardSizes {
    /// What a first query fetches least with, in an index of so many documents: smaller shards would
    /// make more of the root than they save, and too many files of a large index.
    pub fn for_documents(count: u32) -> Self {
        let terms = if count < 20_000 { 8 << 10 } else { 16 << 10 };
        ShardSizes { terms, documents: 4 << 10 }
    }
}

/// The root of an index in shards, and what it is the root of.
#[derive(Clone, Debug)]
pub struct Root {
    /// The bytes of the root.
    pub bytes: Vec<u8>,
    /// Number of documents.
    pub documents: u32,
    /// Number of terms.
    pub terms: u64,
}

impl IndexWriter {
    /// Writes the index in shards: `sink` gets each, with its name relative to the root, and then
    /// the root is returned, which names them all.
    ///
    /// A name changes with what it stands for: whatever has been fetched stays right for ever.
    ///
    /// # Errors
    /// [`Error::Refused`] where the writer keeps no positions, or a structure outgrows 4 GiB; those of
    /// `sink`.
    pub fn finish_shards<E: From<Error>>(
        mut self,
        sizes: ShardSizes,
        mut sink: impl FnMut(String, Vec<u8>) -> Result<(), E>,
    ) -> Result<Root, E> {
        if self.positions == Positions::Drop {
            return Err(super::no_positions().into());
        }
        self.flush()?;
        self.weigh_by_age();
        let alphabet = Alphabet::grouped(&self.characters);
        let mut candidates = self.candidates();
        let mut shards = TermShards {
            norms: [&self.title_norms, &self.text_norms],
            size: sizes.terms.max(1),
            shard: TermsWriter::default(),
            last_word: String::new(),
            terms: 0,
            words: 0,
            table: ShardTable::default(),
            group: Group::new(ShardKind::Terms),
            sink: &mut sink,
        };
        let mut block = Block::default();
        let runs = std::mem::take(&mut self.runs);
        run::merge(&runs, |term, list| {
            candidates.see(&term, list);
            match term {
                RunTerm::Bigram(first, second) => {
                    if block.first != Some(first) {
                        shards.block(std::mem::take(&mut block))?;
                        block.first = Some(first);
                    }
                    let second = second.map_or(LAST, |c| alphabet.codes[&c] + FIRST_CODE);
                    block.lists.push((second, std::mem::take(list)));
                    Ok(())
                }
                RunTerm::Word(word) => {
                    // The last block; empty from the second word on.
                    shards.block(std::mem::take(&mut block))?;
                    shards.word(word, list)
                }
            }
        })?;
        shards.block(block)?;
        shards.seal()?;
        let TermShards { terms, words, mut table, mut group, .. } = shards;
        group.finish(&mut table.term_groups, &mut sink)?;
        drop(runs);

        let docs = self.stats.doc_count.max(1) as usize;
        let per_shard = (sizes.documents / self.store.bytes().div_ceil(docs).max(1)).clamp(1, docs);
        table.docs_per_shard = per_shard as u32;
        let mut group = Group::new(ShardKind::Documents);
        for (number, (records, texts)) in (0..).zip(self.store.parts(per_shard)) {
            group.push(vec![documents::seal(number, &records, texts)]);
            group.flush_full(&mut table.document_groups, &mut sink)?;
        }
        group.finish(&mut table.document_groups, &mut sink)?;

        let mut group = Group::new(ShardKind::Columns);
        for (field, column) in std::mem::take(&mut self.columns).finish() {
            let id = ShardId { kind: ShardKind::Columns, number: group.next };
            table.fields.push(field);
            group.push(vec![id.seal(&[&column])]);
            group.flush_full(&mut table.column_groups, &mut sink)?;
        }
        group.finish(&mut table.column_groups, &mut sink)?;

        self.stats.alphabet_len = alphabet.by_code.len() as u32;
        self.stats.word_count = words;
        let synonyms = candidates.finish(&mut self.table_use);
        let [fold, readings] = self.tables();
        let characters = alphabet::encode(&alphabet.by_code);
        let weights = self.encoded_weights();
        let (stats, table) = (self.encoded_stats(), table.encode());
        let root = vec![stats, fold, readings, characters, weights, synonyms, table];
        let bytes = header::assemble(Kind::Root, root);
        Ok(Root { bytes, documents: self.stats.doc_count, terms })
    }
}

/// The lists that start with one character, as the merge brings them.
#[derive(Default)]
struct Block {
    first: Option<char>,
    lists: Vec<(u32, List)>,
}

/// Shards of terms in the making.
struct TermShards<'w, S> {
    /// Of titles, of texts.
    norms: [&'w [u8]; 2],
    size: usize,
    shard: TermsWriter,
    last_word: String,
    /// How many there are.
    terms: u64,
    words: u32,
    table: ShardTable,
    group: Group,
    sink: &'w mut S,
}

impl<S> TermShards<'_, S> {
    fn add_norms(&self, list: &mut [Posting]) {
        for posting in list {
            let [title, text] = self.norms.map(|norms| norms[posting.doc as usize]);
            (posting.title_norm, posting.text_norm) = (title, text);
        }
    }

    /// Writes a block: into the shard at hand or a new one, or, where it is larger than a shard,
    /// into several of its own, with a term for all of it.
    fn block<E: From<Error>>(&mut self, mut block: Block) -> Result<(), E>
    where
        S: FnMut(String, Vec<u8>) -> Result<(), E>,
    {
        let Some(first) = block.first else { return Ok(()) };
        self.terms += block.lists.len() as u64;
        block.lists.sort_unstable_by_key(|&(second, _)| second);
        block.lists.iter_mut().for_each(|(_, list)| self.add_norms(&mut list.postings));
        // As `TermsWriter::len` counts.
        let size: usize = block.lists.iter().map(|(_, list)| 4 * list.postings.len()).sum();
        let split = size > self.size;
        if split || self.shard.len() + size > self.size || self.is_of_words() {
            self.seal()?;
        }
        if split {
            let all = union(&block.lists, self.norms[0].len())?;
            let place = block.lists.partition_point(|&(second, _)| second < ANY);
            block.lists.insert(place, (ANY, all));
        }
        let mut starts_block = true;
        for (second, list) in block.lists {
            if split && !starts_block && self.shard.len() + 4 * list.postings.len() > self.size {
                self.seal()?;
            }
            if self.shard.first().is_none() {
                // The first of a block is found whatever it is.
                self.table.pairs.push((first, if starts_block { LAST } else { second }));
            }
            starts_block = false;
            self.shard.push(TermKey::Pair(first, second), &list.postings, &list.positions);
        }
        if split { self.seal() } else { Ok(()) }
    }

    fn word<E: From<Error>>(&mut self, word: String, list: &mut List) -> Result<(), E>
    where
        S: FnMut(String, Vec<u8>) -> Result<(), E>,
    {
        self.add_norms(&mut list.postings);
        if self.shard.len() + 4 * list.postings.len() > self.size || !self.is_of_words() {
            self.seal()?;
        }
        if self.shard.first().is_none() {
            self.table.words.push(separator(&self.last_word, &word).to_owned());
        }
        (self.terms, self.words) = (self.terms + 1, self.words + 1);
        self.last_word.clone_from(&word);
        self.shard.push(TermKey::Word(word), &list.postings, &list.positions);
        Ok(())
    }

    fn is_of_words(&self) -> bool {
        matches!(self.shard.first(), Some(TermKey::Word(_)))
    }

    /// Ends the shard at hand, if it holds anything.
    fn seal<E: From<Error>>(&mut self) -> Result<(), E>
    where
        S: FnMut(String, Vec<u8>) -> Result<(), E>,
    {
        if self.shard.first().is_some() {
            let shard = std::mem::take(&mut self.shard);
            self.group.push(shard.seal(self.group.next).into());
            self.group.flush_full(&mut self.table.term_groups, self.sink)?;
        }
        Ok(())
    }
}

/// All of a block as one list: every place where its first character stands.
fn union(lists: &[(u32, List)], doc_count: usize) -> Result<List, Error> {
    let mut all: Vec<Posting> = Vec::new();
    let mut places = Vec::new();
    let mut slots = Vec::new();
    for (_, list) in lists {
        let mut cursor = Cursor::new(&list.positions, "run");
        for posting in &list.postings {
            positions::decode(&mut cursor, &mut slots)?;
            places.extend(slots.iter().map(|position| (posting.doc, position.slot)));
        }
        all.extend(&list.postings);
    }
    places.sort_unstable();
    let mut union = List { postings: postings::union(&all, doc_count), positions: Vec::new() };
    for document in places.chunk_by(|a, b| a.0 == b.0) {
        let positions = document.iter().map(|&(_, slot)| Position { slot, boundary: false });
        positions::encode(positions, &mut union.positions);
    }
    Ok(union)
}

/// The shortest beginning of `word` that is larger than `last`.
fn separator<'w>(last: &str, word: &'w str) -> &'w str {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let shortest = ends.map(|end| &word[..end]).find(|&start| start > last);
    shortest.unwrap_or(word)
}

/// Shards whose names wait for the last of their group.
struct Group {
    kind: ShardKind,
    /// The number of the next shard.
    next: u32,
    /// For each number its shard, for terms the one of their positions behind it.
    shards: Vec<Vec<Vec<u8>>>,
}

impl Group {
    fn new(kind: ShardKind) -> Self {
        Group { kind, next: 0, shards: Vec::new() }
    }

    fn push(&mut self, shards: Vec<Vec<u8>>) {
        self.shards.push(shards);
        self.next += 1;
    }

    fn flush_full<E>(
        &mut self,
        hashes: &mut Vec<u64>,
        sink: &mut impl FnMut(String, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.shards.len() < SHARDS_PER_GROUP as usize {
            return Ok(());
        }
        self.finish(hashes, sink)
    }

    fn finish<E>(
        &mut self,
        hashes: &mut Vec<u64>,
        sink: &mut impl FnMut(String, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.shards.is_empty() {
            return Ok(());
        }
        let mut hash = Xxh64::new(0);
        self.shards.iter().flatten().for_each(|shard| hash.update(shard));
        let hash = hash.digest();
        hashes.push(hash);
        let first = self.next - self.shards.len() as u32;
        for (number, shards) in (first..).zip(self.shards.drain(..)) {
            let kinds = [self.kind, ShardKind::Positions];
            for (kind, shard) in kinds.into_iter().zip(shards) {
                sink(ShardId { kind, number }.name(hash), shard)?;
            }
        }
        Ok(())
    }
}
