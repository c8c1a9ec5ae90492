//! What should be found first: the cases of `tests/relevance`, a file each of documents and queries.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use suoyin_core::{Hit, IndexWriter, SearchOptions, Searcher, Snippet, Whole};
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
    /// Words and others that stand for them, one way.
    #[serde(default)]
    synonyms: Vec<[String; 2]>,
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
    /// Another query with the same hits, exact ones and others, whatever their order.
    same_as: Option<String>,
    /// Ids of documents that are no hits.
    not: Option<Vec<String>>,
    /// What is marked in the snippet of the first hit.
    marked: Option<Vec<String>>,
    /// The snippet of the first hit.
    snippet: Option<String>,
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
    for [word, other] in &suite.synonyms {
        writer.add_synonym(word, other).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    Searcher::open(writer.finish().expect("an index is written")).expect("and opened")
}

fn check(case: &Case, engine: &Engine) -> Result<(), String> {
    let hits = hits(engine, &case.query);
    let ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
    let found = || format!("the hits are {:?}", &ids[..ids.len().min(10)]);
    let Case { first, order, same_as, not, marked, snippet, .. } = case;
    let expected = first.is_some() || order.is_some() || same_as.is_some();
    if !expected && not.is_none() && marked.is_none() && snippet.is_none() {
        let message = "nothing is expected: give first, order, same_as, not, marked or snippet";
        return Err(message.to_owned());
    }
    if let Some(first) = first
        && ids.first() != Some(&first.as_str())
    {
        return Err(format!("{first} should be first; {}", found()));
    }
    let order = order.as_deref().unwrap_or_default();
    let ranks = order.iter().map(|id| ids.iter().position(|other| other == id));
    let ranks: Option<Vec<usize>> = ranks.collect();
    if !ranks.is_some_and(|ranks| ranks.is_sorted()) {
        return Err(format!("the order should be {order:?}; {}", found()));
    }
    if let Some(id) = not.iter().flatten().find(|id| ids.contains(&id.as_str())) {
        return Err(format!("{id} should not be found; {}", found()));
    }
    if let Some(expected) = marked {
        let marked = hits.first().map(|hit| marks(&hit.snippet)).unwrap_or_default();
        if marked != *expected {
            return Err(format!("{expected:?} should be marked, not {marked:?}"));
        }
    }
    if let Some(expected) = snippet {
        let snippet = hits.first().map_or("", |hit| &hit.snippet.text);
        if snippet != expected {
            return Err(format!("the snippet should be {expected:?}, not {snippet:?}"));
        }
    }
    if let Some(other) = same_as {
        let found_by = |hits: &[Hit]| -> BTreeSet<(String, bool)> {
            hits.iter().map(|hit| (hit.id.clone(), hit.exact)).collect()
        };
        if found_by(&hits) != found_by(&self::hits(engine, other)) {
            return Err(format!("{other:?} should have the same hits; {}", found()));
        }
    }
    Ok(())
}

/// What is marked in a snippet.
fn marks(snippet: &Snippet) -> Vec<String> {
    let units: Vec<u16> = snippet.text.encode_utf16().collect();
    let marked =
        |&[start, end]: &[u32; 2]| String::from_utf16_lossy(&units[start as usize..end as usize]);
    snippet.highlights.iter().map(marked).collect()
}

fn hits(engine: &Engine, query: &str) -> Vec<Hit> {
    let options = SearchOptions { limit: engine.doc_count() as usize, ..SearchOptions::default() };
    engine.search(query, &options).expect("a sound index is searched").hits
}
