//! The licences of what is compiled into the engines, which have to be passed on with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{program, project};

/// Of a crate's licences, the first of these that it has is passed on.
const FILES: &[&str] = &["LICENSE-MIT", "LICENSE", "LICENSE.md", "LICENSE.txt"];

/// The licence of the tables of emoji, which are compiled in.
const UNICODE: &str = "crates/core/tables/LICENSE-unicode-data";

/// What `cargo metadata` tells.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Crate>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Crate {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: String,
    /// Where it comes from; nowhere, if it is of this workspace.
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// None, if it is needed at run time.
    kind: Option<String>,
}

/// The licences, each with the crates it is of.
pub(super) fn text() -> Result<String> {
    let mut metadata = Command::new("cargo");
    metadata.current_dir(project::root()).args(["metadata", "--format-version", "1", "--locked"]);
    metadata.args(["--filter-platform", "wasm32-unknown-unknown"]);
    let metadata: Metadata = serde_json::from_str(&program::read(&mut metadata)?)?;
    let mut licences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in metadata.compiled_in()? {
        let text = one.licence().with_context(|| format!("the licence of {}", one.name))?;
        let terms = one.license.as_deref().unwrap_or("no expression");
        licences.entry(text).or_default().push(format!("{} {} ({terms})", one.name, one.version));
    }
    let unicode = fs::read_to_string(project::root().join(UNICODE))
        .with_context(|| format!("reading {UNICODE}"))?;
    licences.entry(unicode).or_default().push("tables from Unicode data".to_owned());
    let mut groups: Vec<(String, String)> =
        licences.into_iter().map(|(text, names)| (names.join("\n"), text)).collect();
    groups.sort();
    let mut all =
        String::from("What the engines in this package are compiled from, beside Suoyin.\n");
    for (names, text) in groups {
        let rule = "-".repeat(72);
        let _ = write!(all, "\n{rule}\n{names}\n{rule}\n\n{}\n", text.trim());
    }
    Ok(all)
}

impl Metadata {
    /// The crates of others that the module is linked from, by name.
    fn compiled_in(&self) -> Result<Vec<&Crate>> {
        let crates: BTreeMap<&str, &Crate> =
            self.packages.iter().map(|one| (one.id.as_str(), one)).collect();
        let nodes: BTreeMap<&str, &Node> =
            self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let is_root = |one: &&Crate| one.name == "suoyin" && one.source.is_none();
        let root = self.packages.iter().find(is_root).context("cargo knows no package suoyin")?;
        let mut seen = BTreeSet::new();
        let mut left = vec![root.id.as_str()];
        while let Some(id) = left.pop() {
            let one = crates.get(id).with_context(|| format!("cargo knows no {id}"))?;
            // A macro runs when the module is compiled, and stays behind.
            let is_macro =
                one.targets.iter().any(|target| target.kind.contains(&"proc-macro".into()));
            if is_macro || !seen.insert((one.name.as_str(), id)) {
                continue;
            }
            let node = nodes.get(id).with_context(|| format!("cargo resolved no {id}"))?;
            let at_run_time = |dependency: &&Dependency| {
                dependency.dep_kinds.iter().any(|one| one.kind.is_none())
            };
            left.extend(node.deps.iter().filter(at_run_time).map(|one| one.pkg.as_str()));
        }
        let all = seen.into_iter().filter_map(|(_, id)| crates.get(id).copied());
        Ok(all.filter(|one| one.source.is_some()).collect())
    }
}

impl Crate {
    /// The text of its licence.
    fn licence(&self) -> Result<String> {
        let folder =
            Path::new(&self.manifest_path).parent().context("a manifest lies in a folder")?;
        let path = FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        let path = path.with_context(|| format!("none of {} is there", FILES.join(", ")))?;
        let text =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(text.replace('\r', "").trim().to_owned())
    }
}
