//! The `suoyin` command: builds an index of documents, searches it, previews it, looks into it, checks
//! it.
//!
//! Each subcommand lives in the module of its name.

mod build;
mod completions;
mod config;
mod counts;
mod exit;
mod index_file;
mod init;
mod inspect;
mod layout;
mod output;
mod progress;
mod search;
mod serve;
mod suggest;
mod verify;
mod watch;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Full-text search in the browser without a server, for Chinese first
#[derive(Parser)]
#[command(name = "suoyin", version, after_help = format!("{}\n\n{COLOURS}", exit::HELP))]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const COLOURS: &str = "Colours: only on a terminal, and not where NO_COLOR is set.";

#[derive(Subcommand)]
enum Command {
    /// Write a suoyin.toml with all options of `build`
    Init(init::Options),
    /// Compile documents into an index
    Build(build::Options),
    /// Ask an index a question
    Search(search::Options),
    /// Say what a query may stand for: pinyin, a beginning, a misspelling
    Suggest(suggest::Options),
    /// Show where the bytes of an index go, or what it holds of one term
    Inspect(inspect::Options),
    /// Preview an index in the browser, and see how it is searched
    Serve(serve::Options),
    /// Read all of an index, so that any damage shows
    Verify(verify::Options),
    /// Print a script that completes this command in a shell
    Completions(completions::Options),
    /// Write the manual pages
    Man(completions::ManOptions),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let result = match &command {
        Command::Init(options) => init::run(options),
        Command::Build(options) => build::run(options),
        Command::Search(options) => search::run(options),
        Command::Suggest(options) => suggest::run(options),
        Command::Inspect(options) => inspect::run(options),
        Command::Serve(options) => serve::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Completions(options) => completions::run::<Cli>(options),
        Command::Man(options) => completions::man::<Cli>(options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough of it.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            exit::code(&error, matches!(command, Command::Verify(_)))
        }
    }
}
