//! `cargo xtask test`: everything continuous integration checks, one step after the other.
//!
//! A step that fails does not keep the others from running, save those that need what it makes. The
//! last line is `N passed, N failed`: a step that runs tests counts its tests, any other counts one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};

use crate::setup::{Browsers, NodeTools};
use crate::{engine, npm, program, project, sites, wasm};

/// So many lines about failures are repeated behind all others.
const MOST_LINES: usize = 200;

/// Which steps are run.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these steps
    #[arg(value_enum)]
    steps: Vec<Step>,
    /// Another script of cases, run by Node with the path of the command, when all else is done
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
}

/// One thing that is checked.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Step {
    /// The formatting of the Rust code
    Format,
    /// The lints
    Clippy,
    /// The documentation, with its links
    Doc,
    /// The tests in Rust
    Rust,
    /// That the module compiles
    Wasm,
    /// The analyzer's cases in WebAssembly
    Cases,
    /// The types of the JavaScript code
    Types,
    /// The tests in JavaScript: the module in Node, the page in browsers
    Node,
    /// The npm package, installed and in browsers
    Package,
    /// The indexes of real sites
    Sites,
}

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// A step that is one check, and passed.
    const ONE_PASSED: Tally = Tally { passed: 1, failed: 0 };
    /// A step that is one check, and failed.
    const ONE_FAILED: Tally = Tally { passed: 0, failed: 1 };

    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs the steps and fails if any of them did.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut total = Tally::default();
    let mut summary = Vec::new();
    let mut failures = Vec::new();
    let mut module_failed = false;
    for &step in Step::value_variants() {
        if !options.steps.is_empty() && !options.steps.contains(&step) {
            continue;
        }
        println!("\n=== {}", step.title());
        let started = Instant::now();
        let result = match step {
            Step::Cases | Step::Types | Step::Node if module_failed => {
                Err(anyhow::anyhow!("not run: it needs the module, which does not compile"))
            }
            _ => step.run(&mut failures),
        };
        let tally = result.unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::ONE_FAILED
        });
        module_failed |= step == Step::Wasm && tally.failed > 0;
        let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
        let seconds = started.elapsed().as_secs_f32();
        summary.push(format!("{verdict:<6} {seconds:>6.1} s  {}", step.title()));
        total.add(tally);
    }
    if let Some(file) = &options.cases {
        println!("\n=== {}", file.display());
        let tally = cases(file, &mut failures).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::ONE_FAILED
        });
        let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
        summary.push(format!("{verdict:<6}            {}", file.display()));
        total.add(tally);
    }
    if !failures.is_empty() {
        // Of long output, often only the end is kept.
        println!("\n=== failures, once more");
    }
    for line in failures.iter().take(MOST_LINES) {
        println!("{line}");
    }
    if failures.len() > MOST_LINES {
        println!("… and {} lines more, above", failures.len() - MOST_LINES);
    }
    println!("\n=== summary");
    for line in summary {
        println!("{line}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        // All has been said; an error would only follow the line that CI reads.
        std::process::exit(1);
    }
    Ok(())
}

impl Step {
    fn title(self) -> &'static str {
        match self {
            Step::Format => "format: cargo fmt --check",
            Step::Clippy => "clippy: lints, warnings denied",
            Step::Doc => "doc: documentation, warnings denied",
            Step::Rust => "rust: cargo test",
            Step::Wasm => "wasm: the module",
            Step::Cases => "cases: the analyzer in WebAssembly",
            Step::Types => "types: tsc over www/ and tests/",
            Step::Node => "node: the module in Node, the page in browsers",
            Step::Package => "package: the npm package, checked, installed, in browsers",
            Step::Sites => "sites: what is found in real sites",
        }
    }

    /// Whether the step compiles the `suoyin` command, which needs the engine it carries.
    fn compiles_command(self) -> bool {
        matches!(
            self,
            Step::Clippy | Step::Doc | Step::Rust | Step::Node | Step::Package | Step::Sites
        )
    }

    /// What is printed about tests that fail is added to `failures`.
    fn run(self, failures: &mut Vec<String>) -> Result<Tally> {
        if self.compiles_command() {
            engine::ensure()?;
        }
        match self {
            Step::Format => one(&mut cargo(&["fmt", "--all", "--check"])),
            Step::Clippy => {
                let arguments = ["clippy", "--workspace", "--all-targets", "--quiet"];
                one(cargo(&arguments).args(["--", "--deny", "warnings"]))
            }
            Step::Doc => {
                let arguments = ["doc", "--workspace", "--no-deps", "--quiet"];
                one(cargo(&arguments).env("RUSTDOCFLAGS", "--deny warnings"))
            }
            Step::Rust => {
                let arguments = ["test", "--workspace", "--quiet", "--no-fail-fast"];
                many(&mut cargo(&arguments), count_cargo, failures)
            }
            Step::Wasm => wasm::build().map(|_| Tally::ONE_PASSED),
            Step::Cases => many(&mut wasm::analyzer_cases()?, count_cargo, failures),
            Step::Types => types(),
            Step::Node => node(&project::tests_dir(), failures),
            Step::Package => package(failures),
            Step::Sites => {
                let (passed, failed) = sites::check(&[])?;
                Ok(Tally { passed, failed })
            }
        }
    }
}

/// Checks the types in the JavaScript code.
fn types() -> Result<Tally> {
    let tsc = NodeTools::ensure()?.bin.join("tsc");
    let config = project::tests_dir().join("tsconfig.json");
    ensure!(config.is_file(), "there is no tests/tsconfig.json to say what is checked");
    one(Command::new(tsc).arg("--noEmit").arg("--project").arg(config))
}

/// Makes the npm package and checks it: by tools, and by the tests that use what it installs.
fn package(failures: &mut Vec<String>) -> Result<Tally> {
    let mut total = Tally::default();
    for (name, result) in npm::check()? {
        match result {
            Ok(()) => {
                println!("ok: {name}");
                total.add(Tally::ONE_PASSED);
            }
            Err(error) => {
                println!("FAILED: {name}: {error:#}");
                total.add(Tally::ONE_FAILED);
            }
        }
    }
    total.add(node(&npm::tools_dir(), failures)?);
    Ok(total)
}

/// Runs the tests in this folder that are written in JavaScript.
fn node(folder: &Path, failures: &mut Vec<String>) -> Result<Tally> {
    NodeTools::ensure()?;
    let browsers = Browsers::ensure()?;
    let tests = node_tests(folder)?;
    ensure!(!tests.is_empty(), "there are no *.test.mjs in {}", folder.display());
    let mut command = Command::new("node");
    command.current_dir(folder);
    browsers.set_environment(&mut command);
    // A browser that hangs must not take CI's whole time.
    command.args(["--test", "--test-reporter=spec", "--test-timeout=300000"]).args(tests);
    many(&mut command, count_node, failures)
}

/// Runs a script of cases against the command.
fn cases(file: &Path, failures: &mut Vec<String>) -> Result<Tally> {
    NodeTools::ensure()?;
    engine::ensure()?;
    program::run(&mut cargo(&["build", "--package", "suoyin-cli", "--quiet"]))?;
    let command = project::root().join("target/debug/suoyin");
    many(Command::new("node").arg(file).arg(command), count_cases, failures)
}

/// The names of the files with tests in a folder, in order.
fn node_tests(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if name.to_string_lossy().ends_with(".test.mjs") {
            names.push(PathBuf::from(name));
        }
    }
    names.sort();
    Ok(names)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(project::root()).args(arguments);
    command
}

/// Runs a step that is one check.
fn one(command: &mut Command) -> Result<Tally> {
    program::run(command).map(|()| Tally::ONE_PASSED)
}

/// Runs a step of many tests, passing its output on and counting what it reports; what it says behind
/// the headings of Cargo and Node about tests that failed is added to `failures`.
fn many(
    command: &mut Command,
    count: fn(&str) -> Option<Tally>,
    failures: &mut Vec<String>,
) -> Result<Tally> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("starting tests")?;
    let output = child.stdout.take().context("the output was asked for")?;
    let mut total = Tally::default();
    let mut about_failures = false;
    for line in BufReader::new(output).lines() {
        let line = line.context("reading what the tests print")?;
        println!("{line}");
        if let Some(tally) = count(&line) {
            total.add(tally);
            about_failures = false;
        }
        about_failures |= line == "failures:" || line == "✖ failing tests:";
        if about_failures {
            failures.push(line);
        }
    }
    let status = child.wait()?;
    if !status.success() && total.failed == 0 {
        // It did not get as far as the tests, or ended in the middle of them.
        total.add(Tally::ONE_FAILED);
    }
    if total == Tally::default() {
        bail!("no test was run");
    }
    Ok(total)
}

/// Reads `test result: ok. 5 passed; 1 failed; …`, one for each test program.
fn count_cargo(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut tally = Tally::default();
    for count in counts.split("; ") {
        match count.split_once(' ') {
            Some((number, "passed")) => tally.passed = number.parse().ok()?,
            Some((number, "failed")) => tally.failed = number.parse().ok()?,
            _ => {}
        }
    }
    Some(tally)
}

/// Reads `ℹ pass 5` and the lines for what failed, which Node prints once, at the end.
fn count_node(line: &str) -> Option<Tally> {
    let (name, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    match name {
        "pass" => Some(Tally { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: number }),
        _ => None,
    }
}

/// Reads `99 passed, 0 failed`.
fn count_cases(line: &str) -> Option<Tally> {
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_cargo_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered \
                    out; finished in 0.04s";
        assert_eq!(count_cargo(line), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(count_cargo("running 5 tests"), None);
    }

    #[test]
    fn results_of_node_are_counted() {
        assert_eq!(count_node("ℹ pass 7"), Some(Tally { passed: 7, failed: 0 }));
        assert_eq!(count_node("ℹ fail 2"), Some(Tally { passed: 0, failed: 2 }));
        assert_eq!(count_node("ℹ duration_ms 71.5"), None);
        assert_eq!(count_node("✔ pass 7"), None);
    }

    #[test]
    fn results_of_cases_are_counted() {
        assert_eq!(count_cases("98 passed, 1 failed"), Some(Tally { passed: 98, failed: 1 }));
        assert_eq!(count_cases("module 网络: 1 passed"), None);
    }
}
