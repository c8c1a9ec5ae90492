//! What building takes: time on the clock, time of processors, memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use wait4::Wait4;

use super::corpora::Corpus;
use super::table::{Table, megabytes};
use super::{at, index_of, number};

/// The best of several builds of one corpus.
pub(super) struct Build {
    corpus: String,
    input_bytes: u64,
    /// What `suoyin build --json` says.
    summary: Value,
    /// Seconds on the clock, the least of all runs.
    wall: f64,
    /// Seconds of processors, user and system, the least of all runs.
    cpu: f64,
    /// Bytes at the peak, the least of all runs.
    peak: u64,
}

/// Builds the index of each corpus `runs` times.
pub(super) fn measure(suoyin: &Path, corpora: &[Corpus], runs: u32) -> Result<Vec<Build>> {
    let measure = |corpus: &Corpus| {
        let index = index_of(corpus);
        let out = index.parent().context("an index lies in a folder")?;
        measure_one(suoyin, corpus, "module", out, runs)
    };
    corpora.iter().map(measure).collect()
}

/// Builds the index of a corpus `runs` times, into the folder `out`.
pub(super) fn measure_one(
    suoyin: &Path,
    corpus: &Corpus,
    layout: &str,
    out: &Path,
    runs: u32,
) -> Result<Build> {
    let mut build = Build {
        corpus: corpus.name.clone(),
        input_bytes: corpus.input_bytes()?,
        summary: Value::Null,
        wall: f64::INFINITY,
        cpu: f64::INFINITY,
        peak: u64::MAX,
    };
    for _ in 0..runs {
        let mut command = Command::new(suoyin);
        command.arg("build").arg(&corpus.input).arg("--output").arg(out);
        command.args(["--layout", layout, "--json"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let started = Instant::now();
        let mut child = command.spawn().context("cannot start the release build of `suoyin`")?;
        let printed = child.stdout.take().context("the output was asked for")?;
        let printed = std::io::read_to_string(printed)?;
        let used = child.wait4().context("waiting for `suoyin build`")?;
        let wall = started.elapsed().as_secs_f64();
        if !used.status.success() {
            bail!("`suoyin build` failed on {} ({})", corpus.name, used.status);
        }
        let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
        build.wall = build.wall.min(wall);
        build.cpu = build.cpu.min(cpu);
        build.peak = build.peak.min(used.rusage.maxrss);
        build.summary = serde_json::from_str(&printed).context("`suoyin build --json`")?;
    }
    Ok(build)
}

impl Build {
    fn text_bytes(&self) -> f64 {
        number(at(&self.summary, &["textBytes"]))
    }

    /// The figures for programs.
    pub(super) fn figures(&self) -> Value {
        json!({
            "corpus": self.corpus,
            "documents": at(&self.summary, &["documents"]),
            "inputBytes": self.input_bytes,
            "textBytes": self.text_bytes(),
            "indexBytes": at(&self.summary, &["indexBytes"]),
            "wallSeconds": self.wall,
            "cpuSeconds": self.cpu,
            "peakBytes": self.peak,
        })
    }
}

/// The figures as a table.
pub(super) fn print(builds: &[Build], layout: &str, runs: u32) {
    let title = format!("build: `suoyin build --layout {layout}`, best of {runs} runs");
    let heads = [
        "corpus",
        "documents",
        "input MB",
        "text MB",
        "wall s",
        "CPU s",
        "text MB/s",
        "per CPU s",
        "peak MB",
        "x text",
    ];
    let mut table = Table::new(&title, &heads);
    for build in builds {
        let text = build.text_bytes();
        table.row([
            build.corpus.clone(),
            at(&build.summary, &["documents"]).to_string(),
            megabytes(build.input_bytes as f64),
            megabytes(text),
            format!("{:.2}", build.wall),
            format!("{:.2}", build.cpu),
            format!("{:.1}", text / 1e6 / build.wall),
            format!("{:.1}", text / 1e6 / build.cpu),
            megabytes(build.peak as f64),
            format!("{:.1}", build.peak as f64 / text),
        ]);
    }
    table.print();
    println!("budget: 20 MB of text a second with two cores; peak memory 3 x text");
}

/// The figures of all builds for programs.
pub(super) fn figures(builds: &[Build]) -> Value {
    Value::Array(builds.iter().map(Build::figures).collect())
}
