//! Lines that belong to no article: lists of search words, and what stands around every page.
//!
//! They stay in the text, with a weight so low that they are found behind all else and shown in no
//! snippet; they are no titles and no headings.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use suoyin_core::{Section, Weight};

use crate::byline;
use crate::draft::Draft;
use crate::flow::is_wide;
use crate::report::DemoteReason;

/// A line that counts little.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Noise {
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    pub(crate) reason: DemoteReason,
}

/// Demotes the noise in a document; gives what it found.
pub(crate) fn demote(draft: &mut Draft) -> Vec<Noise> {
    let mut noise = noise(&draft.title, &draft.text, draft.is_plain);
    // A heading is what its section is about.
    let is_heading = |noise: &Noise| {
        let start = |section: &Section| section.start as usize;
        draft.sections.binary_search_by_key(&noise.range.start, start).is_ok()
    };
    noise.retain(|noise| !is_heading(noise));
    let ranges: Vec<Range<usize>> = noise.iter().map(|noise| noise.range.clone()).collect();
    draft.weights.overlay(&ranges, Weight::DEMOTED);
    noise
}

/// In plain text, a number that stands alone is that of a page; elsewhere it may be a cell of a table.
fn noise(title: &str, text: &str, is_plain: bool) -> Vec<Noise> {
    let mut noise = Vec::new();
    let document = Bigrams { texts: [title, text], counts: OnceCell::new() };
    let mut start = 0;
    // Outside of the text, lines are as good as blank.
    let mut blank_before = true;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        let at = start + (whole.len() - whole.trim_start().len());
        let after = start + whole.len();
        let reason = if line.is_empty() {
            None
        } else if is_list_of_words(line) {
            document.are_alone(line).then_some(DemoteReason::Spam)
        } else {
            let alone =
                blank_before && text[after..].lines().next().is_none_or(|l| l.trim().is_empty());
            let is_noise = is_boilerplate(line) || (is_plain && alone && is_number(line));
            is_noise.then_some(DemoteReason::Boilerplate)
        };
        if let Some(reason) = reason {
            noise.push(Noise { range: at..at + line.len(), reason });
        }
        blank_before = line.is_empty();
        start = after;
    }
    noise
}

/// Whether a line is a list of eight items or more with nothing of a sentence about it: the shape of
/// spam. Rows of tables, with tabs or wide gaps between their cells, are none.
pub(crate) fn is_list_of_words(line: &str) -> bool {
    const ITEMS: usize = 8;
    let (mut listed, mut spaced) = (Items::default(), Items::default());
    let mut has_columns = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_sentence = match c {
            '。' | '！' | '？' | '；' | '：' | '!' | '?' | ';' | ':' => true,
            // Not inside of names and numbers.
            '.' => chars.peek().is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        if ends_sentence {
            return false;
        }
        if c == '\t' {
            return false;
        }
        let is_space = c.is_whitespace();
        has_columns |= is_space && !spaced.is_between && chars.peek() == Some(&c);
        if matches!(c, '|' | '｜' | ',' | '，' | '、') {
            listed.end();
            spaced.end();
        } else if is_space {
            spaced.end();
        } else {
            listed.take(true);
            // Spaces separate words in other languages, so there only lists of wide words count.
            spaced.take(is_wide(c));
        }
    }
    listed.end();
    spaced.end();
    listed.count >= ITEMS || (spaced.count >= ITEMS && !has_columns)
}

/// Counts the items of a list.
#[derive(Default)]
struct Items {
    count: usize,
    /// Whether the item that is read counts.
    counts: bool,
    /// Whether none is read.
    is_between: bool,
}

impl Items {
    fn take(&mut self, counts: bool) {
        self.counts |= counts;
        self.is_between = false;
    }

    fn end(&mut self) {
        self.count += usize::from(std::mem::take(&mut self.counts));
        self.is_between = true;
    }
}

/// How often pairs of characters stand in a document, counted when first asked for.
struct Bigrams<'a> {
    texts: [&'a str; 2],
    counts: OnceCell<HashMap<(char, char), u32>>,
}

impl Bigrams<'_> {
    /// Whether more than four of five bigrams of a line stand nowhere else in the document. Where there is
    /// little else, that says nothing.
    fn are_alone(&self, line: &str) -> bool {
        const LEAST_OTHERS: usize = 20;
        let all = self.counts.get_or_init(|| counts(&self.texts));
        let (mut distinct, mut alone, mut every) = (0, 0, 0);
        counts(&[line]).into_iter().for_each(|(bigram, count)| {
            let is_alone = all.get(&bigram) == Some(&count);
            distinct += usize::from(is_alone);
            alone += if is_alone { u64::from(count) } else { 0 };
            every += u64::from(count);
        });
        all.len() - distinct >= LEAST_OTHERS && alone * 5 > every * 4
    }
}

fn counts(texts: &[&str]) -> HashMap<(char, char), u32> {
    let mut counts = HashMap::new();
    for text in texts {
        bigrams(text, |bigram| *counts.entry(bigram).or_default() += 1);
    }
    counts
}

/// Pairs of letters, digits or ideographs that stand side by side.
fn bigrams(text: &str, mut sink: impl FnMut((char, char))) {
    let mut before: Option<char> = None;
    for c in text.chars() {
        let c = if c.is_ascii() { c.to_ascii_lowercase() } else { c };
        let c = c.is_alphanumeric().then_some(c);
        if let (Some(before), Some(c)) = (before, c) {
            sink((before, c));
        }
        before = c;
    }
}

/// Page numbers and counters: nothing but up to six digits.
fn is_number(line: &str) -> bool {
    const DIGITS: usize = 6;
    line.chars().nth(DIGITS).is_none()
        && line.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// What stands around the pages of a site, in both scripts.
static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    // Behind a label, that is followed by something.
    const LABELS: &str = "主[办辦][单單]位|承[办辦][单單]位|[协協][办辦][单單]位|指[导導][单單]位|\
        技[术術]支持|版[权權]所有|[网網]站[标標][识識][码碼]|(ICP|网站|網站)?[备備]案[号號序編编]*|\
        [浏瀏][览覽](次[数數]|量|[数數])|[阅閱][读讀](次[数數]|量|[数數])|[点點][击擊](次[数數]|量|[数數])|\
        [访訪][问問](次[数數]|量|人[数數])|上一篇|下一篇|上一[页頁]|下一[页頁]";
    // The whole line, but for arrows and brackets.
    const LINES: &str = "(返回|回到)(([页頁][面首])?[顶頂](部|端)?|首[页頁]|上一[页頁]|列表|主[页頁])|\
        back to top|(打印|列印)(本[页頁]|此[页頁])|[设設][为為]首[页頁]|加入收藏|分享(到|至)|\
        扫一扫.{0,12}|掃一掃.{0,12}";
    let pattern = format!(
        r"(?ix)^\W*(?:
            (?:{LABELS})\s*[:：].*
            | (?:{LINES})\W*
            | [欢歡]迎[您你]?(?:[访訪][问問]|光[临臨]|[浏瀏][览覽]).{{0,24}}
            | [您你]是(?:本站)?(?:的)?第.{{0,12}}位.{{0,2}}(?:[来來][访訪]|[访訪][问問客]|[浏瀏][览覽]|[游遊]客).{{0,2}}
            | .{{0,24}}ICP[备備证證]\D{{0,4}}\d{{5,}}.{{0,16}}
            | .{{0,8}}公[网網]安[备備]\W*\d{{5,}}.{{0,8}}
            | copyright\W*(?:©|\(c\)|\d{{4}}).*
            | ©.*
            | 版[权權]所有(?:\W.*)?
            | all\ rights\ reserved.*
        )$",
        LABELS = spaced(LABELS),
        LINES = spaced(LINES),
    );
    Regex::new(&pattern).expect("a constant pattern is well-formed")
});

/// In patterns that may hold comments, spaces stand for themselves only when escaped.
fn spaced(pattern: &str) -> String {
    pattern.replace(' ', r"\ ")
}

/// Whether a line belongs to the site rather than the article: who runs it, its licence number, how
/// to go back to the top.
pub(crate) fn is_boilerplate(line: &str) -> bool {
    const LONGEST: usize = 80;
    let line = line.trim();
    // Most lines are longer, and in bytes that is known at once.
    if line.len() > LONGEST * 4 || line.chars().nth(LONGEST).is_some() || line.contains('。') {
        return false;
    }
    if line.contains(['(', '（']) {
        return BOILERPLATE.is_match(&byline::without_glosses(line));
    }
    BOILERPLATE.is_match(line)
}

/// Finds lines of a text in the file it was made of, in their order.
#[derive(Debug)]
pub(crate) struct LinePlaces<'a> {
    lines: std::str::Lines<'a>,
    number: u64,
}

impl<'a> LinePlaces<'a> {
    pub(crate) fn of(file: &'a str) -> LinePlaces<'a> {
        LinePlaces { lines: file.lines(), number: 0 }
    }

    /// The number of the next line that is this one, or failing that holds it; none where markup or
    /// damage hides it.
    pub(crate) fn find(&mut self, line: &str) -> Option<u64> {
        if let Some(ahead) = self.lines.clone().position(|other| other.trim() == line) {
            self.pass(ahead + 1);
            return Some(self.number);
        }
        if let Some(ahead) = self.lines.clone().position(|other| other.contains(line)) {
            // It may hold the next one, too.
            self.pass(ahead);
            return Some(self.number + 1);
        }
        // One search in vain is enough: a hostile page must not take forever.
        self.lines = "".lines();
        None
    }

    fn pass(&mut self, lines: usize) {
        if let Some(last) = lines.checked_sub(1) {
            self.lines.nth(last);
        }
        self.number += lines as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAM: &str = "甲县|乙市|丙区|丁县|戊州|己旗|庚镇|辛乡|壬村";

    fn found(text: &str) -> Vec<(&str, DemoteReason)> {
        noise("", text, true).into_iter().map(|noise| (&text[noise.range], noise.reason)).collect()
    }

    #[test]
    fn lists_of_words() {
        for line in [
            SPAM,
            "甲县，乙市，丙区，丁县，戊州，己旗，庚镇，辛乡",
            "甲县 乙市 丙区 丁县 戊州 己旗 庚镇 辛乡",
            "甲县| 乙市| 丙区| 丁县| 戊州| 己旗| 庚镇| 辛乡|",
            "甲县|  乙市|  丙区|  丁县|  戊州|  己旗|  庚镇|  辛乡|",
            "one, two, three, four, v1.5, six, seven, eight",
        ] {
            assert!(is_list_of_words(line), "{line}");
        }
        for line in [
            "甲县、乙市、丙区、丁县、戊州、己旗、庚镇",
            "甲县、乙市、丙区、丁县、戊州、己旗、庚镇、辛乡都来了。",
            "出席：甲县、乙市、丙区、丁县、戊州、己旗、庚镇、辛乡",
            "How to find the one small book you need in here",
            "one, two, three, four, five, six, seven, eight.",
            "|||||||||",
            "甲县\t乙市、丙区、丁县\t戊州、己旗、庚镇、辛乡",
            "甲县   乙市   丙区   丁县   戊州   己旗   庚镇   辛乡",
        ] {
            assert!(!is_list_of_words(line), "{line}");
        }
    }

    #[test]
    fn spam_stands_out() {
        let article = "这个村的图书馆每天早上九点开门，晚上八点关门。借书需要带上身份证。";
        let text = format!("{article}\n{SPAM}\n{article}");
        assert_eq!(found(&text), [(SPAM, DemoteReason::Spam)]);
        // What the article speaks of is its own list.
        let about = format!("甲县、乙市、丙区、丁县来人，戊州、己旗没来。{article}\n{SPAM}");
        assert_eq!(found(&about), []);
        // Nothing else to compare with.
        assert_eq!(found(&format!("名单\n{SPAM}")), []);
    }

    #[test]
    fn boilerplate() {
        for line in [
            "主办单位：某某村委会",
            "主辦單位:某某村委會",
            "技術(shù)支持：某某公司",
            "ICP备案号：湘ICP备00000000号-1",
            "湘ICP備00000000號",
            "京公网安备 00000000000000号",
            "返回顶部",
            "【返回頂部】",
            "▲ 回到顶端",
            "Back to top",
            "欢迎访问某某网",
            "歡迎您訪問某某網",
            "您是第 位來訪者",
            "您是第10086位访问者",
            "上一篇：村里通了水",
            "打印本页",
            "版权所有 某某村委会",
            "Copyright © 2024 The village",
            "© 2024",
            "阅读次数：1024",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "版权所有权的转移",
            "如何办理ICP备案",
            "技术支持怎么找",
            "主办单位",
            "欢迎来到河村",
            "您是第一位提问的人",
            "Copyright law",
            "他返回顶部看了看",
            "主办单位：某某村委会。活动在村口。",
            "",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn numbers_stand_alone() {
        assert_eq!(found("文\n\n12\n\n文"), [("12", DemoteReason::Boilerplate)]);
        assert_eq!(found("３"), [("３", DemoteReason::Boilerplate)]);
        assert_eq!(found("文\n12\n文"), []);
        assert_eq!(found("文\n\n2024001\n\n文"), []);
    }

    #[test]
    fn headings_are_none() {
        let section = Section { title: "加入收藏".to_owned(), anchor: String::new(), start: 9 };
        let text = "加入收藏\n\n\n加入收藏\n".to_owned();
        let mut draft = Draft { text, ..Draft::default() };
        assert_eq!(demote(&mut draft).len(), 2);
        draft.sections.push(Section { start: 15, ..section });
        assert_eq!(demote(&mut draft).len(), 1);
    }

    #[test]
    fn places_are_those_of_the_line() {
        let text = "文\n\n  返回顶部 \n";
        let noise = noise("", text, false);
        assert_eq!(&text[noise[0].range.clone()], "返回顶部");
        assert!(self::noise("", "12", false).is_empty());
    }

    #[test]
    fn places_in_the_file() {
        let mut places = LinePlaces::of("十位\n1\n\n <p>返回顶部<br>分享到</p>\n1\n");
        assert_eq!(places.find("1"), Some(2));
        assert_eq!(places.find("返回顶部"), Some(4));
        assert_eq!(places.find("分享到"), Some(4));
        assert_eq!(places.find("1"), Some(5));
        assert_eq!(places.find("1"), None);
    }
}
