//! Typing into a search box in Chromium, as `bench/interaction.mjs` measures it.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::corpora::Corpus;
use super::query::{write_index, write_texts};
use super::table::Table;
use super::{index_of, number, read_json, script};
use crate::setup::{Chromium, NodeTools};

/// Queries of each kind: each is typed a character at a time, by all boxes.
const QUERIES: u32 = 10;

/// Measures each corpus, and prints a table of each.
pub(super) fn measure(corpora: &[Corpus]) -> Result<Value> {
    NodeTools::ensure()?;
    let chromium = Chromium::ensure()?;
    let mut measured = Vec::new();
    for corpus in corpora {
        eprintln!("bench: typing queries of {}", corpus.name);
        let job = corpus.folder.join("typing.json");
        let index = index_of(corpus);
        let contents = json!({
            "folder": index.parent().context("an index lies in a folder")?,
            "texts": write_texts(corpus, &write_index(corpus)?)?,
            "queries": QUERIES,
        });
        std::fs::write(&job, contents.to_string())?;
        let mut node = Command::new("node");
        node.arg(script("interaction.mjs")).arg(&job).env(Chromium::VARIABLE, &chromium.path);
        let figures = read_json(&mut node)?;
        print(&corpus.name, &figures);
        measured.push(json!({ "corpus": corpus.name, "figures": figures }));
    }
    Ok(Value::Array(measured))
}

fn print(corpus: &str, figures: &Value) {
    let title = format!(
        "interaction: {corpus}, {} documents, Chromium {}; ms from a key to painted results",
        figures["documents"],
        figures["chromium"].as_str().unwrap_or_default()
    );
    let heads = ["box", "slower", "keys", "p50", "p95", "max", "long tasks", "longest", "shift"];
    let mut table = Table::new(&title, &heads);
    for measured in figures["boxes"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let ms = |key: &str| format!("{:.1}", number(&measured[key]));
        let tasks = &measured["tasks"];
        table.row([
            measured["name"].as_str().unwrap_or_default().to_owned(),
            format!("{} x", measured["slower"]),
            measured["keys"].to_string(),
            ms("p50"),
            ms("p95"),
            ms("max"),
            tasks["long"].to_string(),
            format!("{:.1}", number(&tasks["longest"])),
            format!("{:.3}", number(&measured["shift"])),
        ]);
    }
    table.print();
}
