//! `cargo xtask corpus`: made-up Chinese documents, as many as are asked for, always the same ones.
//!
//! No corpus that anybody may download is large enough for what large sites need, so this one is made
//! such that an index of it costs what an index of real text costs: few words make up most of the
//! text, words go with certain others, and a document keeps to its subject. `cargo xtask bench text`
//! holds it against real texts; all shares and shapes here were chosen by what it prints. Document n
//! is the same however many there are.
//!
//! Only integers are drawn and compared: logarithms differ from one machine to another.

mod text;
mod vocabulary;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use oorandom::Rand64;
use serde_json::Value;

use crate::project;
use text::Writer;

/// The seed of the corpora that the benchmark knows by name.
const SEED: u64 = 20_250_620;

/// How many documents there are, and which.
#[derive(Args)]
pub(crate) struct Options {
    /// How many documents, of about 1.2 KB of text each
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    documents: u32,
    /// Other documents for another number
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    seed: u64,
    /// Where they go, as JSON lines
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Makes the documents and says where they are.
pub(crate) fn run(options: &Options) -> Result<()> {
    let output = match &options.output {
        Some(output) => output.clone(),
        None => project::root().join("target/bench/synthetic.jsonl"),
    };
    if let Some(folder) = output.parent() {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    // Written beside and renamed: nobody meets half of them.
    let partial = output.with_extension(format!("partial-{}", std::process::id()));
    write(&partial, options.documents, options.seed)?;
    fs::rename(&partial, &output).with_context(|| format!("moving to {}", output.display()))?;
    println!("{} documents are in {}", options.documents, output.display());
    Ok(())
}

/// Writes the first `documents` of the corpus that the benchmark knows by name.
pub(super) fn write_known(path: &Path, documents: u32) -> Result<()> {
    write(path, documents, SEED)
}

fn write(path: &Path, documents: u32, seed: u64) -> Result<()> {
    let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    let mut file = BufWriter::new(file);
    let writer = Writer::new(seed);
    for number in 0..documents {
        let document = writer.document(number);
        // Not by a map of serde_json, whose order is a matter of its features.
        writeln!(
            file,
            r#"{{"id":"{number}","url":"{:02}/{number}.html","title":{},"date":"{}","lang":"{}","text":{}}}"#,
            number % 100,
            Value::from(document.title),
            document.date,
            document.language,
            Value::from(document.text),
        )?;
    }
    file.flush().with_context(|| format!("writing {}", path.display()))
}

/// Draws numbers from 0 on, each with a weight of its own.
struct Weighted {
    /// The sum of the weights up to and with each number.
    sums: Vec<u64>,
}

impl Weighted {
    fn new(weights: impl Iterator<Item = u64>) -> Weighted {
        let mut sum = 0;
        let sums = weights.map(|weight| {
            sum += weight;
            sum
        });
        Weighted { sums: sums.collect() }
    }

    /// Zipf's law, as Mandelbrot has it: number r weighs 1 / (r + shift).
    fn zipf(count: u64, shift: u64) -> Weighted {
        Weighted::new((1..=count).map(|rank| (1 << 40) / (rank + shift)))
    }

    fn draw(&self, random: &mut Rand64) -> usize {
        let all = self.sums.last().copied().unwrap_or(0);
        let place = random.rand_range(0..all);
        self.sums.partition_point(|&sum| sum <= place)
    }
}

/// A number below `limit`.
fn below(random: &mut Rand64, limit: usize) -> usize {
    random.rand_range(0..limit as u64) as usize
}

/// Whether what happens `percent` times in a hundred happens now.
fn chance(random: &mut Rand64, percent: u64) -> bool {
    random.rand_range(0..100) < percent
}

/// One of several.
fn one_of<'a, T: ?Sized>(random: &mut Rand64, all: &[&'a T]) -> &'a T {
    all[below(random, all.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_the_same_on_every_machine_and_in_every_corpus() {
        let folder = project::root().join("target/xtask-corpus-test");
        fs::create_dir_all(&folder).expect("a folder in target");
        let corpus = |documents: u32| {
            let path = folder.join(format!("{documents}.jsonl"));
            write(&path, documents, 7).expect("a corpus");
            fs::read_to_string(path).expect("UTF-8")
        };
        let (three, nine) = (corpus(3), corpus(9));
        assert!(nine.starts_with(&three));
        assert_eq!(nine.lines().count(), 9);
        for line in nine.lines() {
            let document: Value = serde_json::from_str(line).expect("JSON");
            let text = document["text"].as_str().expect("a text");
            assert!(text.chars().count() >= 20, "{line}");
        }
        // FNV-1a of what it was where it was first made.
        let hash = nine.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!(hash, 0x870e_7c13_9e8d_313e, "the documents are other ones: FNV-1a {hash:#x}");
    }

    #[test]
    fn numbers_are_drawn_by_their_weights() {
        let weighted = Weighted::new([1, 0, 3].into_iter());
        let mut random = Rand64::new(1);
        let mut drawn = [0_u32; 3];
        for _ in 0..4000 {
            drawn[weighted.draw(&mut random)] += 1;
        }
        assert!((900..1100).contains(&drawn[0]), "{drawn:?}");
        assert_eq!(drawn[1], 0);
    }
}
