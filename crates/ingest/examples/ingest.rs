//! Reads folders and files and says what became of them: `cargo run --release --example ingest -- docs`.
//!
//! With `--show TEXT`, prints the documents whose id contains it; with `--noise`, the lines that count
//! little and the blocks that stand in most pages; with `--all-blocks`, keeps those blocks everywhere.

use std::path::PathBuf;
use std::time::Instant;

use suoyin_ingest::{Ingest, IngestError, IngestOptions};

#[allow(clippy::print_stdout)]
fn main() -> Result<(), IngestError> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().position(|argument| argument == "--show").map(|at| {
        let shown = arguments.drain(at..).nth(1);
        shown.unwrap_or_default()
    });
    let mut has = |flag: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != flag);
        arguments.len() < before
    };
    let noise = has("--noise");
    let mut options = IngestOptions::default();
    if has("--all-blocks") {
        options.common_share = None;
    }
    let inputs: Vec<PathBuf> = arguments.into_iter().map(PathBuf::from).collect();
    let start = Instant::now();
    let mut ingest = Ingest::new(&inputs, &options)?;
    for document in ingest.by_ref() {
        let document = document?;
        if show.as_ref().is_some_and(|show| document.id.contains(show.as_str())) {
            println!("{document:#?}");
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let report = ingest.report();
    if noise {
        for demoted in &report.demoted {
            println!("{}: {}: {}", demoted.location, demoted.reason.as_str(), demoted.text);
        }
        for block in &report.common_blocks {
            println!("{}: left out {} times: {}", block.location, block.left_out, block.text);
        }
    }
    println!("{report}\n{:.3} s, {:.1} MB/s", seconds, report.text_bytes as f64 / 1e6 / seconds);
    Ok(())
}
