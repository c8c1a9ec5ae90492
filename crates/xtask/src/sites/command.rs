//! The `suoyin` command, as a user of a site runs it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{program, project};

/// The layouts of an index; each is written to a folder of its name.
pub(super) const LAYOUTS: [&str; 3] = ["module", "script", "shards"];

/// How all of them rank alike.
const ALIKE: &str = "headings=0,characters=0";

/// Hits that are compared between layouts.
const COMPARED: &str = "50";

/// The command, compiled from this checkout.
pub(super) struct Suoyin {
    path: PathBuf,
}

impl Suoyin {
    /// Compiles the command as other tests do: what searches is optimised even so.
    pub(super) fn compile() -> Result<Suoyin> {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--quiet", "--package", "suoyin-cli"]);
        cargo.arg("--message-format=json-render-diagnostics");
        let printed = program::read(cargo.current_dir(project::root()))?;
        for line in printed.lines() {
            let message: Value =
                serde_json::from_str(line).context("what cargo prints is no JSON")?;
            if let Some(path) = message["executable"].as_str()
                && message["target"]["name"] == "suoyin"
            {
                return Ok(Suoyin { path: path.into() });
            }
        }
        bail!("cargo does not say where the `suoyin` command is");
    }

    /// Builds an index; gives the summary that is printed.
    pub(super) fn build(&self, input: &Path, layout: &str, output: &Path) -> Result<Value> {
        let mut build = Command::new(&self.path);
        build.arg("build").arg(input).arg("--output").arg(output);
        self.json(build.args(["--layout", layout]))
    }

    /// Reads all of an index.
    pub(super) fn verify(&self, index: &Path) -> Result<()> {
        program::run_silently(Command::new(&self.path).arg("verify").arg(index))
    }

    /// Asks every layout the same, to be ranked without the texts, which shards do not fetch for it.
    pub(super) fn compare(
        &self,
        query: &str,
        folder: &Path,
        problems: &mut Vec<String>,
    ) -> Result<()> {
        let mut first: Option<Value> = None;
        for layout in LAYOUTS {
            let mut search = Command::new(&self.path);
            search.arg("search").arg(folder.join(layout)).arg(query);
            let results = self.json(search.args(["--limit", COMPARED, "--ranking", ALIKE]))?;
            match &first {
                None => first = Some(results),
                Some(first) if *first == results => {}
                Some(_) => problems.push(format!("{query}: other hits in the layout {layout}")),
            }
        }
        Ok(())
    }

    fn json(&self, command: &mut Command) -> Result<Value> {
        let printed = program::read(command.arg("--json"))?;
        serde_json::from_str(&printed).context("what `suoyin` prints is no JSON")
    }
}
