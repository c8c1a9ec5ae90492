//! What should be found first: the cases of `tests/relevance`, a file each of documents and queries.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use suoyin_core::{Hit, IndexWriter, SearchOptions, Searcher, Whole};
use suoyin_ingest::{IngestOptions, ingest};

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    /// The folder that the documents are in, from the root of the project.
    folder: Option<PathBuf>,
    /// The documents, in the fields of a JSON line.
    #[serde(default)]
    document: Vec<serde_json::Value>,
    case: Vec<Case>,
}

/// A query and what is expected of its hits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    query: String,
    /// Why it should be so.
    because: String,
    /// The id of the first hit.
    first: Option<String>,
    /// Ids of hits that come in this order; others may stand between them.
    order: Option<Vec<String>>,
    /// Another query with the same hits and scores.
    same_as: Option<String>,
}

type Engine = Searcher<Whole<Vec<u8>>>;

#[test]
fn what_should_be_first_is_first() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the root");
    let folder = root.join("tests/relevance");
    let entries = fs::read_dir(&folder).expect("the folder of the cases is read");
    let paths: BTreeSet<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    let (mut cases, mut failures) = (0, Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        let text = fs::read_to_string(path).expect("a file of cases is read");
        let suite: Suite = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let engine = engine(&suite, root, &name);
        for case in &suite.case {
            cases += 1;
            if let Err(message) = check(case, &engine) {
                let Case { query, because, .. } = case;
                failures.push(format!("{name}: {query:?} ({because}): {message}"));
            }
        }
    }
    assert!(cases > 0, "there are no cases in {}", folder.display());
    assert!(failures.is_empty(), "{} of {cases} fail:\n{}", failures.len(), failures.join("\n"));
}

/// An index of the documents, made of them as `suoyin build` does.
fn engine(suite: &Suite, root: &Path, name: &str) -> Engine {
    let input = match (&suite.folder, suite.document.is_empty()) {
        (Some(folder), true) => root.join(folder),
        (None, false) => {
            let lines: Vec<String> = suite.document.iter().map(ToString::to_string).collect();
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.jsonl"));
            fs::write(&path, lines.join("\n")).expect("the documents are written");
            path
        }
        _ => panic!("{name}: either `folder` or `[[document]]`s are needed"),
    };
    let ingested = ingest(&[input], &IngestOptions::default());
    let ingested = ingested.unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut writer = IndexWriter::new();
    ingested.documents.iter().for_each(|document| {
        writer.add(document).expect("a document is indexed");
    });
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

fn check(case: &Case, engine: &Engine) -> Result<(), String> {
    let hits = hits(engine, &case.query);
    let ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
    let found = || format!("the hits are {:?}", &ids[..ids.len().min(10)]);
    if case.first.is_none() && case.order.is_none() && case.same_as.is_none() {
        return Err("nothing is expected: give first, order or same_as".to_owned());
    }
    if let Some(first) = &case.first
        && ids.first() != Some(&first.as_str())
    {
        return Err(format!("{first} should be first; {}", found()));
    }
    let order = case.order.as_deref().unwrap_or_default();
    let ranks = order.iter().map(|id| ids.iter().position(|other| other == id));
    let ranks: Option<Vec<usize>> = ranks.collect();
    if !ranks.is_some_and(|ranks| ranks.is_sorted()) {
        return Err(format!("the order should be {order:?}; {}", found()));
    }
    if let Some(other) = &case.same_as {
        let scored = |hits: &[Hit]| -> Vec<(String, f32, bool)> {
            hits.iter().map(|hit| (hit.id.clone(), hit.score, hit.exact)).collect()
        };
        if scored(&hits) != scored(&self::hits(engine, other)) {
            return Err(format!("{other:?} should have the same hits and scores; {}", found()));
        }
    }
    Ok(())
}

fn hits(engine: &Engine, query: &str) -> Vec<Hit> {
    let options = SearchOptions { limit: engine.doc_count() as usize, ..SearchOptions::default() };
    engine.search(query, &options).expect("a sound index is searched").hits
}
