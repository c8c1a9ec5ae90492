//! Damaged bytes give an error or an answer, never a panic.

#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use suoyin_core::format::{Kind, Layout, Structure};
use suoyin_core::{
    Accepted, Document, Error, FORMAT_VERSION, Filter, IndexReader, IndexWriter, SearchOptions,
    Searcher, Section, Sort,
};

fn sample() -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (id, text) in
        ["文明實踐，引領(lǐng)時代。Mojito 7,400", "网络與網絡\n\n實踐 app apple 한국어 검색", ""]
            .iter()
            .enumerate()
    {
        let document = Document {
            id: id.to_string(),
            url: format!("{id}.html"),
            title: "文明".into(),
            text: (*text).into(),
            meta: [("date".into(), "2026-01-01".into())].into(),
            facets: [
                ("date".into(), vec![format!("2026-01-0{id}")]),
                ("tags".into(), vec!["通知".into(), format!("标签{id}")]),
            ]
            .into(),
            sections: vec![Section { title: "文明".into(), anchor: "a".into(), start: 0 }],
            ..Document::default()
        };
        writer.add(&document).expect("a document is indexed");
    }
    writer.finish().expect("an index is written")
}

#[test]
fn any_changed_bit_is_noticed() {
    let index = sample();
    IndexReader::open(&index[..]).and_then(|reader| reader.verify()).expect("the sample is sound");
    for at in 0..index.len() {
        for bit in 0..8 {
            let mut damaged = index.clone();
            damaged[at] ^= 1 << bit;
            assert!(IndexReader::open(damaged).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn any_missing_byte_is_noticed() {
    let index = sample();
    for len in 0..index.len() {
        let error = IndexReader::open(&index[..len]).expect_err("a cut index is not opened");
        assert!(
            matches!(error, Error::Truncated { .. } | Error::NotAnIndex),
            "{len} bytes: {error}"
        );
    }
    let longer = [&index[..], &[0]].concat();
    assert!(IndexReader::open(longer).is_err(), "bytes behind the end");
}

#[test]
fn another_version_is_named() {
    let mut index = sample();
    index[8] = 99;
    let error = IndexReader::open(index).expect_err("another version is not opened");
    assert_eq!(error, Error::Version { found: 99, supported: FORMAT_VERSION });
    assert!(error.to_string().contains("version 99"));
    assert_eq!(IndexReader::open(&b"<!DOCTYPE html>"[..]).err(), Some(Error::NotAnIndex));
}

/// Opens, verifies and searches whatever `index` has become.
fn use_all(index: Vec<u8>) {
    let Ok(reader) = IndexReader::open_unchecked(index) else { return };
    let _ = reader.verify();
    let searcher = Searcher::new(reader);
    for query in ["文明实践", "网络", "明", "app", "7400", "한국", "实践 时代 -apple", "引领时代"]
    {
        let _ = searcher.search(query, &SearchOptions::default());
    }
    let range = Accepted::Range { from: Some("2026".into()), to: Some("2026-01-01".into()) };
    let options = SearchOptions {
        filters: vec![Filter { field: "date".into(), accepts: range }],
        sort: Some(Sort::parse("tags:desc")),
        facets: searcher.facets().to_vec(),
        sections: 3,
        ..SearchOptions::default()
    };
    for query in ["", "文明", "-实践"] {
        let _ = searcher.search(query, &options);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..Default::default() })]

    /// Behind a checksum that fits, too: every structure but the term index, which the `fst` crate
    /// reads and which only the checksum guards.
    #[test]
    fn structures_are_checked_one_by_one(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut index = sample();
        let terms = Layout::read(&index, Kind::Index).expect("the sample is sound").range(Structure::Terms);
        for (at, value) in changes {
            let at = at.index(index.len());
            if !terms.contains(&at) {
                index[at] = value;
            }
        }
        use_all(index);
    }
}
