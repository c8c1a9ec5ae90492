//! `cargo xtask demo`: a small site that shows the search box in each of its forms, on local addresses.

mod documents;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::server::Server;
use crate::{engine, program, project, wasm};

/// How the demo is shown.
#[derive(Args)]
pub(crate) struct Options {
    /// The port to serve on; if it is taken, the next free one
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Prepare target/demo, which any web server can serve, and stop there
    #[arg(long)]
    build_only: bool,
    /// Take the module in pkg/ as it is
    #[arg(long)]
    keep_module: bool,
}

/// The other origin, as the page that loads from one names it.
const OTHER_ORIGIN: &str = "http://127.0.0.1:8001/";
/// That page.
const ORIGIN_PAGE: &str = "origin.html";
/// Folders of the sample documents that get indexes of their own.
const PARTS: &[&str] = &["notices", "handbooks", "manual"];

/// Builds the demo and serves it until it is interrupted.
pub(crate) fn run(options: &Options) -> Result<()> {
    if !options.keep_module {
        wasm::build()?;
    }
    let site = project::root().join("target/demo");
    if options.build_only {
        stage(&site, OTHER_ORIGIN)?;
        println!("the demo is in {}", site.display());
        return Ok(());
    }
    let server = Server::start(&site, options.port)?;
    // Zero lets the system choose.
    let next = if options.port == 0 { 0 } else { server.port().saturating_add(1) };
    let other = Server::start(&site, next)?.for_other_origins();
    stage(&site, &other.address())?;
    println!("the demo is at {} (Ctrl-C ends it)", server.address());
    println!("another origin is at {}", other.address());
    println!("a page to open from its folder is {}", site.join("file/index.html").display());
    thread::spawn(move || other.run());
    server.run()
}

/// Lays pages, indexes and documents together as a web server would have them.
fn stage(site: &Path, other_origin: &str) -> Result<()> {
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

    let page = staged.join(ORIGIN_PAGE);
    let html = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    fs::write(&page, html.replace(OTHER_ORIGIN, other_origin))?;

    engine::ensure()?;
    documents::write(&documents, &staged.join("site"), 1)?;
    build_index(&staged.join("site"), &staged.join("search"), "module", "site/")?;
    for part in PARTS {
        let folder = staged.join("several").join(part);
        documents::write(&project::root().join("docs").join(part), &folder, 2)?;
        let base = format!("several/{part}/");
        build_index(&folder, &folder.join("search"), "module", &base)?;
    }
    let file = staged.join("file");
    documents::write(&documents, &file.join("site"), 1)?;
    build_index(&file.join("site"), &file.join("search"), "script", "site/")?;
    // All that a page from a folder needs lies in that folder.
    for name in ["icon.svg", "page.css", "page-frame.js", "theme.js"] {
        copy(&staged.join(name), &file.join(name))?;
    }

    project::replace(&staged, site)
}

/// Builds an index by the `suoyin` command, which writes the scripts for pages beside it.
fn build_index(input: &Path, output: &Path, layout: &str, base_url: &str) -> Result<()> {
    let mut build = Command::new("cargo");
    build.args(["run", "--quiet", "--package", "suoyin-cli", "--", "build"]).arg(input);
    build.arg("--output").arg(output).args(["--layout", layout, "--base-url", base_url]);
    program::run_silently(build.current_dir(project::root()))
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
