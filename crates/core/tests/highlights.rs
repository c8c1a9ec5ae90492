//! What of a query is marked in a text that is in no index, against windows of slots.

#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "other tests need the rest")]
mod texts;

use proptest::prelude::*;
use std::ops::Range;
use suoyin_core::analysis::{Gap, SlotText};
use suoyin_core::search::query::Query;
use suoyin_core::{Document, IndexWriter, Searcher, Whole};
use texts::{analyzer, text};

/// Slots of a text: what each is, whether anything stands before it, and its bytes.
fn slots(text: &str) -> Vec<(String, bool, Range<usize>)> {
    let mut slots = Vec::new();
    analyzer().slots(text, &mut |slot| {
        let what = match slot.text {
            SlotText::Cjk(c) | SlotText::Hangul(c) => c.to_string(),
            SlotText::Word(word) | SlotText::Emoji(word) => format!("[{word}]"),
        };
        slots.push((what, slot.gap != Gap::None, slot.start as usize..slot.end as usize));
    });
    slots
}

/// Where the slots of `clause` stand in `text`, as bytes.
fn naive(clause: &str, text: &str) -> Vec<Range<usize>> {
    let (clause, text) = (slots(clause), slots(text));
    let same = |window: &&[(String, bool, Range<usize>)]| {
        window.iter().zip(&clause).enumerate().all(
            |(i, ((what, gap, _), (typed, typed_gap, _)))| {
                what == typed && (i == 0 || gap == typed_gap)
            },
        )
    };
    let windows = text.windows(clause.len().max(1)).filter(same);
    windows
        .map(|window| {
            let end = window.iter().map(|(.., range)| range.end).max().unwrap_or_default();
            window[0].2.start..end
        })
        .collect()
}

/// A searcher whose tables fit any text: one with these very texts in its index.
fn searcher(texts: &[&str]) -> Searcher<Whole<Vec<u8>>> {
    let mut writer = IndexWriter::new();
    for (id, text) in texts.iter().enumerate() {
        let document =
            Document { id: id.to_string(), text: (*text).to_owned(), ..Document::default() };
        writer.add(&document).expect("a document is indexed");
    }
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

/// What is marked, with `|` between marks, by an index of other texts.
fn marked(query: &str, text: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let searcher = searcher(&["引领(lǐng)时代，讀書發展，圖書館 build café 你好(hǎo)"]);
    let marks = searcher.highlights(query, text, false);
    let marks = marks.iter().map(|&[from, to]| {
        String::from_utf16(&units[from as usize..to as usize]).expect("whole characters")
    });
    marks.collect::<Vec<_>>().join("|")
}

#[test]
fn clauses_before_terms() {
    assert_eq!(marked("图书馆", "去圖書館，图书馆"), "圖書館|图书馆");
    assert_eq!(marked("图书馆 发展", "去圖書館，發展"), "圖書館|發展");
    assert_eq!(marked("图书馆 发展", "發展圖書"), "發展");
    assert_eq!(marked("图书馆", "圖書，書館"), "圖書|書館");
    assert_eq!(marked("图书馆 -发展", "發展"), "");
    assert_eq!(marked("“图书 馆”", "图书馆；圖書 館"), "圖書 館");
    assert_eq!(marked("“图书 馆”", "图书，馆"), "图书，馆");
    assert_eq!(marked("“图书 馆”", "馆，图书"), "馆|图书");
    assert_eq!(marked("引领时代", "引領(lǐng)時\n代"), "引領(lǐng)時\n代");
    assert_eq!(marked("BUIL", "Build, builder, rebuild"), "Build|builder");
    assert_eq!(marked("build", "Build, builder"), "Build");
    assert_eq!(marked("", "任何"), "");
    assert_eq!(marked("馆", "𠮷馆"), "馆");
}

#[test]
fn in_shards_as_in_one_piece() {
    let mut writer = IndexWriter::with_positions(suoyin_core::Positions::Keep);
    let document = Document { text: "圖書館，發展".into(), ..Document::default() };
    writer.add(&document).unwrap();
    let sizes = suoyin_core::ShardSizes::for_documents(1);
    let root = writer.finish_shards(sizes, |_, _| Ok::<_, suoyin_core::Error>(())).unwrap();
    let sharded = Searcher::open_root(root.bytes).unwrap();
    assert_eq!(sharded.highlights("图书馆", "去圖書館", false), [[1, 4]]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn as_windows_of_slots(text in text(60), query in text(4)) {
        let searcher = searcher(&[&text, &query]);
        let marks = searcher.highlights(&query, &text, true);
        let clauses = Query::parse(analyzer(), &query).clauses;
        let expected: Vec<Range<usize>> =
            clauses.iter().flat_map(|clause| naive(&clause.source, &text)).collect();
        // Bytes at which each code unit starts.
        let mut bytes: Vec<usize> =
            text.char_indices().flat_map(|(at, c)| vec![at; c.len_utf16()]).collect();
        bytes.push(text.len());
        let marks: Vec<Range<usize>> =
            marks.iter().map(|&[from, to]| bytes[from as usize]..bytes[to as usize]).collect();
        prop_assert!(marks.windows(2).all(|pair| pair[0].end < pair[1].start), "{marks:?}");
        let within = |inner: &Range<usize>, outer: &Range<usize>| {
            outer.start <= inner.start && inner.end <= outer.end
        };
        for range in &expected {
            prop_assert!(marks.iter().any(|mark| within(range, mark)), "{:?}", &text[range.clone()]);
        }
        for mark in &marks {
            prop_assert!(expected.iter().any(|range| within(range, mark)), "{:?}", &text[mark.clone()]);
        }
    }
}
