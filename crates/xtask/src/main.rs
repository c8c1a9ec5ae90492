//! The project's development tasks, run as `cargo xtask <command>`.
//!
//! Everything continuous integration does is one of these commands, so that it can be run by hand.

#![allow(clippy::print_stdout, reason = "this is a command-line tool")]

mod bench;
mod demo;
mod engine;
mod eval;
mod npm;
mod package;
mod program;
mod project;
mod server;
mod setup;
mod sites;
mod tables;
mod test;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The development tasks of Suoyin.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One variant for each task; each task lives in the module of its name.
#[derive(Subcommand)]
enum Command {
    /// Install what is missing of the tools the other commands need
    Setup,
    /// Compile the module, with the documents of docs/ or $SUOYIN_DOCS in it, into pkg/
    Wasm,
    /// Make the engine that the `suoyin` command carries, in crates/cli/engine
    Engine,
    /// Make the npm package, in target/package
    Package,
    /// Build the demo page and serve it on this machine
    Demo(demo::Options),
    /// Check everything that continuous integration checks
    Test(test::Options),
    /// Build indexes of real sites and check what is found in them
    Sites(sites::Options),
    /// Generate the tables of the core from Unicode and OpenCC data
    Tables(tables::Options),
    /// Measure sizes, building and searching; prints figures and fails on none
    Bench(bench::Options),
    /// Measure ranking on judged queries, and compare runs
    Eval(eval::Options),
    /// Make up Chinese documents to measure with, as many as are asked for
    Corpus(bench::generate::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // What went wrong and why; a backtrace helps nobody whose folder is missing.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Setup => setup::run(),
        Command::Wasm => wasm::run(),
        Command::Engine => engine::run(),
        Command::Package => npm::run(),
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Sites(options) => sites::run(&options),
        Command::Tables(options) => tables::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Corpus(options) => bench::generate::run(&options),
    }
}
