//! `suoyin build`: compile documents into an index.

mod pipeline;
mod summary;

use crate::config::{Config, Given, Settings};
use crate::exit::NotUnderstood;
use crate::index_file;
use crate::layout::{self, Plan};
use crate::output;
use crate::progress::Progress;
use crate::watch::{Stop, Wake, Watch};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};
use summary::{Built, Summary, Tally};
use suoyin_core::IndexWriter;
use suoyin_ingest::IngestOptions;
use suoyin_suggest::SuggestBuilder;

/// What to build an index of, and where.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Options {
    #[command(flatten)]
    given: Given,
    /// The file with the options that are not given here [default: suoyin.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Build again whenever the inputs or suoyin.toml change, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Print the summary as JSON, one line for each build; all else goes to the error output
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
INPUT and OUT may stand in suoyin.toml instead; `suoyin init` writes one with all options.
While it watches, a build that fails is reported, and the index before it stays.";

pub(crate) fn run(options: &Options) -> Result<()> {
    let job = Job::load(options)?;
    if options.watch { watch(options, job) } else { job.run(options.json, &Stop::never()) }
}

/// One build, and any number of them after it.
fn watch(options: &Options, mut job: Job) -> Result<()> {
    let (mut watch, stop) = Watch::new()?;
    job.follow(&mut watch, options)?;
    loop {
        match job.run(options.json, &stop) {
            _ if stop.is_set() => return Ok(()),
            Ok(()) => {}
            Err(error) if output::is_broken_pipe(&error) => return Err(error),
            Err(error) => output::error(&error),
        }
        output::note("watching; Ctrl-C ends");
        job = loop {
            match watch.wait()? {
                Wake::Stopped => return Ok(()),
                Wake::Changed(changed) => output::note(&format!("changed: {changed}")),
            }
            let job = Job::load(options);
            // Anew before the build, so that what changes during it is seen.
            match job.and_then(|job| job.follow(&mut watch, options).map(|()| job)) {
                Ok(job) => break job,
                // Without knowing what to build: the next change may help.
                Err(error) => output::error(&error),
            }
        };
    }
}

/// What one build does.
struct Job {
    settings: Settings,
    config: Option<PathBuf>,
}

impl Job {
    /// Reads the configuration.
    fn load(options: &Options) -> Result<Job> {
        let config = Config::load(options.config.as_deref())?;
        let path = config.path.clone();
        Ok(Job { settings: config.settings(&options.given)?, config: path })
    }

    /// Watches what this build reads, and not what it writes.
    fn follow(&self, watch: &mut Watch, options: &Options) -> Result<()> {
        let Settings { inputs, output, .. } = &self.settings;
        let config = options.config.as_deref().unwrap_or(Path::new(crate::config::NAME));
        let mut targets: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
        targets.push(config);
        watch.follow(&targets, Some(output)).map_err(|error| match error {
            crate::watch::Error::Circle(input) => NotUnderstood(format!(
                "{}: this is both an input and where the index is written, so every build would \
                 start another one; give another output",
                input.display()
            ))
            .into(),
            crate::watch::Error::Notify(error) => anyhow::Error::new(error)
                .context("the inputs cannot be watched; build without --watch"),
        })
    }

    fn run(&self, json: bool, stop: &Stop) -> Result<()> {
        let start = Instant::now();
        let Settings { inputs, output, layout, keep_shards, element, threads, .. } = &self.settings;
        let Settings { suggest, suggest_size, .. } = &self.settings;
        let options = ingest_options(&self.settings);
        let threads = match *threads {
            0 => thread::available_parallelism().map_or(1, |cores| cores.get()),
            threads => threads as usize,
        };
        let progress = Progress::start();
        let writer = self.writer()?;
        let mut tally = Tally::default();
        let mut suggestions = suggest.then(|| SuggestBuilder::new(*suggest_size as usize * 1000));
        let mut first = true;
        let (writer, report) = pipeline::index(inputs, &options, writer, threads, |document| {
            if stop.is_set() {
                bail!("stopped");
            }
            // Not before there is a document: where there is none, no folder is made.
            if std::mem::take(&mut first) {
                index_file::prepare(output)?;
            }
            progress.document(document.title.len() + document.text.len());
            tally.add(document);
            if let Some(suggestions) = &mut suggestions {
                suggestions.add(document);
            }
            Ok(())
        })?;
        progress.phase("putting the index together");
        let keep_shards = Duration::from_secs(u64::from(*keep_shards) * 3600);
        let plan = Plan { layout: *layout, threads, keep_shards, element: *element };
        // Beside the index, which is put together by one thread, too.
        let suggestions = suggestions.map(|builder| thread::spawn(move || builder.finish()));
        let written = layout::write(output, plan, writer, suggestions)?;
        drop(progress);
        let summary = Summary::new(Built {
            written,
            config: self.config.clone(),
            tally,
            report: &report,
            seconds: start.elapsed().as_secs_f64(),
        })?;
        if json { output::json(&summary) } else { output::text(&summary.text()) }
    }
}

impl Job {
    /// An empty index, with what the settings say of words.
    fn writer(&self) -> Result<IndexWriter> {
        let Settings { layout, synonyms, regional, stemming, ranking, freshness, .. } =
            &self.settings;
        let mut writer = IndexWriter::with_positions(layout.positions());
        writer.set_regional(*regional);
        writer.set_ranking(&ranking.settings());
        writer.set_freshness(*freshness);
        stemming.iter().for_each(|language| writer.add_stemmer(language.stemmer()));
        for [word, other] in synonyms.iter().flat_map(|synonyms| synonyms.pairs()) {
            let added = writer.add_synonym(word, other);
            added.map_err(|error| NotUnderstood(format!("synonyms: {error}")))?;
        }
        Ok(writer)
    }
}

fn ingest_options(settings: &Settings) -> IngestOptions {
    let Settings { base_url, output, include, exclude, common_share, facets, .. } = settings;
    IngestOptions {
        base_url: base_url.clone(),
        include: include.clone(),
        exclude: exclude.clone(),
        output: Some(output.clone()),
        common_share: Some(*common_share).filter(|&share| share < 1.0),
        facets: facets.clone(),
    }
}
