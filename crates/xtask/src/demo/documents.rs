//! The documents as pages of a site, so that hits have somewhere to lead, and marks somewhere to be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use suoyin_core::Document;
use suoyin_ingest::{IngestOptions, ingest};

/// The page of a document; names in braces stand for what is different in each.
const TEMPLATE: &str = include_str!("document.html");

/// What the folders of the sample documents are about.
const CATEGORIES: &[(&str, &str)] = &[
    ("notices", "通知"),
    ("news", "新闻"),
    ("handbooks", "手册"),
    ("manual", "使用说明"),
    ("tables", "表格"),
    ("data", "失物招领"),
    ("ja", "日本語"),
    ("ko", "한국어"),
];

/// Folders that are named after the language of what is in them.
const LANGUAGES: &[&str] = &["zh-hans", "zh-hant", "en", "ja", "ko"];

/// Endings that say how a document was written, which no longer matters.
const ENDINGS: &[&str] = &[".txt", ".text", ".md", ".markdown", ".html", ".htm"];

/// Writes a page for each document at `documents` into `folder`, which lies so many folders `below`
/// the one with the style sheet.
pub(super) fn write(documents: &Path, folder: &Path, below: usize) -> Result<()> {
    let ingested = ingest(&[documents.to_owned()], &IngestOptions::default())?;
    let mut taken = BTreeSet::new();
    for document in &ingested.documents {
        let name = name(&document.id, &mut taken);
        let path = folder.join(&name);
        let parent = path.parent().context("a page lies in a folder")?;
        fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
        let root = "../".repeat(below + name.matches('/').count());
        fs::write(&path, page(document, documents, &root))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// The name of a document's page, with folders; no other has it.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    // The id of a JSON line may be anything.
    let parts: Vec<&str> =
        id.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let whole = parts.join("/");
    let stem = ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending)).unwrap_or(&whole);
    let mut name = format!("{stem}.html");
    while !taken.insert(name.clone()) {
        name = format!("{whole}-{}.html", taken.len());
    }
    name
}

fn page(document: &Document, documents: &Path, root: &str) -> String {
    let folders = || {
        let above = documents.iter().next_back().and_then(|name| name.to_str());
        document.id.split('/').chain(above)
    };
    let category = folders().find_map(|folder| {
        CATEGORIES.iter().find(|(name, _)| *name == folder).map(|(_, category)| *category)
    });
    let lang = folders().find(|folder| LANGUAGES.contains(folder)).unwrap_or("zh-Hans");
    let known = |key: &&str| document.meta.contains_key(*key);
    let fields = ["date", "author", "source"].into_iter().filter(known);
    let byline: Vec<String> = fields.clone().map(|key| escape(&document.meta[key])).collect();
    let meta: Vec<String> = fields
        .map(|key| format!("<meta name=\"{key}\" content=\"{}\">", escape(&document.meta[key])))
        .collect();
    fill(&[
        ("lang", &escape(document.meta.get("lang").map_or(lang, String::as_str))),
        ("meta", &meta.join("\n  ")),
        ("title", &escape(&document.title)),
        ("root", root),
        ("category", category.unwrap_or_default()),
        ("byline", &byline.join(" · ")),
        ("text", &text(document)),
    ])
}

/// The text, with its headings.
fn text(document: &Document) -> String {
    let mut html = String::new();
    let starts = document.sections.iter().map(|section| section.start as usize);
    let mut ends = starts.clone().chain([document.text.len()]);
    push_paragraphs(&mut html, &document.text[..ends.next().unwrap_or_default()]);
    for (at, (section, (start, end))) in document.sections.iter().zip(starts.zip(ends)).enumerate()
    {
        let body = &document.text[start..end];
        let below = body.trim_start().strip_prefix(&section.title);
        let id = match &*section.anchor {
            "" => format!("part-{}", at + 1),
            anchor => escape(anchor),
        };
        html += &format!("      <h2 id=\"{id}\">{}</h2>\n", escape(&section.title));
        push_paragraphs(&mut html, below.unwrap_or(body));
    }
    html
}

fn push_paragraphs(html: &mut String, text: &str) {
    for paragraph in text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        html.push_str(&format!("      <p>{}</p>\n", escape(paragraph)));
    }
}

/// The template with these values, which may have braces in them.
fn fill(values: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once('{') {
        page += before;
        let (name, behind) = after.split_once('}').expect("a name in braces ends");
        page += values.iter().find(|(known, _)| *known == name).expect("a name that is known").1;
        rest = behind;
    }
    page + rest
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use suoyin_core::Section;

    use super::*;

    #[test]
    fn markup_and_braces_in_a_document_stay_text() {
        let document = Document {
            id: "zh-hant/a.txt".to_owned(),
            title: "<b>\"{root}\"".to_owned(),
            text: "一\n\n二 & 三\n四".to_owned(),
            ..Document::default()
        };
        let page = page(&document, Path::new("docs/notices"), "../");
        assert!(page.contains("<h1>&lt;b&gt;&quot;{root}&quot;</h1>"), "{page}");
        assert!(page.contains("<p>一</p>\n      <p>二 &amp; 三\n四</p>"), "{page}");
        assert!(page.contains("<html lang=\"zh-hant\">"), "{page}");
        assert!(page.contains(">通知<") && page.contains("href=\"../page.css\""), "{page}");
    }

    #[test]
    fn headings_stand_where_their_sections_begin() {
        let section = |title: &str, anchor: &str, start| Section {
            title: title.to_owned(),
            anchor: anchor.to_owned(),
            start,
        };
        let document = Document {
            text: "前言\n\n甲\n\n一\n\n乙\n二".to_owned(),
            sections: vec![section("甲", "a", 8), section("乙", "", 18)],
            ..Document::default()
        };
        let expected =
            "<p>前言</p> <h2 id=\"a\">甲</h2> <p>一</p> <h2 id=\"part-2\">乙</h2> <p>二</p>";
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&text(&document)), expected);
    }

    #[test]
    fn pages_have_names_of_their_own_inside_the_folder() {
        let mut taken = BTreeSet::new();
        let mut name = |id| name(id, &mut taken);
        assert_eq!(name("news/a.md"), "news/a.html");
        assert_eq!(name("news/a.txt"), "news/a.txt-1.html");
        assert_eq!(name("../../b"), "b.html");
    }
}
