//! Search against a naive oracle: a scan over the folded text of every document, with the full
//! tables, no index, no blocks, no postings.

#![cfg(not(target_arch = "wasm32"))]

mod texts;

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use suoyin_core::analysis::readings::Syllable;
use suoyin_core::analysis::{Analyzer, Folded, Readings};
use suoyin_core::search::query::{Clause, Query};
use suoyin_core::{Document, Hit, IndexWriter, SearchOptions, Searcher, Whole};
use texts::{analyzer, documents, slot_ranges};

/// The query as the index reads it: a gloss that none of its documents has is text.
fn parse(documents: &[Document], query: &str) -> Query {
    let stands = |gloss: &str| {
        documents
            .iter()
            .any(|document| document.title.contains(gloss) || document.text.contains(gloss))
    };
    let glosses = [('领', "lǐng", "(lǐng)"), ('习', "xí", "(xí)"), ('学', "xué", "（xué）")];
    let glosses = glosses.into_iter().filter(|(_, _, gloss)| stands(gloss));
    let pair = |(c, pinyin, _)| (c, Syllable::parse(pinyin).expect("pinyin"));
    let readings = Readings::from_pairs(glosses.map(pair));
    Query::parse(&Analyzer { fold: analyzer().fold.clone(), readings }, query)
}

/// Ids of the documents that match `query`, by scanning them all.
fn naive(documents: &[Document], query: &str) -> BTreeSet<String> {
    let query = parse(documents, query);
    let stands = |clause: &Clause, document: &Document| {
        let text = if clause.title { "" } else { &document.text };
        [&document.title, text]
            .into_iter()
            .any(|field| stands_in(&clause.pattern, &analyzer().folded(field)))
    };
    let found = |document: &&Document| {
        let all = || {
            let mut groups = Query::groups(&query.clauses);
            groups.all(|group| group.iter().any(|clause| stands(clause, document)))
        };
        !query.clauses.is_empty()
            && all()
            && !query.excluded.iter().any(|clause| stands(clause, document))
    };
    documents.iter().filter(found).map(|document| document.id.clone()).collect()
}

/// Substring search as naive as can be.
fn stands_in(pattern: &str, text: &str) -> bool {
    text.as_bytes().windows(pattern.len()).any(|window| window == pattern.as_bytes())
}

fn searcher(documents: &[Document]) -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    documents.iter().for_each(|document| {
        writer.add(document).expect("a document is indexed");
    });
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

fn exact_hits(searcher: &Searcher<Whole<Vec<u8>>>, query: &str) -> Vec<Hit> {
    let options = SearchOptions { limit: 1000, ..SearchOptions::default() };
    let results = searcher.search(query, &options).expect("a sound index is searched");
    let hits: Vec<Hit> = results.hits.into_iter().filter(|hit| hit.exact).collect();
    assert_eq!(hits.len(), results.total as usize, "total counts the exact hits of {query:?}");
    hits
}

fn ids(hits: &[Hit]) -> BTreeSet<String> {
    hits.iter().map(|hit| hit.id.clone()).collect()
}

/// Checks that each mark covers occurrences of what was typed, from its first to its last character.
fn check_marks(query: &str, text: &str, highlights: &[[u32; 2]]) -> usize {
    let clauses = Query::parse(analyzer(), query).clauses;
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    for &[start, end] in highlights {
        assert!(start >= last && end > start, "marks ascend, apart: {highlights:?}");
        last = end;
        let marked = String::from_utf16(&units[start as usize..end as usize])
            .expect("a mark does not split a surrogate pair");
        let folded = analyzer().folded(&marked);
        // A mark grows to whole graphemes: joined emoji are marked together.
        let fits = |c: &Clause| match marked.contains('\u{200d}') {
            true => folded.contains(&c.pattern),
            false => folded.starts_with(&c.pattern) || folded.ends_with(&c.pattern),
        };
        assert!(clauses.iter().any(fits), "{marked:?} is marked in {text:?} for {query:?}");
    }
    highlights.len()
}

fn check(
    documents: &[Document],
    searcher: &Searcher<Whole<Vec<u8>>>,
    query: &str,
) -> BTreeSet<String> {
    let hits = exact_hits(searcher, query);
    assert_eq!(ids(&hits), naive(documents, query), "{query:?}");
    for hit in &hits {
        let marks = check_marks(query, &hit.title, &hit.title_highlights)
            + check_marks(query, &hit.snippet.text, &hit.snippet.highlights);
        assert!(marks > 0, "nothing is marked in {} for {query:?}", hit.id);
    }
    ids(&hits)
}

/// Every character with others that fold to it alone.
fn variants() -> BTreeMap<char, Vec<char>> {
    let mut variants: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for (source, folded) in Analyzer::full().fold.entries() {
        if let Folded::One(target) = folded {
            variants.entry(target).or_default().push(source);
        }
    }
    variants
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    /// What stands in a document finds it, and only documents in which it stands.
    #[test]
    fn every_substring_is_found(documents in documents()) {
        let searcher = searcher(&documents);
        for document in &documents {
            for field in [&document.title, &document.text] {
                for range in slot_ranges(field, 10) {
                    let query = &field[range];
                    // Typed before a word, `-` is a sign of the query language.
                    if query.contains(" -") || query.contains("\n-") || query.contains('\u{3000}') {
                        continue;
                    }
                    let found = check(&documents, &searcher, query);
                    prop_assert!(found.contains(&document.id), "{:?} in {:?}", query, field);
                }
            }
        }
    }

    /// Snippets of long documents mark what was typed as well, though they see only a part.
    #[test]
    fn long_documents_are_marked(
        texts in prop::collection::vec(texts::text(900), 1..3),
        seed in any::<prop::sample::Index>(),
    ) {
        let document = |(id, text): (usize, &String)| {
            Document { id: id.to_string(), text: text.clone(), ..Document::default() }
        };
        let documents: Vec<Document> = texts.iter().enumerate().map(document).collect();
        let searcher = searcher(&documents);
        for document in &documents {
            let ranges = slot_ranges(&document.text, 5);
            for i in (0..ranges.len()).step_by(ranges.len() / 12 + 1) {
                let query = &document.text[ranges[(i + seed.index(ranges.len())) % ranges.len()].clone()];
                if !query.contains(" -") && !query.contains("\n-") {
                    check(&documents, &searcher, query);
                }
            }
        }
    }

    /// Any query answers, and answers right.
    #[test]
    fn any_query_is_answered(documents in documents(), query in texts::text(12)) {
        check(&documents, &searcher(&documents), &query);
    }

    /// So is any with signs, whether they have a meaning where they stand or not.
    #[test]
    fn any_signs_are_answered(documents in documents(), query in texts::signed(9)) {
        check(&documents, &searcher(&documents), &query);
    }

    /// A query in the other script finds the same.
    #[test]
    fn the_other_script_finds_the_same(documents in documents(), seed in any::<u32>()) {
        let (searcher, variants) = (searcher(&documents), variants());
        for document in &documents {
            for range in slot_ranges(&document.text, 6).into_iter().step_by(7) {
                let query = &document.text[range];
                if !query.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c)) {
                    continue;
                }
                let other: String = query
                    .chars()
                    .map(|c| match analyzer().fold.get(c) {
                        Folded::One(folded) => folded,
                        _ => c,
                    })
                    .map(|c| match variants.get(&c) {
                        Some(others) => others[seed as usize % others.len()],
                        None => c,
                    })
                    .collect();
                let found = ids(&exact_hits(&searcher, &other));
                prop_assert_eq!(found, naive(&documents, query), "{:?} as {:?}", query, other);
            }
        }
    }

    /// The same documents give the same bytes.
    #[test]
    fn writing_is_deterministic(documents in documents()) {
        let write = || {
            let mut writer = IndexWriter::new();
            documents.iter().for_each(|document| { writer.add(document).unwrap(); });
            writer.finish().unwrap()
        };
        prop_assert_eq!(write(), write());
    }

    /// The tables that travel analyze the corpus as the full ones do.
    #[test]
    fn the_tables_in_an_index_suffice(documents in documents()) {
        let searcher = searcher(&documents);
        for document in &documents {
            let travelling = searcher.reader().analyzer().folded(&document.text);
            prop_assert_eq!(travelling, analyzer().folded(&document.text));
        }
    }
}
