//! An index in shards answers as the same index in one piece does, and notices what is not right.

#![cfg(not(target_arch = "wasm32"))]

mod in_shards;
mod texts;

use in_shards::InShards;
use proptest::prelude::*;
use suoyin_core::{
    Document, Error, IndexWriter, Parameters, Positions, SearchOptions, SearchResults, Searcher,
    Section, ShardSizes, Sharded, Sort, Whole,
};
use texts::{documents, slot_ranges};

/// Shards so small that blocks are split and every document has its own.
const TINY: ShardSizes = ShardSizes { terms: 60, documents: 1 };

fn in_shards(documents: &[Document], sizes: ShardSizes) -> InShards {
    let mut writer = IndexWriter::with_positions(Positions::Keep);
    documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
    InShards::of(writer, sizes)
}

/// The answer of shards, and how often some had to be loaded.
fn answer(
    shards: &InShards,
    searcher: &mut Searcher<Sharded>,
    query: &str,
) -> (SearchResults, usize) {
    let answer = shards.search(searcher, query, &SearchOptions::default());
    let (results, rounds) = answer.unwrap_or_else(|error| panic!("{query:?}: {error}"));
    (results, rounds.len())
}

fn whole(documents: &[Document]) -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    writer.set_ranking(&Parameters::AS_IN_SHARDS);
    documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Every part of every document, with the same hits, scores and snippets.
    #[test]
    fn shards_answer_as_the_whole_does(documents in documents(), one_by_one: bool) {
        let (whole, shards) = (whole(&documents), in_shards(&documents, TINY));
        let mut searcher = shards.open();
        for document in &documents {
            for field in [&document.title, &document.text] {
                for range in slot_ranges(field, 7) {
                    let query = &field[range];
                    if one_by_one {
                        searcher = shards.open();
                    }
                    let (results, rounds) = answer(&shards, &mut searcher, query);
                    let expected = whole.search(query, &SearchOptions::default()).unwrap();
                    prop_assert_eq!(results, expected, "{:?}", query);
                    // Words of a prefix may be spread over many tiny shards.
                    let wordy = query.chars().any(|c| c.is_ascii_alphanumeric());
                    prop_assert!(rounds <= 2 || wordy, "{} rounds for {:?}", rounds, query);
                }
            }
        }
    }

    /// Anything typed.
    #[test]
    fn any_query_is_answered_alike(documents in documents(), query in texts::text(12)) {
        let (whole, shards) = (whole(&documents), in_shards(&documents, TINY));
        let (results, _) = answer(&shards, &mut shards.open(), &query);
        prop_assert_eq!(results, whole.search(&query, &SearchOptions::default()).unwrap());
    }

    /// Anything with signs.
    #[test]
    fn any_signs_are_answered_alike(documents in documents(), query in texts::signed(9)) {
        let (whole, shards) = (whole(&documents), in_shards(&documents, TINY));
        let (results, _) = answer(&shards, &mut shards.open(), &query);
        let expected = whole.search(&query, &SearchOptions::default()).unwrap();
        // Where words lie in many shards, not all are looked at for one typed wrongly.
        if results.expanded == expected.expanded {
            prop_assert_eq!(results, expected);
        } else {
            prop_assert_eq!(results.total, expected.total);
        }
    }

    /// The sizes of shards change nothing but the shards.
    #[test]
    fn any_size_will_do(documents in documents(), terms in 1usize..400, bytes in 1usize..400) {
        let whole = whole(&documents);
        let shards = in_shards(&documents, ShardSizes { terms, documents: bytes });
        for query in ["网络", "文明实践", "app", "文", "的", "a", "7,400 国"] {
            let (results, _) = answer(&shards, &mut shards.open(), query);
            prop_assert_eq!(results, whole.search(query, &SearchOptions::default()).unwrap());
        }
    }
}

/// Gives changed bytes a checksum that fits again; it covers what follows it.
fn reseal(bytes: &mut [u8], checksum: usize) {
    let sum = xxhash_rust::xxh64::xxh64(&bytes[checksum + 8..], 0);
    bytes[checksum..checksum + 8].copy_from_slice(&sum.to_le_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..Default::default() })]

    /// Behind checksums that fit, too, shards and root give an error or an answer, never a panic.
    #[test]
    fn shards_are_checked_one_by_one(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..4,
        ),
        in_root: bool,
    ) {
        let mut shards = in_shards(&sample(), TINY);
        let names: Vec<String> = shards.shards.keys().cloned().collect();
        for (which, at, value) in changes {
            let shard = match in_root {
                true => &mut shards.root,
                false => shards.shards.get_mut(which.get(&names)).expect("a shard"),
            };
            // A root has its checksum behind magic number, version and length.
            let checksum = if in_root { 24 } else { 0 };
            let place = checksum + 8 + at.index(shard.len() - checksum - 8);
            shard[place] = value;
            reseal(shard, checksum);
        }
        let Ok(mut searcher) = Searcher::open_root(shards.root.clone()) else { return Ok(()) };
        let fields = searcher.facets().to_vec();
        let choosy = SearchOptions {
            sort: fields.last().map(|field| Sort::parse(field)),
            facets: fields,
            sections: 2,
            ..SearchOptions::default()
        };
        for query in ["文明实践", "网络", "第1次", "明", "app", "한국", "实践 时代 -apple", "app 한", ""] {
            for round in 0..8 {
                let options = if round < 4 { &SearchOptions::default() } else { &choosy };
                let Err(Error::Missing { shards: missing }) = searcher.search(query, options)
                    else { continue };
                for name in missing {
                    if let Some(shard) = shards.shards.get(&name) {
                        let _ = searcher.load(&name, shard.clone());
                    }
                }
            }
        }
        let _ = searcher.verify();
    }
}

fn sample() -> Vec<Document> {
    let document = |id: usize| Document {
        id: id.to_string(),
        title: "文明".into(),
        text: format!("网络与網絡，第{id}次實踐。app apple 한국어 검색"),
        facets: [
            ("date".into(), vec![format!("2026-01-0{id}")]),
            ("tags".into(), vec!["通知".into(), format!("标签{}", id % 3)]),
        ]
        .into(),
        sections: vec![Section { title: "网络".into(), anchor: "a".into(), start: 0 }],
        ..Document::default()
    };
    (0..9).map(document).collect()
}

#[test]
fn damage_is_noticed() {
    let shards = in_shards(&sample(), TINY);
    let mut searcher = shards.open();
    for (name, shard) in &shards.shards {
        for at in 0..shard.len() {
            let mut damaged = shard.clone();
            damaged[at] ^= 1;
            assert!(searcher.load(name, damaged).is_err(), "byte {at} of {name}");
            assert!(searcher.load(name, shard[..at].to_vec()).is_err(), "{at} bytes of {name}");
        }
        for other in shards.shards.keys().filter(|other| *other != name) {
            assert!(searcher.load(other, shard.clone()).is_err(), "{name} as {other}");
        }
        searcher.load(name, shard.clone()).expect("what is sound is loaded");
    }
    for at in 0..shards.root.len() {
        let mut damaged = shards.root.clone();
        damaged[at] ^= 1;
        assert!(Searcher::open_root(damaged).is_err(), "byte {at} of the root");
    }
}

#[test]
fn all_shards_are_named_and_all_names_are_used() {
    let shards = in_shards(&sample(), TINY);
    let mut names = shards.open().shard_names();
    names.sort_unstable();
    assert!(names.iter().eq(shards.shards.keys()));
    let count = |kind: &str| names.iter().filter(|name| name.contains(kind)).count();
    assert!(count("/terms-") > 3 && count("/terms-") == count("/positions-"), "{names:?}");
    assert_eq!((count("/documents-"), count("/columns-")), (9, 2));
}

#[test]
fn a_change_leaves_the_names_of_what_stays() {
    let names = |documents: &[Document]| in_shards(documents, TINY).open().shard_names();
    let (before, mut changed) = (names(&sample()), sample());
    changed[0].text.push('新');
    let after = names(&changed);
    let stays = |name: &&String| after.contains(name);
    assert!(
        before.iter().filter(stays).all(|name| name.contains("/columns-")),
        "few are one group"
    );
    assert_eq!(before.iter().filter(stays).count(), 2, "the fields are what they were");
    assert_eq!(before, names(&sample()), "the same documents have the same names");
}

#[test]
fn an_index_without_positions_is_refused() {
    let writer = IndexWriter::new();
    let result = writer.finish_shards(TINY, |_, _| Ok::<_, Error>(()));
    assert!(result.is_err_and(|error| error.to_string().contains("needs positions")));
}

#[test]
fn only_a_boundary_is_a_boundary() {
    let texts = [
        "1中8",
        "1+8",
        "中a文",
        "中·文",
        "文明a实践",
        "文明，实践",
        "a한b",
        "a-b",
        "12人们",
        "12个人",
    ];
    let documents: Vec<Document> = texts
        .iter()
        .map(|&text| Document { id: text.into(), text: text.into(), ..Document::default() })
        .collect();
    let (whole, shards) = (whole(&documents), in_shards(&documents, TINY));
    for (query, ids) in [
        ("1-8", &["1+8"][..]),
        ("中-文", &["中·文"]),
        ("\"文明 实践\"", &["文明，实践"]),
        ("a·b", &["a-b"]),
        ("12人", &["12人们"]),
        ("1中8", &["1中8"]),
        ("a한", &["a한b"]),
    ] {
        let (results, _) = answer(&shards, &mut shards.open(), query);
        let exact: Vec<&str> =
            results.hits.iter().filter(|hit| hit.exact).map(|hit| hit.id.as_str()).collect();
        assert_eq!(exact, ids, "{query}");
        assert_eq!(results, whole.search(query, &SearchOptions::default()).unwrap(), "{query}");
    }
}
