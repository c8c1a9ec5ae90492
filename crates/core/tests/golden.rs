//! The bytes of an index: the same on every machine, and opened forever.
//!
//! `SUOYIN_BLESS=1 cargo test -p suoyin-core --test golden` writes the file of the current version
//! anew; those of older versions are never written again.

#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;
use suoyin_core::{
    Accepted, Document, Error, FORMAT_VERSION, Filter, IndexWriter, Positions, SearchOptions,
    SearchResults, Searcher, Section, ShardSizes, Sort, Weight,
};

fn path(version: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}.suoyin"))
}

/// The folder of the same index in shards, as they are before they are packed.
fn shards_path(version: u32) -> PathBuf {
    path(version).with_extension("shards")
}

/// Every script, every kind of term, each optional field once.
fn documents() -> Vec<Document> {
    let document = |id: &str, title: &str, text: &str| Document {
        id: id.into(),
        url: id.into(),
        title: title.into(),
        text: text.into(),
        ..Document::default()
    };
    let mut documents = vec![
        document(
            "网络.md",
            "網絡維護通知",
            "本週六網絡（wǎng）維護，引領(lǐng)時代。\n因地制\n宜，7,400 人次 👍🏽",
        ),
        document(
            "a.html",
            "C++ 入门",
            "用 C++ 写 café 的菜单：don’t panic，３．１４ 米。𠮷野家 ｶﾞﾗｽ",
        ),
        document(
            "k.txt",
            "한국어 안내",
            "도서관은 \u{1112}\u{1161}\u{11ab}국어로 검색할 수 있습니다。网络里也可以。",
        ),
        document("empty.txt", "", ""),
    ];
    documents[1].url = "https://example.org/a.html".into();
    documents[1].meta =
        [("author".into(), "某".into()), ("date".into(), "2026-01-02".into())].into();
    documents[0].facets = [("tags".into(), vec!["通知".into(), "网络".into()])].into();
    documents[1].facets = [
        ("date".into(), vec!["2026-01-02".into()]),
        ("tags".into(), vec!["入门".into(), "通知".into()]),
    ]
    .into();
    documents[2].facets = [("date".into(), vec!["2026-01-10 08:00".into()])].into();
    documents[0].weighted = vec![(3..9, Weight::DEMOTED), (51..57, Weight::new(2.0))];
    documents[2].weight = Weight::new(0.5);
    documents[1].sections = vec![
        Section { title: "菜单".into(), anchor: "menu".into(), start: 0 },
        Section { title: "圆周率".into(), anchor: "".into(), start: 30 },
    ];
    documents
}

#[test]
fn the_same_documents_give_the_same_bytes_which_are_opened() {
    let mut writer = IndexWriter::new();
    for document in documents() {
        writer.add(&document).expect("a document is indexed");
    }
    let index = writer.finish().expect("an index is written");
    if std::env::var_os("SUOYIN_BLESS").is_some() {
        std::fs::write(path(FORMAT_VERSION), &index).expect("the golden file is written");
    }
    let golden = std::fs::read(path(FORMAT_VERSION)).expect("the golden file is there");
    assert!(
        index == golden,
        "the bytes changed: raise FORMAT_VERSION, or bless if it is unreleased"
    );
    let searcher = Searcher::open(golden).expect("it opens");
    searcher.reader().verify().expect("it is sound");
    check_answers(|query, options| searcher.search(query, options).expect("an answer"));
}

#[test]
fn the_same_goes_for_shards() {
    let mut writer = IndexWriter::with_positions(Positions::Keep);
    for document in documents() {
        writer.add(&document).expect("a document is indexed");
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let sizes = ShardSizes { terms: 300, documents: 200 };
    let root = writer.finish_shards(sizes, |name, shard| {
        files.push((name, shard));
        Ok::<_, Error>(())
    });
    files.push(("root".to_owned(), root.expect("an index is written").bytes));
    let folder = shards_path(FORMAT_VERSION);
    if std::env::var_os("SUOYIN_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        for (name, bytes) in &files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, bytes).expect("the golden file is written");
        }
    }
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the golden file is there");
    for (name, bytes) in &files {
        assert!(*bytes == read(name), "{name}: the bytes changed: as above");
    }
    let mut searcher = Searcher::open_root(read("root")).expect("it opens");
    for name in searcher.shard_names() {
        searcher.load(&name, read(&name)).expect("it is loaded");
    }
    searcher.verify().expect("it is sound");
    check_answers(|query, options| searcher.search(query, options).expect("an answer"));
}

fn check_answers(search: impl Fn(&str, &SearchOptions) -> SearchResults) {
    for (query, ids) in [
        ("网络", &["k.txt", "网络.md"][..]),
        ("引领时代", &["网络.md"]),
        ("因地制宜", &["网络.md"]),
        ("cafe", &["a.html"]),
        ("ガラス", &["a.html"]),
        ("한국어", &["k.txt"]),
    ] {
        let hits = search(query, &SearchOptions::default()).hits;
        let mut found: Vec<&str> =
            hits.iter().filter(|hit| hit.exact).map(|hit| hit.id.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ids, "{query}");
    }
    let notices = Filter { field: "tags".into(), accepts: Accepted::Value("通知".into()) };
    let options = SearchOptions {
        filters: vec![notices],
        sort: Some(Sort::parse("date")),
        facets: vec!["date".into(), "tags".into()],
        ..SearchOptions::default()
    };
    let results = search("", &options);
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["a.html", "网络.md"]);
    let counts: Vec<String> = results
        .facets
        .iter()
        .flat_map(|(field, counts)| {
            counts.iter().map(move |facet| format!("{field}: {} {}", facet.value, facet.count))
        })
        .collect();
    assert_eq!(counts, ["date: 2026-01-02 1", "tags: 通知 2", "tags: 入门 1", "tags: 网络 1"]);
}
