//! Dates, sources and names that stand around an article: `来源：…`, `□ 某某`, `（记者 …）`.
//!
//! They become metadata and stay in the text.

use crate::draft::one_line;
use crate::meta::{Meta, Values};

/// Labels and the field each of them fills. Longer ones first: `文章来源` before `来源`.
const LABELS: &[(&str, &str)] = &[
    ("责任编辑", "editor"),
    ("責任編輯", "editor"),
    ("编辑", "editor"),
    ("編輯", "editor"),
    ("责编", "editor"),
    ("責編", "editor"),
    ("来源", "source"),
    ("來源", "source"),
    ("出处", "source"),
    ("出處", "source"),
    ("稿源", "source"),
    ("作者", "author"),
    ("撰稿", "author"),
    ("撰稿人", "author"),
    ("供稿", "author"),
    ("文/图", "author"),
    ("文/圖", "author"),
    ("记者", "author"),
    ("記者", "author"),
    ("通讯员", "author"),
    ("通訊員", "author"),
];

/// Labels of lines that are no headings either, and fill no field.
const OTHER_LABELS: &[&str] = &[
    "时间",
    "時間",
    "日期",
    "地点",
    "地點",
    "地址",
    "电话",
    "電話",
    "联系人",
    "聯絡人",
    "主持",
    "出席",
    "列席",
    "缺席",
    "记录",
    "記錄",
    "整理",
    "编写",
    "編寫",
    "编制",
    "編製",
    "录入",
    "錄入",
    "摄影",
    "攝影",
    "审核",
    "審核",
    "校对",
    "校對",
    "签发",
    "簽發",
    "发布",
    "發布",
    "文号",
    "文號",
    "主办单位",
    "主辦單位",
    "承办单位",
    "承辦單位",
    "技术支持",
    "技術支持",
    "备案号",
    "備案號",
];

/// What a byline in brackets begins with.
const ROLES: &[&str] =
    &["本报记者", "本報記者", "见习记者", "見習記者", "记者", "記者", "通讯员", "通訊員"];

/// Marks before an author's name.
const MARKS: &[char] = &['□', '■', '◎', '◇', '◆'];

/// Longer lines are sentences that happen to hold a date or a label.
const MAX_CHARS: usize = 60;

/// Common family names, in both scripts.
const FAMILY_NAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓\
    唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚\
    廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文翟温溫庞龐颜顏倪严嚴聂聶詹靳裴鲍鮑\
    覃霍翁阮柯齐齊鲁魯葛韦韋毕畢焦柳欧歐纪紀费費关關";

/// Those that seldom begin another word.
const SURE_FAMILY_NAMES: &str = "王李刘劉赵趙吴吳徐孙孫胡朱郭郑鄭冯馮董袁邓鄧傅彭吕呂卢盧蒋蔣蔡薛阎閻潘汪姜姚谭譚廖邹鄒郝崔邱侯邵孟尹龚龔翟\
    庞龐颜顏倪聂聶詹靳裴鲍鮑覃霍翁阮柯韦韋";

/// Fills `meta` from the lines of an article; what stands there already stays.
pub(crate) fn scan(text: &str, meta: &mut Meta) {
    const HEAD: usize = 8;
    const TAIL: usize = 6;
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut head = 0;
    for line in lines().take(HEAD) {
        head += 1;
        scan_line(line, meta);
        if !meta.contains_key("author")
            && let Some(names) = bracketed_names(line)
        {
            meta.insert("author".to_owned(), names.into());
        }
    }
    let mut tail: Vec<&str> =
        text.rsplit('\n').map(str::trim).filter(|l| !l.is_empty()).take(TAIL).collect();
    tail.truncate(lines().take(HEAD + TAIL).count() - head);
    for line in tail.into_iter().rev() {
        scan_line(line, meta);
    }
}

/// The author, where the first line of an article is nothing but names.
pub(crate) fn lone_names(text: &str, meta: &mut Meta) {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    if !meta.contains_key("author")
        && let Some(names) = first.and_then(names_alone)
    {
        meta.insert("author".to_owned(), names.into());
    }
}

/// Whether a short line is a byline, a date or a source rather than a heading.
pub(crate) fn is_byline(line: &str) -> bool {
    let mut meta = Meta::new();
    scan_line(line, &mut meta);
    let other = |(label, _): (&str, &str)| OTHER_LABELS.iter().any(|other| label.ends_with(other));
    !meta.is_empty() || marked(line) || names_alone(line).is_some() || labelled(line).any(other)
}

/// Whether a line says by mark or label that it is a byline.
pub(crate) fn marked(line: &str) -> bool {
    line.starts_with(MARKS) || after_by(line).is_some()
}

fn scan_line(line: &str, meta: &mut Meta) {
    if line.chars().nth(MAX_CHARS).is_some() {
        return;
    }
    let line = without_glosses(line);
    let line = line.as_str();
    let mut fill = |field: &str, value: &str| {
        let value = one_line(value);
        if !value.is_empty() && !meta.contains_key(field) {
            let names = value.split(['/', '、']).map(str::trim).filter(|name| !name.is_empty());
            let values = match field {
                "author" => Values::from(names.map(str::to_owned).collect::<Vec<_>>()),
                _ => Values::from(value),
            };
            meta.insert(field.to_owned(), values);
        }
    };
    if let Some(date) = date_in(line) {
        fill("date", &date);
    }
    for (before, value) in labelled(line) {
        if let Some((_, field)) = LABELS.iter().find(|(label, _)| before.ends_with(label)) {
            fill(field, value);
        }
    }
    if let Some(name) = line.strip_prefix(MARKS) {
        fill("author", name);
    } else if let Some(name) = after_by(line) {
        fill("author", name);
    }
}

/// `By: NAME`.
fn after_by(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("By").or(line.strip_prefix("BY"))?;
    let rest = rest.trim_start().strip_prefix([':', '：'])?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// What stands before each colon of a line, and the value after it, up to the next gap.
fn labelled(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices([':', '：']).filter_map(|(at, colon)| {
        let value = line[at + colon.len()..].trim_start();
        let end = value.find(|c: char| c.is_whitespace() || "|｜】］]）)；;".contains(c));
        let value = &value[..end.unwrap_or(value.len())];
        (!value.is_empty()).then(|| (line[..at].trim_end(), value))
    })
}

/// The names in `（记者 甲 通讯员 乙）` near the start of a paragraph.
fn bracketed_names(line: &str) -> Option<Vec<String>> {
    const WITHIN: usize = 16;
    let open = line.char_indices().take(WITHIN).find(|(_, c)| "（(".contains(*c))?.0;
    let inside = line[open..].split_once(['（', '('])?.1;
    let inside = inside[..inside.find(['）', ')'])?].trim();
    let dateline =
        line[..open].trim_end().ends_with("讯") || line[..open].trim_end().ends_with("訊");
    if !dateline && !ROLES.iter().any(|role| inside.starts_with(role)) {
        return None;
    }
    let mut names = Vec::new();
    for word in inside.split(|c: char| c.is_whitespace() || "、，,/：:".contains(c)) {
        let mut name = word;
        for role in ROLES {
            name = name.strip_prefix(role).unwrap_or(name);
        }
        let length = name.chars().count();
        if (2..=4).contains(&length) && name.chars().all(is_han) {
            names.push(name.to_owned());
        }
    }
    (!names.is_empty()).then_some(names)
}

/// A line of nothing but names of two to four characters.
fn names_alone(line: &str) -> Option<Vec<String>> {
    const MAX_CHARS: usize = 4 * 4;
    if line.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let names: Vec<&str> = line.split(|c: char| c.is_whitespace() || "、/".contains(c)).collect();
    let is_name = |name: &&str| {
        let mut chars = name.chars();
        chars.next().is_some_and(|c| FAMILY_NAMES.contains(c))
            && (1..=2).contains(&chars.clone().count())
            && chars.all(is_han)
    };
    let sure = names.iter().any(|name| name.starts_with(|c| SURE_FAMILY_NAMES.contains(c)));
    (sure && names.len() <= 4 && names.iter().all(is_name))
        .then(|| names.into_iter().map(str::to_owned).collect())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A gloss at the start of `text`, as in `(zhèn)`, passed over.
fn without_gloss(text: &str) -> &str {
    let inside = text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    match inside {
        Some((gloss, rest)) if is_gloss(gloss) => rest,
        _ => text,
    }
}

fn is_gloss(gloss: &str) -> bool {
    (1..=6).contains(&gloss.chars().count())
        && gloss.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '\u{DF}'..='\u{1DC}'))
}

/// A line without the glosses that stand in noisy text.
pub(crate) fn without_glosses(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '（']) {
        value.push_str(&rest[..at]);
        let glossed = value.chars().next_back().is_some_and(is_han);
        let after = if glossed { without_gloss(&rest[at..]) } else { &rest[at..] };
        if after.len() == rest.len() - at {
            let bracket = rest[at..].chars().next().map_or(0, char::len_utf8);
            value.push_str(&rest[at..at + bracket]);
            rest = &rest[at + bracket..];
        } else {
            rest = after;
        }
    }
    value.push_str(rest);
    value
}

/// The date that a line is about: at its start, or after a colon, bar or bracket.
fn date_in(line: &str) -> Option<String> {
    let mut at_start = true;
    for (at, c) in line.char_indices() {
        if at_start
            && digit(c).is_some()
            && let Some((date, _)) = parse_date(&line[at..])
        {
            return Some(date);
        }
        if !c.is_whitespace() {
            at_start = matches!(c, ':' | '：' | '|' | '｜' | '(' | '（' | '[' | '【');
        }
    }
    None
}

/// A date as `YYYY-MM-DD[ HH:MM[:SS]]`, from a metadata value; none where it is none.
pub(crate) fn iso_date(value: &str) -> Option<String> {
    parse_date(value.trim()).map(|(date, _)| date)
}

/// A date at the start of `text`, and what follows it.
fn parse_date(text: &str) -> Option<(String, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let (separator, rest) = separator(rest, "-/.年－／．")?;
    let closing = if separator == '年' { "月" } else { "-/.－／．" };
    let (month, rest) = number(rest.trim_start(), 1, 2)?;
    let (_, rest) = self::separator(rest, closing)?;
    let (day, rest) = number(rest.trim_start(), 1, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let valid =
        (1000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !valid || rest.chars().next().is_some_and(|c| digit(c).is_some()) {
        return None;
    }
    let mut date = format!("{year:04}-{month:02}-{day:02}");
    if let Some((time, after)) = parse_time(rest) {
        date.push(' ');
        date.push_str(&time);
        return Some((date, after));
    }
    Some((date, rest))
}

/// `HH:MM[:SS]` after white space or a `T`.
fn parse_time(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('T').unwrap_or(text.trim_start());
    let (hour, rest) = number(rest, 1, 2)?;
    let (_, rest) = separator(rest, ":：")?;
    let (minute, rest) = number(rest, 2, 2)?;
    let second = separator(rest, ":：").and_then(|(_, rest)| number(rest, 2, 2));
    if hour > 23 || minute > 59 {
        return None;
    }
    match second {
        Some((second, rest)) if second < 60 => {
            Some((format!("{hour:02}:{minute:02}:{second:02}"), rest))
        }
        _ => Some((format!("{hour:02}:{minute:02}"), rest)),
    }
}

/// A number of `min` to `max` digits, half or full width.
fn number(text: &str, min: usize, max: usize) -> Option<(u32, &str)> {
    let mut value = 0;
    let mut length = 0;
    for (count, c) in text.chars().take(max).enumerate() {
        let Some(digit) = digit(c) else { break };
        value = value * 10 + digit;
        length += c.len_utf8();
        if count + 1 == max {
            return Some((value, &text[length..]));
        }
    }
    let count = text[..length].chars().count();
    (count >= min).then(|| (value, &text[length..]))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn separator<'a>(text: &'a str, any: &str) -> Option<(char, &'a str)> {
    let c = text.chars().next()?;
    any.contains(c).then(|| (c, &text[c.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(text: &str) -> String {
        let mut meta = Meta::new();
        scan(text, &mut meta);
        lone_names(text, &mut meta);
        let fields: Vec<String> =
            meta.iter().map(|(key, value)| format!("{key}={value}")).collect();
        fields.join(" ")
    }

    #[test]
    fn dates() {
        assert_eq!(meta("2023-02-28 17:24"), "date=2023-02-28 17:24");
        assert_eq!(meta("２０２３年２月８日"), "date=2023-02-08");
        assert_eq!(meta("发布时间：2023/2/28 7:05:09"), "date=2023-02-28 07:05:09");
        assert_eq!(meta("2023-02-28T17:24:00+08:00"), "date=2023-02-28 17:24:00");
        assert_eq!(meta("2023-13-28"), "");
        assert_eq!(meta("编号 2023-02-28"), "");
        assert_eq!(meta("自2023年2月28日起施行"), "");
        assert_eq!(meta(&format!("2023年2月28日，{}", "村".repeat(60))), "");
    }

    #[test]
    fn labels() {
        assert_eq!(
            meta("文章來源: 村務(wù)網(wǎng)  時間: 2023-02-28 17:24"),
            "date=2023-02-28 17:24 source=村務網"
        );
        assert_eq!(meta("2023-08-15 来源：村报（第三版）"), "date=2023-08-15 source=村报（第三版");
        assert_eq!(meta("正文第一段很长。\n\n责任编辑：周某"), "editor=周某");
        assert_eq!(meta("出处：村报"), "source=村报");
        assert_eq!(meta("出處:村報 責任編輯:周某"), "editor=周某 source=村報");
        assert_eq!(meta("[責編：周某]"), "editor=周某");
        assert_eq!(meta("文/圖：宣傳科"), "author=宣傳科");
        assert_eq!(meta("来源不明的说法。"), "");
    }

    #[test]
    fn authors() {
        assert_eq!(meta("□ 代某\nBy: DAI Mou"), "author=代某");
        assert_eq!(meta("□ 孟某/王某"), "author=孟某, 王某");
        assert_eq!(meta("By: DAI Mou"), "author=DAI Mou");
        assert_eq!(meta("本报讯（记者 陈甲 通讯员 李乙）村里开会。"), "author=陈甲, 李乙");
        assert_eq!(meta("本报讯（刘丙）村里开会。"), "author=刘丙");
        assert_eq!(meta("本報訊(記者 陳甲 通訊員 李乙)村里開會。"), "author=陳甲, 李乙");
        assert_eq!(meta("龐某某 齊某\n\n村里開會。"), "author=龐某某, 齊某");
        assert_eq!(meta("村里（含河东 河西）开会。"), "");
        assert_eq!(meta("翟甲 秦乙丙\n\n村里开会。"), "author=翟甲, 秦乙丙");
        for heading in ["村里", "方法", "任务 方法", "高级版"] {
            assert_eq!(meta(&format!("{heading}\n\n村里开会。")), "");
        }
    }

    #[test]
    fn bylines() {
        for line in ["□ 代某", "By: DAI Mou", "来源：村报", "2023-08-15", "朱某", "地点：村委会"]
        {
            assert!(is_byline(line), "{line}");
        }
        for line in ["开放时间", "第一章 总则", "整合资源 统筹队伍", "河村：一台旧机器"]
        {
            assert!(!is_byline(line), "{line}");
        }
    }
}
