//! Other words for the same thing: which travel, what they find, and where it ranks.

#![cfg(not(target_arch = "wasm32"))]

mod in_shards;

use in_shards::InShards;
use std::collections::BTreeSet;
use suoyin_core::{
    Analyzer, Document, Error, IndexWriter, Parameters, Positions, SearchOptions, SearchResults,
    Searcher, ShardSizes, Whole,
};

fn documents(texts: &[&str]) -> Vec<Document> {
    let document = |(id, text): (usize, &&str)| Document {
        id: id.to_string(),
        text: (*text).to_owned(),
        ..Document::default()
    };
    texts.iter().enumerate().map(document).collect()
}

fn writer(texts: &[&str], synonyms: &[[&str; 2]], positions: Positions) -> IndexWriter {
    let mut writer = IndexWriter::with_positions(positions);
    writer.set_ranking(&Parameters::AS_IN_SHARDS);
    for document in documents(texts) {
        writer.add(&document).expect("a document is indexed");
    }
    for [word, other] in synonyms {
        writer.add_synonym(word, other).expect("a synonym");
    }
    writer
}

fn whole(texts: &[&str], synonyms: &[[&str; 2]]) -> Searcher<Whole<Vec<u8>>> {
    let index = writer(texts, synonyms, Positions::Drop).finish().expect("an index");
    Searcher::open(index).expect("a sound one")
}

fn answer(searcher: &Searcher<Whole<Vec<u8>>>, query: &str) -> SearchResults {
    searcher.search(query, &SearchOptions::default()).expect("an answer")
}

const TEXTS: [&str; 7] = [
    "先连接网络，再安装软件",
    "網路與軟體，請安裝",
    "网络里的软体",
    "安装 PC 三台，计算机房在二楼",
    "电脑房，machine learning 入门",
    "机器学习，安装电脑",
    "软垫、网球和体育",
];
const SYNONYMS: [[&str; 2]; 3] =
    [["电脑", "计算机"], ["电脑", "PC"], ["机器学习", "machine learning"]];

/// Every way to say `query`, one replacement after the other: as naive as can be.
fn ways(query: &str) -> BTreeSet<String> {
    let pairs = [
        ["软件", "软体"],
        ["软体", "软件"],
        ["网络", "网路"],
        ["网路", "网络"],
        ["电脑", "计算机"],
        ["电脑", " PC "],
        ["机器学习", " machine learning "],
    ];
    let mut ways = BTreeSet::from([query.to_owned()]);
    for (at, _) in query.char_indices() {
        for [word, other] in pairs.iter().filter(|[word, _]| query[at..].starts_with(word)) {
            let rest = self::ways(&query[at + word.len()..]);
            ways.extend(rest.iter().map(|rest| format!("{}{other}{rest}", &query[..at])));
        }
    }
    ways
}

#[test]
fn what_stands_in_some_wording_comes_behind_the_exact() {
    let (searcher, analyzer) = (whole(&TEXTS, &SYNONYMS), Analyzer::full());
    let stands =
        |clause: &str, text: &str| analyzer.folded(text).contains(&analyzer.folded(clause));
    let queries = [
        "软件",
        "网路",
        "网络里的软件",
        "再安装软体",
        "网络 软体",
        "电脑",
        "电脑房",
        "机器学习",
        "安装 电脑",
    ];
    for query in queries {
        let results = answer(&searcher, query);
        let mut tiers: [BTreeSet<usize>; 2] = Default::default();
        for (id, text) in TEXTS.iter().enumerate() {
            let every = |say: &dyn Fn(&str) -> BTreeSet<String>| {
                query.split(' ').all(|clause| say(clause).iter().any(|way| stands(way, text)))
            };
            if every(&|clause| [clause.to_owned()].into()) {
                tiers[0].insert(id);
            } else if every(&ways) {
                tiers[1].insert(id);
            }
        }
        let ids: Vec<usize> =
            results.hits.iter().map(|hit| hit.id.parse().expect("ours")).collect();
        let (exact, related) = ids.split_at(tiers[0].len());
        let found = |ids: &[usize]| ids.iter().copied().collect::<BTreeSet<usize>>();
        assert_eq!(found(exact), tiers[0], "{query}");
        assert_eq!(results.total as usize, exact.len(), "{query}");
        // It counts more than the rest, which here is enough.
        assert_eq!(found(&related[..tiers[1].len()]), tiers[1], "{query}: {ids:?}");
        assert!(!tiers[1].is_empty() && !results.expanded.is_empty(), "{query}");
    }
}

#[test]
fn few_documents_with_the_typed_word_do_not_outweigh_the_many_with_the_other() {
    // The first is the only one to say 软件, of which all others write, too.
    let mut texts = vec!["软件、软件和软件", "軟體和设置"];
    texts.extend(["軟體和其他"; 20]);
    let results = answer(&whole(&texts, &[]), "软件设置");
    assert_eq!(results.hits[0].id, "1");
}

#[test]
fn one_character_stands_for_a_word() {
    let searcher = whole(&["车", "开车", "汽车", "自行车 汽 车"], &[["车", "汽车"]]);
    for query in ["车", "汽车", "开车", "车 汽车"] {
        let results = answer(&searcher, query);
        assert!(results.total > 0, "{query}");
        assert!(results.hits.iter().all(|hit| hit.score > 0.0), "{query}: {results:?}");
    }
}

#[test]
fn shards_widen_as_the_whole_does() {
    let writer = writer(&TEXTS, &SYNONYMS, Positions::Keep);
    let shards = InShards::of(writer, ShardSizes { terms: 60, documents: 1 });
    let whole = whole(&TEXTS, &SYNONYMS);
    for query in ["软件", "网络里的软件", "網路 軟件", "电脑房", "机器学习入门", "安装 -电脑"]
    {
        let results = shards.search(&mut shards.open(), query, &SearchOptions::default());
        let (results, _) = results.expect("an answer");
        assert_eq!(results, answer(&whole, query), "{query}");
    }
}

#[test]
fn only_pairs_whose_other_word_can_be_found_travel() {
    let searcher = whole(&["软件与软垫", "一体"], &[["程式", "软件"], ["程序", "应用"]]);
    let synonyms = searcher.reader().synonyms();
    assert!(synonyms.contains(&("程式".to_owned(), "软件".to_owned())), "{synonyms:?}");
    assert!(synonyms.contains(&("软体".to_owned(), "软件".to_owned())), "{synonyms:?}");
    assert!(synonyms.iter().all(|(_, other)| other == "软件"), "{synonyms:?}");
    let mut plain = writer(&["软件"], &[], Positions::Drop);
    plain.set_regional(false);
    let plain = Searcher::open(plain.finish().expect("an index")).expect("a sound one");
    assert!(plain.reader().synonyms().is_empty());
}

#[test]
fn words_that_no_document_has_fold_all_the_same() {
    // 體 folds to 体, which stands in no document.
    let searcher = whole(&["软件"], &[]);
    let results = answer(&searcher, "軟體");
    assert_eq!((results.total, results.related), (0, 1));
    assert_eq!((&*results.expanded[0].word, &*results.expanded[0].by), ("軟體", "软件"));
    assert_eq!(results.hits[0].snippet.highlights, [[0, 2]]);
}

#[test]
fn what_cannot_be_a_synonym_is_refused() {
    let mut writer = IndexWriter::new();
    for [word, other] in [["网络", "網絡"], ["", "软件"], ["软件", "——"]] {
        assert!(matches!(writer.add_synonym(word, other), Err(Error::Refused { .. })), "{word}");
    }
}
