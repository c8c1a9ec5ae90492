//! The `suoyin` command: builds an index of documents, searches it, looks into it, checks it.
//!
//! Each subcommand lives in the module of its name.

mod build;
mod counts;
mod index_file;
mod inspect;
mod layout;
mod output;
mod search;
mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Full-text search in the browser without a server, for Chinese first
#[derive(Parser)]
#[command(name = "suoyin", version, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes: 0 all is well, 1 the command failed, 2 it was not understood.
Colours: only on a terminal, and not where NO_COLOR is set.";

#[derive(Subcommand)]
enum Command {
    /// Compile documents into an index
    Build(build::Options),
    /// Ask an index a question
    Search(search::Options),
    /// Show where the bytes of an index go, or what it holds of one term
    Inspect(inspect::Options),
    /// Read all of an index, so that any damage shows
    Verify(verify::Options),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(options) => build::run(&options),
        Command::Search(options) => search::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Verify(options) => verify::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough of it.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}
