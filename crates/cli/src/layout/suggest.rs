//! Suggestions beside an index: their engine with the data that `suoyin_suggest` makes, in files of
//! their own, which pages load when suggestions are first asked for.
//!
//! Beside a module or shards these are `suoyin-suggest.wasm`, with the data in the custom section that
//! else holds an index, and the module `suoyin-suggest.js`; beside a script, a script
//! `suoyin-suggest.js` with everything in it. Engine and script of the index say that they are there.

use super::files::Files;
use super::{Layout, MODULE, ROOT, SCRIPT, is_script, module, remove_if, script};
use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use suoyin_suggest::Suggester;

/// The engine, without data.
const ENGINE: &[u8] = include_bytes!("../../engine/suoyin-suggest.wasm");
/// The module beside it.
const MODULE_SCRIPT: &str = include_str!("../../engine/suggest-module.js");
/// What the script starts with that has all in it.
const SCRIPT_CODE: &str = include_str!("../../engine/suggest-script.js");

const SUGGEST_MODULE: &str = "suoyin-suggest.wasm";
const SUGGEST_SCRIPT: &str = "suoyin-suggest.js";

/// Adds the files with these data; gives their paths.
pub(super) fn write(layout: Layout, data: &[u8], files: &mut Files<'_>) -> Result<Vec<PathBuf>> {
    if layout == Layout::Script {
        let script = script::write_suggestions(SCRIPT_CODE, ENGINE, data)?;
        return Ok(vec![files.add(SUGGEST_SCRIPT, &[&script])?]);
    }
    let head = module::head_of_suggestions(ENGINE, data.len());
    Ok(vec![
        files.add(SUGGEST_MODULE, &[&head, data])?,
        files.add(SUGGEST_SCRIPT, &[MODULE_SCRIPT.as_bytes()])?,
    ])
}

/// Removes what an earlier build left in `folder`, but for the files at `paths`.
pub(super) fn remove_all_but(folder: &Path, paths: &[PathBuf]) -> Result<()> {
    let module = folder.join(SUGGEST_MODULE);
    if !paths.contains(&module) {
        remove_if(&module, |bytes| module::read(bytes).is_ok())?;
    }
    let script = folder.join(SUGGEST_SCRIPT);
    if !paths.contains(&script) {
        let ours = |bytes: &[u8]| {
            bytes == MODULE_SCRIPT.as_bytes() || bytes.starts_with(script::START.as_bytes())
        };
        remove_if(&script, ours)?;
    }
    Ok(())
}

/// The suggestions of the index in the file at `path`, if it has any.
pub(crate) fn open(path: &Path) -> Result<Option<Suggester>> {
    let name = path.file_name().and_then(|name| name.to_str());
    let in_script = name == Some(SCRIPT) && is_script(path);
    if !in_script && ![SCRIPT, MODULE, ROOT].map(Some).contains(&name) {
        return Ok(None);
    }
    let file = path.with_file_name(if in_script { SUGGEST_SCRIPT } else { SUGGEST_MODULE });
    let bytes = match fs::read(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("{}: cannot be read", file.display()))?,
    };
    let contents = if in_script { script::read(&bytes) } else { module::read(&bytes) };
    let suggester = contents.and_then(|contents| Ok(Suggester::open(&contents.index)?));
    suggester.map(Some).with_context(|| format!("{}: cannot be opened", file.display()))
}
