//! Chromium, in which the tests open the page, and fonts to draw Chinese with.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::apt;
use crate::program;

/// The names the browser goes by.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where systems that do not put it in `PATH` have it.
const PLACES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A browser of the Chromium family.
pub(crate) struct Chromium {
    /// The program.
    pub(crate) path: PathBuf,
}

impl Chromium {
    /// The variable by which the tests learn where it is, and by which one can choose another.
    pub(crate) const VARIABLE: &str = "SUOYIN_CHROMIUM";

    /// Finds a browser and fonts, or installs them.
    pub(crate) fn ensure() -> Result<Chromium> {
        let chromium = super::ensure("Chromium", Self::find, Self::install)?;
        super::ensure("a Chinese font", find_font, install_font)?;
        Ok(chromium)
    }

    fn find() -> Result<Option<Chromium>> {
        if let Some(chosen) = env::var_os(Self::VARIABLE) {
            let path = PathBuf::from(chosen);
            ensure!(path.is_file(), "{} is {}: no such file", Self::VARIABLE, path.display());
            return Ok(Some(Chromium { path }));
        }
        let in_path = NAMES.iter().find_map(|name| program::find(name));
        let elsewhere = || PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
        Ok(in_path.or_else(elsewhere).map(|path| Chromium { path }))
    }

    fn install() -> Result<()> {
        if !apt::is_available() {
            bail!(
                "please install Chromium or Google Chrome; \
                 if it is somewhere unusual, set {} to its path",
                Self::VARIABLE
            );
        }
        apt::install(&["chromium"], "the tests open the page in it")
    }
}

/// Whether Chinese would be drawn, as far as one can tell.
fn find_font() -> Result<Option<()>> {
    // Where there is no fontconfig (macOS, Windows) the system has such fonts.
    let Some(fc_list) = program::find("fc-list") else { return Ok(Some(())) };
    let fonts = program::read(Command::new(fc_list).args([":lang=zh", "family"]))?;
    Ok((!fonts.trim().is_empty()).then_some(()))
}

fn install_font() -> Result<()> {
    if !apt::is_available() {
        bail!("please install a font with Chinese characters, such as Noto Sans CJK");
    }
    apt::install(&["fonts-noto-cjk"], "without it Chinese is drawn as boxes")
}
