//! Generated documents: every script and every kind of noise the analyzer has a rule for.

use proptest::prelude::*;
use std::ops::Range;
use std::sync::OnceLock;
use suoyin_core::analysis::Analyzer;
use suoyin_core::{Document, Section};

/// The analyzer with the full tables.
pub(crate) fn analyzer() -> &'static Analyzer {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    ANALYZER.get_or_init(Analyzer::full)
}

/// Few characters, so that pairs repeat across documents; Simplified with Traditional.
const HAN: &[&str] = &[
    "文", "明", "实", "實", "践", "踐", "网", "網", "络", "絡", "里", "裡", "裏", "发", "髮", "發",
    "的", "々", "〇", "𠮷", "⽂", "国", "國", "図", "后", "後",
];

const PIECES: &[&str] = &[
    // Glosses: real ones, one with full-width brackets, one that is none, one of two syllables.
    "領(lǐng)",
    "习(xí)",
    "學（xué）",
    "文(wǎng)",
    "你好(nǐhǎo)",
    // Wrapped lines, and paragraphs.
    "\n",
    "\n\n",
    "\r\n",
    "\n\n\n",
    // Boundaries of both kinds.
    "。",
    ",",
    "，",
    "、",
    " ",
    "+",
    "-",
    "·",
    "—",
    "：",
    ":",
    "“",
    "”",
    "\"",
    "「",
    "」",
    "《",
    "》",
    "\u{e000}",
    // Words and numbers, in any width.
    "Mojito",
    "app",
    "apple",
    "ＬＥＤ",
    "C++",
    "c",
    "F#",
    "don’t",
    "o'clock",
    "7,400",
    "3.14",
    "２０２３",
    "1,23",
    "café",
    "cafe\u{301}",
    "①②Ⅳ",
    "㎏",
    "½",
    "2023年02月28日",
    "2023/2/28",
    "2023.02.28",
    "x²",
    "ǅ",
    "ﬁn",
    "Straße",
    "Ёлка",
    "ЁЛКА",
    "ไทย",
    "हिन्दी",
    // Kana with their marks apart, half-width too; Hangul composed and not.
    "ガ",
    "か\u{3099}",
    "ｶﾞﾗｽ",
    "ﾊﾟ",
    "は",
    "ー",
    "한국",
    "\u{1112}\u{1161}\u{11ab}",
    "국",
    // Emoji, with skin tones, joiners, selectors; flags.
    "👍",
    "👍🏽",
    "👩\u{200d}👧",
    "❤\u{fe0f}",
    "🇨🇳🇺🇸",
    "㍿",
    "㈱",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
];

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => prop::sample::select(HAN), 2 => prop::sample::select(PIECES)]
}

/// A text of up to `pieces` pieces.
pub(crate) fn text(pieces: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..pieces).prop_map(|pieces| pieces.concat())
}

/// What has a meaning in a query. Not every test is about queries.
#[allow(dead_code)]
const SIGNS: &[&str] = &[
    " ",
    "|",
    " | ",
    "｜",
    "||",
    "-",
    " -",
    "title:",
    " title:",
    "标题：",
    " 標題:",
    "*",
    "* ",
    "\"",
    "“",
    "”",
    "「",
    "」",
    " ap*",
    "c*|",
    "2023-02-28",
    " 2023年2月28日",
];

/// A query of up to `pieces` pieces, every other one a sign.
#[allow(dead_code)]
pub(crate) fn signed(pieces: usize) -> impl Strategy<Value = String> {
    let sign = prop::sample::select(SIGNS);
    prop::collection::vec((piece(), sign), 0..pieces)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, sign)| [piece, sign]).collect())
}

/// One to six documents with ids `0`, `1`, …
// Not every test is about several.
#[allow(dead_code)]
pub(crate) fn documents() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec((text(6), text(40)), 1..6).prop_map(|fields| {
        let document = |(id, (title, text)): (usize, (String, String))| Document {
            id: id.to_string(),
            url: format!("page-{id}.html"),
            sections: vec![Section { title: "一".into(), anchor: "a".into(), start: 0 }],
            title,
            text,
            ..Document::default()
        };
        fields.into_iter().enumerate().map(document).collect()
    })
}

/// The source ranges of every one to `longest` slots that follow one another in `text`.
pub(crate) fn slot_ranges(text: &str, longest: usize) -> Vec<Range<usize>> {
    let mut slots = Vec::new();
    analyzer().slots(text, &mut |slot| slots.push(slot.start as usize..slot.end as usize));
    // Where one source character stands for several slots, only all of them can be typed.
    slots.dedup_by(|next, last| next == last);
    let mut ranges = Vec::new();
    for (i, first) in slots.iter().enumerate() {
        ranges.extend(slots[i..].iter().take(longest).map(|last| first.start..last.end));
    }
    ranges
}
