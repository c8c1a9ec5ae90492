//! The analyzer's cases: `tests/cases/analysis.json`, worked out by hand against real documents.
//!
//! `index`: text → tokens with positions. `query`: the same for a clause; `*` is a prefix range.
//! `match`: whether a query matches a document exactly. All of this runs natively and, through
//! `wasm-bindgen-test`, in WebAssembly.

use serde::Deserialize;
use suoyin_core::analysis::{Analyzer, Side};
use suoyin_core::{Document, IndexWriter, SearchOptions, Searcher};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Deserialize)]
struct Cases {
    index: Vec<Tokens>,
    query: Vec<Tokens>,
    r#match: Vec<Match>,
}

#[derive(Deserialize)]
struct Tokens {
    r#in: String,
    tokens: Vec<(String, u32)>,
}

#[derive(Deserialize)]
struct Match {
    q: String,
    d: String,
    r#match: bool,
}

fn cases() -> Cases {
    serde_json::from_str(include_str!("cases/analysis.json")).expect("the cases are JSON")
}

fn check_tokens(cases: &[Tokens], side: Side) {
    let analyzer = Analyzer::full();
    for case in cases {
        let tokens = analyzer.tokens(&case.r#in, side);
        let tokens: Vec<_> = tokens.into_iter().map(|t| (t.text, t.place.position)).collect();
        assert_eq!(tokens, case.tokens, "{:?}", case.r#in);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn text_becomes_the_tokens_of_an_index() {
    check_tokens(&cases().index, Side::Index);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_clause_becomes_the_tokens_of_a_query() {
    check_tokens(&cases().query, Side::Query);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn queries_match_exactly_what_they_should() {
    for case in cases().r#match {
        let mut writer = IndexWriter::new();
        writer.add(&Document { text: case.d.clone(), ..Document::default() }).unwrap();
        let searcher = Searcher::open(writer.finish().unwrap()).unwrap();
        let results = searcher.search(&case.q, &SearchOptions::default()).unwrap();
        assert_eq!(results.exact, case.r#match, "{:?} in {:?}", case.q, case.d);
        assert_eq!(results.total, u32::from(case.r#match));
        if let Some(hit) = results.hits.first().filter(|hit| hit.exact) {
            assert!(!hit.snippet.highlights.is_empty(), "{:?} in {:?}", case.q, case.d);
        }
    }
}
