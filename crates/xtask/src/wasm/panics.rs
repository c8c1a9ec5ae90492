//! Takes out of a module what a panic would say.
//!
//! The standard library composes a message for every panic, and nobody reads
//! it: outside of a console there is no one to print it for, and what follows is a trap. So the trap
//! comes at once, wasm-opt drops what composes the messages, and what they alone need of the data
//! becomes zeros, as do the places in the source that they would tell.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module};

use super::unused::Unused;

/// The functions of the standard library that a panic begins in, by the ends of their paths. None
/// of them returns.
const PANICS: &[&str] = &[
    "alloc::handle_alloc_error",
    "cell::panic_already_borrowed",
    "cell::panic_already_mutably_borrowed",
    "option::expect_failed",
    "option::unwrap_failed",
    "panicking::begin_panic",
    "panicking::panic",
    "panicking::panic_bounds_check",
    "panicking::panic_display",
    "panicking::panic_explicit",
    "panicking::panic_fmt",
    "panicking::panic_nounwind",
    "panicking::panic_nounwind_fmt",
    "panicking::panic_str_2015",
    "panicking::unreachable_display",
    "raw_vec::capacity_overflow",
    "raw_vec::handle_error",
    "result::unwrap_failed",
    "slice::index::slice_index_fail",
    "str::slice_error_fail",
];

/// How the names of functions end that write values as text, which nothing but panics asks for: the
/// errors of the engine write themselves, and numbers, without `core::fmt`.
const FORMATS: &[&str] = &[
    "as core::fmt::Debug>::fmt",
    "as core::fmt::Display>::fmt",
    "as core::panic::PanicPayload>::get",
    "as core::panic::PanicPayload>::take_box",
    "<char>::escape_debug_ext",
];

/// Replaces the bodies of such functions by a trap, in `module`, which wasm-bindgen made of `linked`,
/// and takes out what nothing else refers to: data, and functions that stand in the table of those
/// called by number.
///
/// # Errors
/// A file that cannot be read or written, a module that is none, one without the names of its
/// functions, or `linked` without relocations.
pub(super) fn silence(linked: &Path, module: &Path) -> Result<()> {
    let path = module;
    let mut module = Module::from_file(path)
        .with_context(|| format!("{} is no module that can be changed", path.display()))?;
    let before = fs::read(linked).with_context(|| format!("reading {}", linked.display()))?;
    let called = called(&module);
    let unused = Unused::find(&before, |name| called.contains(name), is_panic)
        .with_context(|| format!("what refers to what in {}", linked.display()))?;
    let has_name = |id: FunctionId, of: &dyn Fn(&str) -> bool| {
        module.funcs.get(id).name.as_deref().is_some_and(of)
    };
    let own = module.funcs.iter_local().map(|(id, _)| id).collect::<Vec<_>>();
    let panics = own.iter().filter(|&&id| has_name(id, &is_panic)).count();
    ensure!(panics > 0, "{} has no names to find panics by", path.display());
    let is_out = |name: &str| is_panic(name) || unused.functions.contains(name);
    let out = own.into_iter().filter(|&id| has_name(id, &is_out)).collect::<Vec<_>>();
    out.into_iter().for_each(|id| trap(&mut module, id));
    let ids = module.data.iter().map(|data| data.id()).collect::<Vec<_>>();
    for id in ids {
        let data = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind {
            forget(&mut data.value, start as u32, &unused.data);
            forget_places(&mut data.value, start as u32);
        }
    }
    // wasm-bindgen moved what they are about.
    let relocations = module
        .customs
        .iter()
        .filter(|(_, custom)| custom.name() == "linking" || custom.name().starts_with("reloc."))
        .map(|(id, _)| id)
        .collect::<Vec<_>>();
    for id in relocations {
        module.customs.delete(id);
    }
    module.emit_wasm_file(path).with_context(|| format!("writing {}", path.display()))
}

/// The names of the functions that are called from the exports, by calls that name them.
fn called(module: &Module) -> BTreeSet<String> {
    #[derive(Default)]
    struct Calls(Vec<FunctionId>);
    impl<'instr> Visitor<'instr> for Calls {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let exports = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    });
    let mut next = Calls(exports.chain(module.start).collect());
    let mut seen = BTreeSet::new();
    while let Some(id) = next.0.pop() {
        if let FunctionKind::Local(function) = &module.funcs.get(id).kind
            && seen.insert(id)
        {
            dfs_in_order(&mut next, function, function.entry_block());
        }
    }
    seen.into_iter().filter_map(|id| module.funcs.get(id).name.clone()).collect()
}

/// Overwrites those of the ranges of memory that lie in `data`, which begins at `start`.
fn forget(data: &mut [u8], start: u32, ranges: &[Range<u32>]) {
    for range in ranges {
        let within = |at: u32| (at.saturating_sub(start) as usize).min(data.len());
        let bytes = within(range.start)..within(range.end);
        data[bytes].fill(0);
    }
}

fn trap(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.func_body().unreachable();
    let arguments = params.iter().map(|&ty| module.locals.add(ty)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}

/// Overwrites each `core::panic::Location` in the bytes that lie at `start` in memory, and the path
/// it points to: the address and the length of a string that ends in `.rs`, a line and a column.
fn forget_places(data: &mut [u8], start: u32) {
    let mut paths = Vec::new();
    let first = start.next_multiple_of(4) - start;
    for at in (first as usize..data.len().saturating_sub(15)).step_by(4) {
        let word = |at: usize| u32::from_le_bytes(data[at..][..4].try_into().unwrap_or_default());
        let Some(from) = word(at).checked_sub(start) else { continue };
        let path = from as usize..(from as usize).saturating_add(word(at + 4) as usize);
        let is_path =
            |bytes: &[u8]| bytes.ends_with(b".rs") && bytes.iter().all(u8::is_ascii_graphic);
        if path.len() < 300 && data.get(path.clone()).is_some_and(is_path) {
            data[at..at + 16].fill(0);
            paths.push(path);
        }
    }
    // Several places share a path.
    paths.into_iter().for_each(|path| data[path].fill(0));
}

/// Whether a function of this name, which the compiler wrote and maybe demangled, is one of
/// [`PANICS`].
fn is_panic(name: &str) -> bool {
    if FORMATS.iter().any(|format| demangled(name).ends_with(format)) {
        return true;
    }
    let path = plain(name);
    PANICS.iter().any(|panic| {
        let (krate, rest) = path.split_once("::").unwrap_or_default();
        matches!(krate, "core" | "alloc" | "std")
            && (rest == *panic || rest.starts_with("panicking::panic_const::"))
    })
}

/// The name without the hash of the function and those of crates.
fn demangled(name: &str) -> String {
    let mut whole = String::new();
    let mut rest = name;
    while let Some((before, hashed)) = rest.split_once('[') {
        whole.push_str(before);
        match hashed.split_once(']') {
            Some((hash, after)) if hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                rest = after;
            }
            _ => {
                whole.push('[');
                rest = hashed;
            }
        }
    }
    whole.push_str(rest);
    match whole.rsplit_once("::") {
        Some((path, last)) if is_hash(last) => path.to_owned(),
        _ => whole,
    }
}

/// The name without generic arguments too.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for c in demangled(name).chars() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.trim_end_matches("::").to_owned()
}

fn is_hash(segment: &str) -> bool {
    segment.len() == 17
        && segment.starts_with('h')
        && segment[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_panics() {
        for name in [
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "core::panicking::unreachable_display::h1ab41c8937628902",
            "std[a543996e6e7dbf1e]::panicking::begin_panic::<&str>",
            "alloc[3ca501edff3f0c7c]::raw_vec::handle_error",
            "core[c5930c85a12de822]::panicking::panic_const::panic_const_div_by_zero",
            "<core[c5930c85a12de822]::ops::range::Range<usize> as core[c5930c85a12de822]::fmt::Debug>::fmt",
            "<&T as core::fmt::Debug>::fmt::h763aab3cda8f466f",
            "<u32 as core[c5930c85a12de822]::fmt::Display>::fmt",
            "<std[a543996e6e7dbf1e]::panicking::panic_handler::FormatStringPayload as core[c5930c85a12de822]::panic::PanicPayload>::take_box",
            "<char>::escape_debug_ext",
        ] {
            assert!(is_panic(name), "{name}");
        }
    }

    #[test]
    fn places_become_zeros_and_nothing_else() {
        // In memory from 101 on: a path, its place at 112, a string and what points to it.
        let mut data = b"src/lib.rs?".to_vec();
        for word in [101, 10, 7, 5] {
            data.extend(u32::to_le_bytes(word));
        }
        data.extend(b"textual.");
        for word in [128, 8] {
            data.extend(u32::to_le_bytes(word));
        }
        let mut expected = data.clone();
        expected[..10].fill(0);
        expected[11..27].fill(0);
        forget_places(&mut data, 101);
        assert_eq!(data, expected);
    }

    #[test]
    fn what_returns_stays() {
        for name in [
            "<core::ops::range::RangeFrom<usize> as core::slice::index::SliceIndex<[T]>>::index::h708024ab06bccade",
            "std[a543996e6e7dbf1e]::panicking::begin_panic::<&str>::{closure#0}",
            "<hashbrown[5e619d7d1129c59f]::raw::Fallibility>::capacity_overflow",
            "suoyin::panicking::panic",
            "panic",
        ] {
            assert!(!is_panic(name), "{name}");
        }
    }
}
