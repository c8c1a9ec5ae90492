//! Snippets against the text they are from: how wide they are, what they mark, and what they keep out of.

#![cfg(not(target_arch = "wasm32"))]

mod texts;

use proptest::prelude::*;
use suoyin_core::search::query::Query;
use suoyin_core::{Document, Hit, IndexWriter, SearchOptions, Searcher, Snippet, Weight, Whole};
use texts::{analyzer, slot_ranges};
use unicode_width::UnicodeWidthStr;

fn searcher(documents: &[Document]) -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    documents.iter().for_each(|document| {
        writer.add(document).expect("a document is indexed");
    });
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

/// The only hit, its snippet so many columns wide.
fn hit(document: &Document, query: &str, snippet_width: usize) -> Option<Hit> {
    let options = SearchOptions { snippet_width, ..SearchOptions::default() };
    let results = searcher(std::slice::from_ref(document)).search(query, &options);
    results.expect("an answer").hits.pop()
}

fn document(id: &str, text: &str) -> Document {
    Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() }
}

/// A document of lines, and whether each is kept out of snippets.
fn of_lines(lines: &[(&str, bool)]) -> Document {
    let mut document = document("a", "");
    for (line, demoted) in lines {
        let start = document.text.len() as u32;
        document.text.push_str(line);
        if *demoted {
            document.weighted.push((start..document.text.len() as u32, Weight::DEMOTED));
        }
        document.text.push_str("\n\n\n");
    }
    document
}

/// What is marked.
fn marked(snippet: &Snippet) -> Vec<String> {
    let units: Vec<u16> = snippet.text.encode_utf16().collect();
    let mark = |&[start, end]: &[u32; 2]| {
        String::from_utf16(&units[start as usize..end as usize]).expect("no half of a pair")
    };
    snippet.highlights.iter().map(mark).collect()
}

/// Where the passages of a snippet stand in `text`, one behind the other; none if they do not.
fn places(snippet: &str, text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let mut rest = vec![(0, snippet, Vec::new())];
    // The text may have ellipses of its own, so every way to split the snippet is tried.
    while let Some((from, left, found)) = rest.pop() {
        if left.is_empty() {
            return Some(found);
        }
        if let Some(left) = left.strip_prefix('…') {
            rest.push((from, left, found.clone()));
        }
        let ends = left.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.filter(|&end| end == left.len() || left[end..].starts_with('…')) {
            if let Some(at) = text[from..].find(&left[..end]) {
                let place = from + at..from + at + end;
                let mut found = found.clone();
                found.push(place.clone());
                rest.push((place.end, &left[end..], found));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn snippets_are_passages_no_wider_than_asked_for(
        text in texts::text(400),
        width in 0usize..300,
        seed in any::<prop::sample::Index>(),
    ) {
        let ranges = slot_ranges(&text, 8);
        prop_assume!(ranges.len() > 1);
        let document = document("a", &text);
        let piece = |i: usize| &text[ranges[(i * 7919 + seed.index(ranges.len())) % ranges.len()].clone()];
        for query in [piece(0).to_owned(), format!("{} {}", piece(1), piece(2))] {
            let Some(hit) = hit(&document, &query, width) else { continue };
            let snippet = &hit.snippet;
            let columns = snippet.text.width();
            prop_assert!(columns <= width.max(20), "{columns} columns: {snippet:?}");
            prop_assert!(places(&snippet.text, &text).is_some(), "{snippet:?} of {text:?}");
            let mut last = 0;
            for &[start, end] in &snippet.highlights {
                prop_assert!(last <= start && start < end, "{snippet:?}");
                last = end;
            }
            prop_assert!(marked(snippet).iter().all(|mark| !mark.contains('…')), "{snippet:?}");
        }
    }

    /// A line that is kept out is shown only where what was typed stands nowhere else.
    #[test]
    fn what_is_kept_out_is_shown_last(
        lines in prop::collection::vec((texts::text(60), any::<bool>()), 1..6),
        width in 20usize..200,
        seed in any::<prop::sample::Index>(),
    ) {
        let lines: Vec<(&str, bool)> = lines.iter().map(|(line, out)| (line.trim(), *out)).collect();
        let document = of_lines(&lines);
        let ranges = slot_ranges(&document.text, 5);
        prop_assume!(!ranges.is_empty());
        let query = &document.text[ranges[seed.index(ranges.len())].clone()];
        let clauses = Query::parse(analyzer(), query).clauses;
        prop_assume!(clauses.len() == 1 && !query.contains('\n'));
        let Some(hit) = hit(&document, query, width) else { return Ok(()) };
        let stands = |line: &str| analyzer().folded(line).contains(&clauses[0].pattern);
        let clean = lines.iter().any(|(line, out)| !out && stands(line));
        let kept_out = lines.iter().any(|(line, out)| *out && stands(line));
        if hit.exact && clean {
            prop_assert!(!hit.snippet.highlights.is_empty(), "{:?} of {lines:?}", hit.snippet);
        }
        if !hit.exact || (!clean && kept_out) {
            return Ok(());
        }
        // Some way to find the snippet in the text is outside of what is kept out.
        let mut outside = document.text.clone();
        for (range, _) in document.weighted.iter().rev() {
            outside.replace_range(range.start as usize..range.end as usize, "\u{1}");
        }
        let body = hit.snippet.text.trim_matches('…');
        prop_assert!(places(body, &outside).is_some(), "{body:?} of {outside:?}");
    }
}

#[test]
fn without_a_match_the_clean_beginning_is_shown() {
    let mut document = of_lines(&[
        ("低价办证，高价回收", true),
        ("您是第八位访客", true),
        ("本馆周一闭馆。", false),
        ("技术支持：某公司", true),
    ]);
    document.title = "图书馆".to_owned();
    let found = hit(&document, "图书馆", 160).expect("a hit");
    assert_eq!(found.snippet.text, "…本馆周一闭馆。…");
    let all_out = Document {
        title: "图书馆".into(), ..of_lines(&[("低价办证，高价回收", true)])
    };
    assert_eq!(
        hit(&all_out, "图书馆", 160).expect("a hit").snippet,
        Snippet { text: "…".into(), ..Snippet::default() }
    );
}

#[test]
fn what_is_longer_than_a_snippet_is_cut() {
    let long = "文明实践在社区".repeat(30);
    let found = hit(&document("a", &long), &long, 40).expect("a hit");
    assert!(found.exact && found.snippet.text.width() <= 40, "{:?}", found.snippet);
    assert_eq!(marked(&found.snippet).concat(), found.snippet.text.trim_matches('…'));
}

#[test]
fn a_match_in_the_other_script_counts_as_much() {
    let filler = "今天天氣很好。".repeat(40);
    let text = format!("中心在城西。{filler}請到網絡中心。{filler}");
    let found = hit(&document("a", &text), "网络 中心", 60).expect("a hit");
    assert_eq!(marked(&found.snippet), ["網絡中心"]);
}

#[test]
fn words_are_not_cut() {
    let text = "internationalization and localization of user interfaces in software ".repeat(9);
    let found = hit(&document("a", &text), "localization", 70).expect("a hit");
    let words = found.snippet.text.trim_matches('…').split(' ');
    for word in words {
        assert!(text.split(' ').any(|whole| whole == word), "{word:?} of {:?}", found.snippet);
    }
}
