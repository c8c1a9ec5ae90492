//! The layout `script`: engine, index and client in one classic script.
//!
//! Line by line: a comment with the release that wrote it, the code, the call that starts it, the
//! engine and the index as strings (base64 of deflate), and the end.

use super::{Contents, ENGINE, VERSION, Wrapping, packed};
use crate::exit::Damaged;
use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

/// What the script starts with; the version follows.
pub(super) const START: &str = "/*! Suoyin script ";

/// The client, which defines `suoyin.start`.
pub(super) const CODE: &str = include_str!("../../engine/script.js");

const OPENING: &str = " */\n(() => {\n";
const CALL: &str = "suoyin.start(\n\"";
const BETWEEN: &str = "\",\n\"";
const CLOSING: &str = "\");\n})();\n";
/// The end of a script that has [suggestions](super::suggest) beside it.
const SUGGESTING: &str = "\", true);\n})();\n";

/// The longest string that browsers take, in characters.
const LONGEST: usize = (1 << 29) - 24;

/// The script around `index`.
pub(super) fn write(index: &[u8], suggests: bool) -> Result<Vec<u8>> {
    write_all(CODE, ENGINE, index, if suggests { SUGGESTING } else { CLOSING })
}

/// The script around suggestions.
pub(super) fn write_suggestions(code: &str, engine: &[u8], data: &[u8]) -> Result<Vec<u8>> {
    write_all(code, engine, data, CLOSING)
}

fn write_all(code: &str, engine: &[u8], index: &[u8], closing: &str) -> Result<Vec<u8>> {
    let (engine, index) = (pack(engine)?, pack(index)?);
    ensure!(
        engine.len() + index.len() + code.len() < LONGEST,
        "the index is too large for one script, which browsers refuse above 512 MB; \
         build an index of fewer documents, or use another layout"
    );
    let parts = [START, VERSION, OPENING, code, CALL, &engine, BETWEEN, &index, closing];
    Ok(parts.concat().into_bytes())
}

/// Takes a script apart.
pub(super) fn read(script: &[u8]) -> Result<Contents> {
    let broken = Damaged("the script is damaged or cut short; download it or build it again");
    let script = std::str::from_utf8(script).context(broken)?;
    let parts = || {
        let (version, rest) = script.strip_prefix(START)?.split_once(OPENING)?;
        let (code, rest) = rest.split_once(CALL)?;
        let rest = rest.strip_suffix(CLOSING).or_else(|| rest.strip_suffix(SUGGESTING))?;
        let (engine, index) = rest.split_once(BETWEEN)?;
        Some((version, code, engine, index))
    };
    let Some((version, code, engine, index)) = parts() else { bail!(broken) };
    Ok(Contents {
        made_by: Some(version.to_owned()),
        index: unpack(index).context(broken)?,
        wrapping: Wrapping::Script {
            engine: unpack(engine).context(broken)?,
            code: code.to_owned(),
        },
    })
}

fn pack(bytes: &[u8]) -> Result<String> {
    Ok(BASE64.encode(packed::pack(bytes)?))
}

fn unpack(text: &str) -> Result<Vec<u8>> {
    packed::unpack(&BASE64.decode(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let script = write(b"the index", true).unwrap();
        let contents = read(&script).unwrap();
        assert_eq!(contents.index, b"the index");
        assert_eq!(contents.made_by.as_deref(), Some(VERSION));
        let Wrapping::Script { engine, code } = contents.wrapping else { panic!("a script") };
        assert!(engine == ENGINE && code == CODE);
    }

    #[test]
    fn pages_in_any_encoding_read_it_alike() {
        assert!(write(b"the index", false).unwrap().is_ascii());
    }

    #[test]
    fn no_cut_is_taken_for_a_whole() {
        let script = write(b"the index", false).unwrap();
        for length in (0..script.len()).rev().take(200).chain([START.len(), 1000]) {
            assert!(read(&script[..length]).is_err(), "{length} bytes");
        }
    }
}
