//! `cargo xtask bench`: figures for what the design sets budgets for.
//!
//! It prints tables and writes `target/bench/figures.json`. No figure fails it: a machine that is
//! busy with other things gives other times, and a human should look at them. CI does not run it.

mod build;
mod corpora;
mod engine;
pub(crate) mod generate;
mod interaction;
mod query;
mod shards;
mod size;
pub(crate) mod table;
mod text;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::{program, project};
use corpora::Corpus;

/// What is measured, and of what.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these parts
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Only these documents: `docs`, `libreoffice-help`, `inews`, `inews-10k`, `synthetic`,
    /// `synthetic-10k`, or a path
    #[arg(long, value_name = "NAME|PATH")]
    corpus: Vec<String>,
    /// How often each thing is done; the best or the middle counts
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// How many queries of each kind
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    queries: u32,
    /// Also show the functions that queries of four characters spend their time in
    #[arg(long)]
    profile: bool,
    /// Also shards of other sizes, in KiB before they are packed
    #[arg(long, value_name = "TERMS:DOCUMENTS")]
    shard_sizes: Vec<shards::Sizes>,
}

/// A kind of figures.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    /// Time and memory that `suoyin build` takes
    Build,
    /// Bytes of an index, structure by structure
    Size,
    /// What the texts are like: how many pairs of characters they have, and how rare
    Text,
    /// Bytes of the engines and their scripts, as the command carries them
    Engine,
    /// Bytes of an index in shards, and what a client fetches of it
    Shards,
    /// Time that searching and opening take in Chromium
    Query,
    /// How a page behaves while somebody types
    Interaction,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }
}

/// Measures, prints, and writes the figures down.
pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = project::root().join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let mut figures = Map::new();
    figures.insert("machine".to_owned(), machine());

    let indexed =
        [Part::Build, Part::Size, Part::Text, Part::Shards, Part::Query, Part::Interaction];
    if indexed.iter().any(|&part| options.wants(part)) {
        let suoyin = release_command()?;
        let corpora = corpora::chosen(&options.corpus, &folder)?;
        let runs = if options.wants(Part::Build) { options.runs } else { 1 };
        let builds = build::measure(&suoyin, &corpora, runs)?;
        if options.wants(Part::Build) {
            build::print(&builds, "module", runs);
            figures.insert("build".to_owned(), build::figures(&builds));
        }
        if options.wants(Part::Size) {
            let sizes = size::measure(&suoyin, &corpora)?;
            size::print(&sizes);
            figures.insert("size".to_owned(), sizes);
        }
        if options.wants(Part::Text) {
            figures.insert("text".to_owned(), text::measure(&corpora)?);
        }
        if options.wants(Part::Shards) {
            let shards = shards::measure(&suoyin, &corpora, options)?;
            figures.insert("shards".to_owned(), shards);
        }
        if options.wants(Part::Query) {
            figures.insert("query".to_owned(), query::measure(&folder, &corpora, options)?);
        }
        if options.wants(Part::Interaction) {
            figures.insert("interaction".to_owned(), interaction::measure(&corpora)?);
        }
    }
    if options.wants(Part::Engine) {
        let sizes = engine::sizes()?;
        engine::print(&sizes);
        figures.insert("engine".to_owned(), sizes);
    }
    let path = folder.join("figures.json");
    fs::write(&path, format!("{:#}\n", Value::Object(figures)))?;
    println!("\nall of this, and more: {}", path.display());
    Ok(())
}

/// Compiles the `suoyin` command as it is released; gives its path.
fn release_command() -> Result<PathBuf> {
    crate::engine::ensure()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--release", "--package", "suoyin-cli"]);
    program::run(cargo.current_dir(project::root()))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    let target = target.map_or_else(|| project::root().join("target"), PathBuf::from);
    Ok(target.join("release").join(format!("suoyin{}", std::env::consts::EXE_SUFFIX)))
}

/// On what the figures were taken, as far as it can be learnt.
fn machine() -> Value {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let commit =
        Command::new("git").args(["rev-parse", "HEAD"]).current_dir(project::root()).output();
    json!({
        "cpu": cpu.map(|(_, name)| name),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        // Above the number of cores, times are those of a busy machine.
        "load": read("/proc/loadavg").split(' ').next(),
        "commit": commit.ok().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()),
    })
}

/// Reads what a program printed as JSON.
fn read_json(command: &mut Command) -> Result<Value> {
    let printed = program::read(command)?;
    serde_json::from_str(&printed).context("what it printed is not JSON")
}

/// A script of `bench/`.
fn script(name: &str) -> PathBuf {
    project::root().join("bench").join(name)
}

/// Where the index of a corpus lies, in a module.
fn index_of(corpus: &Corpus) -> PathBuf {
    corpus.folder.join("index/suoyin.wasm")
}

/// `value` at the end of a path of keys; null where there is none.
fn at<'a>(value: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().fold(value, |value, &key| &value[key])
}

/// A number of JSON.
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}
