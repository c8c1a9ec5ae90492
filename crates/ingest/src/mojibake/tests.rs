use proptest::prelude::*;
use suoyin_core::Section;

use super::*;
use encoding_rs::GBK;

/// The text as the converter leaves it: `(syllable)` inside of the character at `place`.
fn damaged(text: &str, place: &str, syllable: &str) -> String {
    let bytes = GBK.encode(text).0;
    let cut = GBK.encode(&text[..text.find(place).unwrap()]).0.len() + 1;
    let orphan = misread(&bytes[..cut]);
    format!("{orphan}{syllable}){}", misread(&bytes[cut..]))
}

/// Bytes of GBK from wherever they start.
fn misread(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    while let Some(&first) = bytes.first() {
        let pair = bytes.get(1).and_then(|&second| character(first, second));
        text.push(match first {
            ..0x80 => char::from(first),
            0x80 => '€',
            _ => pair.unwrap_or('?'),
        });
        bytes = &bytes[if first > 0x80 && pair.is_some() { 2 } else { 1 }..];
    }
    text
}

fn repaired(text: &str) -> String {
    repair(text, None, &mut []).0.into_owned()
}

#[test]
fn the_converter() {
    assert_eq!(damaged("當地群眾的贊許", "地", "shù"), "當?shù)厝罕姷馁澰S");
    assert_eq!(damaged("變為課堂", "為", "yōu"), "變?yōu)檎n堂");
}

#[test]
fn sites_are_repaired() {
    assert_eq!(repaired("看到當(dāng)?shù)厝罕姷馁澰S:好"), "看到當(dāng)地群眾的贊許:好");
    for (text, place, syllable) in [
        ("他們為遊客撐傘。", "為", "yōu"),
        ("你先坐,我幫你倒茶。”她說", "幫", "guī"),
        ("舊橋變為“詞語遊戲”,好玩", "為", "yōu"),
        ("當地老人說起村口的樹", "地", "shù"),
        ("小河變為線路的一段。", "為", "yōu"),
    ] {
        let bad = damaged(text, place, syllable);
        assert_ne!(bad, text);
        assert_eq!(repaired(&bad), text, "{bad}");
    }
}

#[test]
fn other_brackets_and_marks() {
    let whole = "當地群眾的贊許";
    for bad in ["當?shù）厝罕姷馁澰S", "當\u{FFFD}(shù)厝罕姷馁澰S", "當\u{FFFD}shù)厝罕姷馁澰S"]
    {
        assert_eq!(repaired(bad), whole);
    }
    assert_eq!(repaired("當（dāng）?shù)厝罕姷馁澰S"), "當（dāng）地群眾的贊許");
}

#[test]
fn a_lost_character() {
    // The last byte of 路 is gone.
    let bad = &damaged("去當地小路,走走。", "地", "shù");
    assert!(bad.ends_with("?,走走。"));
    let sites = |text: &str| repair(text, None, &mut []).1;
    assert_eq!(repaired(bad), "去當地小?,走走。");
    assert_eq!(sites(bad), Sites { repaired: 0, left: 1 });
    let known = format!("小(xiǎo)路遠,小路彎。{bad}");
    assert_eq!(repaired(&known), "小(xiǎo)路遠,小路彎。去當地小路,走走。");
    assert_eq!(sites(&known), Sites { repaired: 1, left: 0 });
}

#[test]
fn glosses_within() {
    // 厝 is no character of the text, so its gloss went inside of the next one.
    assert_eq!(repaired("當?shù)厝(cuò)罕姷馁澰S"), "當地群眾的贊許");
    // A gloss at the right place ends the shift; 裙 and 群 share lead byte and reading.
    assert_eq!(repaired("當?shù)厝?qún)眾"), "當?shù)厝?qún)眾");
    assert_eq!(repaired("群眾與群山。當?shù)厝?qún)眾"), "群眾與群山。當?shù)厝?qún)眾");
    assert_eq!(
        repaired("當地群眾與當地群山。當?shù)厝?qún)眾"),
        "當地群眾與當地群山。當地群(qún)眾"
    );
}

#[test]
fn what_looks_like_it_stays() {
    for text in [
        "",
        "什么?shù)是吗",
        "像“當(dāng)?shù)”這樣的",
        "像“當(dāng)?shù)”这样的；\n- 私有区字符",
        "（當地?）",
        "當地(dì)?",
        "what?shù)x",
        "當?shu)厝罕姷馁澰S",
        "?shù)",
    ] {
        assert!(matches!(repair(text, None, &mut []), (Cow::Borrowed(_), _)), "{text}");
    }
}

#[test]
fn sections_move_along() {
    let text = "當?shù)厝罕姷馁澰S\n\n內容。\n\n變?yōu)檎n堂\n\n完。";
    let at = |word: &str| text.find(word).unwrap() as u32;
    let section = |title: &str, start| {
        let (title, anchor) = (title.to_owned(), String::new());
        Section { title, anchor, start }
    };
    let mut draft = Draft {
        title: "當?shù)厝罕姷馁澰S".to_owned(),
        text: text.to_owned(),
        sections: vec![
            section("內容。", at("內")),
            section("變?yōu)檎n堂", at("變")),
            section("完。", at("完")),
        ],
        ..Draft::default()
    };
    assert_eq!(repair_draft(&mut draft), Sites { repaired: 3, left: 0 });
    assert_eq!(draft.title, "當地群眾的贊許");
    assert_eq!(draft.text, "當地群眾的贊許\n\n內容。\n\n變為課堂\n\n完。");
    for (section, title) in draft.sections.iter().zip(["內容。", "變為課堂", "完。"]) {
        assert_eq!(section.title, title);
        assert!(draft.text[section.start as usize..].starts_with(title));
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "當", "變", "們", "我", "(dāng)", "(", ")", "）", "?", "\u{FFFD}", "?shù)", "?yōu)",
            "?guī)", "shù)", "€", "\u{E427}", "厝罕", "n", "~", ",", "\n", "𠮷",
        ])
        .prop_map(str::to_owned),
        "[一-龥，。]{0,6}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    #[test]
    fn text_without_sites_stays(text in pieces()) {
        let text = text.replace(MARKS, "");
        let (same, sites) = repair(&text, None, &mut []);
        prop_assert!(matches!(same, Cow::Borrowed(same) if same == text));
        prop_assert_eq!(sites, Sites::default());
    }

    #[test]
    fn once_is_enough(text in pieces()) {
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (once, _) = repair(&text, None, &mut offsets);
        prop_assert!(offsets.iter().all(|&offset| once.is_char_boundary(offset)));
        prop_assert!(offsets.is_sorted());
        let (twice, sites) = repair(&once, None, &mut []);
        prop_assert_eq!((&*twice, sites.repaired), (&*once, 0));
    }

    #[test]
    fn what_was_damaged_is_repaired(before in "[一-龥]{0,9}", after in "[的一是了我不人在他有这个上们来到时大地为子中]{1,20}") {
        // A letter ends the shift where a byte is left over.
        let text = format!("{before}當地{after}");
        let bad = damaged(&text, &format!("地{after}"), "shù");
        let result = repaired(&bad);
        let kept = result.trim_end_matches('?');
        prop_assert!(text.starts_with(kept) && text.chars().count() <= kept.chars().count() + 1, "{bad} {result}");
    }
}
