//! What counts more or less: by the index, by the query, and by what only texts tell.

use std::collections::BTreeMap;
use suoyin_core::{
    Analyzer, Document, IndexWriter, Parameter, Parameters, SearchOptions, Searcher, Section,
    Setting, Whole,
};

fn document(id: usize, title: &str, text: &str) -> Document {
    Document { id: id.to_string(), title: title.into(), text: text.into(), ..Document::default() }
}

fn open(documents: &[Document], settings: &[Setting]) -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    writer.set_ranking(settings);
    documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
    Searcher::open(writer.finish().expect("an index")).expect("a sound one")
}

fn at(values: &[(Parameter, f32)]) -> Vec<Setting> {
    values.iter().map(|&(parameter, value)| parameter.at(value).expect("within bounds")).collect()
}

/// The ids and scores of all hits.
fn scores(
    searcher: &Searcher<Whole<Vec<u8>>>,
    query: &str,
    settings: &[Setting],
) -> Vec<(usize, f32)> {
    let options =
        SearchOptions { limit: 1000, ranking: settings.to_vec(), ..SearchOptions::default() };
    let results = searcher.search(query, &options).expect("an answer");
    results.hits.iter().map(|hit| (hit.id.parse().expect("a number"), hit.score)).collect()
}

/// Texts of a few characters, all with both bigrams of the query, of many lengths.
fn texts() -> Vec<Document> {
    let rest: Vec<char> = "网络维护通知书站线電腦".chars().collect();
    let text = |at: usize| {
        let more = (0..at * 7 % 29).map(|i| rest[(i * 5 + at * 3) % rest.len()]);
        format!("网络站长{}", String::from_iter(more))
    };
    let mut texts: Vec<Document> =
        (0..50).map(|at| document(at, ["", "网站", "络"][at % 3], &text(at))).collect();
    texts.push(document(50, "网络站长", ""));
    texts
}

#[test]
fn lengths_count_more_where_there_are_no_titles_unless_the_index_is_told_otherwise() {
    let untitled: Vec<Document> = (0..3).map(|id| document(id, "", "网络")).collect();
    let titled: Vec<Document> = (0..3).map(|id| document(id, ["", "", "网"][id], "网络")).collect();
    let b = |documents: &[Document], settings: &[Setting]| {
        open(documents, settings).reader().stats().ranking.value(Parameter::B)
    };
    assert_eq!((b(&untitled, &[]), b(&titled, &[])), (0.75, 0.5));
    assert_eq!(b(&untitled, &at(&[(Parameter::B, 0.5)])), 0.5);
}

#[test]
fn a_query_may_rank_as_another_index_would() {
    let documents = texts();
    let plain = open(&documents, &[]);
    for settings in [
        at(&[(Parameter::K1, 2.0)]),
        at(&[(Parameter::B, 0.0), (Parameter::Title, 5.0)]),
        at(&[(Parameter::Characters, 0.0)]),
        at(&[(Parameter::Characters, 2.0), (Parameter::K1, 0.1), (Parameter::B, 1.0)]),
    ] {
        let own = open(&documents, &settings);
        let there = scores(&own, "网络站长", &[]);
        assert_eq!(scores(&plain, "网络站长", &settings), there, "{settings:?}");
        assert_ne!(scores(&plain, "网络站长", &[]), there, "{settings:?}");
    }
}

/// The best thirty, with the characters counted naively.
#[test]
fn characters_count_in_the_best() {
    let documents = texts();
    let searcher = open(&documents, &[]);
    let without = scores(&searcher, "网络站长", &Parameters::AS_IN_SHARDS);
    let with: BTreeMap<usize, f32> = scores(&searcher, "网络站长", &[]).into_iter().collect();
    let analyzer = Analyzer::full();
    let terms = |text: &str| {
        let mut count = 0;
        analyzer.terms(text, suoyin_core::analysis::Side::Index, &mut |_, _| count += 1);
        count as f32
    };
    let count = documents.len() as f32;
    let mean = |field: fn(&Document) -> &str| {
        documents.iter().map(|d| terms(field(d))).sum::<f32>() / count
    };
    let fields: [fn(&Document) -> &str; 2] = [|d| &d.text, |d| &d.title];
    for (place, &(doc, score)) in without.iter().enumerate() {
        let mut expected = score;
        for c in "网络站长".chars().filter(|_| place < 30) {
            // In how many documents it stands is guessed from its bigrams.
            let bigrams: f32 = documents
                .iter()
                .map(|d| {
                    let mut with = std::collections::BTreeSet::new();
                    for text in [&d.text, &d.title] {
                        let chars: Vec<char> = analyzer.folded(text).chars().collect();
                        for (i, _) in chars.iter().enumerate().filter(|(_, one)| **one == c) {
                            with.insert(chars.get(i + 1).copied());
                        }
                    }
                    with.len() as f32
                })
                .sum();
            let doc_freq = bigrams * count / (bigrams + count);
            let idf = (1.0 + (count - doc_freq + 0.5) / (doc_freq + 0.5)).ln();
            for field in fields {
                let text = field(&documents[doc]);
                let tf = analyzer.folded(text).chars().filter(|&one| one == c).count() as f32;
                let length = text.len() as f32 / 3.0 / mean(field);
                expected += 0.55 * idf * tf * 1.9 / (tf + 0.9 * (0.5 + 0.5 * length));
            }
        }
        assert!(
            (with[&doc] - expected).abs() < 1e-4 * expected,
            "{doc}: {} {expected}",
            with[&doc]
        );
    }
}

#[test]
fn a_heading_that_is_the_clause_counts() {
    let mut documents: Vec<Document> =
        (0..9).map(|id| document(id, "", &format!("其他{id}\n停电通知\n周六停电"))).collect();
    let section = |title: &str| Section { title: title.into(), anchor: String::new(), start: 8 };
    documents[4].sections.push(section("停電通知"));
    documents[6].sections.push(section("停电通知单"));
    let searcher = open(&documents, &[]);
    let ranked = scores(&searcher, "停电通知", &[]);
    assert_eq!(ranked[0].0, 4, "the heading is the query, in the other script");
    assert!(ranked[0].1 > ranked[1].1);
    assert_eq!(ranked[1].0, 0, "one that only begins so is no better than none");
    let without = scores(&searcher, "停电通知", &at(&[(Parameter::Headings, 0.0)]));
    assert_eq!(without[0].0, 0);
}

#[test]
fn the_script_that_was_typed_decides_between_equals() {
    let documents = [
        document(0, "", "圖書館開放時間"),
        document(1, "", "图书馆开放时间"),
        document(2, "", "図書館開放時間"),
        document(3, "", "圖書館開放時間。圖書館。圖書館。"),
    ];
    let searcher = open(&documents, &[]);
    let ids = |query: &str, settings: &[Setting]| -> Vec<usize> {
        scores(&searcher, query, settings).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids("图书", &[]), [3, 1, 0, 2], "what answers better comes first all the same");
    assert_eq!(ids("圖書", &[]), [3, 0, 2, 1]);
    assert_eq!(ids("図書館", &[])[..2], [3, 2]);
    assert_eq!(ids("开放", &Parameters::AS_IN_SHARDS), [0, 1, 2, 3]);
}

#[test]
fn pages_of_hits_are_parts_of_one_order() {
    let searcher = open(&texts(), &[]);
    let all = scores(&searcher, "网络站长", &[]);
    assert_eq!(all.len(), 51);
    for (offset, limit) in [(0, 10), (10, 10), (25, 10), (29, 2), (30, 20), (45, 10)] {
        let options = SearchOptions { limit, offset, ..SearchOptions::default() };
        let page = searcher.search("网络站长", &options).expect("an answer");
        let page: Vec<usize> = page.hits.iter().map(|hit| hit.id.parse().unwrap()).collect();
        let expected: Vec<usize> =
            all.iter().map(|&(doc, _)| doc).skip(offset).take(limit).collect();
        assert_eq!(page, expected, "{offset}, {limit}");
    }
}

#[test]
fn newer_documents_count_more_if_that_is_wanted() {
    let dated = |id: usize, date: &str| {
        let mut document = document(id, "", "周六停电");
        document.facets.insert("date".to_owned(), vec![date.to_owned()]);
        document
    };
    let mut documents = vec![document(0, "", "周六停电")];
    let dates = ["2014", "2023-05-02", "2025-05-01", "2024-05-01", "soon"];
    documents.extend((1..).zip(dates).map(|(id, date)| dated(id, date)));
    let ranked = |half_life: u32| {
        let mut writer = IndexWriter::new();
        writer.set_freshness(half_life);
        documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
        let searcher = Searcher::open(writer.finish().expect("an index")).expect("a sound one");
        scores(&searcher, "停电", &[])
    };
    let ids = |ranked: &[(usize, f32)]| ranked.iter().map(|&(id, _)| id).collect::<Vec<_>>();
    let plain = ranked(0);
    assert_eq!(ids(&plain), [0, 1, 2, 3, 4, 5]);
    let fresh = ranked(365);
    assert_eq!(ids(&fresh), [3, 0, 4, 5, 2, 1], "those without a date stand between");
    // Weights go by twentieths: 1 for the newest, then .75, .625 as .65, and .5.
    let factors: Vec<f32> = fresh.iter().map(|&(_, score)| score / plain[0].1).collect();
    for (factor, expected) in factors.iter().zip([1.0, 0.75, 0.75, 0.75, 0.65, 0.5]) {
        assert!((factor - expected).abs() < 1e-5, "{factors:?}");
    }
}
