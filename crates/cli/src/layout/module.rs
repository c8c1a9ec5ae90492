//! The layout `module`: the index in a custom section behind the engine.
//!
//! Two sections are appended to the engine: `suoyin.version`, the release that wrote it, and
//! `suoyin.index`, the bytes of the index as they are. They are not packed: whatever sends them packs
//! them better than a page can unpack.

use super::{Contents, ENGINE, VERSION, Wrapping};
use anyhow::{Context, Result, ensure};
use wasm_encoder::{CustomSection, Section};
use wasmparser::{Parser, Payload};

/// What any module starts with.
pub(super) const START: &[u8] = b"\0asm";

/// The script beside the module.
pub(super) const SCRIPT: &str = include_str!("../../engine/module.js");

const VERSION_SECTION: &str = "suoyin.version";
const INDEX_SECTION: &str = "suoyin.index";

/// The largest module that browsers take, in bytes.
const LARGEST: usize = 1 << 30;

/// The module around `index`.
pub(super) fn write(index: &[u8]) -> Result<Vec<u8>> {
    let mut module = Vec::with_capacity(ENGINE.len() + index.len() + 64);
    ensure!(
        module.capacity() < LARGEST,
        "the index is too large for one module, which browsers refuse above 1 GB; \
         build an index of fewer documents"
    );
    module.extend(ENGINE);
    for (name, data) in [(VERSION_SECTION, VERSION.as_bytes()), (INDEX_SECTION, index)] {
        CustomSection { name: name.into(), data: data.into() }.append_to(&mut module);
    }
    Ok(module)
}

/// Takes a module apart.
pub(super) fn read(module: &[u8]) -> Result<Contents> {
    let (mut version, mut index) = (None, None);
    let mut end_of_engine = module.len();
    let mut end_of_section = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload =
            payload.context("the module is damaged or cut short; download it or build it again")?;
        if let Payload::CustomSection(section) = &payload {
            match section.name() {
                VERSION_SECTION => {
                    version = Some(String::from_utf8_lossy(section.data()).into_owned());
                    end_of_engine = end_of_section;
                }
                INDEX_SECTION => index = Some(section.data()),
                _ => {}
            }
        }
        if let Some((_, range)) = payload.as_section() {
            end_of_section = usize::try_from(range.end)?;
        }
    }
    let index = index.context(
        "there is no index in this module; give the one that `suoyin build` wrote, \
         which no tool has taken the custom sections from",
    )?;
    Ok(Contents {
        made_by: version,
        index: index.to_vec(),
        wrapping: Wrapping::Module { engine: module[..end_of_engine].to_vec() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let module = write(b"the index").unwrap();
        wasmparser::validate(&module).unwrap();
        let contents = read(&module).unwrap();
        assert_eq!(contents.index, b"the index");
        assert_eq!(contents.made_by.as_deref(), Some(VERSION));
        assert!(matches!(contents.wrapping, Wrapping::Module { engine } if engine == ENGINE));
    }

    #[test]
    fn an_engine_without_index_is_told() {
        let error = read(ENGINE).err().unwrap();
        assert!(error.to_string().contains("no index in this module"), "{error}");
    }

    #[test]
    fn no_cut_is_taken_for_a_whole() {
        let module = write(b"the index").unwrap();
        for length in (0..module.len()).rev().take(200).chain([100, 1000, 8, 4]) {
            assert!(read(&module[..length]).is_err(), "{length} bytes");
        }
    }
}
