//! The layout `module`: the index in a custom section behind the engine.
//!
//! Two sections are appended to the engine: `suoyin.version`, the release that wrote it, and
//! `suoyin.index`, the bytes of the index as they are; between them `suoyin.suggest`, which is empty,
//! where there are [suggestions](super::suggest). They are not packed: whatever sends them packs
//! them better than a page can unpack.

use super::{Contents, ENGINE, VERSION, Wrapping};
use crate::exit::Damaged;
use anyhow::{Context, Result, ensure};
use wasm_encoder::{Encode, SectionId};
use wasmparser::{Parser, Payload};

/// What any module starts with.
pub(super) const START: &[u8] = b"\0asm";

/// The script beside the module.
pub(super) const SCRIPT: &str = include_str!("../../engine/module.js");

const VERSION_SECTION: &str = "suoyin.version";
const SUGGEST_SECTION: &str = "suoyin.suggest";
const INDEX_SECTION: &str = "suoyin.index";

/// The largest module that browsers take, in bytes.
const LARGEST: usize = 1 << 30;

/// What goes before an index of this length, in bytes, to make a module of both.
///
/// An index may be as large as the texts it is made of, so it is not copied into the module.
pub(super) fn head(index_len: usize, suggests: bool) -> Result<Vec<u8>> {
    ensure!(
        index_len < LARGEST - 2 * ENGINE.len(),
        "the index is too large for one module, which browsers refuse above 1 GB; \
         build an index of fewer documents"
    );
    let mut module = ENGINE.to_vec();
    add_version(&mut module);
    if suggests {
        add_suggests(&mut module);
    }
    begin_section(&mut module, INDEX_SECTION, index_len);
    Ok(module)
}

/// What goes before the `data_len` bytes of suggestions, to make a module of them and their `engine`.
pub(super) fn head_of_suggestions(engine: &[u8], data_len: usize) -> Vec<u8> {
    let mut module = engine.to_vec();
    add_version(&mut module);
    begin_section(&mut module, INDEX_SECTION, data_len);
    module
}

/// Notes that there are suggestions for what the module searches.
pub(super) fn add_suggests(module: &mut Vec<u8>) {
    begin_section(module, SUGGEST_SECTION, 0);
}

fn add_version(module: &mut Vec<u8>) {
    begin_section(module, VERSION_SECTION, VERSION.len());
    module.extend(VERSION.as_bytes());
}

/// Begins a custom section whose data, so many bytes of them, follow.
fn begin_section(module: &mut Vec<u8>, name: &str, data_len: usize) {
    let mut encoded_name = Vec::new();
    name.encode(&mut encoded_name);
    module.push(SectionId::Custom.into());
    (encoded_name.len() + data_len).encode(module);
    module.extend(encoded_name);
}

/// Takes a module apart.
pub(super) fn read(module: &[u8]) -> Result<Contents> {
    let (mut version, mut index) = (None, None);
    let mut end_of_engine = module.len();
    let mut end_of_section = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context(Damaged(
            "the module is damaged or cut short; download it or build it again",
        ))?;
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

    fn written() -> Vec<u8> {
        let index = b"the index";
        [&head(index.len(), true).unwrap()[..], index].concat()
    }

    #[test]
    fn what_is_written_is_read() {
        let module = written();
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
        let module = written();
        for length in (0..module.len()).rev().take(200).chain([100, 1000, 8, 4]) {
            assert!(read(&module[..length]).is_err(), "{length} bytes");
        }
    }
}
