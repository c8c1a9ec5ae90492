//! Plain text: the first line is the title, short lines that stand alone are headings.

use suoyin_core::Section;

use crate::byline;
use crate::draft::{Draft, Paragraphs, Parsed, folded, one_line};
use crate::noise;
use crate::report::SkipReason;

/// A longer line is a paragraph.
const MAX_HEADING_CHARS: usize = 30;
/// A longer first line is no title; the beginning of it stands in.
const MAX_TITLE_CHARS: usize = 100;

/// A file of plain text.
pub(crate) fn parse(text: &str) -> Parsed {
    let lines: Vec<&str> = text.split('\n').collect();
    let Some(at) = title_line(&lines) else {
        return Parsed::Skipped(SkipReason::Empty);
    };
    let whole = one_line(lines[at]);
    let (title, is_whole) = match whole.chars().nth(MAX_TITLE_CHARS) {
        None => (whole, true),
        Some(_) => (beginning(&whole), false),
    };
    let mut draft = body(&lines, is_whole.then_some(at), &title);
    byline::scan(&draft.text, &mut draft.meta);
    byline::lone_names(&draft.text, &mut draft.meta);
    draft.title = title;
    Parsed::Document(draft)
}

/// Text whose title is known: the `text` of a JSON line.
pub(crate) fn titled(title: String, text: &str) -> Draft {
    let lines: Vec<&str> = text.split('\n').collect();
    Draft { title: title.clone(), ..body(&lines, None, &title) }
}

/// The line that serves as the title: the first one, unless it is noise or a byline and one of the
/// next is better.
fn title_line(lines: &[&str]) -> Option<usize> {
    const NEXT: usize = 5;
    let mut filled = (0..lines.len()).filter(|&line| !lines[line].trim().is_empty());
    let first = filled.next()?;
    let unfit = |line: &str| {
        let line = line.trim();
        noise::is_list_of_words(line) || noise::is_boilerplate(line) || byline::is_byline(line)
    };
    if !unfit(lines[first]) {
        return Some(first);
    }
    let fit = |&line: &usize| {
        let line = lines[line].trim();
        !unfit(line) && !ends_sentence(line) && line.chars().nth(MAX_TITLE_CHARS).is_none()
    };
    Some(filled.take(NEXT).find(fit).unwrap_or(first))
}

/// The first sentence of a long line, or as much as fits a title.
fn beginning(line: &str) -> String {
    const CHARS: usize = 60;
    let end = line.find(['。', '！', '？', '；']).map_or(line.len(), |at| at);
    match line[..end].char_indices().nth(CHARS) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line[..end].to_owned(),
    }
}

/// The lines without the title and without what repeats, and the sections they form.
fn body(lines: &[&str], title_at: Option<usize>, title: &str) -> Draft {
    let mut draft = Draft { is_plain: true, ..Draft::default() };
    let kept = kept(lines, title_at, title, &mut draft.repeated);
    let headings = headings(lines, &kept);
    let mut headings = headings.into_iter().peekable();
    let length = kept.iter().map(|&line| lines[line].len() + 1).sum();
    let mut text = String::with_capacity(length);
    for &line in &kept {
        if text.is_empty() && lines[line].trim().is_empty() {
            continue;
        }
        if headings.next_if_eq(&line).is_some() {
            draft.sections.push(Section {
                title: one_line(lines[line]),
                anchor: String::new(),
                start: u32::try_from(text.len()).unwrap_or(u32::MAX),
            });
        }
        text.push_str(lines[line]);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    draft.text = text;
    draft
}

/// The lines that stay.
fn kept(lines: &[&str], title_at: Option<usize>, title: &str, repeated: &mut u64) -> Vec<usize> {
    /// So many lines after its first place the title may stand again.
    const LEAD: usize = 8;
    let title = folded(title);
    let mut title_again = !title.is_empty();
    let mut filled = 0;
    let mut paragraphs = Paragraphs::default();
    paragraphs.is_repeated(&title);
    let mut kept = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        if title_at == Some(at) {
            continue;
        }
        if !line.trim().is_empty() {
            filled += 1;
            let same = title_again && filled <= LEAD && folded(line) == title;
            if same || (stands_alone(lines, at) && paragraphs.is_repeated(line)) {
                *repeated += 1;
                title_again &= !same;
                continue;
            }
        }
        kept.push(at);
    }
    kept
}

/// Whether a line is a paragraph of its own, rather than part of one that was wrapped.
fn stands_alone(lines: &[&str], at: usize) -> bool {
    let bounds = |line: Option<&&str>| line.is_none_or(|l| l.trim().is_empty() || ends_sentence(l));
    let before = at.checked_sub(1).and_then(|before| lines.get(before));
    let after = lines.get(at + 1);
    bounds(before) && (ends_sentence(lines[at]) || after.is_none_or(|line| line.trim().is_empty()))
}

/// The lines that are headings.
fn headings(lines: &[&str], kept: &[usize]) -> Vec<usize> {
    let blank = |place: Option<&usize>| place.is_none_or(|&line| lines[line].trim().is_empty());
    let mut headings: Vec<usize> = Vec::new();
    let mut previous: Option<usize> = None;
    for (place, &at) in kept.iter().enumerate() {
        let line = lines[at].trim();
        if line.is_empty() {
            continue;
        }
        let before = previous.replace(at);
        if !looks_like_heading(line) {
            continue;
        }
        let mut next = kept[place + 1..].iter().map(|&l| lines[l].trim()).filter(|l| !l.is_empty());
        let alone = blank(place.checked_sub(1).map(|p| &kept[p])) && blank(kept.get(place + 1));
        let directly_before_byline =
            kept.get(place + 1).is_some_and(|&l| byline::marked(lines[l].trim()));
        // After a heading a short line is more likely the first piece of a wrapped paragraph.
        let follows_heading = before.is_some_and(|line| headings.last() == Some(&line));
        let has_next = next.clone().next().is_some();
        let leads = next.by_ref().take(2).any(|next| is_paragraph(next) || byline::is_byline(next));
        let under_title = before.is_none() && is_note(line);
        if under_title {
            continue;
        }
        if directly_before_byline
            || (alone && is_numbered(line) && has_next)
            || (alone && leads && !follows_heading)
        {
            headings.push(at);
        }
    }
    headings
}

/// Whether a line directly under the title is more likely a name or an edition than a heading.
fn is_note(line: &str) -> bool {
    const NAME_CHARS: usize = 3;
    let year = line.split_once('年').is_some_and(|(before, _)| before.ends_with(char::is_numeric));
    year || line.chars().nth(NAME_CHARS).is_none()
}

fn looks_like_heading(line: &str) -> bool {
    let open = ['，', ',', '、', '：', ':'];
    line.chars().nth(MAX_HEADING_CHARS).is_none_or(|_| without_brackets(line) <= MAX_HEADING_CHARS)
        && line.contains(char::is_alphabetic)
        && !ends_sentence(line)
        && !line.ends_with(open)
        && !byline::is_byline(line)
        && !noise::is_boilerplate(line)
        && !noise::is_list_of_words(line)
}

/// Characters outside of brackets: glosses do not make a heading longer.
fn without_brackets(line: &str) -> usize {
    let mut depth = 0usize;
    let mut count = 0;
    for c in line.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

fn is_paragraph(line: &str) -> bool {
    ends_sentence(line) || line.chars().nth(MAX_HEADING_CHARS).is_some()
}

/// `第一章`, `一、`, `（一）`, `1.2`.
fn is_numbered(line: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(c);
    let rest = line.strip_prefix(['第', '（', '(']).unwrap_or(line);
    let after = rest.trim_start_matches(number);
    after.len() < rest.len()
        && after.starts_with([
            '章', '节', '節', '条', '條', '编', '編', '篇', '、', '）', ')', '.', '．',
        ])
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    let closing = |c| matches!(c, '”' | '’' | '」' | '』' | '）' | '】' | '》' | ')' | '"' | '\'');
    let end = line.trim_end().trim_end_matches(closing).chars().next_back();
    matches!(end, Some('。' | '！' | '？' | '；' | '…' | '.' | '!' | '?' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        match parse(text) {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(reason) => panic!("{reason:?}"),
        }
    }

    fn titles(text: &str) -> String {
        let draft = draft(text);
        let titles: Vec<&str> =
            draft.sections.iter().map(|section| section.title.as_str()).collect();
        for section in &draft.sections {
            let rest = &draft.text[section.start as usize..];
            assert_eq!(one_line(rest.lines().next().unwrap()), section.title);
        }
        titles.join("|")
    }

    #[test]
    fn title_and_text() {
        let draft = draft("\n\n 开放时间 \n\n每天九点。\n  晚上关门。 \n\n");
        assert_eq!(draft.title, "开放时间");
        assert_eq!(draft.text, "每天九点。\n  晚上关门。");
        assert_eq!(parse(" \n\t\n"), Parsed::Skipped(SkipReason::Empty));
    }

    #[test]
    fn better_titles() {
        let spam = "甲货,乙货,丙货,丁货,戊货,己货,庚货,辛货";
        let text = format!("{spam}\n\n开放时间\n\n每天九点。");
        assert_eq!(draft(&text).title, "开放时间");
        assert_eq!(draft(&text).text, format!("{spam}\n\n\n每天九点。"));
        assert_eq!(draft(spam).title, spam);
        assert_eq!(draft("2023-02-28\n开放时间\n").title, "开放时间");
        assert_eq!(draft("歡迎您訪問某某網\n開放時間\n").title, "開放時間");
        let english = "How to find the one small book you need in here";
        assert_eq!(draft(english).title, english);
    }

    #[test]
    fn long_first_lines() {
        let line = format!("每天九点开门。{}", "借书要证。".repeat(30));
        let draft = draft(&line);
        assert_eq!(draft.title, "每天九点开门");
        assert_eq!(draft.text, line);
    }

    #[test]
    fn repeated() {
        let lead = "每天早上九点开门，晚上八点关门。";
        let draft = draft(&format!("开放时间\n\n{lead}\n\n开放时间\n\n{lead}\n\n完。"));
        assert_eq!(draft.repeated, 2);
        assert_eq!(draft.text, format!("{lead}\n\n\n\n完。"));
    }

    #[test]
    fn wrapped_lines_may_repeat() {
        let line = "那个村子的图书馆每天早上都开";
        let text = format!("题\n\n上\n{line}\n门。\n\n下\n{line}\n放。");
        assert_eq!(draft(&text).repeated, 0);
    }

    #[test]
    fn headings_stand_alone() {
        let text = "题\n\n开头一段。\n\n第一节\n\n内容。\n\n不是\n标题。\n\n尾巴";
        assert_eq!(titles(text), "第一节");
        assert_eq!(titles("题\n\n甲。\n\n小标题\n\n某某为了让村子\n\n更好。\n\n完。"), "小标题");
        assert_eq!(titles("题\n\n一、总则\n\n（一）目的\n\n内容。"), "一、总则|（一）目的");
        assert_eq!(titles("题\n\n禾小满\n\n内容。\n\n小标题\n\n内容。"), "小标题");
        assert_eq!(titles("题\n\n某站编 ２０２４年６月第二版\n\n内容。"), "");
        assert_eq!(titles("题\n\n内容。\n\n\u{f0d8} 收费\n\n内容。"), "收费");
        assert_eq!(titles("题\n\n内容。\n\n返回顶部\n\n内容。"), "");
        assert_eq!(titles("题\n\n内容。\n\n朱某\n\n内容。\n\n2023-02-28\n\n内容。"), "");
    }

    #[test]
    fn articles_in_a_row() {
        assert_eq!(titles("题\n□ 代某\n内容。\n又一篇文章\n□ 孟某\n内容。"), "又一篇文章");
    }

    #[test]
    fn known_titles() {
        let draft = titled("题".to_owned(), "\n题\n内容。");
        assert_eq!((draft.title.as_str(), draft.text.as_str()), ("题", "内容。"));
    }
}
