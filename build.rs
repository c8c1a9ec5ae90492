//! Compiles the documents in `docs/`, or `$SUOYIN_DOCS`, into the index that the module embeds:
//! `$OUT_DIR/index.suoyin`. Without the feature `embedded` it does nothing.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::exit;

use anyhow::{Context, Result};
use suoyin_core::IndexWriter;
use suoyin_ingest::{IngestOptions, Report, ingest_each};

fn main() {
    if let Err(error) = try_main() {
        eprintln!("error: {error:#}");
        exit(1);
    }
}

fn try_main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if !cfg!(feature = "embedded") {
        return Ok(());
    }
    println!("cargo::rerun-if-env-changed=SUOYIN_DOCS");
    let docs = docs_folder();
    // Before anything can fail: a corrected document must start the build again.
    println!("cargo::rerun-if-changed={}", docs.display());
    let out = env::var_os("OUT_DIR").context("OUT_DIR is not set; run this with cargo")?;

    let mut writer = IndexWriter::new();
    let (files, report) = ingest_each(&[docs], &IngestOptions::default(), |document| {
        writer.add(&document).with_context(|| format!("the document {:?}", document.id))?;
        anyhow::Ok(())
    })?;
    let index = writer.finish()?;
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    write_notices(&report);
    write_file(&Path::new(&out).join("index.suoyin"), &index)
}

/// The documents, relative to the package as cargo runs us there.
fn docs_folder() -> PathBuf {
    match env::var_os("SUOYIN_DOCS") {
        Some(docs) if !docs.is_empty() => PathBuf::from(docs),
        _ => PathBuf::from("docs"),
    }
}

/// What the author should know.
fn write_notices(report: &Report) {
    const SHOWN: usize = 10;
    let notices = report.notices();
    for notice in notices.iter().take(SHOWN) {
        println!("cargo::warning={notice}");
    }
    if notices.len() > SHOWN {
        println!("cargo::warning=… and {} more notices", notices.len() - SHOWN);
    }
}

/// Writes beside the file and renames, so that an interrupted build leaves no half an index.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("part");
    fs::write(&beside, bytes).with_context(|| format!("{} cannot be written", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("{} cannot be written", path.display()))
}
