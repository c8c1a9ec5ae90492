//! Dates, which are written in many ways: 2023-02-28, 2023/2/28, 2023.02.28, 2023年2月28日.

use crate::analysis::Analyzer;

/// The other ways to write the date that `pattern`, as folded text has it, is; none if it is none.
pub(super) fn forms(analyzer: &Analyzer, pattern: &str) -> Vec<String> {
    let between = |c: char| c < ' ' || matches!(c, '.' | '年' | '月' | '日' | '号');
    let mut parts = pattern.split(between).filter(|part| !part.is_empty());
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Vec::new();
    };
    let within = |part: &str, most: u32| {
        part.len() <= 2 && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    if !is_year || !within(month, 12) || !within(day, 31) {
        return Vec::new();
    }
    let mut texts = Vec::new();
    for padded in [false, true] {
        // `-` stands for any boundary, so for `/` and spaces as well.
        for marks in [
            ["-", "-", ""],
            [".", ".", ""],
            ["年", "月", "日"],
            ["年", "月", "号"],
            [" 年 ", " 月 ", " 日"],
        ] {
            let mut text = year.to_owned();
            for (part, mark) in [month, day].into_iter().zip(marks) {
                let part = part.trim_start_matches('0');
                text.push_str(mark);
                if padded && part.len() == 1 {
                    text.push('0');
                }
                text.push_str(part);
            }
            text.push_str(marks[2]);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    // Any other way to join the three, such as 2023日2年28, is no date.
    let written = texts.iter().position(|text| analyzer.folded(text) == pattern);
    match written {
        Some(written) => {
            texts.remove(written);
            texts
        }
        None => Vec::new(),
    }
}
