//! An index in shards: what it weighs, and what a client fetches of it.

mod client;
mod files;
mod texts;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use suoyin_core::{IndexReader, ShardSizes};

use super::build::{self, Build};
use super::corpora::Corpus;
use super::query::{write_index, write_texts};
use super::table::{Table, kilobytes};
use super::{Options, at, number, read_json, script};
use client::{Client, quantiles_of};
use files::{Files, KINDS, pack, unpack};
use texts::Texts;

/// Of each kind so many shards, evenly spread, are packed by brotli for comparison.
const SAMPLE: usize = 200;

/// Sizes of shards to be tried, as `TERMS:DOCUMENTS`.
#[derive(Clone, Copy)]
pub(super) struct Sizes(ShardSizes);

impl FromStr for Sizes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kilobytes = |part: &str| part.parse::<usize>().ok().filter(|&size| size > 0);
        let sizes = text.split_once(':').and_then(|(terms, documents)| {
            Some(ShardSizes {
                terms: kilobytes(terms)? << 10,
                documents: kilobytes(documents)? << 10,
            })
        });
        sizes.map(Sizes).ok_or_else(|| "two numbers of KiB are needed, such as 24:8".to_owned())
    }
}

/// Queries of one kind, as `bench/draw.mjs` draws them.
#[derive(Deserialize)]
struct Kind {
    name: String,
    queries: Vec<String>,
}

/// Builds and measures each corpus, and prints its tables as it is done.
pub(super) fn measure(suoyin: &Path, corpora: &[Corpus], options: &Options) -> Result<Value> {
    let mut measured = Vec::new();
    for corpus in corpora {
        eprintln!("bench: shards of {}", corpus.name);
        let folder = corpus.folder.join("shards");
        let build = build::measure_one(suoyin, corpus, "shards", &folder, 1)?;
        build::print(std::slice::from_ref(&build), "shards", 1);
        let index = write_index(corpus)?;
        let kinds = draw(&write_texts(corpus, &index)?, options.queries)?;
        let reader = IndexReader::open(fs::read(&index)?)?;
        let files = Files::read(&folder)?;
        let figures = measure_files(&corpus.name, &corpus.folder, &files, &kinds, &reader)?;
        measured.push(figures_of(corpus, None, Some(&build), figures));
        for &Sizes(sizes) in &options.shard_sizes {
            let ShardSizes { terms, documents } = sizes;
            let name = format!("{}, {}:{} KiB", corpus.name, terms >> 10, documents >> 10);
            let files = Files::make(&corpus.input, sizes)?;
            let figures = measure_files(&name, &corpus.folder, &files, &kinds, &reader)?;
            measured.push(figures_of(corpus, Some(sizes), None, figures));
        }
    }
    Ok(Value::Array(measured))
}

fn figures_of(
    corpus: &Corpus,
    sizes: Option<ShardSizes>,
    build: Option<&Build>,
    figures: Value,
) -> Value {
    json!({
        "corpus": corpus.name,
        "sizes": sizes.map(|s| json!({ "terms": s.terms, "documents": s.documents })),
        "build": build.map(Build::figures),
        "figures": figures,
    })
}

fn draw(texts: &Path, count: u32) -> Result<Vec<Kind>> {
    let mut node = Command::new("node");
    node.arg(script("drawn.mjs")).arg(texts).arg(count.to_string());
    serde_json::from_value(read_json(&mut node)?).context("the queries that were drawn")
}

fn measure_files(
    name: &str,
    folder: &Path,
    files: &Files,
    kinds: &[Kind],
    reader: &IndexReader<Vec<u8>>,
) -> Result<Value> {
    let (sizes, root) = (sizes(folder, files)?, root_sizes(files)?);
    print_sizes(name, &sizes, &root);
    let texts = Texts::new(reader, files)?;
    let mut measured = Vec::new();
    for Kind { name, queries } in kinds {
        let mut first = Vec::new();
        for query in queries {
            first.push(Client::open(files)?.answer(query)?);
        }
        let mut client = Client::open(files)?;
        let later: Vec<_> = queries.iter().map(|q| client.answer(q)).collect::<Result<_>>()?;
        measured.push(json!({
            "name": name,
            "cold": quantiles_of(&first),
            "warm": quantiles_of(&later),
            "proofs": texts.compare(queries, &first)?,
        }));
    }
    let kinds = Value::Array(measured);
    print_fetched(name, &kinds, "cold", files.packed_root as f64);
    print_fetched(name, &kinds, "warm", 0.0);
    print_proofs(name, &kinds);
    Ok(json!({ "sizes": sizes, "root": root, "rootPacked": files.packed_root, "kinds": kinds }))
}

/// Bytes of the shards of each kind.
fn sizes(folder: &Path, files: &Files) -> Result<Value> {
    let mut sizes = Vec::new();
    for (kind, name) in KINDS.iter().enumerate() {
        let shards = files.of_kind(kind);
        let lens = || shards.iter().map(|(_, packed)| packed.len() as u64);
        let (mut raw, mut sampled_raw, mut sampled) = (0, 0, 0);
        let mut sample = Vec::new();
        for (number, (_, packed)) in shards.iter().enumerate() {
            let bytes = unpack(packed)?;
            raw += bytes.len() as u64;
            if number % shards.len().div_ceil(SAMPLE) == 0 {
                sampled_raw += bytes.len() as u64;
                sampled += packed.len() as u64;
                sample.push(bytes);
            }
        }
        sizes.push(json!({
            "kind": name,
            "shards": shards.len(),
            "raw": raw,
            "packed": lens().sum::<u64>(),
            "each": client::quantiles(lens()),
            "sampled": { "raw": sampled_raw, "packed": sampled, "brotli": brotli(folder, &sample)? },
        }));
    }
    Ok(Value::Array(sizes))
}

/// Bytes of `shards` by brotli at level 11, each packed alone.
fn brotli(folder: &Path, shards: &[Vec<u8>]) -> Result<u64> {
    let folder = folder.join("sample");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let mut node = Command::new("node");
    node.arg(script("brotli.mjs"));
    for (number, shard) in shards.iter().enumerate() {
        let path = folder.join(number.to_string());
        fs::write(&path, shard).with_context(|| format!("writing {}", path.display()))?;
        node.arg(path);
    }
    let sizes = read_json(&mut node)?;
    Ok(sizes.as_array().into_iter().flatten().filter_map(|size| size["brotli"].as_u64()).sum())
}

/// Bytes of the structures of the root, each also packed alone.
fn root_sizes(files: &Files) -> Result<Value> {
    let mut sizes = Vec::new();
    for (structure, bytes) in files.root_structures()? {
        let packed = pack(bytes)?.len();
        sizes.push(json!({ "structure": structure.name(), "raw": bytes.len(), "packed": packed }));
    }
    sizes
        .push(json!({ "structure": "root", "raw": files.root.len(), "packed": files.packed_root }));
    Ok(Value::Array(sizes))
}

fn print_sizes(name: &str, sizes: &Value, root: &Value) {
    let heads = [
        "kind",
        "shards",
        "raw",
        "packed",
        "brotli",
        "packed p50",
        "p99",
        "largest",
        "raw p. shard",
    ];
    let mut table = Table::new(&format!("shards: {name}, KB"), &heads);
    for size in sizes.as_array().into_iter().flatten() {
        let figure = |keys: &[&str]| number(at(size, keys));
        let packed = figure(&["packed"]);
        let brotli = packed * figure(&["sampled", "brotli"]) / figure(&["sampled", "packed"]);
        table.row([
            size["kind"].as_str().unwrap_or_default().to_owned(),
            size["shards"].to_string(),
            kilobytes(figure(&["raw"])),
            kilobytes(packed),
            kilobytes(brotli),
            kilobytes(figure(&["each", "p50"])),
            kilobytes(figure(&["each", "p99"])),
            kilobytes(figure(&["each", "max"])),
            kilobytes(figure(&["raw"]) / figure(&["shards"])),
        ]);
    }
    table.print();
    println!("packed: deflate, as written; brotli: level 11, from a sample");
    let mut table =
        Table::new(&format!("shards: {name}, root, KB"), &["structure", "raw", "packed"]);
    for size in root.as_array().into_iter().flatten() {
        table.row([
            size["structure"].as_str().unwrap_or_default().to_owned(),
            kilobytes(number(&size["raw"])),
            kilobytes(number(&size["packed"])),
        ]);
    }
    table.print();
}

/// What queries fetched, `before` being what had to be fetched before any.
fn print_fetched(name: &str, kinds: &Value, state: &str, before: f64) {
    let title = match state {
        "cold" => format!("shards: {name}, root and first query, KB as fetched"),
        _ => format!("shards: {name}, one query after the other, KB as fetched"),
    };
    let heads = [
        "queries",
        "n",
        "rounds p50",
        "max",
        "requests p50",
        "p90",
        "p99",
        "KB p50",
        "p90",
        "p99",
        "mean: terms",
        "positions",
        "documents",
    ];
    let mut table = Table::new(&title, &heads);
    for kind in kinds.as_array().into_iter().flatten() {
        let fetched = &kind[state];
        let count = |keys: &[&str]| at(fetched, keys).to_string();
        let total = |quantile| kilobytes(before + number(at(fetched, &["bytes", quantile])));
        let mean = |kind| kilobytes(number(at(fetched, &[kind, "mean"])));
        table.row([
            kind["name"].as_str().unwrap_or_default().to_owned(),
            count(&["queries"]),
            count(&["rounds", "p50"]),
            count(&["rounds", "max"]),
            count(&["requests", "p50"]),
            count(&["requests", "p90"]),
            count(&["requests", "p99"]),
            total("p50"),
            total("p90"),
            total("p99"),
            mean("terms"),
            mean("positions"),
            mean("documents"),
        ]);
    }
    table.print();
    if state == "cold" {
        println!(
            "budget, 2-4 characters, p50: 70 KB at 10,000 documents, 110 KB at 100,000; 2 rounds"
        );
    }
}

fn print_proofs(name: &str, kinds: &Value) {
    let title = format!("shards: {name}, positions against the texts of candidates, KB");
    let heads = [
        "queries",
        "n",
        "candidates p50",
        "p90",
        "p99",
        "positions p50",
        "p90",
        "p99",
        "texts p50",
        "p90",
        "p99",
        "lesser p50",
        "p90",
        "p99",
        "texts: requests p50",
        "p99",
        "positions less",
    ];
    let mut table = Table::new(&title, &heads);
    for kind in kinds.as_array().into_iter().flatten() {
        let proofs = &kind["proofs"];
        let n = number(&proofs["queries"]);
        if n == 0.0 {
            continue;
        }
        let mut row = vec![kind["name"].as_str().unwrap_or_default().to_owned(), n.to_string()];
        let quantiles = ["p50", "p90", "p99"];
        row.extend(quantiles.map(|q| at(proofs, &["candidates", q]).to_string()));
        for way in ["positions", "texts", "lesser"] {
            row.extend(quantiles.map(|q| kilobytes(number(at(proofs, &[way, q])))));
        }
        row.extend(["p50", "p99"].map(|q| at(proofs, &["textRequests", q]).to_string()));
        row.push(format!("{:.0} %", 100.0 * number(&proofs["cheaperByPositions"]) / n));
        table.row(row);
    }
    table.print();
}
