//! `cargo xtask wasm`: compiles the module, with its documents in it, into `pkg/`.

mod imports;
mod linked;
mod panics;
mod unused;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result};

use crate::program;
use crate::project;
use crate::setup::{CargoTools, NodeTools, WasmRust};

/// Compiles the module and returns the folder it lies in.
pub(crate) fn build() -> Result<PathBuf> {
    let package = project::root().join("pkg");
    let chosen = env::var_os(project::DOCUMENTS_VARIABLE).map(|_| project::documents());
    pack(chosen.transpose()?.as_deref(), &package, None, &[], Finish::Small)?;
    Ok(package)
}

/// Compiles the module without documents, with these features and this level of optimisation, into
/// the folder `package`.
pub(crate) fn build_engine(features: &[&str], opt_level: &str, package: &Path) -> Result<()> {
    let features = format!("--features={}", features.join(","));
    let level = format!("profile.wasm.opt-level=\"{opt_level}\"");
    let arguments = ["--no-default-features", &features, "--config", &level];
    pack(None, package, None, &arguments, Finish::Small)
}

/// Compiles the module with these documents into the folder `package`, in a target folder of its
/// own, so that the next [`build`] does not start over.
pub(crate) fn build_with(
    documents: &Path,
    package: &Path,
    target: &Path,
    finish: Finish,
) -> Result<()> {
    pack(Some(documents), package, Some(target), &[], finish)
}

/// What becomes of a module when it is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// It is made as small as it can be.
    Small,
    /// It stays as it is, with the names of its functions, for profiles.
    WithNames,
}

/// What wasm-opt is told: the features that rustc uses, and to leave nothing in that nobody reads.
const OPTIMIZE: &[&str] = &[
    "-Oz",
    // Each further pass finds what the one before has laid open, most where the flow of control is
    // written anew in between: that saves one byte in a hundred.
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// wasm-pack gets the `arguments`, and passes those it does not know on to cargo.
fn pack(
    documents: Option<&Path>,
    package: &Path,
    target: Option<&Path>,
    arguments: &[&str],
    finish: Finish,
) -> Result<()> {
    // wasm-opt comes from npm.
    let node_tools = NodeTools::ensure_if_node()?;
    // Written beside and renamed: nobody meets half a module.
    let partial = project::root().join(format!("target/pkg-{}", process::id()));
    let mut command = wasm_pack(node_tools.as_ref())?;
    command.args(["build", ".", "--profile", "wasm", "--target", "web"]);
    // Without permission to install, a missing tool is an error here and not a download.
    command.arg("--out-dir").arg(&partial).args(["--mode", "no-install"]);
    // It would strip the names by which panics are known, below.
    command.arg("--no-opt").args(arguments);
    command.envs(documents.map(|documents| (project::DOCUMENTS_VARIABLE, documents)));
    let target = target.map_or_else(target_folder, Path::to_owned);
    command.env("CARGO_TARGET_DIR", &target);
    if finish == Finish::Small {
        command.env(RUSTFLAGS, flags(&[RELOCATIONS]));
    }
    program::run(&mut command)?;
    if finish == Finish::Small {
        let linked = target.join("wasm32-unknown-unknown/wasm/suoyin.wasm");
        shrink(&linked, &partial.join("suoyin_bg.wasm"), node_tools.as_ref())?;
    }
    project::replace(&partial, package)
}

/// Makes `module` small, which wasm-bindgen made of `linked`.
fn shrink(linked: &Path, module: &Path, tools: Option<&NodeTools>) -> Result<()> {
    panics::silence(linked, module)?;
    imports::shorten(module, &module.with_file_name("suoyin.js"))?;
    let Some(tools) = tools else {
        eprintln!("wasm: no Node here, so no wasm-opt: the module will be larger");
        return Ok(());
    };
    let mut optimize = Command::new(tools.bin.join("wasm-opt"));
    optimize.arg(module).args(OPTIMIZE).arg("--output").arg(module);
    program::run_silently(&mut optimize)
}

/// The command that runs the analyzer's cases, compiled to WebAssembly, in Node.
pub(crate) fn analyzer_cases() -> Result<Command> {
    let mut command = wasm_pack(Some(&NodeTools::ensure()?))?;
    command.args(["test", "--node", "--mode", "no-install", "crates/core"]);
    command.args(["--test", "analysis_cases"]);
    Ok(command)
}

/// `wasm-pack` with the compiler and the tools it needs.
fn wasm_pack(node_tools: Option<&NodeTools>) -> Result<Command> {
    let rust = WasmRust::ensure()?;
    let cargo_tools = CargoTools::ensure()?;
    let mut command = Command::new("wasm-pack");
    command.args(["--log-level", "error"]);
    let folders = rust.folders().into_iter().chain(cargo_tools.folders);
    let folders = folders.chain(node_tools.map(|tools| tools.bin.clone()));
    command.env("PATH", program::path_with(folders)?);
    rust.set_environment(&mut command);
    // Not the folder of the native builds: the compiler may be another one, and cargo locks it.
    command.env("CARGO_TARGET_DIR", target_folder());
    command.env(RUSTFLAGS, flags(&[]));
    command.current_dir(project::root());
    Ok(command)
}

/// Where cargo looks for what the compiler is told for a module.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Has the linker say who refers to what.
const RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// What the compiler is told, beside `flags`.
fn flags(flags: &[&str]) -> String {
    // The module must not tell where its builder keeps things.
    // Cargo splits these flags at spaces.
    let home = cargo_home().filter(|home| !home.to_string_lossy().contains(' '));
    let remap = home.map(|home| format!("--remap-path-prefix={}=cargo", home.display()));
    [remap.as_deref().as_slice(), flags].concat().join(" ")
}

/// Where modules are compiled.
fn target_folder() -> PathBuf {
    project::root().join("target/module")
}

/// Where cargo keeps the sources of other crates.
fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| Some(env::home_dir()?.join(".cargo"))).filter(|home| home.is_dir())
}

/// Compiles the module and prints its size.
pub(crate) fn run() -> Result<()> {
    let package = build()?;
    let module = package.join("suoyin_bg.wasm");
    let size = fs::metadata(&module).with_context(|| format!("reading {}", module.display()))?;
    println!("{}: {} bytes", module.display(), size.len());
    Ok(())
}
