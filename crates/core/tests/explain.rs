//! An explanation scores what a search scores.

#![cfg(not(target_arch = "wasm32"))]

use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher, Weight, Whole};

fn searcher() -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    for (id, title, text) in [
        ("a", "文明實踐站", "新時代文明实践站今天开放，文明靠大家。"),
        ("b", "Library hours", "The library is open; libraries lend 文明 librettos."),
        ("c", "乡镇", "实践出真知 library，网络网络网络"),
        ("d", "", "无关"),
        ("e", "網路", "軟體安裝在網路上"),
    ] {
        let (title, text) = (title.to_owned(), text.to_owned());
        let mut document = Document { id: id.to_owned(), title, text, ..Document::default() };
        if id == "c" {
            document.weight = Weight::new(2.5);
            document.weighted = vec![(0..15, Weight::DEMOTED), (15..44, Weight::new(3.0))];
        }
        writer.add(&document).expect("a document is indexed");
    }
    Searcher::open(writer.finish().expect("an index")).expect("a sound one")
}

#[test]
fn the_sum_is_the_score_of_the_hit() {
    let searcher = searcher();
    let mut hits = 0;
    for query in [
        "文明实践",
        "文",
        "文明 library",
        "libr",
        "实践出真知站",
        "“文明靠” -乡镇",
        "龘",
        "网络",
        "软件",
        "网络 软件",
        "安装软件",
    ] {
        let results = searcher.search(query, &SearchOptions::default()).expect("an answer");
        for hit in &results.hits {
            let explanation = searcher.explain(query, &hit.id).expect("a sound index");
            let explanation = explanation.expect("a document");
            let distance = (explanation.score - hit.score).abs();
            assert!(distance <= 1e-5 * hit.score, "{query}: {hit:?} {explanation:#?}");
            hits += 1;
        }
    }
    assert!(hits > 12, "{hits}");
}

#[test]
fn fields_prefixes_and_weights_are_told_apart() {
    let searcher = searcher();
    let of = |query, id| searcher.explain(query, id).expect("a sound index");
    let terms = of("文明实践", "a").expect("a document").terms;
    let names: Vec<&str> = terms.iter().map(|term| term.term.as_str()).collect();
    assert_eq!(names, ["文明", "明实", "实践"]);
    assert_eq!((terms[0].text.term_freq, terms[0].text.doc_freq), (2.0, 2));
    assert_eq!((terms[0].title.term_freq, terms[0].title.doc_freq), (1.0, 1));
    let terms = of("libr", "b").expect("a document").terms;
    let by_prefix: Vec<&str> =
        terms.iter().filter(|term| term.by_prefix).map(|term| term.term.as_str()).collect();
    assert_eq!(by_prefix, ["libraries", "library", "librettos"]);
    let weighted = of("真知 网络", "c").expect("a document");
    assert_eq!(weighted.weight, 2.5);
    let freqs: Vec<f32> = weighted.terms.iter().map(|term| term.text.term_freq).collect();
    assert_eq!(freqs, [0.2, 9.0, 0.0], "one demoted, three of weight three, and no 网路");
    assert!(of("文明", "nowhere").is_none());
}
