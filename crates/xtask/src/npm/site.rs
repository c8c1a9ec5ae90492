//! A site that has the package: as one installs it, and as Vite builds it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::stage::Package;
use crate::setup::NodeTools;
use crate::{demo, program, project};

/// A copy of `tests/package/site` with its tools and the package installed.
pub(super) struct Site {
    folder: PathBuf,
    tools: NodeTools,
}

/// What the site is made of.
const FILES: &[&str] = &["index.html", "main.js", "sample.tsx", "tsconfig.json"];

impl Site {
    /// Installs the packed package in it, as `npm install` does for anybody.
    pub(super) fn with(package: &Package) -> Result<Site> {
        let sources = super::tools_dir().join("site");
        // Not in the package's own folder, which each run replaces: the tools stay from run to run.
        let folder = project::root().join("target/package-site");
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        for name in ["package.json", "package-lock.json"].iter().chain(FILES) {
            demo::copy(&sources.join(name), &folder.join(name))?;
        }
        let tools = NodeTools::ensure_in(&folder)?;
        let mut install = Command::new(program::find("npm").context("npm is not in PATH")?);
        // With the lock file at hand, npm asks the registry for nothing.
        install.current_dir(&folder).args(["install", "--no-save", "--offline"]);
        install.arg("--ignore-scripts").arg(&package.archive);
        program::run_silently(&mut install)?;
        Ok(Site { folder, tools })
    }

    /// Builds it, into `dist`, where the tests in browsers find it.
    pub(super) fn build(&self) -> Result<()> {
        let mut build = Command::new(self.tools.bin.join("vite"));
        program::run_silently(build.current_dir(&self.folder).args(["build", "--emptyOutDir"]))
    }

    /// Compiles a sample that uses the types, in TypeScript and in JSX.
    pub(super) fn check_types(&self) -> Result<()> {
        let tsc = NodeTools::ensure()?.bin.join("tsc");
        let config: &Path = &self.folder.join("tsconfig.json");
        program::run_silently(Command::new(tsc).arg("--project").arg(config))
    }
}
