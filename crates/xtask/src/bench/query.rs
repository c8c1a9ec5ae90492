//! Searching and opening in Chromium, as `bench/queries.mjs` measures them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use suoyin_core::IndexReader;
use wasmparser::{Parser, Payload};

use crate::project;
use crate::setup::{Chromium, NodeTools};

use super::corpora::Corpus;
use super::engine;
use super::table::Table;
use super::{Options, at, index_of, number, read_json, script};

/// How many functions of a profile are shown.
const FUNCTIONS_SHOWN: usize = 25;

/// Up to this size an index is also compiled into the module, in bytes.
const MOST_EMBEDDED: u64 = 10_000_000;

/// Measures each corpus, and prints its tables as it is done.
pub(super) fn measure(bench: &Path, corpora: &[Corpus], options: &Options) -> Result<Value> {
    NodeTools::ensure()?;
    let chromium = Chromium::ensure()?;
    let engine = engine::build(bench)?;
    let with_names = options.profile.then(|| engine::build_with_names(bench)).transpose()?;
    let mut measured = Vec::new();
    for corpus in corpora {
        eprintln!("bench: queries of {}", corpus.name);
        let job = corpus.folder.join("job.json");
        let index = write_index(corpus)?;
        let embeds = std::fs::metadata(&index)?.len() <= MOST_EMBEDDED;
        let module = embeds.then(|| engine::build_with_documents(bench, corpus)).transpose()?;
        let contents = json!({
            "engine": engine,
            "engineWithNames": with_names,
            "module": module,
            "client": project::root().join("www/client.js"),
            "index": index,
            "texts": write_texts(corpus, &index)?,
            "queries": options.queries,
            "runs": options.runs,
        });
        std::fs::write(&job, contents.to_string())?;
        let mut node = Command::new("node");
        node.arg(script("queries.mjs")).arg(&job).env(Chromium::VARIABLE, &chromium.path);
        let figures = read_json(&mut node)?;
        print(&corpus.name, &figures);
        measured.push(json!({ "corpus": corpus.name, "figures": figures }));
    }
    Ok(Value::Array(measured))
}

/// Writes the index alone, taken out of the module.
pub(super) fn write_index(corpus: &Corpus) -> Result<PathBuf> {
    let module = index_of(corpus);
    let bytes = std::fs::read(&module).with_context(|| format!("reading {}", module.display()))?;
    let mut index = None;
    for payload in Parser::new(0).parse_all(&bytes) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == "suoyin.index"
        {
            index = Some(section.data());
        }
    }
    let path = corpus.folder.join("index.suoyin");
    std::fs::write(&path, index.context("there is no index in the module")?)?;
    Ok(path)
}

/// Writes the documents of an index as JSON lines: what queries are drawn from and answers are
/// judged by.
pub(super) fn write_texts(corpus: &Corpus, index: &Path) -> Result<PathBuf> {
    let bytes = std::fs::read(index).with_context(|| format!("reading {}", index.display()))?;
    let reader = IndexReader::open(bytes)?;
    let path = corpus.folder.join("texts.jsonl");
    let mut file = BufWriter::new(File::create(&path)?);
    for doc in 0..reader.stats().doc_count {
        let record = reader.record(doc)?;
        let line = json!({ "id": record.id, "title": record.title, "text": reader.text(doc)? });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(path)
}

fn print(corpus: &str, figures: &Value) {
    print_times(corpus, figures);
    print_verdicts(corpus, figures);
    print_opening(corpus, figures);
    let profile = figures["profile"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !profile.is_empty() {
        let title = format!("query: {corpus}, time by function, queries of four characters");
        let mut table = Table::new(&title, &["function", "% alone", "% with callees"]);
        for function in profile.iter().take(FUNCTIONS_SHOWN) {
            let name = function["name"].as_str().unwrap_or_default();
            let share = |key: &str| format!("{:.1}", 100.0 * number(&function[key]));
            table.row([name.to_owned(), share("alone"), share("within")]);
        }
        table.print();
    }
}

fn print_times(corpus: &str, figures: &Value) {
    let title = format!(
        "query: {corpus}, {} documents, ms in Chromium {}; warm: each query at its best",
        figures["documents"],
        figures["chromium"].as_str().unwrap_or_default()
    );
    let heads = [
        "queries",
        "n",
        "warm p50",
        "p90",
        "p99",
        "max",
        "mean",
        "as timed p50",
        "p99",
        "cold p50",
        "p99",
        "max",
    ];
    let mut table = Table::new(&title, &heads);
    for kind in figures["kinds"].as_array().into_iter().flatten() {
        let time = |keys: &[&str]| format!("{:.3}", number(at(kind, keys)));
        table.row([
            kind["name"].as_str().unwrap_or_default().to_owned(),
            kind["queries"].to_string(),
            time(&["warm", "p50"]),
            time(&["warm", "p90"]),
            time(&["warm", "p99"]),
            time(&["warm", "max"]),
            time(&["mean"]),
            time(&["engine"]),
            time(&["all", "p50"]),
            time(&["all", "p99"]),
            time(&["cold", "p50"]),
            time(&["cold", "p99"]),
            time(&["cold", "max"]),
        ]);
    }
    table.print();
    println!("budget, 10,000 documents, warm: 2-6 characters p50 0.1, p99 1; a question p99 3");
}

fn print_verdicts(corpus: &str, figures: &Value) {
    let title = format!("query: {corpus}, answers against a plain search of the texts");
    let heads = ["queries", "found", "of", "total", "as typed", "exact hits shown", "marked right"];
    let mut table = Table::new(&title, &heads);
    let mut missed = Vec::new();
    for kind in figures["kinds"].as_array().into_iter().flatten() {
        let verdict = &kind["verdict"];
        if verdict.is_null() {
            continue;
        }
        let keys = ["found", "asked", "total", "holding", "exact", "marked"];
        let counts = keys.map(|key| verdict[key].to_string());
        let name = kind["name"].as_str().unwrap_or_default().to_owned();
        table.row([name].into_iter().chain(counts));
        missed.extend(verdict["missed"].as_array().into_iter().flatten().map(Value::to_string));
    }
    table.print();
    println!("total: documents counted as exact; as typed: those that hold the very characters");
    if !missed.is_empty() {
        println!("not found: {}", missed.join(" "));
    }
}

fn print_opening(corpus: &str, figures: &Value) {
    let title = format!("query: {corpus}, opening, ms");
    let mut table = Table::new(&title, &["step", "least", "median"]);
    let mut row = |name: &str, list: &Value, key: Option<&str>| {
        let [least, median] = times(list, |time| number(key.map_or(time, |key| &time[key])));
        table.row([name.to_owned(), format!("{least:.1}"), format!("{median:.1}")]);
    };
    for (name, opening) in [
        ("index in the module", &figures["openingModule"]),
        ("index as a file", &figures["openingFile"]),
    ] {
        if opening.is_null() {
            continue;
        }
        row(&format!("{name}: open() to the first result"), opening, Some("result"));
        row("  open() alone", opening, Some("open"));
        row("  before it, from the navigation to the script", opening, Some("script"));
    }
    row("compiling the engine, alone", &figures["compile"], None);
    row("Searcher.open(bytes), alone, engine warm", &figures["open"], None);
    table.print();
    println!("budget, 2,000 documents, index in the module: 60 ms to the first result");
}

/// The least and the middle of the numbers in a list.
fn times(list: &Value, time: impl Fn(&Value) -> f64) -> [f64; 2] {
    let mut times: Vec<f64> = list.as_array().into_iter().flatten().map(time).collect();
    times.sort_by(f64::total_cmp);
    [0, times.len() / 2].map(|place| times.get(place).copied().unwrap_or(f64::NAN))
}
