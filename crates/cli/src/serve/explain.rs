//! Why a document ranks where it does: the score of each term of a query in it.

use serde::Serialize;
use std::collections::BTreeMap;
use suoyin_core::format::Structure;
use suoyin_core::format::blocks::TermInfo;
use suoyin_core::format::postings::Posting;
use suoyin_core::search::bm25::Bm25;
use suoyin_core::search::query::{Query, QueryTerm};
use suoyin_core::{DocId, Error, IndexReader};

/// Words that a prefix stands for, at most: as the searcher has it.
const PREFIX_WORDS: usize = 64;
/// Weight of a word found by prefix: as the searcher has it.
const PREFIX_WEIGHT: f32 = 0.5;

/// The score of a document, term by term.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Explanation {
    query: String,
    id: String,
    title: String,
    /// Length in terms, as far as the index remembers it.
    title_length: u32,
    text_length: u32,
    /// The terms that the document has, in the order of the query's analysis, then the others.
    terms: Vec<TermScore>,
    /// Their sum.
    score: f32,
}

/// What a term adds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TermScore {
    /// A trailing `*` marks all terms that start with a character.
    term: String,
    /// Whether it was not typed, but starts with the word that was.
    by_prefix: bool,
    title: FieldScore,
    text: FieldScore,
    score: f32,
}

/// What a term adds in one field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldScore {
    /// Documents that have it in this field.
    doc_freq: u32,
    /// Occurrences in this document; 1 at most in a title.
    term_freq: u32,
    score: f32,
}

impl Explanation {
    /// Explains the score of the document `id` for `query`; none where there is no such document.
    pub(super) fn of<D: AsRef<[u8]>>(
        reader: &IndexReader<D>,
        query: &str,
        id: &str,
    ) -> Result<Option<Explanation>, Error> {
        let Some(doc) = document(reader, id)? else { return Ok(None) };
        let parsed = Query::parse(reader.analyzer(), query);
        let mut terms: Vec<QueryTerm> = Vec::new();
        for term in parsed.clauses.iter().flat_map(|clause| &clause.terms) {
            if !terms.contains(term) {
                terms.push(term.clone());
            }
        }
        let scorer = Scorer { reader, bm25: Bm25::new(reader.stats()), doc };
        let mut scores = Vec::new();
        for term in &terms {
            scores.push(scorer.score(name(term), postings(reader, term)?, None));
        }
        let prefix = parsed.prefix.as_deref().unwrap_or_default();
        if !prefix.is_empty() {
            let words = reader.words_with_prefix(prefix, PREFIX_WORDS + 1)?;
            for (word, _) in words.into_iter().filter(|(word, _)| word != prefix).take(PREFIX_WORDS)
            {
                let postings = postings(reader, &QueryTerm::Word(word.clone()))?;
                let score = scorer.score(word, postings, Some(PREFIX_WEIGHT));
                scores.extend(Some(score).filter(|score| score.score > 0.0));
            }
        }
        let norms = reader.field_norms()?;
        Ok(Some(Explanation {
            query: query.to_owned(),
            id: id.to_owned(),
            title: reader.record(doc)?.title.to_owned(),
            title_length: norms.title(doc),
            text_length: norms.text(doc),
            score: scores.iter().map(|score| score.score).sum(),
            terms: scores,
        }))
    }
}

/// Scores terms in one document.
struct Scorer<'a, D> {
    reader: &'a IndexReader<D>,
    bm25: Bm25,
    doc: DocId,
}

impl<D: AsRef<[u8]>> Scorer<'_, D> {
    /// `prefix` is the weight of a term that was found by prefix.
    fn score(&self, term: String, postings: Vec<Posting>, prefix: Option<f32>) -> TermScore {
        let field = |keep: fn(&Posting) -> Posting| {
            let alone: Vec<Posting> = postings
                .iter()
                .map(keep)
                .filter(|posting| posting.text_freq > 0 || posting.in_title)
                .collect();
            let own = alone.iter().find(|posting| posting.doc == self.doc);
            FieldScore {
                doc_freq: alone.len() as u32,
                term_freq: own.map_or(0, |own| own.text_freq + u32::from(own.in_title)),
                score: self.sum(&alone, prefix.unwrap_or(1.0)),
            }
        };
        let title = field(|posting| Posting { text_freq: 0, ..*posting });
        let text = field(|posting| Posting { in_title: false, ..*posting });
        let score = title.score + text.score;
        TermScore { term, by_prefix: prefix.is_some(), title, text, score }
    }

    fn sum(&self, postings: &[Posting], weight: f32) -> f32 {
        let mut scores = vec![0.0; self.reader.stats().doc_count as usize];
        let norms = self.reader.structure(Structure::FieldNorms);
        self.bm25.add(postings, weight, norms, &mut scores);
        scores.get(self.doc as usize).copied().unwrap_or_default()
    }
}

fn document<D: AsRef<[u8]>>(reader: &IndexReader<D>, id: &str) -> Result<Option<DocId>, Error> {
    for doc in 0..reader.stats().doc_count {
        if reader.record(doc)?.id == id {
            return Ok(Some(doc));
        }
    }
    Ok(None)
}

fn name(term: &QueryTerm) -> String {
    match term {
        QueryTerm::Bigram(first, second) => String::from_iter([first, second]),
        QueryTerm::Char(c) => String::from_iter([c, &'*']),
        QueryTerm::Word(word) => word.clone(),
    }
}

/// The postings of `term`, ascending by document; none where the index does not have it.
fn postings<D: AsRef<[u8]>>(
    reader: &IndexReader<D>,
    term: &QueryTerm,
) -> Result<Vec<Posting>, Error> {
    let infos = match term {
        QueryTerm::Bigram(first, second) => match (reader.code(*first)?, reader.code(*second)?) {
            (Some(number), Some(second)) => {
                let block = reader.block(number)?;
                let place = block.seconds.binary_search(&second.saturating_add(1)).ok();
                place.and_then(|place| block.terms.get(place).copied()).into_iter().collect()
            }
            _ => Vec::new(),
        },
        QueryTerm::Char(c) => match reader.code(*c)? {
            Some(number) => reader.block(number)?.terms,
            None => Vec::new(),
        },
        QueryTerm::Word(word) => match reader.word(word)? {
            Some(word) => {
                let (number, place) = reader.word_place(word);
                reader.block(number)?.terms.get(place).copied().into_iter().collect()
            }
            None => Vec::new(),
        },
    };
    merged(reader, &infos)
}

/// The postings of several terms as those of one.
fn merged<D: AsRef<[u8]>>(
    reader: &IndexReader<D>,
    terms: &[TermInfo],
) -> Result<Vec<Posting>, Error> {
    let mut all = Vec::new();
    for &term in terms {
        reader.postings(term, &mut all)?;
    }
    let mut by_doc: BTreeMap<DocId, Posting> = BTreeMap::new();
    for posting in all {
        by_doc
            .entry(posting.doc)
            .and_modify(|sum| {
                sum.text_freq += posting.text_freq;
                sum.in_title |= posting.in_title;
            })
            .or_insert(posting);
    }
    Ok(by_doc.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher};
    use suoyin_ingest::{IngestOptions, ingest};

    fn searcher() -> Searcher<Vec<u8>> {
        let mut writer = IndexWriter::new();
        for (id, title, text) in [
            ("a", "文明實踐站", "新時代文明实践站今天开放，文明靠大家。"),
            ("b", "Library hours", "The library is open; libraries lend 文明 librettos."),
            ("c", "乡镇", "实践出真知 library"),
            ("d", "", "无关"),
        ] {
            let (title, text) = (title.to_owned(), text.to_owned());
            let document = Document { id: id.to_owned(), title, text, ..Document::default() };
            writer.add(&document).expect("a document is indexed");
        }
        Searcher::open(writer.finish().expect("an index")).expect("a sound one")
    }

    /// Explains all hits for `query` and compares their scores; gives how many there are.
    fn compare<D: AsRef<[u8]>>(searcher: &Searcher<D>, query: &str) -> usize {
        let results = searcher.search(query, &SearchOptions::default()).expect("an answer");
        for hit in &results.hits {
            let explanation = Explanation::of(searcher.reader(), query, &hit.id);
            let explanation = explanation.expect("a sound index").expect("a document");
            let distance = (explanation.score - hit.score).abs();
            assert!(distance <= 1e-5 * hit.score, "{query}: {hit:?} {explanation:#?}");
        }
        results.hits.len()
    }

    #[test]
    fn the_sum_is_the_score_of_the_hit() {
        let searcher = searcher();
        let queries =
            ["文明实践", "文", "文明 library", "libr", "实践出真知站", "“文明靠” -乡镇", "龘"];
        let hits: usize = queries.iter().map(|query| compare(&searcher, query)).sum();
        assert!(hits > 10, "{hits}");
    }

    #[test]
    fn the_sum_is_the_score_in_the_sample_documents() {
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
        let samples = ingest(&[samples.into()], &IngestOptions::default()).expect("documents");
        let mut writer = IndexWriter::new();
        for document in &samples.documents {
            writer.add(document).expect("a document is indexed");
        }
        let searcher = Searcher::open(writer.finish().expect("an index")).expect("a sound one");
        let titles = samples.documents.iter().map(|document| document.title.as_str());
        let hits: usize = titles.map(|title| compare(&searcher, title)).sum();
        assert!(hits > samples.documents.len(), "{hits}");
    }

    #[test]
    fn fields_and_prefixes_are_told_apart() {
        let searcher = searcher();
        let of = |query, id| Explanation::of(searcher.reader(), query, id).expect("a sound index");
        let terms = of("文明实践", "a").expect("a document").terms;
        let names: Vec<&str> = terms.iter().map(|term| term.term.as_str()).collect();
        assert_eq!(names, ["文明", "明实", "实践"]);
        let first = &terms[0];
        assert_eq!((first.text.term_freq, first.text.doc_freq), (2, 2));
        assert_eq!((first.title.term_freq, first.title.doc_freq), (1, 1));
        let terms = of("libr", "b").expect("a document").terms;
        let by_prefix: Vec<&str> =
            terms.iter().filter(|term| term.by_prefix).map(|term| term.term.as_str()).collect();
        assert_eq!(by_prefix, ["libraries", "library", "librettos"]);
        assert!(of("文明", "nowhere").is_none());
    }
}
