//! The fold table against crates that take their data from elsewhere, so that a slip of the generator
//! shows. Each test lists the differences it knows, and why they are there.

#![cfg(not(target_arch = "wasm32"))]

use encoding_rs::GBK;
use suoyin_core::analysis::fold::{FoldTable, Folded};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

fn fold(table: &FoldTable, text: impl IntoIterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        match table.get(c) {
            Folded::Same => out.push(c),
            Folded::One(target) => out.push(target),
            Folded::Many(targets) => out.extend(targets),
            Folded::Vanish => {}
        }
    }
    out
}

fn vanishes(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, Format, NonspacingMark};
    matches!(c.general_category(), NonspacingMark | EnclosingMark | Format)
        && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// NFKC, full case folding and the stripping of accents, by the crates.
fn plain(c: char) -> String {
    let strip = |text: &str| text.nfkd().filter(|&c| !vanishes(c)).collect::<String>();
    strip(&caseless::default_case_fold_str(&strip(c.encode_utf8(&mut [0; 4])))).nfc().collect()
}

/// Characters that came into Unicode, or changed, after the version the table is made from.
#[rustfmt::skip]
const NEWER: [(u32, u32); 45] = [
    (0x558, 0x558), (0x58b, 0x58c), (0x5c8, 0x5c9), (0x897, 0x897), (0xb53, 0xb54), (0x1acf, 0x1af0),
    (0x1c89, 0x1c89), (0x209d, 0x209f), (0xa7cb, 0xa7cc), (0xa7da, 0xa7da), (0xa7dc, 0xa7dc),
    (0xa7f1, 0xa7f1), (0x105c9, 0x105c9), (0x105e4, 0x105e4), (0x107bb, 0x107bf), (0x10d50, 0x10d65),
    (0x10d69, 0x10d6d), (0x10ecb, 0x10ecf), (0x10ef0, 0x10efc), (0x11385, 0x11385), (0x113bb, 0x113c0),
    (0x113ce, 0x113ce), (0x113d0, 0x113d0), (0x113d2, 0x113d2), (0x113e1, 0x113e2), (0x1171e, 0x1171e),
    (0x11b60, 0x11b60), (0x11b62, 0x11b64), (0x11b66, 0x11b66), (0x11df0, 0x11df0), (0x11f5a, 0x11f5a),
    (0x1611e, 0x16129), (0x1612d, 0x1612f), (0x1b123, 0x1b126), (0x1ccd6, 0x1ccf9), (0x1d127, 0x1d128),
    (0x1d25b, 0x1d25c), (0x1d6a6, 0x1d6a6), (0x1df95, 0x1df95), (0x1dfcd, 0x1dfff), (0x1e5ee, 0x1e5ef),
    (0x1e6e3, 0x1e6e3), (0x1e6e6, 0x1e6e6), (0x1e6ee, 0x1e6ef), (0x1e6f5, 0x1e6f5),
];

/// What the table moves though the crates do not, apart from Han characters.
fn moves_by_a_rule_of_ours(c: char) -> bool {
    matches!(c,
        // Ends of lines, spaces, the fraction slash.
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{1680}' | '⁄'
        // Letters without a decomposition.
        | 'æ' | 'ð' | 'ø' | 'þ' | 'đ' | 'ħ' | 'ı' | 'ł' | 'œ' | 'ŧ' | 'ɑ' | 'ɡ'
        // Ignorable without being a mark or a format character; skin tones.
        | '\u{115f}' | '\u{1160}' | '\u{2065}' | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{1f3fb}'..='\u{1f3ff}'
        // Radicals and strokes.
        | '\u{2e80}'..='\u{2fdf}' | '\u{31c0}'..='\u{31ef}'
        // Han.
        | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What the crates make of a character is on the way to what the table makes of it, and where the crates
/// make nothing of it the table does neither, but for the rules above.
#[test]
fn normalization_case_and_accents_are_those_of_two_crates() {
    let table = FoldTable::full();
    let mut different = String::new();
    for c in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        let plain = plain(c);
        let folded = fold(&table, [c]);
        let untouched = plain.chars().eq([c]);
        let on_the_way = fold(&table, plain.chars()).nfc().eq(folded.chars());
        if !on_the_way || untouched && !folded.chars().eq([c]) && !moves_by_a_rule_of_ours(c) {
            different.push(c);
        }
    }
    different
        .retain(|c| !NEWER.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c))));
    // By NFKC these are a space and a mark; the table takes them for the mark alone.
    assert_eq!(different, "゛゜");
}

/// The unassigned planes and the private ones.
#[test]
fn the_rest_of_unicode_stays_as_it_is() {
    let table = FoldTable::full();
    assert!(('\u{e000}'..='\u{f8ff}').all(|c| table.get(c) == Folded::Same));
    assert!(('\u{40000}'..='\u{dffff}').all(|c| table.get(c) == Folded::Same));
    assert!(('\u{e1000}'..=char::MAX).all(|c| table.get(c) == Folded::Same));
}

/// Variants that the other converter replaces by a more usual character and the table leaves alone, OpenCC
/// holding them for characters of their own (祐 is no 佑 in a name). Several are slips: 呱 → 哌, 琯 → 管.
const LEFT_ALONE: &str = "\
    仝偸傚凟劒勗勦厰呱呵啣囘坰堦堿塲塼夀姪婬媮嬭嬾寜屭崐嶴廏廐廻廼彊彜徬懽扡搆搾摣撚擕攷敺斲暱曡\
    杴梱槃櫺歛毉毬氊涖湣濬濶炁炤烱煅煆煖燄燐燿牋牐玆玨珮琯瑉瑯甎甯畬畱疋眎眡瞇矽砲磐祐祗稭穨窰篛\
    籐籥糢紥緜縂繖繙翺聼脇臯蔆蔴薰蘗螘襆襍覔觔觝譌讐貒賔賸跼輭辤鄘醯釬銲鋻鐡閙閧阨阪阬阯陜隂隄隖\
    隷靭鞀飇餽駮騐騣髩髴鵞鶤麅黏鼇";

/// Characters that both simplify, but not to the same: the table by the analogy of the standard (鋂 → 𰾄)
/// or to the character's own simplified form (讎 → 雠), the other by usage, or by a slip (嶠 → 娇, 疊 → 迭).
const OTHERWISE: &str = "儸勣壠嶠巗椏瀋煇疊礮篠耑蓧訢諮讌讎貲鉋鋂鑪韝頫颺飈餧鰌";

#[test]
fn simplification_is_that_of_another_converter() {
    let table = FoldTable::full();
    let (mut converted, mut left_alone, mut otherwise) = (0, String::new(), String::new());
    for c in '\u{3400}'..='\u{9fff}' {
        let simplified = fast2s::convert(c.encode_utf8(&mut [0; 4]));
        if simplified.chars().eq([c]) {
            continue;
        }
        converted += 1;
        let folded = fold(&table, [c]);
        if folded != fold(&table, simplified.chars()) {
            let list = if folded.chars().eq([c]) { &mut left_alone } else { &mut otherwise };
            list.push(c);
        }
    }
    assert_eq!(converted, 2734);
    assert_eq!(left_alone, LEFT_ALONE);
    assert_eq!(otherwise, OTHERWISE);
}

/// The characters of the simplified standard are what others fold to. Those that move all the same are
/// traditional forms that GB2312 has for names and old texts, and variants.
#[test]
fn characters_of_gb2312_hardly_ever_move() {
    let table = FoldTable::full();
    let rows = (0xb0..=0xf7).flat_map(|lead| (0xa1..=0xfe).map(move |trail| [lead, trail]));
    let mut moved: Vec<char> = rows
        .flat_map(|bytes| GBK.decode(&bytes).0.chars().collect::<Vec<_>>())
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c) && table.get(*c) != Folded::Same)
        .collect();
    moved.sort_unstable();
    assert_eq!(moved.iter().collect::<String>(), "乾像吒夥彷後徵拚捱摺於榘菸著薹藉袷覆醣麴麽");
}
