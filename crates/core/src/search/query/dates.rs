//! Dates, which are written in many ways: 2023-02-28, 2023/2/28, 2023.02.28, 2023年2月28日.

use crate::analysis::Analyzer;

/// What stands behind year, month and day; `-` is any boundary, so that `/` will do as well.
const MARKS: [[&str; 3]; 5] = [
    ["-", "-", ""],
    [".", ".", ""],
    ["年", "月", "日"],
    ["年", "月", "号"],
    [" 年 ", " 月 ", " 日"],
];

/// The other ways to write the date that `pattern`, as folded text has it, is; none if it is none.
pub(super) fn forms(analyzer: &Analyzer, pattern: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let Some((year, month, day)) = numbers(pattern) else { return texts };
    let mut is_date = false;
    for padded in [false, true] {
        for marks in MARKS {
            let mut text = year.to_owned();
            for (part, mark) in [(month, marks[0]), (day, marks[1])] {
                text.push_str(mark);
                if padded && part.len() == 1 {
                    text.push('0');
                }
                text.push_str(part);
            }
            text.push_str(marks[2]);
            // Any other way to join the three, such as 2023日2年28, is no date.
            if analyzer.folded(&text) == pattern {
                is_date = true;
            } else {
                texts.push(text);
            }
        }
    }
    if !is_date {
        texts.clear();
    }
    texts
}

/// The three numbers in `pattern`, if they may be year, month and day, without leading zeros.
fn numbers(pattern: &str) -> Option<(&str, &str, &str)> {
    let mut numbers = [""; 3];
    let mut count = 0;
    let mut start = 0;
    let bytes = pattern.as_bytes();
    for end in 0..=bytes.len() {
        if bytes.get(end).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        if start < end {
            *numbers.get_mut(count)? = &pattern[start..end];
            count += 1;
        }
        start = end + 1;
    }
    let [year, month, day] = numbers;
    let (month, day) = (up_to(month, 12)?, up_to(day, 31)?);
    (year.len() == 4).then_some((year, month, day))
}

/// `number` without a leading zero, if it is from 1 to `most`.
fn up_to(number: &str, most: u32) -> Option<&str> {
    let value = number.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    let fits = matches!(number.len(), 1 | 2) && (1..=most).contains(&value);
    fits.then(|| number.strip_prefix('0').unwrap_or(number))
}
