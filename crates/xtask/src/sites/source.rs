//! The sites, and where their pages come from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::draw::Words;
use super::page::Content;
use crate::setup::{DebianPackage, NodeTools, mdbook};
use crate::{demo, program, project};

/// A site to check.
pub(super) struct Site {
    pub(super) name: &'static str,
    origin: Origin,
    /// Where the text of a page stands: the first of these that it has.
    pub(super) content: &'static [Content],
    /// What is drawn from it.
    pub(super) words: Words,
}

enum Origin {
    /// Pages in a package of Debian, below this folder of it.
    Debian(&'static str),
    VitePress,
    MdBook,
}

/// All sites.
pub(super) const SITES: &[Site] = &[
    Site {
        name: "libreoffice-help-zh-cn",
        origin: Origin::Debian("usr/share/libreoffice/help/zh-CN"),
        content: &[Content { tag: "div", attribute: "id", value: "DisplayArea" }],
        words: Words::Han,
    },
    Site {
        name: "libreoffice-help-zh-tw",
        origin: Origin::Debian("usr/share/libreoffice/help/zh-TW"),
        content: &[Content { tag: "div", attribute: "id", value: "DisplayArea" }],
        words: Words::Han,
    },
    Site {
        name: "sphinx-doc",
        origin: Origin::Debian("usr/share/doc/sphinx-doc/html"),
        content: &[Content { tag: "div", attribute: "role", value: "main" }],
        words: Words::Latin,
    },
    Site {
        name: "vitepress",
        origin: Origin::VitePress,
        content: &[
            Content { tag: "main", attribute: "class", value: "main" },
            Content { tag: "div", attribute: "class", value: "VPHome" },
        ],
        words: Words::Han,
    },
    Site {
        name: "mdbook",
        origin: Origin::MdBook,
        content: &[Content { tag: "main", attribute: "", value: "" }],
        words: Words::Han,
    },
];

/// A site on this machine.
pub(super) struct Fetched {
    /// The folder of its pages.
    pub(super) pages: PathBuf,
    /// The version of its text, where that is not ours.
    pub(super) version: Option<String>,
}

impl Site {
    /// Why the site cannot be checked on this machine, if it cannot.
    pub(super) fn cannot_be_had(&self) -> Option<&'static str> {
        let is_debian = matches!(self.origin, Origin::Debian(_));
        (is_debian && !DebianPackage::can_be_had())
            .then_some("it comes from Debian, and there is no apt-get here")
    }

    /// Fetches or builds its pages; what is built goes to `folder`.
    pub(super) fn fetch(&self, folder: &Path) -> Result<Fetched> {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        let fetched = match self.origin {
            Origin::Debian(below) => {
                let package = DebianPackage::ensure(self.name)?;
                Fetched { pages: package.files.join(below), version: Some(package.version) }
            }
            Origin::VitePress => Fetched { pages: vitepress(folder)?, version: None },
            Origin::MdBook => Fetched { pages: with_mdbook(folder)?, version: None },
        };
        ensure!(fetched.pages.is_dir(), "there is no folder {}", fetched.pages.display());
        Ok(fetched)
    }
}

/// The folder of a site that is ours.
fn ours(name: &str) -> PathBuf {
    project::tests_dir().join("sites").join(name)
}

/// Builds in a copy, because VitePress writes beside its sources.
fn vitepress(folder: &Path) -> Result<PathBuf> {
    let sources = ours("vitepress");
    for name in ["package.json", "package-lock.json"] {
        demo::copy(&sources.join(name), &folder.join(name))?;
    }
    let tools = NodeTools::ensure_in(folder)?;
    let pages = fresh(&folder.join("pages"))?;
    demo::copy(&sources.join("pages"), &pages)?;
    fs::create_dir(pages.join(".vitepress"))?;
    demo::copy(&sources.join("config.mjs"), &pages.join(".vitepress/config.mjs"))?;
    let built = folder.join("built");
    let mut build = Command::new(tools.bin.join("vitepress"));
    build.current_dir(folder).args(["build", "pages", "--outDir"]).arg(&built);
    program::run_silently(&mut build)?;
    Ok(built)
}

fn with_mdbook(folder: &Path) -> Result<PathBuf> {
    let built = fresh(&folder.join("built"))?;
    let mut build = Command::new(mdbook()?);
    build.arg("build").arg(ours("mdbook")).arg("--dest-dir").arg(&built);
    program::run_silently(&mut build)?;
    Ok(built)
}

/// An empty folder.
fn fresh(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder.to_owned())
}
