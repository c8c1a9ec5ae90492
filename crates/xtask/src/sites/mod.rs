//! `cargo xtask sites`: real sites, as generators make them, from their pages to what is found in them.
//!
//! The `suoyin` command builds each in every layout. Then the pages are read once more, by a reader that
//! shares nothing with ingestion, and what an index answers is compared with what stands in them. What a
//! site should give besides lies in `tests/sites`: labels that must not be found, queries and titles in a
//! file of its name, and in `golden` what a build reports, which `SUOYIN_BLESS=1` writes anew.

mod answers;
mod command;
mod draw;
mod expected;
mod golden;
mod page;
mod source;

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;

use self::command::{LAYOUTS, Suoyin};
use self::expected::Expected;
use self::page::Page;
use self::source::{Fetched, SITES, Site};
use crate::{engine, project};

/// Which sites are checked.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these sites
    #[arg(value_parser = SITES.iter().map(|site| site.name).collect::<Vec<_>>())]
    sites: Vec<String>,
}

/// At most so many problems of a site are printed.
const SHOWN: usize = 20;

/// Checks the sites and fails if any of them does.
pub(crate) fn run(options: &Options) -> Result<()> {
    engine::ensure()?;
    let (_, failed) = check(&options.sites)?;
    if failed > 0 {
        bail!("{failed} of the sites failed");
    }
    Ok(())
}

/// Checks the sites of these names, or all; gives how many passed and failed.
pub(crate) fn check(wanted: &[String]) -> Result<(u32, u32)> {
    let suoyin = Suoyin::compile()?;
    let folder = project::root().join("target/sites");
    let (mut passed, mut failed) = (0, 0);
    for site in SITES {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == site.name) {
            continue;
        }
        if let Some(reason) = site.cannot_be_had() {
            println!("{:<24} skipped: {reason}", site.name);
            continue;
        }
        let started = Instant::now();
        let checked = check_site(site, &suoyin, &folder.join(site.name));
        let seconds = started.elapsed().as_secs_f32();
        let (verdict, problems) = match checked {
            Ok(Checked { documents, skipped, problems }) => {
                (format!("{documents} documents, {skipped} left out"), problems)
            }
            Err(error) => ("not checked".to_owned(), vec![format!("{error:#}")]),
        };
        let end = if problems.is_empty() { "ok" } else { "FAILED" };
        println!("{:<24} {verdict}, {seconds:.1} s: {end}", site.name);
        for problem in problems.iter().take(SHOWN) {
            println!("    {problem}");
        }
        if problems.len() > SHOWN {
            println!("    … and {} more", problems.len() - SHOWN);
        }
        if problems.is_empty() {
            passed += 1;
        } else {
            failed += 1;
        }
    }
    Ok((passed, failed))
}

/// What came of a site.
struct Checked {
    documents: u64,
    skipped: usize,
    problems: Vec<String>,
}

fn check_site(site: &Site, suoyin: &Suoyin, folder: &Path) -> Result<Checked> {
    let fetched = site.fetch(folder).with_context(|| format!("fetching {}", site.name))?;
    let Fetched { pages: input, .. } = &fetched;
    let expected = Expected::load(site.name)?;
    let (summaries, pages) = thread::scope(|scope| {
        let pages = scope.spawn(|| page::read_all(input, site.content));
        let build = |layout| {
            let output = folder.join(layout);
            scope.spawn(move || suoyin.build(input, layout, &output))
        };
        let builds = LAYOUTS.map(build);
        let summaries = builds.map(join).into_iter().collect::<Result<Vec<_>>>();
        anyhow::Ok((summaries?, join(pages)?))
    })?;
    let mut problems = Vec::new();
    let summary = golden::Summary::of(&summaries[0], &fetched)?;
    for other in &summaries[1..] {
        if golden::Summary::of(other, &fetched)? != summary {
            problems.push(format!("the layout {} has another summary", other["layout"]));
        }
    }
    summary.compare(site.name, &mut problems)?;
    for layout in LAYOUTS {
        suoyin.verify(&folder.join(layout))?;
    }
    // Pages that were left out on purpose are not looked for.
    let pages: BTreeMap<String, Page> =
        pages.into_iter().filter(|(id, _)| !summary.leaves_out(id)).collect();
    let mut index = answers::Index::open(&folder.join("module"), &pages)?;
    index.check(&expected, site.words, &mut problems)?;
    let queries = expected.queries.iter().map(String::as_str);
    for query in queries.chain(index.drawn()) {
        suoyin.compare(query, folder, &mut problems)?;
    }
    Ok(Checked { documents: summary.documents, skipped: summary.skipped(), problems })
}

fn join<T>(handle: thread::ScopedJoinHandle<'_, T>) -> T {
    handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
