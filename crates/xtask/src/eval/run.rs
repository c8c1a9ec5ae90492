//! What the engine scores on a set, and how that is kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use suoyin_core::format::ranking::Setting;
use suoyin_core::{IndexWriter, SearchOptions, Searcher};

use crate::package;

use super::measures::{DEPTH, Scores};
use super::sets::Set;

/// The scores of all sets.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) sets: BTreeMap<String, SetRun>,
}

/// The scores of one set.
#[derive(Serialize, Deserialize)]
pub(super) struct SetRun {
    pub(super) documents: usize,
    /// Seconds that indexing took.
    pub(super) index_seconds: f64,
    /// Milliseconds that a query took, on the mean.
    pub(super) query_ms: f64,
    /// Each query's own.
    pub(super) queries: BTreeMap<String, Scores>,
}

impl SetRun {
    /// Indexes the documents and asks the queries.
    pub(super) fn of(set: &Set, ranking: &[Setting]) -> Result<SetRun> {
        let started = Instant::now();
        let mut writer = IndexWriter::new();
        set.documents.iter().try_for_each(|document| writer.add(document))?;
        let searcher = Searcher::open(writer.finish()?)?;
        let index_seconds = started.elapsed().as_secs_f64();

        let ranking = ranking.to_vec();
        let options = SearchOptions { limit: DEPTH, ranking, ..SearchOptions::default() };
        let started = Instant::now();
        let mut queries = BTreeMap::new();
        for (query, relevant) in &set.queries {
            let results = searcher.search(query, &options)?;
            let hits: Vec<bool> =
                results.hits.iter().map(|hit| relevant.contains(&hit.id)).collect();
            queries.insert(query.clone(), Scores::of(&hits, relevant.len()));
        }
        let query_ms = started.elapsed().as_secs_f64() * 1e3 / queries.len() as f64;
        Ok(SetRun { documents: set.documents.len(), index_seconds, query_ms, queries })
    }

    pub(super) fn mean(&self) -> Scores {
        let sum = self.queries.values().fold(Scores::default(), |sum, &scores| sum + scores);
        sum / self.queries.len() as f64
    }

    /// The nDCG of each query that both runs have: this one's, the other's.
    pub(super) fn pairs(&self, other: &SetRun) -> Vec<(f64, f64)> {
        let pair = |(query, scores): (&String, &Scores)| {
            Some((scores.ndcg, other.queries.get(query)?.ndcg))
        };
        self.queries.iter().filter_map(pair).collect()
    }
}

impl Run {
    /// Reads the run that was saved under this name.
    pub(super) fn load(runs: &Path, name: &str) -> Result<Run> {
        let path = place(runs, name)?;
        let json = fs::read_to_string(&path).with_context(|| {
            format!("reading {}; save the run first, with --save {name}", path.display())
        })?;
        serde_json::from_str(&json)
            .with_context(|| format!("{} is no run; save it again", path.display()))
    }

    /// Writes the run, in the place of any older one.
    pub(super) fn save(&self, place: &Path) -> Result<()> {
        let runs = place.parent().context("a run lies in a folder")?;
        fs::create_dir_all(runs).with_context(|| format!("creating {}", runs.display()))?;
        let json = serde_json::to_string_pretty(self)?;
        package::make(place, |partial| {
            fs::write(partial, json).with_context(|| format!("writing {}", partial.display()))
        })
    }
}

/// Where a run of this name lies.
pub(super) fn place(runs: &Path, name: &str) -> Result<PathBuf> {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    ensure!(
        !name.is_empty() && name.chars().all(is_plain),
        "{name:?} cannot name a run; use letters, digits, - and _"
    );
    Ok(runs.join(format!("{name}.json")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use suoyin_core::Document;

    fn set() -> Set {
        let document = |id: &str, title: &str, text: &str| Document {
            id: id.into(),
            title: title.into(),
            text: text.into(),
            ..Document::default()
        };
        let judged = |query: &str, ids: &[&str]| {
            (query.to_owned(), ids.iter().map(|&id| id.to_owned()).collect::<BTreeSet<_>>())
        };
        Set {
            documents: vec![document("a", "停电", "周六"), document("b", "", "周六停水，周日停水")],
            queries: [judged("停電", &["a"]), judged("停水", &["b", "c"]), judged("台风", &["a"])]
                .into(),
        }
    }

    #[test]
    fn engine_is_asked_and_judged() {
        let run = SetRun::of(&set(), &[]).unwrap();
        assert_eq!(run.queries["停電"], Scores { ndcg: 1.0, mrr: 1.0, recall: 1.0 });
        assert_eq!(run.queries["停水"].recall, 0.5);
        assert_eq!(run.queries["台风"], Scores::default());
        assert_eq!(run.mean().mrr, 2.0 / 3.0);
    }

    #[test]
    fn pairs_are_of_queries_that_both_have() {
        let run = SetRun::of(&set(), &[]).unwrap();
        let mut other = SetRun::of(&set(), &[]).unwrap();
        other.queries.remove("停水");
        other.queries.insert("停電".to_owned(), Scores::default());
        assert_eq!(run.pairs(&other), [(1.0, 0.0), (0.0, 0.0)]);
    }

    #[test]
    fn name_of_a_run_is_no_path() {
        assert!(place(Path::new("runs"), "k1-0_9").is_ok());
        for name in ["", "a/b", "../a", "a.json"] {
            assert!(place(Path::new("runs"), name).is_err(), "{name}");
        }
    }
}
