//! The walk against a naive search through all phrases.

use super::*;
use crate::SuggestBuilder;
use crate::data::Character;
use crate::reading::Step;
use proptest::prelude::*;
use suoyin_core::Document;
use suoyin_core::analysis::SlotText;

fn suggester(texts: &[&str]) -> Suggester {
    let mut builder = SuggestBuilder::default();
    for text in texts {
        let (title, text) = text.split_once('|').unwrap_or(("", text));
        let document = Document { title: title.into(), text: text.into(), ..Document::default() };
        builder.add(&document);
    }
    Suggester::open(&builder.finish()).expect("what was written is read")
}

fn phrases(suggester: &Suggester) -> Vec<(Vec<u16>, u8)> {
    let list = &suggester.data.phrases;
    let mut phrases: Vec<(Vec<u16>, u8)> = Vec::new();
    let mut place = 0;
    for entry in 0..list.len() {
        let mut codes = phrases.last().map_or(Vec::new(), |(codes, _)| codes.clone());
        codes.truncate(usize::from(list.shared[entry]));
        codes.extend(&list.codes[place..][..usize::from(list.own[entry])]);
        place += usize::from(list.own[entry]);
        phrases.push((codes, list.rank[entry]));
    }
    phrases
}

/// The best score of a phrase, mistakes not looked past: every way through it is tried.
fn naive_score(suggester: &Suggester, units: &[Unit], codes: &[u16], rank: u8) -> Option<i32> {
    let characters: Vec<&Character> =
        codes.iter().map(|&code| &suggester.data.characters[usize::from(code)]).collect();
    ways(suggester, units, &characters)
        .into_iter()
        .map(|(cost, more)| score(cost, more, rank))
        .max()
}

/// What each way costs, and how many characters are left of the phrase.
fn ways(suggester: &Suggester, units: &[Unit], characters: &[&Character]) -> Vec<(u8, usize)> {
    let mut found = Vec::new();
    if units.iter().all(|unit| *unit == Unit::Break) {
        found.push((0, characters.len()));
    }
    if let [Unit::Break, units @ ..] = units {
        found.extend(ways(suggester, units, characters));
    }
    let Some((first, characters)) = characters.split_first() else { return found };
    if first.role == Role::Boundary {
        found.extend(ways(suggester, units, characters));
        return found;
    }
    let mut follow = |units: &[Unit], cost: u8| {
        let behind = ways(suggester, units, characters);
        found.extend(behind.into_iter().map(|(more_cost, more)| (cost + more_cost, more)));
    };
    let letters: Vec<u8> = units
        .iter()
        .map_while(|unit| if let Unit::Letter(letter) = unit { Some(*letter) } else { None })
        .collect();
    match units {
        [Unit::Char(c), units @ ..] if *c == first.folded => follow(units, 0),
        [Unit::Letter(letter), units @ ..] if char::from(*letter) == first.folded => {
            follow(units, 0);
        }
        _ => {}
    }
    if !letters.is_empty() {
        for &reading in &first.readings {
            let mut steps: Vec<Step> = Vec::new();
            let ends = letters.len() == units.len();
            suggester.spellings[usize::from(reading)].steps(&letters, ends, &mut steps);
            for step in steps {
                let behind = &units[usize::from(step.letters)..];
                follow(behind, step.cost);
                if let [Unit::Char('1'..='5'), behind @ ..] = behind
                    && step.whole
                {
                    follow(behind, step.cost);
                }
            }
        }
    }
    found
}

/// All phrases that answer, mistakes not looked past, as they are folded, with their scores.
fn naive(suggester: &Suggester, query: &str) -> Vec<(i32, String)> {
    let units = input::units(query, &suggester.analyzer);
    let mut best: Vec<(i32, String)> = Vec::new();
    if units.is_empty() {
        return best;
    }
    for (codes, rank) in phrases(suggester) {
        let Some(score) = naive_score(suggester, &units, &codes, rank) else { continue };
        let characters = codes.iter().map(|&code| &suggester.data.characters[usize::from(code)]);
        let folded: String =
            characters.filter(|c| c.role != Role::Boundary).map(|c| c.folded).collect();
        match best.iter_mut().find(|(_, known)| *known == folded) {
            Some((known, _)) => *known = score.max(*known),
            None => best.push((score, folded)),
        }
    }
    best
}

fn folded(suggester: &Suggester, text: &str) -> String {
    let mut folded = String::new();
    suggester.analyzer.slots(text, &mut |slot| match slot.text {
        SlotText::Cjk(c) | SlotText::Hangul(c) => folded.push(c),
        SlotText::Word(word) | SlotText::Emoji(word) => folded.push_str(word),
    });
    folded
}

const SYLLABLES: [&str; 24] = [
    "wen", "ming", "shi", "jian", "w", "m", "s", "j", "xi", "an", "xian", "'", "1", "文", "明",
    "时", "實", " ", "a", "calc", "ca", "si", "min", "lv",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_walk_finds_what_a_naive_search_finds(
        texts in prop::collection::vec("[文明時时实實践西安先Ca，绿率的 ]{2,12}(Calc|calc)?", 3..12),
        titles in prop::collection::vec("[文明时实 践西安绿](Calc )?[文明时间西安]{1,5}", 0..4),
        typed in prop::collection::vec(prop::sample::select(&SYLLABLES[..]), 1..6),
    ) {
        let mut all: Vec<String> = titles.iter().map(|title| format!("{title}|")).collect();
        all.extend(texts.iter().chain(&texts).cloned());
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let suggester = suggester(&all);
        let query = typed.concat();
        let expected = naive(&suggester, &query);
        let found = suggester.suggest(&query, 100);
        let typed = folded(&suggester, &query);
        let mut last = i32::MAX;
        for suggestion in found.iter().filter(|found| found.kind != Kind::Spelling) {
            let text = folded(&suggester, &suggestion.query);
            let known = expected.iter().find(|(_, other)| *other == text);
            let score = known.map(|(score, _)| *score);
            prop_assert!(score.is_some_and(|score| score <= last), "{query}: {suggestion:?}");
            last = score.unwrap_or(last);
        }
        // What is composed can be typed like this, all of it.
        let units = input::units(&query, &suggester.analyzer);
        for text in suggester.compose(&query, 4) {
            let written = |c| suggester.data.characters.iter().find(|other| other.written == c);
            let characters: Option<Vec<&Character>> = text.chars().map(written).collect();
            let ways = ways(&suggester, &units, &characters.unwrap_or_default());
            prop_assert!(ways.iter().any(|&(_, more)| more == 0), "{query}: {text}");
        }
        // What folds to the letters typed, without boundaries, is the query.
        let expected = expected.iter().filter(|(_, text)| *text != typed).count();
        let answers = found.iter().filter(|found| found.kind != Kind::Spelling).count();
        prop_assert!(answers == expected || expected > 100, "{query}: {found:?}, not {expected}");
    }
}

#[test]
fn every_suggestion_stands_in_the_corpus() {
    let texts =
        ["新时代文明实践中心", "文明实践在基层", "文明实践，志愿服务；文明时代", "时间与实践"];
    let suggester = suggester(&texts);
    for query in ["w", "wm", "wenm", "sj", "时", "wenmingshidai", "文明时间", "文名实践", "明实践"]
    {
        for suggestion in suggester.suggest(query, 50) {
            let stands = texts.iter().any(|text| text.contains(&suggestion.query));
            assert!(stands, "{query}: {suggestion:?}");
        }
    }
}

#[test]
fn mistakes_are_looked_past() {
    let texts = ["使用电子表格|电子表格，电子表格", "志愿服务；志愿服务。Writer Writer writer"];
    let suggester = suggester(&[texts, texts].concat());
    for (typed, meant) in [
        ("电子标格", "电子表格"),
        ("电子格", "电子表格"),
        ("电子子表格", "电子表格"),
        ("电表子格", "电子表格"),
        ("电子画格", "电子表格"),
        ("dianzibioage", "电子表格"),
        ("dianzbiaoge", "电子表格"),
        ("zhiyaunfuwu", "志愿服务"),
        ("wrtier", "Writer"),
        ("writter", "Writer"),
        ("wrter", "Writer"),
    ] {
        let suggestions = suggester.suggest(typed, 3);
        assert_eq!(suggestions.first().map(|s| &s.query[..]), Some(meant), "{typed}");
    }
    for typed in ["电格", "wr", "qqqq", "电子画图"] {
        assert!(!suggester.suggest(typed, 3).iter().any(|s| s.kind == Kind::Spelling), "{typed}");
    }
}

#[test]
fn all_ways_to_type_are_understood() {
    let suggester = suggester(&["西安，女性；西安、绿色。女性", "绿色西安", "文明实践。文明实践"]);
    for (typed, meant, kind) in [
        ("xian", "西安", Kind::Pinyin),
        ("xi'an", "西安", Kind::Pinyin),
        ("xi1an1", "西安", Kind::Pinyin),
        ("Xī'ān", "西安", Kind::Pinyin),
        ("nvxing", "女性", Kind::Pinyin),
        ("nüxing", "女性", Kind::Pinyin),
        ("lvse", "绿色", Kind::Pinyin),
        ("luse", "绿色", Kind::Pinyin),
        ("wenminsijian", "文明实践", Kind::Pinyin),
        ("文明shi", "文明实践", Kind::Pinyin),
        ("文明實", "文明实践", Kind::Completion),
        ("ㄋㄩˇㄒㄧㄥˋ", "女性", Kind::Pinyin),
    ] {
        let suggestions = suggester.suggest(typed, 3);
        let first = suggestions.first().map(|s| (s.query.as_str(), s.kind));
        assert_eq!(first, Some((meant, kind)), "{typed}");
    }
}

#[test]
fn what_no_phrase_answers_is_composed() {
    let suggester = suggester(&["数学，公式；数学。公式", "公式、数学"]);
    assert_eq!(suggester.suggest("shuxuegongshi", 3), []);
    assert_eq!(suggester.compose("shuxuegongshi", 1), ["数学公式"]);
    assert_eq!(suggester.compose("数学gongs", 1), ["数学公式"]);
    assert_eq!(suggester.compose("数学", 1), [""; 0]);
    assert_eq!(suggester.compose("qqq", 1), [""; 0]);
    // The beginning of a phrase is completed, not composed.
    assert_eq!(suggester.compose("shux", 1), [""; 0]);
}

#[test]
fn damage_is_an_error() {
    let texts = ["文明实践，文明实践", "西安|文明实践Calc calc"];
    let mut builder = SuggestBuilder::default();
    for text in texts {
        builder.add(&Document { text: text.into(), ..Document::default() });
    }
    let data = builder.finish();
    for at in 0..data.len() {
        let mut damaged = data.clone();
        damaged[at] ^= 0x10;
        assert!(Suggester::open(&damaged).is_err(), "byte {at}");
        assert!(Suggester::open(&data[..at]).is_err(), "{at} bytes");
    }
    // Behind a checksum that fits, nothing panics either.
    for at in (20..data.len()).step_by(3) {
        for flip in [1, 0x80, 0xff] {
            let mut body = data[20..].to_vec();
            body[at - 20] ^= flip;
            if let Ok(data) = Data::decode_body(&body) {
                let suggester = Suggester::over(data);
                for query in ["wenming", "wm", "文明时", "calc"] {
                    suggester.suggest(query, 8);
                    suggester.compose(query, 2);
                }
            }
        }
    }
}
