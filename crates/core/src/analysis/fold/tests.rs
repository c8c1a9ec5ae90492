use super::*;

fn folded(text: &str) -> String {
    let table = FoldTable::full();
    let mut out = String::new();
    for c in text.chars() {
        match table.get(c) {
            Folded::Same => out.push(c),
            Folded::One(target) => out.push(target),
            Folded::Many(targets) => out.extend(targets),
            Folded::Vanish => {}
        }
    }
    out
}

fn folds(text: &str, expected: &str) {
    assert_eq!(folded(text), expected, "{text:?}");
}

#[test]
fn folding_again_changes_nothing() {
    let table = FoldTable::full();
    for (c, folded) in table.entries() {
        let targets = match &folded {
            Folded::One(target) => std::slice::from_ref(target),
            Folded::Many(targets) => {
                assert!(targets.len() > 1, "{c:?}");
                targets
            }
            Folded::Same | Folded::Vanish => &[],
        };
        for &target in targets {
            assert_eq!(table.get(target), Folded::Same, "{c:?} → {target:?}");
        }
    }
}

#[test]
fn one_encoding_for_one_table() {
    let table = FoldTable::full();
    let mut bytes = Vec::new();
    table.encode(&mut bytes);
    assert!(bytes == include_bytes!("../../../tables/fold.bin"));
    assert_eq!(FoldTable::decode(&bytes), Ok(table));
}

#[test]
fn damaged_bytes_are_errors_or_other_tables() {
    let chars = "\u{ad}ＡＢＣａĀĂĄ裏裡㎏㍿\u{2f800}\u{e0100}";
    let full = FoldTable::full();
    let table = FoldTable::from_entries(chars.chars().map(|c| (c, full.get(c))));
    let mut bytes = Vec::new();
    table.encode(&mut bytes);
    for len in 0..bytes.len() {
        assert!(FoldTable::decode(&bytes[..len]).is_err(), "{len}");
    }
    for at in 0..bytes.len() {
        for flip in [1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            if let Ok(table) = FoldTable::decode(&damaged) {
                assert!(table.entries().all(|(c, _)| table.get(c) != Folded::Same));
            }
        }
    }
}

#[test]
fn compatibility_forms() {
    folds("ＡＢＣ２０２０，：（）", "abc2020,:()");
    folds("①②⑩Ⅳⅻ⒈㈠㊤㍿㎏№℃", "1210ivxii1.(一)上株式会社kgno°c");
    folds("ﬁﬄ½m²", "fiffl1/2m2");
    folds("⽂⻓⺟龥㊗\u{f9dc}\u{2f800}", "文长母龥祝隆丽");
    folds("\u{3000}\u{a0}\u{2003}|\u{1680}", "   | ");
    folds("\u{85}\u{2028}\u{2029}\n\r\t", "\n\n\n\n\r\t");
}

#[test]
fn case_and_accents() {
    folds("Straße ÉCOLE naïve ΆΣΣ Ёлка İstanbul", "strasse ecole naive ασσ елка istanbul");
    folds("Øre Łódź Đà ħ Æsop œuvre ﬀ ǽ ᾳ", "ore lodz da h aesop oeuvre ff ae α");
    folds("lǐng nǚ ɡuɑ̄nɡ", "ling nu guang");
    folds("e\u{301} ệ", "e e");
}

#[test]
fn what_vanishes() {
    folds("a\u{ad}b\u{200b}c\u{200d}\u{feff}\u{202e}d\u{fe0f}\u{e0101}", "abcd");
    folds("👍🏽 1\u{fe0f}\u{20e3} 🏴\u{e0067}\u{e007f}", "👍 1 🏴");
}

#[test]
fn kana_and_hangul_are_left_to_the_analyzer() {
    folds("がパヴゞ゛", "がパヴゞ\u{3099}");
    folds("ｶﾞﾊﾟｰ", "カ\u{3099}ハ\u{309a}ー");
    folds("か\u{3099}", "か\u{3099}");
    folds("한국어 \u{1112}\u{1161}\u{11ab}", "한국어 \u{1112}\u{1161}\u{11ab}");
    folds("ㅎㅏﾡ", "\u{1112}\u{1161}\u{1100}");
    folds("㌀㉠", "アパート\u{1100}");
}

#[test]
fn traditional_regional_and_japanese_forms() {
    folds("引領時代臺灣台灣裏面裡爲為眾衆", "引领时代台湾台湾里面里为为众众");
    folds("後來皇后頭髮發展乾淨幹部國圖書館図", "后来皇后头发发展干净干部国图书馆图");
    folds("志願服務貧睏羣峯啟啓", "志愿服务贫困群峰启启");
    folds("看著瞭解藉口覆蓋想像", "看着了解借口复盖想象");
    folds("彷彿倣髣祇衹甦夥揹牠", "仿佛仿仿只只苏伙背它");
    folds("靑鄕寳囬亷廉県説蔵渋仮", "青乡宝回廉廉县说藏涩假");
    folds("壞麽瀋坏么沈", "坏么沈坏么沈");
    folds("東京都は日本𠮷野家", "东京都は日本𠮷野家");
}

#[test]
fn what_differs_stays_different() {
    for (a, b) in [("芸", "藝"), ("缶", "罐"), ("予", "豫"), ("着", "箸"), ("土", "士")] {
        assert_ne!(folded(a), folded(b));
    }
    folds("芸缶予乾坤", "芸缶予干坤");
}

#[test]
fn a_subset_keeps_what_texts_can_need() {
    let full = FoldTable::full();
    let han = full.subset(|c| c == '里');
    for c in "Ａéß①½\u{200b}裏裡里后".chars() {
        assert_eq!(han.get(c), full.get(c), "{c}");
    }
    for c in "後ｶㄱ㍿℃Ω".chars() {
        assert_eq!(han.get(c), Folded::Same, "{c}");
    }
    let japanese = full.subset(|c| c == 'ガ');
    assert_eq!(japanese.get('ｶ'), Folded::One('カ'));
    assert_eq!(japanese.get('ﾞ'), Folded::One('\u{3099}'));
    let korean = full.subset(|c| c == '한');
    assert_eq!(korean.get('ㅎ'), Folded::One('\u{1112}'));
}
