//! `cargo xtask eval`: how good the ranking is, on queries with judged answers.
//!
//! It prints a table, and with `--against` what has changed since a run that was saved. No figure
//! fails it; a change of the ranking says in its commit what the table said before and after.

mod baseline;
mod measures;
mod run;
mod sets;
mod significance;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use suoyin_core::format::ranking::{Parameter, Setting};

use crate::bench::table::Table;
use crate::project;
use baseline::{Baseline, MODELS};
use measures::Scores;
use run::{Run, SetRun};
use sets::KNOWN;

/// What is measured, and what it is compared with.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these sets, instead of all
    #[arg(long, value_name = "NAME", value_parser = KNOWN)]
    set: Vec<String>,
    /// Keep the scores of each query under this name, in target/eval/runs
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Compare with the run that was saved under this name
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// What counts more or less than it does by default, such as k1=1.2; for each of them once
    #[arg(long, value_name = "NAME=N", value_parser = setting)]
    ranking: Vec<Setting>,
    /// Score plain BM25 on the same queries, too; it takes minutes
    #[arg(long)]
    baseline: bool,
}

/// Reads `k1=1.2`.
fn setting(text: &str) -> Result<Setting> {
    let (name, value) = text.split_once('=').context("give NAME=N")?;
    let Some(parameter) = Parameter::named(name) else {
        let all = Parameter::ALL.map(Parameter::name).join(", ");
        bail!("the ranking has no {name:?}; there are {all}");
    };
    let [lowest, highest] = parameter.bounds();
    let setting = parameter.at(value.parse().with_context(|| format!("{value:?} is no number"))?);
    setting.with_context(|| format!("give a number from {lowest} to {highest}"))
}

/// Measures, prints, compares and saves.
pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = project::root().join("target/eval");
    let runs = folder.join("runs");
    // What would only fail after all the work fails before it.
    let earlier = options.against.as_deref().map(|name| Run::load(&runs, name)).transpose()?;
    let save = options.save.as_deref().map(|name| run::place(&runs, name)).transpose()?;

    let known = KNOWN.map(str::to_owned);
    let wanted = if options.set.is_empty() { &known[..] } else { &options.set };
    let mut run = Run::default();
    let mut baselines = Vec::new();
    for name in wanted {
        eprintln!("eval: {name}");
        let set = sets::get(name, &folder)?;
        ensure!(!set.queries.is_empty(), "{name} has no queries");
        run.sets.insert(name.clone(), SetRun::of(&set, &options.ranking)?);
        if options.baseline {
            let baseline = Baseline::new(&set.documents);
            baselines.push((name, MODELS.map(|model| baseline.ndcg(&set, &model))));
        }
    }
    print(&run);
    if options.baseline {
        print_baselines(&run, &baselines);
    }
    if let Some(earlier) = earlier {
        compare(&run, &earlier, options.against.as_deref().unwrap_or_default())?;
    }
    if let Some(place) = save {
        run.save(&place)?;
        println!("\nsaved as {}", place.display());
    }
    Ok(())
}

fn print(run: &Run) {
    let heads =
        ["set", "documents", "queries", "nDCG@10", "MRR@10", "recall@10", "index s", "query ms"];
    let mut table = Table::new("eval: ranking, means over the queries", &heads);
    let mut macro_average = Scores::default();
    for (name, set) in &run.sets {
        let mean = set.mean();
        macro_average = macro_average + mean;
        table.row(
            [name.clone(), set.documents.to_string(), set.queries.len().to_string()]
                .into_iter()
                .chain(cells(mean))
                .chain([format!("{:.1}", set.index_seconds), format!("{:.2}", set.query_ms)]),
        );
    }
    let macro_average = macro_average / run.sets.len() as f64;
    let name = ["macro average".to_owned(), String::new(), String::new()];
    table.row(name.into_iter().chain(cells(macro_average)));
    table.print();
}

fn print_baselines(run: &Run, baselines: &[(&String, [f64; MODELS.len()])]) {
    let heads: Vec<&str> =
        ["set"].into_iter().chain(MODELS.map(|model| model.name)).chain(["engine"]).collect();
    let mut table = Table::new("eval: nDCG@10 of plain BM25, and of the engine", &heads);
    for &(name, figures) in baselines {
        let figures = figures.into_iter().chain([run.sets[name].mean().ndcg]);
        let cells = figures.map(|figure| format!("{figure:.4}"));
        table.row([name.clone()].into_iter().chain(cells));
    }
    table.print();
}

fn cells(scores: Scores) -> [String; 3] {
    [scores.ndcg, scores.mrr, scores.recall].map(|score| format!("{score:.4}"))
}

/// What a query has gained; nothing where only the last digit differs, which may go lost in JSON.
fn difference((now, before): &(f64, f64)) -> f64 {
    let difference = now - before;
    if difference.abs() < 1e-9 { 0.0 } else { difference }
}

fn compare(run: &Run, earlier: &Run, name: &str) -> Result<()> {
    let heads = ["set", "queries", "before", "now", "change", "better", "worse", "p"];
    let mut table = Table::new(&format!("eval: nDCG@10 against {name}"), &heads);
    let mut notes = Vec::new();
    for (set, now) in &run.sets {
        let Some(before) = earlier.sets.get(set) else {
            notes.push(format!("{set}: not in {name}"));
            continue;
        };
        let pairs = now.pairs(before);
        ensure!(!pairs.is_empty(), "{set} shares no query with that of {name}; save a new run");
        let alone = now.queries.len() + before.queries.len() - 2 * pairs.len();
        if alone > 0 {
            notes.push(format!("{set}: {alone} queries are only in one of the runs"));
        }
        let differences: Vec<f64> = pairs.iter().map(difference).collect();
        let mean = |sum: f64| sum / pairs.len() as f64;
        let before = mean(pairs.iter().map(|pair| pair.1).sum());
        let now = mean(pairs.iter().map(|pair| pair.0).sum());
        let count = |is: fn(&f64) -> bool| differences.iter().filter(|d| is(d)).count().to_string();
        table.row([
            set.clone(),
            pairs.len().to_string(),
            format!("{before:.4}"),
            format!("{now:.4}"),
            format!("{:+.4}", now - before),
            count(|&d| d > 0.0),
            count(|&d| d < 0.0),
            format!("{:.4}", significance::p_value(&differences)),
        ]);
    }
    table.print();
    println!(
        "p: paired randomisation test, two-sided, {} rounds, a fixed seed",
        significance::ROUNDS
    );
    notes.iter().for_each(|note| println!("{note}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_digit_is_no_difference() {
        let score = 0.630_929_753_571_457_4;
        assert_eq!(difference(&(score, score + f64::EPSILON)), 0.0);
        assert_eq!(difference(&(0.5, 0.25)), 0.25);
    }
}
