//! `cargo xtask wasm`: compiles the module, with its documents in it, into `pkg/`.

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
    pack(chosen.transpose()?.as_deref(), &package, None, &[])?;
    Ok(package)
}

/// Compiles the module without documents, with these features and this level of optimisation, into
/// the folder `package`.
pub(crate) fn build_engine(features: &[&str], opt_level: &str, package: &Path) -> Result<()> {
    let features = format!("--features={}", features.join(","));
    let level = format!("profile.wasm.opt-level=\"{opt_level}\"");
    pack(None, package, None, &["--no-default-features", &features, "--config", &level])
}

/// Compiles the module with these documents into the folder `package`, in a target folder of its
/// own, so that the next [`build`] does not start over. wasm-pack gets the `arguments`, and passes
/// those it does not know on to cargo.
pub(crate) fn build_with(
    documents: &Path,
    package: &Path,
    target: &Path,
    arguments: &[&str],
) -> Result<()> {
    pack(Some(documents), package, Some(target), arguments)
}

fn pack(
    documents: Option<&Path>,
    package: &Path,
    target: Option<&Path>,
    arguments: &[&str],
) -> Result<()> {
    // wasm-opt comes from npm.
    let node_tools = NodeTools::ensure_if_node()?;
    // Written beside and renamed: nobody meets half a module.
    let partial = project::root().join(format!("target/pkg-{}", process::id()));
    let mut command = wasm_pack(node_tools.as_ref())?;
    command.args(["build", ".", "--profile", "wasm", "--target", "web"]);
    // Without permission to install, a missing tool is an error here and not a download.
    command.arg("--out-dir").arg(&partial).args(["--mode", "no-install"]);
    if node_tools.is_none() {
        eprintln!("wasm: no Node here, so no wasm-opt: the module will be a little larger");
        command.arg("--no-opt");
    }
    command.args(arguments);
    command.envs(documents.map(|documents| (project::DOCUMENTS_VARIABLE, documents)));
    command.envs(target.map(|target| ("CARGO_TARGET_DIR", target)));
    program::run(&mut command)?;
    project::replace(&partial, package)
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
    command.env("CARGO_TARGET_DIR", project::root().join("target/module"));
    // The module must not tell where its builder keeps things.
    // Cargo splits these flags at spaces.
    if let Some(cargo_home) = cargo_home().filter(|home| !home.to_string_lossy().contains(' ')) {
        let flag = format!("--remap-path-prefix={}=cargo", cargo_home.display());
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flag);
    }
    command.current_dir(project::root());
    Ok(command)
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
