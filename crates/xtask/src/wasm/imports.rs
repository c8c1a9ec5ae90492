//! Gives what a module imports short names.
//!
//! wasm-bindgen ends the names of most imports in a hash of sixteen digits, which nothing compresses: 25 of them
//! are 0.4 KB of the 5 that the client's script may take, and as much of the module.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::Module;

/// Renames the imports of `module`, and in `bindings`, the script that wasm-bindgen wrote for it.
///
/// # Errors
/// Files that cannot be read or written, a module that is none, or bindings that belong to another one.
pub(super) fn shorten(module: &Path, bindings: &Path) -> Result<()> {
    let path = module;
    let mut module = Module::from_file(path)
        .with_context(|| format!("{} is no module that can be changed", path.display()))?;
    let reading = || format!("reading {}", bindings.display());
    let mut script = fs::read_to_string(bindings).with_context(reading)?;
    let mut taken = BTreeMap::new();
    for import in module.imports.iter_mut() {
        let Some(name) = without_hash(&import.name) else { continue };
        let times = taken.entry(name.to_owned()).and_modify(|times| *times += 1).or_insert(1);
        let short = if *times == 1 { name.to_owned() } else { format!("{name}_{times}") };
        let member = format!("{}:", import.name);
        let found = script.matches(&member).count();
        ensure!(found == 1, "{} has {} {found} times", bindings.display(), import.name);
        script = script.replace(&member, &format!("{short}:"));
        import.name = short;
    }
    module.emit_wasm_file(path).with_context(|| format!("writing {}", path.display()))?;
    fs::write(bindings, script).with_context(|| format!("writing {}", bindings.display()))
}

/// The name before its hash, if it ends in one.
fn without_hash(name: &str) -> Option<&str> {
    let (name, hash) = name.rsplit_once('_')?;
    let is_hash = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    // What wasm-bindgen itself numbers, as `__wbindgen_generic_0000000000000001`, needs its number.
    (is_hash && !hash.starts_with("0000")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn hashes_are_what_sixteen_digits_end_a_name() {
        assert_eq!(without_hash("__wbg_set_code_211dacf70fa135e8"), Some("__wbg_set_code"));
        assert_eq!(
            without_hash("__wbg___wbindgen_is_null_c22311b1cc228e3a"),
            Some("__wbg___wbindgen_is_null")
        );
        for name in
            ["__wbindgen_init_externref_table", "__wbindgen_generic_0000000000000001", "log"]
        {
            assert_eq!(without_hash(name), None);
        }
    }
}
