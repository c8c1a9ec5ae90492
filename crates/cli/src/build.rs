//! `suoyin build`: compile documents into an index.

use crate::counts::Counts;
use crate::index_file;
use crate::output::{self, STRONG, grouped, one_line, size};
use anyhow::{Context, Result};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;
use suoyin_core::{IndexReader, IndexWriter};
use suoyin_ingest::{IngestOptions, Location, Report, ingest_each};

/// What to build an index of, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Folders and files: .txt, .md, .html, .jsonl
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// The folder to write the index into; made where it is missing
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// What the documents' addresses begin with
    #[arg(long, value_name = "URL", default_value = "")]
    base_url: String,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    let ingest_options = IngestOptions {
        base_url: options.base_url.clone(),
        output: Some(options.output.clone()),
        ..IngestOptions::default()
    };
    let mut writer = IndexWriter::new();
    let mut documents = 0;
    let (_, report) = ingest_each(&options.inputs, &ingest_options, |document| {
        // Not before there is a document: where there is none, no folder is made.
        if documents == 0 {
            index_file::prepare(&options.output)?;
        }
        documents += 1;
        writer.add(&document).with_context(|| format!("{}: cannot be indexed", document.id))?;
        anyhow::Ok(())
    })?;
    let index = writer.finish()?;
    // Opening checks what was made before it takes the place of an older index.
    let counts = Counts::of(&IndexReader::open(&index[..])?)?;
    let path = index_file::write(&options.output, &index)?;
    let seconds = start.elapsed().as_secs_f64();
    let summary = Summary::new(path, &index, &counts, &report, seconds);
    if options.json { output::json(&summary) } else { output::text(&summary.for_reading(&report)) }
}

/// What was built.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    index: PathBuf,
    documents: u32,
    text_bytes: u64,
    terms: u64,
    index_bytes: u64,
    seconds: f64,
    /// Megabytes of text a second.
    speed: f64,
    repeated_paragraphs: u64,
    assets: u64,
    hidden: u64,
    skipped: Vec<Note>,
    decoded: Vec<Note>,
    repaired: Vec<Note>,
    warnings: Vec<Note>,
}

/// Something to know about a place in the input.
#[derive(Serialize)]
struct Note {
    path: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize)]
#[serde(untagged)]
enum What {
    Skipped { reason: &'static str },
    Decoded { encoding: &'static str, malformed: bool },
    Repaired { repaired: u64, left: u64 },
    Warning { message: String, count: u64 },
}

impl Note {
    fn new(location: &Location, what: What) -> Note {
        Note { path: location.path.clone(), line: location.line, what }
    }
}

impl Summary {
    fn new(path: PathBuf, index: &[u8], counts: &Counts, report: &Report, seconds: f64) -> Summary {
        let skipped = report.skipped.iter().map(|skipped| {
            Note::new(&skipped.location, What::Skipped { reason: skipped.reason.as_str() })
        });
        let decoded = report.decoded.iter().map(|decoded| {
            let (encoding, malformed) = (decoded.encoding, decoded.malformed);
            Note::new(&decoded.location, What::Decoded { encoding, malformed })
        });
        let repaired = report.repaired.iter().map(|document| {
            let (repaired, left) = (document.repaired, document.left);
            Note::new(&document.location, What::Repaired { repaired, left })
        });
        let warnings = report.warnings.iter().map(|warning| {
            let message = warning.message.clone();
            Note::new(&warning.location, What::Warning { message, count: warning.count })
        });
        Summary {
            index: path,
            documents: counts.documents,
            text_bytes: report.text_bytes,
            terms: counts.terms(),
            index_bytes: index.len() as u64,
            seconds,
            speed: report.text_bytes as f64 / 1e6 / seconds,
            repeated_paragraphs: report.repeated_paragraphs,
            assets: report.assets,
            hidden: report.hidden,
            skipped: skipped.collect(),
            decoded: decoded.collect(),
            repaired: repaired.collect(),
            warnings: warnings.collect(),
        }
    }

    fn for_reading(&self, report: &Report) -> String {
        let mut out = format!(
            "{STRONG}{}{STRONG:#}\n\
             documents  {}\n\
             text       {}\n\
             terms      {}\n\
             index      {}\n\
             time       {:.2} s, {:.1} MB of text a second\n",
            self.index.display(),
            grouped(self.documents.into()),
            size(self.text_bytes),
            grouped(self.terms),
            size(self.index_bytes),
            self.seconds,
            self.speed
        );
        for (count, what) in [
            (self.repeated_paragraphs, "repeated paragraphs left out"),
            (self.assets, "images, styles, scripts and the like passed over"),
            (self.hidden, "hidden files and folders passed over"),
        ] {
            if count > 0 {
                let _ = writeln!(out, "{} {what}", grouped(count));
            }
        }
        for notice in report.notices() {
            let _ = writeln!(out, "{}", one_line(&notice));
        }
        out
    }
}
