//! The tables of the manual that list what the element has, made from the element's own comments.
//!
//! A page holds each table between `<!-- table: NAME -->` and `<!-- end -->`. The comments are in
//! English; what they say in Chinese stands in `npm/descriptions.zh-Hans.json`, under the English text,
//! so that a comment that was changed is missed there.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result, bail, ensure};

use super::manifest::{Element, Entry};
use crate::project;

/// The translations, by the English text.
const CHINESE: &str = "npm/descriptions.zh-Hans.json";

/// The pages with tables.
const PAGES: &[(&str, Language)] = &[
    ("docs/manual/en/search-box.md", Language::English),
    ("docs/manual/zh-hans/search-box.md", Language::Chinese),
];

#[derive(Clone, Copy, PartialEq)]
enum Language {
    English,
    Chinese,
}

/// Checks that the tables say what the manifest says; `SUOYIN_BLESS=1` writes them anew.
pub(super) fn check(element: &Element) -> Result<()> {
    let path = project::root().join(CHINESE);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {CHINESE}"))?;
    let mut texts = Texts {
        chinese: serde_json::from_str(&text).with_context(|| format!("in {CHINESE}"))?,
        used: BTreeSet::new(),
        missing: Vec::new(),
    };
    let mut pages = Vec::new();
    for &(page, language) in PAGES {
        let path = project::root().join(page);
        let old = fs::read_to_string(&path).with_context(|| format!("reading {page}"))?;
        let new = filled(&old, |table| rows(element, table, language, &mut texts))
            .with_context(|| format!("in {page}"))?;
        pages.push((page, path, old, new));
    }
    texts.finish()?;
    let bless = env::var_os("SUOYIN_BLESS").is_some();
    for (page, path, old, new) in pages {
        if old == new {
            continue;
        }
        ensure!(
            bless,
            "the tables of {page} are not those of the element: \
             SUOYIN_BLESS=1 cargo xtask test package writes them anew"
        );
        fs::write(&path, new).with_context(|| format!("writing {page}"))?;
    }
    Ok(())
}

/// The descriptions in both languages, and which of them were asked for.
struct Texts {
    chinese: BTreeMap<String, String>,
    used: BTreeSet<String>,
    missing: Vec<String>,
}

impl Texts {
    fn get(&mut self, entry: &Entry, language: Language) -> String {
        let english = one_line(&entry.description);
        if language == Language::English {
            return english.replace('|', "\\|");
        }
        let Some(chinese) = self.chinese.get(&english) else {
            self.missing.push(english);
            return String::new();
        };
        let chinese = chinese.clone();
        self.used.insert(english);
        chinese
    }

    /// Tells what is to be translated, and which translations nothing asks for any more.
    fn finish(self) -> Result<()> {
        if !self.missing.is_empty() {
            bail!("{CHINESE} lacks the Chinese of:\n{}", self.missing.join("\n"));
        }
        let stale: Vec<&str> = self
            .chinese
            .keys()
            .filter(|text| !self.used.contains(*text))
            .map(String::as_str)
            .collect();
        ensure!(stale.is_empty(), "{CHINESE} translates what no table has:\n{}", stale.join("\n"));
        Ok(())
    }
}

/// The page with each of its tables as `table` gives it.
fn filled(page: &str, mut table: impl FnMut(&str) -> Result<String>) -> Result<String> {
    const START: &str = "<!-- table: ";
    const END: &str = "<!-- end -->";
    let mut result = String::new();
    let mut rest = page;
    let mut count = 0;
    while let Some(at) = rest.find(START) {
        let (before, from) = rest.split_at(at);
        let close = from.find(" -->").context("`<!-- table:` is not closed")?;
        let name = &from[START.len()..close];
        let end = from.find(END).with_context(|| format!("the table {name} has no {END}"))?;
        result.push_str(before);
        result.push_str(&from[..close]);
        result.push_str(" -->\n\n");
        result.push_str(&table(name)?);
        result.push('\n');
        rest = &from[end..];
        count += 1;
    }
    ensure!(count > 0, "there is no `{START}NAME -->`");
    result.push_str(rest);
    Ok(result)
}

/// One table, in Markdown.
fn rows(element: &Element, table: &str, language: Language, texts: &mut Texts) -> Result<String> {
    let words = if language == Language::Chinese { CHINESE_HEADS } else { ENGLISH_HEADS };
    let [name, value, default, meaning] = words;
    let entries: Vec<&Entry> = match table {
        "attributes" => element.attributes.iter().collect(),
        "properties" => element.properties().collect(),
        "methods" => element.methods().collect(),
        "events" => element.events.iter().collect(),
        "slots" => element.slots.iter().collect(),
        "parts" => element.css_parts.iter().collect(),
        "css-properties" => element.css_properties.iter().collect(),
        other => bail!("no table is called {other}"),
    };
    // Columns that would be empty are left out.
    let mut columns: Vec<Column> = vec![(name, Entry::signature)];
    match table {
        "attributes" | "properties" => columns.push((value, |entry| entry.type_text().to_owned())),
        "events" => columns.push(("`event.detail`", Entry::detail)),
        _ => {}
    }
    if entries.iter().any(|entry| !entry.default.is_empty()) {
        columns.push((default, |entry| entry.default.trim_matches(['"', '\'']).to_owned()));
    }
    let mut lines = String::new();
    for (head, _) in &columns {
        let _ = write!(lines, "| {head} ");
    }
    let _ = writeln!(lines, "| {meaning} |\n|{}", "---|".repeat(columns.len() + 1));
    for entry in entries {
        for (_, cell) in &columns {
            let _ = write!(lines, "| {} ", code(&cell(entry)));
        }
        let _ = writeln!(lines, "| {} |", texts.get(entry, language));
    }
    Ok(lines)
}

/// A column: its head, and what it says of an entry.
type Column = (&'static str, fn(&Entry) -> String);

/// The heads of the columns: name, value, default, meaning.
const ENGLISH_HEADS: [&str; 4] = ["Name", "Value", "Default", "Meaning"];
const CHINESE_HEADS: [&str; 4] = ["名称", "取值", "默认值", "说明"];

/// A cell of code; the slot without a name, and what has no default, are empty.
fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    if text.is_empty() { text } else { format!("`{text}`") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_replaced_and_the_rest_is_kept() {
        let page = "# A\n\n<!-- table: slots -->\n\nold\n\n<!-- end -->\n\ntext\n";
        let filled_once = filled(page, |name| Ok(format!("| {name} |\n"))).unwrap();
        let wanted = "# A\n\n<!-- table: slots -->\n\n| slots |\n\n<!-- end -->\n\ntext\n";
        assert_eq!(filled_once, wanted);
        assert_eq!(filled(wanted, |name| Ok(format!("| {name} |\n"))).unwrap(), wanted);
        assert!(filled("no table", |_| Ok(String::new())).is_err());
        assert!(filled("<!-- table: slots --> open", |_| Ok(String::new())).is_err());
    }

    #[test]
    fn a_bar_does_not_end_a_cell() {
        assert_eq!(code("\"a\" | \"b\""), "`\"a\" \\| \"b\"`");
        assert_eq!(code(" "), "");
    }
}
