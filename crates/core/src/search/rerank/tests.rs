use super::*;
use crate::search::query::Query;
use crate::{Document, IndexWriter, Whole};

#[test]
fn characters_are_counted_however_they_are_written_and_wherever_a_text_is_cut() {
    let text = "a文明é實实践踐𠮷𠮷野野，ｶﾞ文\u{fe0f}明😀實明";
    let mut writer = IndexWriter::new();
    writer.add(&Document { text: text.into(), ..Document::default() }).expect("a document");
    let searcher: Searcher<Whole<Vec<u8>>> =
        Searcher::open(writer.finish().expect("an index")).expect("a sound one");
    let (analyzer, query) = (searcher.analyzer(), "文明实踐 𠮷野");
    let clauses = Query::parse(analyzer, query).clauses;
    let terms = searcher.term_postings(&clauses).expect("postings");
    let (source, bm25) = (searcher.source(), &searcher.bm25);
    let evidence = Evidence::new(source, query, &clauses, &terms, bm25, &Parameters::default());
    let evidence = evidence.expect("a sound index").expect("texts at hand");
    assert_eq!(evidence.characters.len(), 6);
    for len in 0..=text.len() {
        let mut scripts = Scripts::default();
        let counts = evidence.count(&text.as_bytes()[..len], &mut scripts);
        let whole = (0..=len).rev().find(|&len| text.is_char_boundary(len)).unwrap_or(0);
        let mut naive = Scripts::default();
        for (wanted, count) in evidence.characters.iter().zip(counts) {
            let same = |c: &char| folded(&analyzer.fold, *c) == Some(wanted.folded);
            assert_eq!(text[..whole].chars().filter(same).count(), count as usize, "{len}");
            let typed = |c: &char| Some(*c) == wanted.typed;
            naive.typed += text[..whole].chars().filter(typed).count() as u32;
            naive.other += text[..whole].chars().filter(|c| same(c) && !typed(c)).count() as u32;
        }
        assert_eq!((scripts.typed, scripts.other), (naive.typed, naive.other), "{len}");
    }
}
