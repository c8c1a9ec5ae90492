//! `wasm-pack`, `wasm-bindgen` and `mdbook`, the tools that come from the crate registry.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{announce, ensure};
use crate::{program, project};

/// The version of wasm-pack that is installed where there is none; custom profiles need 0.14.
const WASM_PACK: &str = "0.15.1";

/// The version of mdBook whose pages are tested: the golden summary is of its pages.
const MDBOOK: &str = "0.5.4";

/// The folders of the tools, in the order they belong in `PATH`.
pub(crate) struct CargoTools {
    /// Where `wasm-pack` and `wasm-bindgen` lie.
    pub(crate) folders: Vec<PathBuf>,
}

impl CargoTools {
    /// Finds the tools, or installs them.
    pub(crate) fn ensure() -> Result<CargoTools> {
        let wasm_pack = Tool {
            package: "wasm-pack",
            program: "wasm-pack",
            version: WASM_PACK.to_owned(),
            locked: true,
            options: &[],
        };
        let wasm_bindgen = Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            // What the command reads in the module must be what the crate wrote there.
            version: project::locked_version("wasm-bindgen")?,
            // Its own lock file asks for a crate that no longer resolves.
            locked: false,
            options: &[],
        };
        Ok(CargoTools { folders: vec![wasm_pack.ensure()?, wasm_bindgen.ensure()?] })
    }
}

/// Finds `mdbook`, or installs it; gives the program.
pub(crate) fn mdbook() -> Result<PathBuf> {
    let mdbook = Tool {
        package: "mdbook",
        program: "mdbook",
        version: MDBOOK.to_owned(),
        locked: true,
        // It builds one small book: neither its server nor speed is needed.
        options: &["--no-default-features", "--debug"],
    };
    Ok(mdbook.ensure()?.join(format!("mdbook{}", env::consts::EXE_SUFFIX)))
}

/// A program to be found in `PATH` or among our tools, in one version exactly.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    locked: bool,
    /// Further arguments of `cargo install`.
    options: &'static [&'static str],
}

impl Tool {
    /// The folder of the program.
    fn ensure(&self) -> Result<PathBuf> {
        let what = format!("{} {}", self.package, self.version);
        ensure(&what, || Ok(self.find()), || self.install())
    }

    fn find(&self) -> Option<PathBuf> {
        let ours = self.root().join("bin");
        if ours.join(format!("{}{}", self.program, env::consts::EXE_SUFFIX)).is_file() {
            return Some(ours);
        }
        let path = program::find(self.program)?;
        let printed = program::read(Command::new(&path).arg("--version")).ok()?;
        let version = printed.split_whitespace().nth(1)?.trim_start_matches('v');
        (version == self.version).then(|| path.parent().map(Path::to_path_buf))?
    }

    fn install(&self) -> Result<()> {
        announce(&format!("compiling {} {}, once, about two minutes", self.package, self.version));
        // Installed beside and renamed, so that what an interruption leaves is never taken for it.
        let partial = project::tools_dir().join(format!("{}.partial", self.package));
        if partial.exists() {
            fs::remove_dir_all(&partial)?;
        }
        let mut command = Command::new("cargo");
        command.current_dir(project::tools_dir());
        command.args(["install", "--quiet", self.package, "--version", &self.version]);
        command.args(self.options).arg("--root").arg(&partial);
        if self.locked {
            command.arg("--locked");
        }
        program::run_silently(&mut command)?;
        fs::rename(&partial, self.root()).with_context(|| format!("renaming {}", partial.display()))
    }

    /// Where we keep this version of the tool.
    fn root(&self) -> PathBuf {
        project::tools_dir().join(format!("{}-{}", self.package, self.version))
    }
}
