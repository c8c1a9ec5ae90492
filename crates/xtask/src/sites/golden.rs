//! What a build reports, held against what it reported when somebody last looked at it.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::source::Fetched;
use crate::project;

/// What does not depend on the machine, the layout or the format of the index.
#[derive(Debug, PartialEq)]
pub(super) struct Summary {
    pub(super) documents: u64,
    /// What was left out: ids by their reasons.
    left_out: BTreeMap<String, BTreeSet<String>>,
    value: Value,
}

impl Summary {
    /// Takes it from what `suoyin build --json` prints.
    pub(super) fn of(printed: &Value, fetched: &Fetched) -> Result<Summary> {
        let mut left_out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for skipped in printed["skipped"].as_array().context("skipped is no list")? {
            let reason = skipped["reason"].as_str().context("a reason is missing")?;
            let place = below(&fetched.pages, &skipped["path"])?;
            left_out.entry(reason.to_owned()).or_default().insert(place);
        }
        let mut value = json!({ "version": fetched.version, "leftOut": left_out });
        let kept = ["documents", "textBytes", "largest", "demoted", "repeatedParagraphs", "assets"];
        for key in kept.into_iter().chain(["hidden", "decoded", "repaired", "warnings"]) {
            let mut field = printed[key].clone();
            for note in field.as_array_mut().into_iter().flatten() {
                if !note["path"].is_null() {
                    note["path"] = below(&fetched.pages, &note["path"])?.into();
                }
            }
            value[key] = field;
        }
        let documents = printed["documents"].as_u64().context("documents is no number")?;
        Ok(Summary { documents, left_out, value })
    }

    /// Whether this page was left out, or the folder it lies in.
    pub(super) fn leaves_out(&self, id: &str) -> bool {
        let is_it = |place: &String| {
            id.strip_prefix(place.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.left_out.values().flatten().any(is_it)
    }

    /// How many files were left out.
    pub(super) fn skipped(&self) -> usize {
        self.left_out.values().map(BTreeSet::len).sum()
    }

    /// Compares with the file of this name, or writes it where `SUOYIN_BLESS` says so.
    pub(super) fn compare(&self, name: &str, problems: &mut Vec<String>) -> Result<()> {
        let path = path(name);
        let now = format!("{:#}\n", self.value);
        if env::var_os("SUOYIN_BLESS").is_some_and(|value| value == "1") {
            return fs::write(&path, now).with_context(|| format!("writing {}", path.display()));
        }
        let golden = fs::read_to_string(&path).with_context(|| {
            format!(
                "reading {}; `SUOYIN_BLESS=1 cargo xtask sites {name}` writes it",
                path.display()
            )
        })?;
        let golden: Value =
            serde_json::from_str(&golden).with_context(|| path.display().to_string())?;
        if golden["version"] != self.value["version"] {
            // Another release of Debian has another text.
            println!(
                "{name:<24} is version {}, not {}: its summary is not compared",
                self.value["version"], golden["version"]
            );
            return Ok(());
        }
        for key in keys(&golden).chain(keys(&self.value)).collect::<BTreeSet<_>>() {
            let (was, is) = (&golden[key], &self.value[key]);
            if was != is {
                problems.push(format!(
                    "the summary has changed: {key} was {was}, is {is}; where that is right, \
                     `SUOYIN_BLESS=1 cargo xtask sites {name}` says so"
                ));
            }
        }
        Ok(())
    }
}

fn keys(value: &Value) -> impl Iterator<Item = &str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str())
}

fn path(name: &str) -> PathBuf {
    project::tests_dir().join(format!("sites/golden/{name}.json"))
}

/// A path of the report, relative to the site, with `/`.
fn below(pages: &Path, path: &Value) -> Result<String> {
    let path = Path::new(path.as_str().context("a path is missing")?);
    let path = path.strip_prefix(pages).with_context(|| path.display().to_string())?;
    Ok(path.to_string_lossy().replace('\\', "/"))
}
