//! Finds what nothing refers to any more where functions are cut out of a module.
//!
//! The linker keeps what cut functions refer to: messages, tables, how values look as text. From the
//! relocations that it leaves, what is reached is found just as the linker finds it, but for what
//! is cut. Bytes that no symbol covers count as used, and so does what they refer to.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result};

use super::linked::{Linked, Symbol};

/// What a module can do without.
pub(super) struct Unused {
    /// Ranges of its memory, ascending.
    pub(super) data: Vec<Range<u32>>,
    /// Names of functions.
    pub(super) functions: BTreeSet<String>,
}

impl Unused {
    /// What of `module`, as the linker wrote it, nothing refers to from the functions whose names
    /// `is_root`, once all whose names `is_cut` trap at once.
    ///
    /// # Errors
    /// Bytes that are no module with its relocations.
    pub(super) fn find(
        module: &[u8],
        is_root: impl Fn(&str) -> bool,
        is_cut: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let linked = Linked::read(module)?;
        let reached = Reached::from(&linked, is_root, is_cut)?;
        Ok(Self { data: reached.other_data(), functions: reached.other_functions() })
    }
}

/// What is reached, by the numbers of functions and symbols.
struct Reached<'a> {
    linked: &'a Linked<'a>,
    functions: Vec<bool>,
    symbols: Vec<bool>,
}

impl<'a> Reached<'a> {
    fn from(
        linked: &'a Linked<'a>,
        is_root: impl Fn(&str) -> bool,
        is_cut: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let imported = linked.imported;
        let is_cut = linked.functions.iter().map(|f| is_cut(&f.name)).collect::<Vec<_>>();
        let traps = |called: u32| {
            let own = (called as usize).checked_sub(imported);
            own.is_some_and(|own| is_cut.get(own).copied().unwrap_or_default())
        };
        let roots = linked.functions.iter().enumerate().filter(|(_, f)| is_root(&f.name));
        let mut functions = roots.map(|(own, _)| (imported + own) as u32).collect::<Vec<_>>();
        functions.extend(&linked.first);
        let mut symbols =
            linked.relocations_outside().map(|place| place.symbol).collect::<Vec<_>>();
        let mut reached = Self {
            linked,
            functions: vec![false; imported + linked.functions.len()],
            symbols: vec![false; linked.symbols.len()],
        };
        loop {
            if let Some(number) = functions.pop() {
                let number = number as usize;
                let seen =
                    reached.functions.get_mut(number).context("there is no such function")?;
                let is_new = !std::mem::replace(seen, true);
                let own = number.checked_sub(imported).filter(|&own| is_new && !is_cut[own]);
                let Some(function) = own.map(|own| &linked.functions[own]) else { continue };
                functions.extend(&function.calls);
                // What such code refers to is not looked at any more: it runs into a trap.
                let doomed = function.straight.iter().filter(|(_, call)| call.is_none_or(traps));
                let doomed = doomed.map(|(code, _)| code).collect::<Vec<_>>();
                let places = linked.relocations(&function.body).iter();
                let places = places.filter(|place| !doomed.iter().any(|c| c.contains(&place.at)));
                symbols.extend(places.map(|place| place.symbol));
            } else if let Some(number) = symbols.pop() {
                if std::mem::replace(&mut reached.symbols[number], true) {
                    continue;
                }
                let symbol = &linked.symbols[number];
                if let Symbol::Function(number) = symbol {
                    functions.push(*number);
                }
                let data = linked.place(symbol).unwrap_or_default();
                symbols.extend(linked.relocations(&data).iter().map(|place| place.symbol));
            } else {
                return Ok(reached);
            }
        }
    }

    /// The data of symbols that are not reached. Several may share bytes.
    fn other_data(&self) -> Vec<Range<u32>> {
        let mut unused = Vec::new();
        for (number, segment) in self.linked.segments.iter().enumerate() {
            let mut is_unused = vec![false; segment.bytes.len()];
            for reached in [false, true] {
                for (symbol, &is_reached) in self.linked.symbols.iter().zip(&self.symbols) {
                    match symbol {
                        Symbol::Data { segment, bytes }
                            if *segment == number && is_reached == reached =>
                        {
                            is_unused[bytes.clone()].fill(!reached);
                        }
                        _ => {}
                    }
                }
            }
            let mut start = segment.address;
            for run in is_unused.chunk_by(PartialEq::eq) {
                let end = start + run.len() as u32;
                if run[0] {
                    unused.push(start..end);
                }
                start = end;
            }
        }
        unused
    }

    /// The names of functions that are not reached, none of which one that is reached has too.
    fn other_functions(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for reached in [false, true] {
            let functions =
                self.linked.functions.iter().zip(&self.functions[self.linked.imported..]);
            for (function, _) in functions.filter(|(_, is_reached)| **is_reached == reached) {
                if reached {
                    names.remove(&function.name);
                } else {
                    names.insert(function.name.clone());
                }
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the made-up module's data begins in memory.
    const START: u8 = 8;

    /// The module's data, and its symbols, by their places in it.
    const DATA: &[u8] = b"\x01\0\0\0mess\x02\0\0\0tablxxxxyyyygg";
    const SYMBOLS: &[(&str, Range<u8>)] = &[
        ("names `called`", 0..4),
        ("message", 4..8),
        ("names `written`", 8..12),
        ("table", 12..16),
        ("of `written`", 16..20),
        ("of `called`", 20..24),
        ("part of the table", 14..15),
    ];

    /// Its functions; those of the symbols follow the data's.
    const FUNCTIONS: &[&str] = &["search", "panic", "called", "written"];

    /// `search` has the addresses of what names `called` and of a part of the table, and on the way
    /// to a panic that of the message. `panic` has those of the table and of what names `written`.
    fn module(first_address: u8) -> Vec<u8> {
        let address = |symbol: usize| [0x41, START + SYMBOLS[symbol].1.start, 0x1A];
        let call_panic = [0x02, 0x40, 0x0C, 0, 0x41, START + 4, 0x10, 1, 0x0B];
        let search = [&[0x41, first_address, 0x1A][..], &address(6), &call_panic].concat();
        let bodies =
            [search, [address(3), address(2)].concat(), address(5).to_vec(), address(4).to_vec()];
        let mut code = vec![bodies.len() as u8];
        // Its places that hold the address of a symbol: `i32.const` is 0x41.
        let mut in_code = Vec::new();
        for (body, symbols) in bodies.iter().zip([&[0, 6, 1][..], &[3, 2], &[5], &[4]]) {
            code.extend([body.len() as u8 + 2, 0]);
            let constants = (0..body.len()).filter(|&at| body[at] == 0x41).take(symbols.len());
            for (at, &symbol) in constants.zip(symbols) {
                // R_WASM_MEMORY_ADDR_SLEB
                in_code.extend([4, (code.len() + at + 1) as u8, symbol, 0]);
            }
            code.extend(body);
            code.push(0x0B);
        }
        let data = [&[1, 0, 0x41, START, 0x0B, DATA.len() as u8][..], DATA].concat();
        let mut symbols = vec![(SYMBOLS.len() + FUNCTIONS.len()) as u8];
        for (name, place) in SYMBOLS {
            symbols.extend([1, 0, name.len() as u8]);
            symbols.extend(name.bytes());
            symbols.extend([0, place.start, place.len() as u8]);
        }
        for (number, name) in FUNCTIONS.iter().enumerate() {
            symbols.extend([0, 0, number as u8, name.len() as u8]);
            symbols.extend(name.bytes());
        }
        let mut names = vec![FUNCTIONS.len() as u8];
        for (number, name) in FUNCTIONS.iter().enumerate() {
            names.extend([number as u8, name.len() as u8]);
            names.extend(name.bytes());
        }
        // R_WASM_TABLE_INDEX_I32, of `called` and `written`.
        let in_data = [1, 6, 9, 1, 14, 10];
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (id, contents) in [
            (1, vec![1, 0x60, 0, 0]),
            (3, vec![4, 0, 0, 0, 0]),
            (7, [&[1, 6], "search".as_bytes(), &[0, 0]].concat()),
            (10, code),
            (11, data),
            (0, custom("linking", &[&[2][..], &part(8, &symbols)].concat())),
            (0, custom("reloc.CODE", &[&[3, in_code.len() as u8 / 4], &in_code[..]].concat())),
            (0, custom("reloc.DATA", &[&[4, 2], &in_data[..]].concat())),
            (0, custom("name", &part(1, &names))),
        ] {
            module.extend(part(id, &contents));
        }
        module
    }

    /// A section, or a part of one, with its length.
    fn part(id: u8, contents: &[u8]) -> Vec<u8> {
        let length = [contents.len() as u8 | 0x80, (contents.len() >> 7) as u8];
        [&[id][..], &length, contents].concat()
    }

    fn custom(name: &str, contents: &[u8]) -> Vec<u8> {
        [&[name.len() as u8], name.as_bytes(), contents].concat()
    }

    fn find(module: &[u8], is_cut: impl Fn(&str) -> bool) -> Result<Unused> {
        Unused::find(module, |name| name == "search", is_cut)
    }

    #[test]
    fn what_only_cut_functions_refer_to_is_unused() {
        let unused = find(&module(START), |name| name == "panic").unwrap();
        let start = u32::from(START);
        // The table keeps the byte that it shares; what no symbol covers stays.
        assert_eq!(unused.data, [start + 4..start + 14, start + 15..start + 20]);
        assert_eq!(unused.functions, BTreeSet::from(["written".to_owned()]));
    }

    #[test]
    fn all_is_used_where_nothing_is_cut() {
        let unused = find(&module(START), |_| false).unwrap();
        assert_eq!(unused.data, []);
        assert_eq!(unused.functions, BTreeSet::new());
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let moved = find(&module(START + 1), |_| false).err().unwrap().to_string();
        assert!(moved.contains("not the address 8"), "{moved}");
        let plain = find(b"\0asm\x01\0\0\0", |_| false).err().unwrap().to_string();
        assert!(plain.contains("--emit-relocs"), "{plain}");
    }
}
