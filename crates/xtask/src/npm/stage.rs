//! Lays the files of the package together and packs them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::manifest::Element;
use super::{notices, types};
use crate::setup::NodeTools;
use crate::{demo, engine, program, project};

/// The package: its files as they are installed, and packed.
pub(super) struct Package {
    pub(super) folder: PathBuf,
    pub(super) archive: PathBuf,
    pub(super) element: Element,
}

/// Modules of `www` that are entries of the package; what they import goes with them.
const ENTRIES: &[&str] = &[
    "element.js",
    "highlight.js",
    "client/engine.js",
    "client/error.js",
    "client/open.js",
    "client/shards.js",
    "client/suggest.js",
    "client/suggestions.js",
];

/// Scripts in one file, and the modules they are made of.
const BUNDLES: &[(&str, &str)] = &[
    ("suoyin-search.js", "element.js"),
    ("suoyin-results.js", "element/results-script.js"),
    ("suoyin-highlight.js", "highlight/script.js"),
];

/// What comes from the engine's folder, and what the package calls it.
const ENGINES: &[(&str, &str)] = &[
    ("suoyin.wasm", "suoyin.wasm"),
    ("bindings.js", "suoyin.js"),
    ("suoyin-shards.wasm", "suoyin-shards.wasm"),
    ("bindings-shards.js", "suoyin-shards.js"),
];

/// The types of bindings, which are the same for both engines.
const BINDINGS_TYPES: &str = "\
import type { Bindings } from \"../client/open.js\";

declare const init: Bindings[\"default\"];
export default init;
export declare const Searcher: Bindings[\"Searcher\"];
";

/// What the command tells of a bundle: the modules it is made of are the members of `inputs`.
#[derive(Deserialize)]
struct Metafile {
    inputs: BTreeMap<String, serde::de::IgnoredAny>,
}

/// Makes the package in `target/package`.
pub(super) fn make() -> Result<Package> {
    let engines = engine::ensure()?;
    let tests = NodeTools::ensure()?;
    let tools = NodeTools::ensure_in(&super::tools_dir())?;
    let work = project::root().join(format!("target/package-{}", process::id()));
    let folder = work.join("suoyin");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let element = fill(&folder, &engines, &tests, &tools)?;

    let mut pack = Command::new(program::find("npm").context("npm is not in PATH")?);
    pack.current_dir(&folder).args(["pack", "--silent", "--ignore-scripts"]);
    let printed = program::read(pack.arg("--pack-destination").arg(&work))?;
    let name = printed.trim();
    ensure!(work.join(name).is_file(), "`npm pack` made no {name}");
    let place = project::root().join("target/package");
    project::replace(&work, &place)?;
    Ok(Package { folder: place.join("suoyin"), archive: place.join(name), element })
}

/// Puts all files of the package into a folder.
fn fill(folder: &Path, engines: &Path, tests: &NodeTools, tools: &NodeTools) -> Result<Element> {
    let root = project::root();
    let www = root.join("www");
    for module in modules(&www, tests)? {
        put(&www.join(&module), &folder.join(&module))?;
    }
    for &(from, to) in ENGINES {
        put(&engines.join(from), &folder.join("engine").join(to))?;
    }
    for name in ["client.js", "README.md"] {
        put(&root.join("npm").join(name), &folder.join(name))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        put(&root.join(name), &folder.join(name))?;
    }
    write(&folder.join("THIRD-PARTY-LICENSES"), &notices::text()?)?;
    let description = fs::read_to_string(root.join("npm/package.json"))?;
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    ensure!(description.contains(NO_VERSION), "npm/package.json has no {NO_VERSION}");
    write(&folder.join("package.json"), &description.replacen(NO_VERSION, &version, 1))?;

    for &(bundle, module) in BUNDLES {
        let mut esbuild = bundler(&www, tests, &[module]);
        esbuild.args(["--minify", "--format=iife", engine::ONE_FILE]);
        esbuild.arg(format!("--outfile={}", folder.join("dist").join(bundle).display()));
        program::run_silently(&mut esbuild)?;
    }
    declare(folder, tests)?;

    let mut analyze = Command::new(tools.bin.join("cem"));
    analyze.current_dir(folder).args(["analyze", "--outdir", ".", "--config"]);
    program::run_silently(analyze.arg(root.join("npm/custom-elements-manifest.config.mjs")))?;
    let element = Element::read(folder)?;
    types::write(folder, &element)?;
    Ok(element)
}

/// What stands in the place of the version in `npm/package.json`: there is one version, Cargo's.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

/// The paths in `www` of all modules that the entries need, themselves among them.
fn modules(www: &Path, tests: &NodeTools) -> Result<Vec<String>> {
    let scratch = project::root().join(format!("target/package-{}/scratch", process::id()));
    let told = scratch.join("modules.json");
    let mut esbuild = bundler(www, tests, ENTRIES);
    esbuild.args(["--format=esm"]).arg(format!("--outdir={}", scratch.display()));
    program::run_silently(esbuild.arg(format!("--metafile={}", told.display())))?;
    let metafile: Metafile = serde_json::from_str(&fs::read_to_string(&told)?)?;
    fs::remove_dir_all(&scratch)?;
    let modules: Vec<String> = metafile.inputs.into_keys().collect();
    for module in &modules {
        ensure!(!module.starts_with(".."), "www/{module} is not in www, so no package has it");
    }
    Ok(modules)
}

/// esbuild with these modules of `www`.
fn bundler(www: &Path, tests: &NodeTools, modules: &[&str]) -> Command {
    let mut esbuild = Command::new(tests.bin.join("esbuild"));
    esbuild.current_dir(www).args(modules);
    esbuild.args(["--bundle", "--target=es2022", "--log-level=error"]);
    esbuild
}

/// Writes the types of all modules beside them, from their comments.
fn declare(folder: &Path, tests: &NodeTools) -> Result<()> {
    for name in ["suoyin.d.ts", "suoyin-shards.d.ts"] {
        write(&folder.join("engine").join(name), BINDINGS_TYPES)?;
    }
    let mut tsc = Command::new(tests.bin.join("tsc"));
    tsc.current_dir(folder).args(["client.js", "element.js", "highlight.js"]);
    tsc.args(["--allowJs", "--checkJs", "--strict", "--skipLibCheck", "--ignoreConfig"]);
    tsc.args(["--target", "es2023", "--lib", "es2023,dom,dom.iterable"]);
    tsc.args(["--module", "nodenext", "--declaration", "--stripInternal", "--emitDeclarationOnly"]);
    // Types of Node, for the few lines that run there; none of them shows in what is written.
    tsc.args(["--types", "node", "--typeRoots"]);
    tsc.arg(project::tests_dir().join("node_modules/@types"));
    program::run_silently(&mut tsc)
}

/// Copies a file, and makes the folder it goes to.
fn put(from: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
    demo::copy(from, to)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
