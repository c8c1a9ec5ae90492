//! `cargo xtask demo`: the demo page with the module and its documents, on a local address.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::server::Server;
use crate::{project, wasm};

/// How the demo is shown.
#[derive(Args)]
pub(crate) struct Options {
    /// The port to serve on; if it is taken, the next free one
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Prepare target/demo, which any web server can serve, and stop there
    #[arg(long)]
    build_only: bool,
}

/// Builds the demo and serves it until it is interrupted.
pub(crate) fn run(options: &Options) -> Result<()> {
    wasm::build()?;
    let site = stage()?;
    if options.build_only {
        println!("the demo is in {}", site.display());
        return Ok(());
    }
    let server = Server::start(&site, options.port)?;
    println!("the demo is at {} (Ctrl-C ends it)", server.address());
    server.run()
}

/// Lays page, module and documents together as a web server would have them.
pub(crate) fn stage() -> Result<PathBuf> {
    let module = project::root().join("pkg");
    ensure!(module.join("suoyin.js").exists(), "there is no module: run `cargo xtask wasm` first");

    let staged = project::root().join(format!("target/demo-{}", std::process::id()));
    copy(&project::root().join("www"), &staged)?;
    copy(&module, &staged.join("pkg"))?;
    let documents = project::documents()?;
    let mut copied = staged.join("docs");
    if documents.is_file() {
        fs::create_dir_all(&copied)?;
        copied.push(documents.file_name().context("a file has a name")?);
    }
    copy(&documents, &copied)?;

    let site = project::root().join("target/demo");
    project::replace(&staged, &site)?;
    Ok(site)
}

/// Copies a file, or a folder with all in it except what is hidden.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_file() {
        fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
        return Ok(());
    }
    if !from.is_dir() {
        bail!("{} is neither a file nor a folder", from.display());
    }
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
