//! A module as the linker wrote it with `--emit-relocs`: it says who refers to what.
//!
//! Each place in code or data that holds the address of a symbol, or its number in the table of
//! functions, has a relocation.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    BinaryReader, CustomSectionReader, DataKind, FunctionBody, KnownCustom, Linking, Name,
    Operator, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo, TypeRef,
};

/// A module, as far as it says who refers to what.
#[derive(Default)]
pub(super) struct Linked<'a> {
    /// How many functions are imported: those of the module itself are numbered behind them.
    pub(super) imported: usize,
    pub(super) functions: Vec<Function>,
    pub(super) segments: Vec<DataSegment<'a>>,
    pub(super) symbols: Vec<Symbol>,
    /// Functions that run before any export does.
    pub(super) first: Vec<u32>,
    /// Ascending by place.
    relocations: Vec<Relocation>,
}

/// A function of the module itself.
pub(super) struct Function {
    /// As a person would write it.
    pub(super) name: String,
    /// Where it lies, in the bytes of the module.
    pub(super) body: Range<usize>,
    /// The functions that it calls.
    pub(super) calls: Vec<u32>,
    /// Code that runs straight into a trap or a call, and which: what a path to a trap refers to is
    /// never looked at.
    pub(super) straight: Vec<(Range<usize>, Option<u32>)>,
}

/// A part of the memory as the module brings it.
pub(super) struct DataSegment<'a> {
    /// In memory.
    pub(super) address: u32,
    /// Where it begins, in the bytes of the module.
    pub(super) at: usize,
    pub(super) bytes: &'a [u8],
}

/// What a relocation may refer to.
pub(super) enum Symbol {
    /// A function, by its number.
    Function(u32),
    /// Bytes of a segment.
    Data { segment: usize, bytes: Range<usize> },
    /// Anything else: globals, tables, and what the linker places beside all data.
    Other,
}

/// A place, in the bytes of the module, that refers to a symbol.
pub(super) struct Relocation {
    pub(super) at: usize,
    /// Its number among the symbols.
    pub(super) symbol: usize,
}

impl<'a> Linked<'a> {
    /// # Errors
    /// Bytes that are no module, one without relocations, or with some that do not fit its code and
    /// data.
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut bodies = Vec::new();
        let mut names = Vec::new();
        let mut sections = Vec::new();
        let mut relocations = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            sections.extend(payload.as_section().map(|(_, range)| range.start as usize));
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, TypeRef::Func(_));
                        linked.imported += usize::from(is_function);
                    }
                }
                Payload::StartSection { func, .. } => linked.first.push(func),
                Payload::CodeSectionEntry(body) => bodies.push(body),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        linked.segments.push(DataSegment::read(&segment?, module)?);
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            linked.add_linking(part?)?;
                        }
                    }
                    KnownCustom::Reloc(places) => {
                        let section = places.section_index() as usize;
                        let from = *sections.get(section).context("relocations of no section")?;
                        for entry in places.entries() {
                            relocations.push((from, entry?));
                        }
                    }
                    _ => names.extend(function_names(&custom)?),
                },
                _ => {}
            }
        }
        ensure!(!relocations.is_empty(), "the module was linked without --emit-relocs");
        for (from, entry) in relocations {
            linked.add_relocation(module, from, &entry)?;
        }
        linked.relocations.sort_by_key(|place| place.at);
        for body in bodies {
            linked.functions.push(Function::read(&body)?);
        }
        for (number, name) in names {
            let own = (number as usize).checked_sub(linked.imported);
            if let Some(function) = own.and_then(|own| linked.functions.get_mut(own)) {
                function.name = name;
            }
        }
        Ok(linked)
    }

    /// The places in a range of the module's bytes.
    pub(super) fn relocations(&self, range: &Range<usize>) -> &[Relocation] {
        let from = |at| self.relocations.partition_point(|place| place.at < at);
        &self.relocations[from(range.start)..from(range.end)]
    }

    /// Where the data of a symbol lies in the bytes of the module, if it has some.
    pub(super) fn place(&self, symbol: &Symbol) -> Option<Range<usize>> {
        let Symbol::Data { segment, bytes } = symbol else { return None };
        let from = self.segments[*segment].at;
        Some(from + bytes.start..from + bytes.end)
    }

    /// The relocations that lie in no function and in no symbol's data.
    pub(super) fn relocations_outside(&self) -> impl Iterator<Item = &Relocation> {
        let bodies = self.functions.iter().map(|function| function.body.clone());
        let data = self.symbols.iter().filter_map(|symbol| self.place(symbol));
        let mut inside = vec![false; self.relocations.len()];
        for range in bodies.chain(data) {
            let from = self.relocations.partition_point(|place| place.at < range.start);
            let count = self.relocations(&range).len();
            inside[from..from + count].fill(true);
        }
        let places = self.relocations.iter().zip(inside);
        places.filter(|(_, inside)| !inside).map(|(place, _)| place)
    }

    fn add_linking(&mut self, part: Linking<'_>) -> Result<()> {
        match part {
            Linking::SymbolTable(symbols) => {
                for symbol in symbols {
                    let symbol = match symbol? {
                        SymbolInfo::Func { index, .. } => Symbol::Function(index),
                        SymbolInfo::Data { symbol: Some(place), name, .. } => {
                            let (segment, start) = (place.index as usize, place.offset as usize);
                            let bytes = start..start + place.size as usize;
                            let whole = self.segments.get(segment).map_or(0, |s| s.bytes.len());
                            ensure!(bytes.end <= whole, "the data {name} lies in no segment");
                            Symbol::Data { segment, bytes }
                        }
                        _ => Symbol::Other,
                    };
                    self.symbols.push(symbol);
                }
            }
            Linking::InitFuncs(functions) => {
                for function in functions {
                    let Symbol::Function(number) = self.symbol(function?.symbol_index)? else {
                        bail!("what is to run first is no function")
                    };
                    self.first.push(*number);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn symbol(&self, number: u32) -> Result<&Symbol> {
        self.symbols.get(number as usize).with_context(|| format!("there is no symbol {number}"))
    }

    /// Takes a relocation in, and sees that its place holds the address it should.
    fn add_relocation(
        &mut self,
        module: &[u8],
        from: usize,
        entry: &RelocationEntry,
    ) -> Result<()> {
        if entry.ty == RelocationType::TypeIndexLeb {
            return Ok(());
        }
        let at = from + entry.offset as usize;
        let symbol = self.symbol(entry.index)?;
        if let Symbol::Data { segment, bytes } = symbol {
            let address = self.segments[*segment].address as usize + bytes.start;
            let expected = (address as i64 + entry.addend) as u32;
            let mut place = BinaryReader::new(module.get(at..).unwrap_or_default(), at as u64);
            let found = match entry.ty {
                RelocationType::MemoryAddrI32 => place.read_u32()?,
                RelocationType::MemoryAddrLeb => place.read_var_u32()?,
                RelocationType::MemoryAddrSleb => place.read_var_i32()? as u32,
                other => bail!("the address at {at} is written as {other:?}, which is unknown"),
            };
            ensure!(found == expected, "at {at} stands {found}, not the address {expected}");
        }
        self.relocations.push(Relocation { at, symbol: entry.index as usize });
        Ok(())
    }
}

impl Function {
    fn read(body: &FunctionBody<'_>) -> Result<Self> {
        let range = body.range().start as usize..body.range().end as usize;
        let mut calls = Vec::new();
        let mut straight = Vec::new();
        let mut from = range.start;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let at = operators.original_position() as usize;
            match operators.read()? {
                Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                    calls.push(function_index);
                    straight.push((from..at, Some(function_index)));
                }
                Operator::RefFunc { function_index } => calls.push(function_index),
                Operator::Unreachable => straight.push((from..at, None)),
                Operator::CallIndirect { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::CallRef { .. }
                | Operator::ReturnCallRef { .. }
                | Operator::Block { .. }
                | Operator::Loop { .. }
                | Operator::If { .. }
                | Operator::Else
                | Operator::End
                | Operator::Br { .. }
                | Operator::BrIf { .. }
                | Operator::BrTable { .. }
                | Operator::BrOnNull { .. }
                | Operator::BrOnNonNull { .. }
                | Operator::Return
                | Operator::Throw { .. }
                | Operator::ThrowRef
                | Operator::TryTable { .. } => {}
                _ => continue,
            }
            from = operators.original_position() as usize;
        }
        Ok(Self { name: String::new(), body: range, calls, straight })
    }
}

impl<'a> DataSegment<'a> {
    fn read(data: &wasmparser::Data<'a>, module: &[u8]) -> Result<Self> {
        let DataKind::Active { memory_index: 0, offset_expr } = &data.kind else {
            bail!("a data segment has no place in the memory")
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            bail!("the place of a data segment is no constant")
        };
        let at = data.data.as_ptr().addr() - module.as_ptr().addr();
        Ok(Self { address: value as u32, at, bytes: data.data })
    }
}

/// Numbers and names of functions, if the section has some.
fn function_names(section: &CustomSectionReader<'_>) -> Result<Vec<(u32, String)>> {
    let mut named = Vec::new();
    let KnownCustom::Name(names) = section.as_known() else { return Ok(named) };
    for name in names {
        let Name::Function(functions) = name? else { continue };
        for function in functions {
            let function = function?;
            named.push((function.index, rustc_demangle::demangle(function.name).to_string()));
        }
    }
    Ok(named)
}
