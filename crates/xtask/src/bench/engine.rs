//! The engine: its size as the command carries it, and modules to measure its times with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::wasm::Finish;
use crate::{engine, wasm};

use super::corpora::Corpus;
use super::table::{Table, kilobytes};
use super::{number, read_json, script};

/// Compiles the module with next to nothing in it; gives the folder it lies in.
pub(super) fn build(bench: &Path) -> Result<PathBuf> {
    let package = bench.join("engine");
    wasm::build_with(&one_document(bench)?, &package, &target(bench), Finish::Small)?;
    Ok(package)
}

/// The same with the names of its functions, which wasm-opt would strip.
pub(super) fn build_with_names(bench: &Path) -> Result<PathBuf> {
    let package = bench.join("engine-with-names");
    wasm::build_with(&one_document(bench)?, &package, &target(bench), Finish::WithNames)?;
    Ok(package)
}

/// The module with the documents of a corpus in it.
pub(super) fn build_with_documents(bench: &Path, corpus: &Corpus) -> Result<PathBuf> {
    let package = corpus.folder.join("module");
    // The build script runs elsewhere than the reader.
    let documents = std::path::absolute(&corpus.input)?;
    wasm::build_with(&documents, &package, &target(bench), Finish::Small)?;
    Ok(package)
}

fn one_document(bench: &Path) -> Result<PathBuf> {
    let documents = bench.join("one-document");
    fs::create_dir_all(&documents)?;
    // Written only where it is missing: its time of change would start the compiler again.
    let document = documents.join("document.txt");
    if !document.exists() {
        fs::write(&document, "文\n").with_context(|| format!("writing {}", document.display()))?;
    }
    Ok(documents)
}

fn target(bench: &Path) -> PathBuf {
    bench.join("compiled")
}

/// The sizes of what a page loads before an index.
pub(super) fn sizes() -> Result<Value> {
    let engine = engine::ensure()?;
    let mut command = Command::new("node");
    command.arg(script("brotli.mjs"));
    let files = ["suoyin.wasm", "module.js", "suoyin-shards.wasm", "sharded.js"];
    command.args(files.map(|name| engine.join(name)));
    read_json(&mut command)
}

/// The sizes against their budgets.
pub(super) fn print(sizes: &Value) {
    let mut table = Table::new("engine: KB", &["file", "raw", "brotli", "budget"]);
    let files = sizes.as_array().map(Vec::as_slice).unwrap_or_default();
    for file in files {
        let (raw, brotli) = (number(&file["raw"]), number(&file["brotli"]));
        let name = file["file"].as_str().unwrap_or_default().to_owned();
        let budget = if name.ends_with(".wasm") { "60" } else { "5" };
        table.row([name, kilobytes(raw), kilobytes(brotli), budget.to_owned()]);
    }
    table.print();
}
