//! `cargo xtask package`: the npm package, packed into `target/package` and published by nobody.
//!
//! It holds the element and the script for target pages as modules and as single files, the client, the
//! engines, types made from comments, and `custom-elements.json`, from which editors and the manual know
//! what the element has. What is written by hand for it lies in `npm/`.

mod manifest;
mod manual;
mod notices;
mod site;
mod stage;
mod types;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use self::site::Site;
use self::stage::Package;
use crate::setup::NodeTools;
use crate::{program, project};

/// Makes the package and says where it lies.
pub(crate) fn run() -> Result<()> {
    let package = stage::make()?;
    println!("{}: {} bytes", package.archive.display(), package.archive.metadata()?.len());
    Ok(())
}

/// The checks of the package that are one command each: their names, and what came of them.
pub(crate) fn check() -> Result<Vec<(&'static str, Result<()>)>> {
    let package = stage::make()?;
    let tools = NodeTools::ensure_in(&tools_dir())?;
    let site = Site::with(&package)?;
    Ok(vec![
        ("publint", publint(&tools, &package)),
        ("types, as all resolvers see them", are_the_types_wrong(&tools, &package)),
        ("types, in TypeScript and JSX", site.check_types()),
        ("a site built by Vite", site.build()),
        ("the tables of the manual", manual::check(&package.element)),
    ])
}

/// Where the tools for packages lie, and the tests of what is in one.
pub(crate) fn tools_dir() -> PathBuf {
    project::tests_dir().join("package")
}

fn publint(tools: &NodeTools, package: &Package) -> Result<()> {
    let mut publint = Command::new(tools.bin.join("publint"));
    program::run_silently(publint.args(["run", "--strict"]).arg(&package.folder))
}

fn are_the_types_wrong(tools: &NodeTools, package: &Package) -> Result<()> {
    let mut attw = Command::new(tools.bin.join("attw"));
    attw.arg(&package.archive).args(["--profile", "esm-only", "--no-color"]);
    // They have no types, and need none.
    attw.args(["--exclude-entrypoints", "./suoyin.wasm", "./suoyin-shards.wasm", "./dist/*"]);
    program::run_silently(&mut attw)
}
