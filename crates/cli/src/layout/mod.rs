//! The forms in which an index is written for web pages, and how each is read again.
//!
//! A layout's module writes its files and takes them apart; all of them hold the same index, and the
//! engine that this command carries.

mod files;
mod module;
mod script;

use anyhow::{Context, Result, anyhow, bail};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The engine, compiled without documents by `cargo xtask engine`.
const ENGINE: &[u8] = include_bytes!("../../engine/suoyin.wasm");

/// The release of Suoyin that this command belongs to, and that it notes in what it writes.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The name of the module, with engine and index in it.
const MODULE: &str = "suoyin.wasm";
/// The name of what a page loads.
const SCRIPT: &str = "suoyin.js";

/// Up to this size, in bytes, an index is best loaded whole.
///
/// LibreOffice's help in Chinese, 2,549 pages, comes to 5.9 MB and travels, by brotli, as 1.5 MB:
/// little more than a second at 10 Mbit/s. Much above, visitors wait longer than they like to.
const LOADED_WHOLE: usize = 8_000_000;

/// How an index is laid out in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Layout {
    /// What suits the size of the index
    Auto,
    /// suoyin.wasm, which holds the engine and the index, and suoyin.js beside it
    Module,
    /// suoyin.js alone, with everything in it: works in pages opened from a folder
    Script,
    /// Parts that are fetched as a query needs them
    Shards,
}

impl Layout {
    /// Its name in options and output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Auto => "auto",
            Layout::Module => "module",
            Layout::Script => "script",
            Layout::Shards => "shards",
        }
    }

    /// Fails early where this layout cannot be written.
    pub(crate) fn check(self) -> Result<()> {
        if self == Layout::Shards {
            bail!("the layout `shards` cannot be written yet; use `module` or `script`");
        }
        Ok(())
    }
}

/// An index that was written.
pub(crate) struct Written {
    /// In which layout: never [`Layout::Auto`].
    pub(crate) layout: Layout,
    /// The file the index is in.
    pub(crate) path: PathBuf,
    /// What the builder should know about the size of the index.
    pub(crate) notice: Option<&'static str>,
}

/// Writes `index` into `folder`. What stood there stays whole until all of the new files are
/// written; what an earlier build left there in another layout goes last.
pub(crate) fn write(folder: &Path, layout: Layout, index: &[u8]) -> Result<Written> {
    layout.check()?;
    let layout = if layout == Layout::Script { layout } else { Layout::Module };
    let mut files = files::Files::new(folder);
    let path = match layout {
        Layout::Script => files.add(SCRIPT, &[&script::write(index)?])?,
        _ => {
            let path = files.add(MODULE, &[&module::head(index.len())?, index])?;
            // Last: until then a script with an old index in it needs no other file.
            files.add(SCRIPT, &[module::SCRIPT.as_bytes()])?;
            path
        }
    };
    files.commit()?;
    if layout == Layout::Script {
        remove_if(&folder.join(MODULE), |bytes| module::read(bytes).is_ok())?;
    }
    let notice = (index.len() > LOADED_WHOLE)
        .then_some("the index is large, and all of it is loaded before the first result");
    Ok(Written { layout, path, notice })
}

/// Removes a file if it is there and `ours`.
fn remove_if(path: &Path, ours: impl Fn(&[u8]) -> bool) -> Result<()> {
    if path.is_file() && fs::read(path).is_ok_and(|bytes| ours(&bytes)) {
        fs::remove_file(path).with_context(|| {
            format!("{}: an earlier build left it, and it cannot be removed", path.display())
        })?;
    }
    Ok(())
}

/// What the files of an index hold.
pub(crate) struct Contents {
    /// The release that wrote them; `None` for an index without an engine.
    pub(crate) made_by: Option<String>,
    /// The index.
    pub(crate) index: Vec<u8>,
    /// Everything else, to be checked.
    wrapping: Wrapping,
}

/// What is around an index.
enum Wrapping {
    /// Nothing.
    None,
    /// A module around it.
    Module { engine: Vec<u8> },
    /// A script around it.
    Script { engine: Vec<u8>, code: String },
}

/// The file that holds the index `given`, which may be the folder, or any of its files.
pub(crate) fn locate(given: &Path) -> PathBuf {
    let folder = if given.is_dir() {
        given
    } else if given.file_name().is_some_and(|name| name == SCRIPT) {
        given.parent().unwrap_or(Path::new(""))
    } else {
        return given.to_owned();
    };
    let script = folder.join(SCRIPT);
    if is_script(&script) { script } else { folder.join(MODULE) }
}

/// Whether this is a script with an index in it; `false` if it cannot be read.
fn is_script(path: &Path) -> bool {
    let mut start = [0; script::START.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *script::START.as_bytes()
}

/// Takes apart the file that [`locate`] found.
pub(crate) fn open(path: &Path) -> Result<Contents> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!(
            "{}: there is no index here; `suoyin build DOCUMENTS -o FOLDER` makes one",
            path.display()
        ),
        _ => anyhow::Error::new(error).context(format!(
            "{}: the index cannot be read; check the path and its permissions",
            path.display()
        )),
    })?;
    let contents = if bytes.starts_with(module::START) {
        module::read(&bytes)
    } else if bytes.starts_with(script::START.as_bytes()) {
        script::read(&bytes)
    } else {
        Ok(Contents { made_by: None, index: bytes, wrapping: Wrapping::None })
    };
    contents.with_context(|| format!("{}: cannot be opened", path.display()))
}

impl Contents {
    /// Checks what is around the index in the file at `path`: a valid module, and just the engine
    /// and the script that this command carries. Gives a line that says so.
    pub(crate) fn verify(&self, path: &Path) -> Result<String> {
        let (layout, engine) = match &self.wrapping {
            Wrapping::None => return Ok("layout      none, an index alone".to_owned()),
            Wrapping::Module { engine } => {
                let script = path.with_file_name(SCRIPT);
                let code = fs::read(&script)
                    .with_context(|| format!("{}: cannot be read", script.display()))?;
                self.same("script", &code, module::SCRIPT.as_bytes())
                    .with_context(|| format!("{}: not sound", script.display()))?;
                (Layout::Module, engine)
            }
            Wrapping::Script { engine, code } => {
                self.same("script", code.as_bytes(), script::CODE.as_bytes())?;
                (Layout::Script, engine)
            }
        };
        wasmparser::validate(engine)
            .map_err(|error| anyhow!("the engine is no valid module: {error}; build it again"))?;
        self.same("engine", engine, ENGINE)?;
        let engine = engine.len();
        Ok(format!("layout      {}, engine of {engine} bytes, script", layout.name()))
    }

    fn same(&self, what: &str, found: &[u8], carried: &[u8]) -> Result<()> {
        if found == carried {
            return Ok(());
        }
        match self.made_by.as_deref() {
            Some(made_by) if made_by != VERSION => bail!(
                "the {what} is that of Suoyin {made_by}, this is {VERSION}; \
                 verify it with that release, or build the index again"
            ),
            _ => bail!(
                "the {what} is not the one that this command writes: damaged, or of another build; \
                 build the index again"
            ),
        }
    }
}
