//! The forms in which an index is written for web pages, and how each is read again.
//!
//! A layout's module writes its files and takes them apart; all of them hold the same index, and the
//! engine that this command carries.

mod files;
mod module;
mod packed;
mod page;
mod script;
pub(crate) mod shards;
pub(crate) mod suggest;

use crate::exit::Damaged;
use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;
use suoyin_core::{IndexReader, IndexWriter, Positions, Searcher};

use files::{Files, cannot_write};

/// The engine, compiled without documents by `cargo xtask engine`.
const ENGINE: &[u8] = include_bytes!("../../engine/suoyin.wasm");
/// The one that searches an index in shards.
const ENGINE_FOR_SHARDS: &[u8] = include_bytes!("../../engine/suoyin-shards.wasm");

/// The release of Suoyin that this command belongs to, and that it notes in what it writes.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The name of the module, with engine and index in it.
const MODULE: &str = "suoyin.wasm";
/// The name of what a page loads.
const SCRIPT: &str = "suoyin.js";
/// The name of the root of an index in shards.
const ROOT: &str = "suoyin.root";

/// Up to so many bytes of titles, texts and metadata, an index is best loaded whole.
///
/// LibreOffice's help in Chinese, 2,549 pages of 5 MB, travels as 1.5 MB: little more than a second at 10 Mbit/s.
/// Much above, visitors wait longer for the index than they like to.
const LOADED_WHOLE: usize = 6_000_000;

/// How an index is laid out in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
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

    /// What a writer must keep for this layout.
    pub(crate) fn positions(self) -> Positions {
        match self {
            Layout::Auto | Layout::Shards => Positions::Keep,
            Layout::Module | Layout::Script => Positions::Drop,
        }
    }
}

/// How an index is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) layout: Layout,
    /// Threads that pack shards.
    pub(crate) threads: usize,
    /// How long shards stay after the root that named them is gone.
    pub(crate) keep_shards: Duration,
    /// Whether pages get scripts of their own, too.
    pub(crate) element: bool,
}

/// An index that was written.
pub(crate) struct Written {
    /// In which layout: never [`Layout::Auto`].
    pub(crate) layout: Layout,
    /// The file the index is in.
    pub(crate) path: PathBuf,
    /// The index.
    pub(crate) index: WrittenIndex,
    /// The names of the scripts that pages load beside it.
    pub(crate) scripts: Vec<&'static str>,
    /// What the builder should know about the size of the index.
    pub(crate) notice: Option<&'static str>,
}

/// What was written, in one piece or in shards.
pub(crate) enum WrittenIndex {
    Whole(Box<IndexReader<Vec<u8>>>),
    Shards(shards::WrittenShards),
}

/// Writes the index of `writer` into `folder`. What stood there stays whole until all of the new
/// files are written; what an earlier build left there in another layout goes last. `suggestions` makes
/// the data that [`suggest`] writes beside it.
pub(crate) fn write(
    folder: &Path,
    plan: Plan,
    writer: IndexWriter,
    suggestions: Option<JoinHandle<Vec<u8>>>,
) -> Result<Written> {
    let suggests = suggestions.is_some();
    let layout = match plan.layout {
        Layout::Auto if writer.stored_bytes() > LOADED_WHOLE => Layout::Shards,
        Layout::Auto => Layout::Module,
        layout => layout,
    };
    let mut files = Files::new(folder);
    let (path, index) = if layout == Layout::Shards {
        let written = shards::write(folder, writer, plan.threads, suggests, &mut files)?;
        (folder.join(ROOT), WrittenIndex::Shards(written))
    } else {
        // Opening checks what was made before it takes the place of an older index.
        let reader = IndexReader::open(writer.finish()?)?;
        let index = reader.bytes();
        let path = match layout {
            Layout::Script => files.add(SCRIPT, &[&script::write(index, suggests)?])?,
            _ => files.add(MODULE, &[&module::head(index.len(), suggests)?, index])?,
        };
        (path, WrittenIndex::Whole(Box::new(reader)))
    };
    let scripts = if plan.element { page::write(&mut files)? } else { Vec::new() };
    let suggestions = match suggestions.map(JoinHandle::join) {
        Some(Ok(data)) => suggest::write(layout, &data, &mut files)?,
        Some(Err(_)) => bail!("the thread that makes suggestions panicked"),
        None => Vec::new(),
    };
    // Last: until then a script with an old index in it needs no other file.
    match layout {
        Layout::Script => None,
        Layout::Shards => Some(files.add(SCRIPT, &[shards::SCRIPT.as_bytes()])?),
        _ => Some(files.add(SCRIPT, &[module::SCRIPT.as_bytes()])?),
    };
    let (named, large) = match &index {
        // Opening checks the root, too.
        WrittenIndex::Shards(written) => {
            (Searcher::open_root(written.root.bytes.clone())?.shard_names(), false)
        }
        WrittenIndex::Whole(reader) => (Vec::new(), reader.bytes().len() > 2 * LOADED_WHOLE),
    };
    files.commit()?;
    if layout == Layout::Script {
        let ours = |bytes: &[u8]| module::read(bytes).is_ok() || is_engine_for_shards(bytes);
        remove_if(&folder.join(MODULE), ours)?;
    }
    if layout != Layout::Shards {
        remove_if(&folder.join(ROOT), |bytes| shards::read_root(bytes).is_ok())?;
    }
    if !plan.element {
        page::remove(folder)?;
    }
    suggest::remove_all_but(folder, &suggestions)?;
    shards::sweep(folder, &named, plan.keep_shards)?;
    let notice =
        large.then_some("the index is large, and all of it is loaded before the first result");
    Ok(Written { layout, path, index, scripts, notice })
}

/// Whether this is the engine for shards that this command carries.
fn is_engine_for_shards(bytes: &[u8]) -> bool {
    [false, true].iter().any(|&suggests| bytes == shards::engine(suggests))
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
    /// Shards around it, which is their root.
    Shards,
}

/// The file that holds the index `given`, which may be the folder, or any of its files.
pub(crate) fn locate(given: &Path) -> PathBuf {
    let beside = given.parent().unwrap_or(Path::new(""));
    let folder = if given.is_dir() {
        given
    } else if given.file_name().is_some_and(|name| name == SCRIPT) {
        beside
    } else if given.file_name().is_some_and(|name| name == MODULE) && beside.join(ROOT).is_file() {
        // The engine for shards has no index in it.
        return beside.join(ROOT);
    } else {
        return given.to_owned();
    };
    let (script, root) = (folder.join(SCRIPT), folder.join(ROOT));
    if is_script(&script) {
        script
    } else if root.is_file() {
        root
    } else {
        folder.join(MODULE)
    }
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
    let contents = if path.file_name().is_some_and(|name| name == ROOT) {
        let index = shards::read_root(&bytes);
        index.map(|index| Contents { made_by: None, index, wrapping: Wrapping::Shards })
    } else if bytes.starts_with(module::START) {
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
        if !matches!(self.wrapping, Wrapping::None) {
            for (script, carried) in page::beside(path) {
                let code = fs::read(&script)
                    .with_context(|| format!("{}: cannot be read", script.display()))?;
                self.same("script", &code, carried.as_bytes())
                    .with_context(|| format!("{}: not sound", script.display()))?;
            }
        }
        let (layout, engine) = match &self.wrapping {
            Wrapping::None => return Ok("layout      none, an index alone".to_owned()),
            Wrapping::Shards => {
                for (name, carried) in
                    [(SCRIPT, shards::SCRIPT.as_bytes()), (MODULE, ENGINE_FOR_SHARDS)]
                {
                    let file = path.with_file_name(name);
                    let mut found = fs::read(&file)
                        .with_context(|| format!("{}: cannot be read", file.display()))?;
                    if name == MODULE && is_engine_for_shards(&found) {
                        found.truncate(carried.len());
                    }
                    self.same(name, &found, carried)
                        .with_context(|| format!("{}: not sound", file.display()))?;
                }
                return Ok("layout      shards, engine, script".to_owned());
            }
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
            _ => Err(anyhow!("the {what} is not the one that this command writes").context(
                Damaged("damaged, or of another build of the command; build the index again"),
            )),
        }
    }
}
