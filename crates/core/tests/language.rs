//! The query language: what each sign finds, in an index in one piece and in shards.

#![cfg(not(target_arch = "wasm32"))]

mod in_shards;

use in_shards::InShards;
use suoyin_core::search::query::{LONGEST_SIGNED, Query};
use suoyin_core::{
    Analyzer, Document, Expansion, IndexWriter, Parameters, Positions, SearchOptions,
    SearchResults, Searcher, ShardSizes, Whole,
};

fn document(id: &str, title: &str, text: &str) -> Document {
    let (id, title, text) = (id.into(), title.into(), text.into());
    Document { id, title, text, ..Document::default() }
}

fn writer(documents: &[Document]) -> IndexWriter {
    let mut writer = IndexWriter::with_positions(Positions::Keep);
    writer.set_ranking(&Parameters::AS_IN_SHARDS);
    documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
    writer
}

fn whole(documents: &[Document]) -> Searcher<Whole<Vec<u8>>> {
    Searcher::open(writer(documents).finish().expect("an index")).expect("a sound one")
}

/// The answer of the same documents in shards, opened anew.
fn in_shards(documents: &[Document], query: &str) -> SearchResults {
    let shards = InShards::of(writer(documents), ShardSizes { terms: 100, documents: 1 });
    let answer = shards.search(&mut shards.open(), query, &SearchOptions::default());
    answer.unwrap_or_else(|error| panic!("{query}: {error}")).0
}

fn exact_ids(results: &SearchResults) -> Vec<&str> {
    let hits = results.hits.iter().filter(|hit| hit.exact);
    let mut ids: Vec<&str> = hits.map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

/// What is marked in titles and snippets of the exact hits, in their order.
fn marked(results: &SearchResults) -> Vec<String> {
    let mut marked = Vec::new();
    for hit in results.hits.iter().filter(|hit| hit.exact) {
        for (text, marks) in
            [(&hit.title, &hit.title_highlights), (&hit.snippet.text, &hit.snippet.highlights)]
        {
            let units: Vec<u16> = text.encode_utf16().collect();
            let mark = |&[start, end]: &[u32; 2]| {
                String::from_utf16_lossy(&units[start as usize..end as usize])
            };
            marked.extend(marks.iter().map(mark));
        }
    }
    marked
}

/// Each query with the ids of its exact hits, ascending.
fn check(documents: &[Document], cases: &[(&str, &[&str])]) {
    let whole = whole(documents);
    for &(query, expected) in cases {
        let results = whole.search(query, &SearchOptions::default()).expect("an answer");
        assert_eq!(exact_ids(&results), expected, "{query}");
        assert_eq!(results.total as usize, expected.len(), "{query}");
        let sharded = in_shards(documents, query);
        assert_eq!(exact_ids(&sharded), expected, "{query} in shards");
        assert_eq!(marked(&sharded), marked(&results), "{query}");
    }
}

#[test]
fn bars_stand_between_alternatives() {
    let documents = [
        document("a", "", "网络安装说明"),
        document("b", "", "網站的維護"),
        document("c", "", "網站安裝"),
        document("d", "", "安装 a|b 与 x || y"),
        document("e", "", "network manual"),
    ];
    check(
        &documents,
        &[
            ("网络|網站", &["a", "b", "c"]),
            ("网络｜网站 安装", &["a", "c"]),
            ("安装 网络 | 网站", &["a", "c"]),
            ("网络|网站|manual", &["a", "b", "c", "e"]),
            ("\"网站的\"|\"network manual\"", &["b", "e"]),
            ("网络|安装 -网站", &["a", "d"]),
            ("安装 -网络|网站", &["d"]),
            ("网络|不存在", &["a"]),
            ("不存在|没有", &[]),
            // Bars that have nothing on one side, or another bar.
            ("网络|", &["a"]),
            ("|网络", &["a"]),
            ("|", &[]),
            (" | 网络 | ", &["a"]),
            ("x||y", &["d"]),
            ("网络| -安装", &[]),
        ],
    );
}

#[test]
fn titles_are_searched_alone() {
    let documents = [
        document("a", "图书馆", "借书。"),
        document("b", "開放時間", "圖書館的開放時間，图书馆"),
        document("c", "书馆图书 - 图书馆", "无"),
        document("d", "图书 书馆", "图书馆在这里"),
        document("e", "Library rules", "书"),
        document("f", "图书 书馆 图书馆", "图书馆"),
        document("g", "图书 书馆 library", "x library rules 图书馆"),
    ];
    check(
        &documents,
        &[
            ("title:图书馆", &["a", "c", "f"]),
            ("TITLE：圖書館", &["a", "c", "f"]),
            ("标题:图书", &["a", "c", "d", "f", "g"]),
            ("標題：library", &["e", "g"]),
            ("title:\"library rules\"", &["e"]),
            ("title:lib*", &["e", "g"]),
            ("title:书", &["a", "c", "d", "f", "g"]),
            ("title:图书馆 图书馆", &["a", "c", "f"]),
            ("图书馆 -title:图书馆", &["b", "d", "g"]),
            ("title:图书馆|rules", &["a", "c", "e", "f"]),
            ("title:开放 时间", &["b"]),
            ("title:的", &[]),
            // Without anything to stand there it is text.
            ("title:", &[]),
            ("title:*", &[]),
            ("title: library", &[]),
            ("标题：", &[]),
            ("subtitle:library", &[]),
        ],
    );
    let texts = [document("a", "b", "the title: of it, title")];
    check(&texts, &[("title:", &["a"]), ("title: of", &["a"]), ("title:of", &[])]);
}

#[test]
fn a_star_ends_the_beginning_of_a_word() {
    let documents = [
        document("a", "", "the library opens"),
        document("b", "", "Libraries open at nine"),
        document("c", "", "安装library"),
        document("d", "", "lib 2 libs, 4*3 c++"),
        document("e", "", "安装 librettos"),
        document("f", "", "the old library"),
    ];
    check(
        &documents,
        &[
            ("libr*", &["a", "b", "c", "e", "f"]),
            ("Libr＊", &["a", "b", "c", "e", "f"]),
            ("lib*", &["a", "b", "c", "d", "e", "f"]),
            ("\"the libr*\"", &["a"]),
            ("the libr*", &["a", "f"]),
            ("the libr* -old", &["a"]),
            ("安装libr*", &["c", "e"]),
            ("libs*", &["d"]),
            ("libx*", &[]),
            ("librettos*|nine*", &["b", "e"]),
            ("安*", &["c", "e"]),
            ("c+*", &[]),
            // No word before it, or more behind it.
            ("*", &[]),
            ("* library", &["a", "c", "f"]),
            ("4*3", &["d"]),
            ("lib*s", &[]),
        ],
    );
    let results = whole(&documents).search("安装libr*", &SearchOptions::default()).expect("hits");
    let mut marks = marked(&results);
    marks.sort();
    assert_eq!(marks, ["安装 librettos", "安装library"], "whole words are marked");
}

#[test]
fn a_beginning_stands_for_so_many_words() {
    let text = (0..1500).map(|i| format!("w{i:04} ")).collect::<String>();
    let documents =
        [document("a", "", "w0000"), document("b", "", "w1499 wz"), document("c", "", &text)];
    check(&documents, &[("w*", &["a", "c"]), ("w1*", &["b", "c"]), ("wz*", &["b"])]);
}

#[test]
fn dates_are_found_however_they_are_written() {
    let documents = [
        document("a", "", "发布于2023年2月8日。"),
        document("b", "", "Posted 2023-02-08 by"),
        document("c", "", "更新 ２０２３/２/８ 完"),
        document("d", "", "日期：2023.02.08"),
        document("e", "", "2023 年 2 月 8 日"),
        document("f", "", "2023年02月08號"),
        document("g", "", "2023-02-09，2023年2月18日"),
        document("h", "", "2023.2.8"),
    ];
    let all: &[&str] = &["a", "b", "c", "d", "e", "f", "h"];
    check(
        &documents,
        &[
            ("2023-02-08", all),
            ("2023年2月8日", all),
            ("2023/2/8", all),
            ("２０２３．０２．０８", all),
            ("\"2023 年 2 月 8 日\"", all),
            ("2023年02月08号", all),
            ("2023-02-08 -posted", &["a", "c", "d", "e", "f", "h"]),
            ("2023-02-08 posted", &["b"]),
            ("2023 -2023-02-08", &["g"]),
            ("2023-02-09", &["g"]),
            // No dates.
            ("2023年2日8月", &[]),
            ("2023-13-08", &[]),
            ("2023-02-0", &[]),
        ],
    );
    let results = in_shards(&documents, "2023-02-08");
    let mut marks = marked(&results);
    marks.sort();
    let written = [
        "2023 年 2 月 8 日",
        "2023-02-08",
        "2023.02.08",
        "2023.2.8",
        "2023年02月08號",
        "2023年2月8日",
        "２０２３/２/８",
    ];
    assert_eq!(marks, written);
}

#[test]
fn a_space_between_scripts_makes_no_difference() {
    let documents = [
        document("a", "", "籌資 9 萬元"),
        document("b", "", "筹资9万元"),
        document("c", "", "使用 Rust 编写"),
        document("d", "", "使用Rust編寫"),
        document("e", "", "9。其他，万元"),
        document("f", "", "Rust 编"),
    ];
    check(
        &documents,
        &[
            ("9万", &["a", "b"]),
            ("9萬", &["a", "b"]),
            ("９萬", &["a", "b"]),
            ("9 萬", &["a", "b", "e"]),
            ("筹资9万元", &["a", "b"]),
            ("使用rust编写", &["c", "d"]),
            ("rust编写|9万元", &["a", "b", "c", "d"]),
            ("用rust编", &["c", "d"]),
            ("rust编", &["c", "d", "f"]),
            // A character that no document has.
            ("rust编龘", &[]),
            ("龘rust", &[]),
        ],
    );
}

fn expansions(results: &SearchResults) -> Vec<(&str, &str)> {
    results.expanded.iter().map(|Expansion { word, by }| (&**word, &**by)).collect()
}

#[test]
fn words_typed_wrongly_find_the_nearest() {
    let documents = [
        document("a", "Library", "The library receives books"),
        document("b", "", "conversation about 2023"),
        document("c", "", "a conservation area, library"),
    ];
    let whole = whole(&documents);
    for (query, expected, ids) in [
        ("libary ", &[("libary", "library")][..], &["a", "c"][..]),
        ("liibrary", &[("liibrary", "library")], &["a", "c"]),
        ("ilbrary", &[("ilbrary", "library")], &["a", "c"]),
        ("recieves 不在", &[("recieves", "receives")], &["a"]),
        // Two letters in eight and more: one is nearer than two.
        ("convresatoin", &[("convresatoin", "conversation")], &["b"]),
        ("conversatiom", &[("conversatiom", "conversation")], &["b"]),
        // Found, on its way to be found, without letters, or too short.
        ("library", &[], &["a", "c"]),
        ("libr", &[], &["a", "c"]),
        ("2024", &[], &[]),
        ("teh", &[], &[]),
        ("-libary area", &[], &["c"]),
    ] {
        let results = whole.search(query, &SearchOptions::default()).expect("an answer");
        assert_eq!(expansions(&results), expected, "{query}");
        let mut found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ids, "{query}");
        assert!(expected.is_empty() || results.total == 0, "what is corrected is related");
        for hit in &results.hits {
            assert!(
                !hit.snippet.highlights.is_empty() || !hit.title_highlights.is_empty(),
                "{query}: {hit:?}"
            );
            let explained = whole.explain(query, &hit.id).expect("an answer").expect("a document");
            assert!((explained.score - hit.score).abs() <= 1e-5 * hit.score, "{query}");
        }
        // In shards, the first letters must be right.
        if query != "ilbrary" {
            assert_eq!(in_shards(&documents, query), results, "{query}");
        }
    }
}

/// A text of sentences that all differ.
fn pasted(seed: usize, sentences: usize) -> String {
    let han: Vec<char> =
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
            .chars()
            .collect();
    let mut state = seed as u64;
    let mut text = String::new();
    for _ in 0..sentences {
        for _ in 0..9 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push(han[(state >> 33) as usize % han.len()]);
        }
        text.push('，');
    }
    text
}

#[test]
fn pasted_texts_are_found_where_they_stand() {
    let long = pasted(1, 300);
    let documents = [
        document("a", "", &(pasted(2, 20) + &long + &pasted(3, 20))),
        document("b", "", &pasted(4, 400)),
        // All of its words, but for the last sentence.
        document("c", "", &pasted(1, 299)),
    ];
    check(&documents, &[(&long, &["a"])]);
    for bytes in [LONGEST_SIGNED, LONGEST_SIGNED + 50] {
        let part: String = long.chars().take(bytes / 3).collect();
        check(&documents, &[(&part, &["a", "c"])]);
    }
    let changed = long.replacen("的", "𠮷", 1);
    check(&documents, &[(&changed, &[])]);
    let results = in_shards(&documents, &changed);
    assert!(results.related > 0, "the rest of it is related");
}

#[test]
fn signs_in_pasted_texts_are_text() {
    let list = "- one item -two |three\n-four title:five \"six\n".repeat(20);
    assert!(list.len() > LONGEST_SIGNED);
    let query = Query::parse(&Analyzer::full(), &list);
    assert!(query.excluded.is_empty());
    assert!(query.clauses.iter().all(|clause| !clause.or && !clause.title));
    let documents = [document("a", "", &list), document("b", "", "one item")];
    check(&documents, &[(&list, &["a"])]);
}
