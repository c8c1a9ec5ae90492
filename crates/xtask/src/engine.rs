//! `cargo xtask engine`: what the `suoyin` command carries, to write indexes into or beside it.
//!
//! The module is compiled without documents, and the JavaScript client is bundled with the bindings
//! of the module, so that the command needs neither compiler nor bundler where it runs. All of it
//! lies in `crates/cli/engine`, which git ignores, and is made anew only when what it is made of has
//! changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result};
use xxhash_rust::xxh64::Xxh64;

use crate::setup::NodeTools;
use crate::{demo, program, project, wasm};

/// One engine, and the scripts that are made for it: bindings fit only the module they come with.
struct Variant {
    /// The name of the module, without its ending.
    name: &'static str,
    /// Features of the root package.
    features: &'static [&'static str],
    /// As cargo has it.
    opt_level: &'static str,
    scripts: &'static [Script],
}

/// A script, bundled from the module of its name in `www/client`.
struct Script {
    name: &'static str,
    /// As esbuild calls it: `esm` for a module, `iife` for a script that defines `suoyin`.
    format: &'static str,
}

const VARIANTS: &[Variant] = &[
    Variant {
        name: "suoyin",
        features: &[],
        opt_level: "s",
        scripts: &[
            Script { name: "module", format: "esm" },
            Script { name: "script", format: "iife" },
            Script { name: "bindings", format: "esm" },
        ],
    },
    Variant {
        name: "suoyin-shards",
        features: &["shards"],
        // Its queries wait for the network: size comes before speed.
        opt_level: "z",
        scripts: &[
            Script { name: "sharded", format: "esm" },
            Script { name: "bindings-shards", format: "esm" },
        ],
    },
    Variant {
        name: "suoyin-suggest",
        features: &["suggest"],
        opt_level: "s",
        scripts: &[
            Script { name: "suggest-module", format: "esm" },
            Script { name: "suggest-script", format: "iife" },
        ],
    },
];

/// Scripts that pages load beside the client, which they find by themselves: name, and the module
/// they are bundled from. They run as classic scripts and as modules.
const PAGE_SCRIPTS: &[(&str, &str)] = &[
    ("suoyin-highlight", "www/highlight/script.js"),
    ("suoyin-results", "www/element/results-script.js"),
    ("suoyin-search", "www/element.js"),
];

/// In one file there are no modules beside it: what the search box loads is `suoyin-results.js`.
pub(crate) const ONE_FILE: &str = "--define:import.meta.url=undefined";

/// Tells Chromium to compile all functions at once, which it does beside the page's thread, and not
/// each on that thread when it is first called.
const EAGERLY: &str = "//# allFunctionsCalledOnLoad";

/// Takes from the bindings how they would fetch a module, which the client does, and what it never calls.
const BINDINGS: &[&str] = &[
    "--format=esm",
    "--define:Request=undefined",
    "--define:Response=undefined",
    "--define:Symbol.dispose=undefined",
    "--define:URL=undefined",
    "--define:WebAssembly.instantiateStreaming=undefined",
    "--drop:console",
    // In their own place, where the client imports them from.
    "--allow-overwrite",
];

/// What the engine is made of, in the checkout.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "crates/core/Cargo.toml",
    "crates/core/src",
    "crates/core/tables",
    "crates/suggest/Cargo.toml",
    "crates/suggest/src",
    "crates/xtask/src/engine.rs",
    "crates/xtask/src/wasm",
    "crates/xtask/src/wasm.rs",
    "src",
    "tests/package-lock.json",
    "www/client",
    "www/element",
    "www/element.js",
    "www/highlight",
    "www/highlight.js",
];

/// Makes the engine and prints the sizes of its files.
pub(crate) fn run() -> Result<()> {
    let folder = ensure()?;
    for name in files() {
        let path = folder.join(name);
        let size = fs::metadata(&path).with_context(|| format!("reading {}", path.display()))?;
        println!("{}: {} bytes", path.display(), size.len());
    }
    Ok(())
}

/// Makes the engine unless it is up to date, and returns the folder it lies in.
pub(crate) fn ensure() -> Result<PathBuf> {
    let folder = project::root().join("crates/cli/engine");
    let sources = fingerprint()?;
    let made_from = fs::read_to_string(folder.join(STAMP)).unwrap_or_default();
    if made_from == sources && files().all(|name| folder.join(name).is_file()) {
        return Ok(folder);
    }
    // As deep in `target` as the client's sources are in the checkout: they find the bindings.
    let work = project::root().join(format!("target/engine-{}", process::id()));
    let finished = work.join("engine");
    fs::create_dir_all(&finished).with_context(|| format!("creating {}", finished.display()))?;
    demo::copy(&project::root().join("www/client"), &work.join("www/client"))?;
    for variant in VARIANTS {
        variant.make(&work, &finished).with_context(|| format!("the engine {}", variant.name))?;
    }
    for (name, entry) in PAGE_SCRIPTS {
        // By the first line a build knows the script of an earlier one.
        let banner = format!("--banner:js=/*! Suoyin {} */\n{EAGERLY}", env!("CARGO_PKG_VERSION"));
        let to = finished.join(format!("{name}.js"));
        bundle(&project::root().join(entry), &to, &["--format=iife", ONE_FILE, &banner])?;
    }
    fs::write(finished.join(STAMP), sources)?;
    project::replace(&finished, &folder)?;
    fs::remove_dir_all(&work).with_context(|| format!("removing {}", work.display()))?;
    Ok(folder)
}

/// The file that says what the engine was made of.
const STAMP: &str = ".made-from";

/// The names of all files.
fn files() -> impl Iterator<Item = String> {
    let engines = VARIANTS.iter().flat_map(|variant| {
        let scripts = variant.scripts.iter().map(|script| format!("{}.js", script.name));
        std::iter::once(format!("{}.wasm", variant.name)).chain(scripts)
    });
    engines.chain(PAGE_SCRIPTS.iter().map(|(name, _)| format!("{name}.js")))
}

/// Bundles a module and all it imports into one script.
fn bundle(entry: &Path, to: &Path, arguments: &[&str]) -> Result<()> {
    let mut bundle = Command::new(NodeTools::ensure()?.bin.join("esbuild"));
    bundle.arg(entry).args(["--bundle", "--minify", "--target=es2022", "--log-level=error"]);
    bundle.args(arguments).arg(format!("--outfile={}", to.display()));
    program::run_silently(&mut bundle)
}

impl Variant {
    fn make(&self, work: &Path, finished: &Path) -> Result<()> {
        let package = work.join("pkg");
        wasm::build_engine(self.features, self.opt_level, &package)?;
        let module = finished.join(format!("{}.wasm", self.name));
        fs::rename(package.join("suoyin_bg.wasm"), &module)
            .with_context(|| format!("moving to {}", module.display()))?;
        let bindings = package.join("suoyin.js");
        bundle(&bindings, &bindings, BINDINGS)?;
        for script in self.scripts {
            let entry = work.join(format!("www/client/{}.js", script.name));
            let to = finished.join(format!("{}.js", script.name));
            let format = format!("--format={}", script.format);
            bundle(&entry, &to, &[&format, "--global-name=suoyin"])?;
        }
        Ok(())
    }
}

/// A number that changes with the engine's sources, in hexadecimal.
fn fingerprint() -> Result<String> {
    let mut hash = Xxh64::new(0);
    for source in SOURCES {
        hash_all(&project::root().join(source), &mut hash)?;
    }
    Ok(format!("{:016x}\n", hash.digest()))
}

/// Hashes a file, or all files of a folder, with their names.
fn hash_all(path: &Path, hash: &mut Xxh64) -> Result<()> {
    let name = path.file_name().context("a source has a name")?;
    let reading = || format!("reading {}", path.display());
    let mut add = |bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(name.as_encoded_bytes());
    if path.is_file() {
        add(&fs::read(path).with_context(reading)?);
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).with_context(reading)? {
        entries.push(entry.with_context(reading)?.path());
    }
    entries.sort();
    entries.iter().try_for_each(|entry| hash_all(entry, hash))
}
