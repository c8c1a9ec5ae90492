//! Words with a stem in common: which stand for which, what they find, and where it ranks.

#![cfg(not(target_arch = "wasm32"))]

mod in_shards;

use in_shards::InShards;
use proptest::prelude::*;
use std::collections::BTreeSet;
use suoyin_core::{
    Document, IndexReader, IndexWriter, Positions, SearchOptions, SearchResults, Searcher,
    ShardSizes, Whole,
};

/// Stems as simple as can be, which suit the words below.
fn stem(word: &str) -> String {
    let endings = ["ing", "ed", "es", "er", "s", "e"];
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending));
    stem.unwrap_or(word).to_owned()
}

fn documents(texts: &[impl AsRef<str>]) -> Vec<Document> {
    let document = |(id, text): (usize, &_)| Document {
        id: id.to_string(),
        text: AsRef::<str>::as_ref(text).to_owned(),
        ..Document::default()
    };
    texts.iter().enumerate().map(document).collect()
}

fn stemmed(texts: &[impl AsRef<str>]) -> IndexWriter {
    with_stemmers(texts, Positions::Drop, &[stem])
}

fn with_stemmers(
    texts: &[impl AsRef<str>],
    positions: Positions,
    stemmers: &[fn(&str) -> String],
) -> IndexWriter {
    let mut writer = IndexWriter::with_positions(positions);
    stemmers.iter().copied().for_each(|stem| writer.add_stemmer(stem));
    for document in documents(texts) {
        writer.add(&document).expect("a document is indexed");
    }
    writer
}

fn open(writer: IndexWriter) -> Searcher<Whole<Vec<u8>>> {
    Searcher::open(writer.finish().expect("an index")).expect("a sound one")
}

fn answer(searcher: &Searcher<Whole<Vec<u8>>>, query: &str) -> SearchResults {
    searcher.search(query, &SearchOptions::default()).expect("an answer")
}

fn ids(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Words that stand for others, each with those, as letters.
fn pairs(index: &[u8]) -> BTreeSet<(String, String)> {
    let reader = IndexReader::open(index).expect("a sound index");
    let letters = |word: &str| word.trim_matches(['\u{2}', '\u{3}']).to_owned();
    reader.synonyms().iter().map(|(word, other)| (letters(word), letters(other))).collect()
}

const TEXTS: [&str; 6] = [
    "Searching is what a reader does.",
    "Nothing SEARCHES by itself; 搜索 does.",
    "A search, and another search",
    "The sea is wide",
    "Wideness of seas, and 4 s of mp3s",
    "researching",
];

#[test]
fn forms_of_a_word_come_behind_the_exact_and_before_the_rest() {
    let searcher = open(stemmed(&TEXTS));
    let results = answer(&searcher, "searches");
    assert_eq!((results.total, results.related), (1, 2));
    assert_eq!(ids(&results), ["1", "2", "0"]);
    let by: Vec<&str> = results.expanded.iter().map(|expansion| expansion.by.as_str()).collect();
    assert_eq!(by, ["search", "searching"]);
    let snippet = &results.hits[2].snippet;
    assert_eq!(snippet.highlights, [[0, 9]], "{}", snippet.text);

    // Every clause stands in some form of it; then what has one of them.
    let results = answer(&searcher, "wide seas");
    assert_eq!((results.total, ids(&results)), (0, vec!["3", "4"]));
}

#[test]
fn a_word_that_no_document_has_gets_no_forms() {
    let texts = ["lanterns are lit", "a lantern", "walks"];
    let searcher = open(stemmed(&texts));
    // It is corrected as any other word, by its letters; what it may stand for has no part in that.
    let results = answer(&searcher, "lanternes");
    assert_eq!((results.total, ids(&results)), (0, vec!["0"]));
    let results = answer(&searcher, "walking");
    assert_eq!((results.total, results.hits.len()), (0, 0));
}

#[test]
fn of_many_forms_those_stand_for_the_others_that_most_documents_have() {
    let mut texts: Vec<String> = ('a'..='p').map(|c| format!("stem{c}")).collect();
    texts.extend(["stemd stemp".to_owned(), "another stemd".to_owned(), "root".to_owned()]);
    let mut writer = with_stemmers(&texts, Positions::Drop, &[|word| word[..4].to_owned()]);
    for other in ["root", "stemn"] {
        writer.add_synonym("stema", other).expect("a synonym");
    }
    let pairs = pairs(&writer.finish().expect("an index"));
    let others = |word: &str| -> Vec<&str> {
        pairs.iter().filter(|(one, _)| one == word).map(|(_, other)| other.as_str()).collect()
    };
    // Those eight that most documents have, then by their letters.
    assert_eq!(
        others("stemo"),
        ["stema", "stemb", "stemc", "stemd", "steme", "stemf", "stemg", "stemp"]
    );
    assert_eq!(others("stemb"), ["stema", "stemc", "stemd", "steme", "stemf", "stemg", "stemp"]);
    assert_eq!(
        others("stema"),
        ["root", "stemb", "stemc", "stemd", "steme", "stemf", "stemg", "stemn", "stemp"]
    );
}

#[test]
fn stemmers_add_to_one_another() {
    let without_n = |word: &str| word.strip_suffix('n').unwrap_or(word).to_owned();
    let texts = ["walks walked strassen gehen 1s s", "STRASSE"];
    let writer = with_stemmers(&texts, Positions::Drop, &[stem, without_n]);
    let found = pairs(&writer.finish().expect("an index"));
    assert_eq!(found, both_ways(&[("walks", "walked"), ("strasse", "strassen")]));
}

fn both_ways(expected: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let both = expected.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
    both.map(|(one, other)| (one.to_owned(), other.to_owned())).collect()
}

#[test]
fn stemmers_see_words_as_most_documents_spell_them() {
    // The index has informacion, in whichever case and form.
    let stem = |word: &str| match word {
        "información" | "informaciones" => "inform".to_owned(),
        "ｉｎｆｏ" => panic!("a form of letters for compatibility"),
        other => other.to_owned(),
    };
    let texts =
        ["Información", "INFORMACIÓN", "informacion", "Informàcion", "informaciones ｉｎｆｏ"];
    for texts in [&texts[..], &[&texts[2..], &texts[..2]].concat()] {
        let writer = with_stemmers(texts, Positions::Drop, &[stem]);
        let found = pairs(&writer.finish().expect("an index"));
        assert_eq!(found, both_ways(&[("informacion", "informaciones")]));
    }
}

#[test]
fn segments_made_elsewhere_give_the_same() {
    let texts = ["Información", "informaciones", "informacion"];
    let mut writer = IndexWriter::new();
    writer.add_stemmer(|word| word.chars().filter(char::is_ascii).take(6).collect());
    let mut builder = writer.segment_builder();
    for document in documents(&texts) {
        builder.add(&document).expect("a document is indexed");
        writer.add_segment(builder.finish()).expect("a segment");
    }
    let stem: fn(&str) -> String = |word| word.chars().filter(char::is_ascii).take(6).collect();
    let one = with_stemmers(&texts, Positions::Drop, &[stem]).finish().expect("an index");
    assert!(one == writer.finish().expect("an index"));
    assert_eq!(pairs(&one), both_ways(&[("informacion", "informaciones")]));
}

#[test]
fn an_index_without_forms_is_that_without_stemmers() {
    let texts = ["walks", "一行文字", "searching"];
    let with = stemmed(&texts).finish().expect("an index");
    assert!(with == with_stemmers(&texts, Positions::Drop, &[]).finish().expect("an index"));
}

#[test]
fn shards_have_the_forms_that_the_whole_has() {
    let writer = with_stemmers(&TEXTS, Positions::Keep, &[stem]);
    let shards = InShards::of(writer, ShardSizes { terms: 40, documents: 1 });
    let whole = open(stemmed(&TEXTS));
    for query in ["searches", "wide seas", "searching search", "\"searches by\"", "none"] {
        let results = shards.search(&mut shards.open(), query, &SearchOptions::default());
        let (results, _) = results.expect("an answer");
        assert_eq!(results, answer(&whole, query), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words with the same stem find each other, and no others do.
    #[test]
    fn words_stand_for_those_with_their_stem(
        texts in prop::collection::vec(
            prop::collection::vec("(walk|search|sea|wid|文)(ing|ed|es|er|s|e|3|)", 1..6),
            1..6,
        ),
    ) {
        let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
        let words: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
        let stands = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut expected = BTreeSet::new();
        for one in words.iter().filter(stands) {
            for other in words.iter().filter(stands).filter(|other| *other != one) {
                if stem(one) == stem(other) {
                    expected.insert(((*one).to_owned(), (*other).to_owned()));
                }
            }
        }
        // What stands behind 文 is a word of its own.
        let index = stemmed(&texts).finish().expect("an index");
        let found: BTreeSet<_> = pairs(&index);
        let missing: Vec<_> = expected.difference(&found).collect();
        prop_assert!(missing.is_empty(), "{missing:?}");
        for (one, other) in &found {
            prop_assert_eq!(stem(one), stem(other));
        }
        let searcher = open(stemmed(&texts));
        for (one, other) in &expected {
            let results = searcher.search(one, &SearchOptions { limit: 9, ..Default::default() });
            let results = results.expect("an answer");
            let has = |text: &str, word: &str| text.split(' ').any(|each| each == word);
            let exact = texts.iter().filter(|text| has(text, one)).count();
            prop_assert_eq!(results.total as usize, exact);
            for (id, text) in texts.iter().enumerate().filter(|(_, text)| has(text, other)) {
                let found = ids(&results).contains(&id.to_string().as_str());
                prop_assert!(found, "{one} does not find {text}");
            }
        }
    }
}
