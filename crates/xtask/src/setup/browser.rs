//! The browsers in which the tests open the page, and fonts to draw Chinese with.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::apt;
use crate::program;

/// The variable that names the browsers to test in, with commas between them; without it, all.
const CHOICE: &str = "SUOYIN_BROWSERS";

/// The names that [`CHOICE`] may have in it.
const BROWSERS: [&str; 3] = ["chromium", "firefox", "webkit"];

/// A program that is found by its names or places, or installed as a package of Debian.
struct Program {
    /// What it is called in messages.
    title: &'static str,
    /// The names it goes by in `PATH`.
    names: &'static [&'static str],
    /// Where systems that do not put it in `PATH` have it.
    places: &'static [&'static str],
    /// The variable that names the program to take instead.
    variable: Option<&'static str>,
    /// Debian's package.
    package: &'static str,
    /// Why the tests need it.
    why: &'static str,
}

const CHROMIUM: Program = Program {
    title: "Chromium or Google Chrome",
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    places: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    variable: Some(Chromium::VARIABLE),
    package: "chromium",
    why: "the tests open the page in it",
};

const FIREFOX: Program = Program {
    title: "Firefox",
    names: &["firefox-esr", "firefox"],
    places: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
    variable: Some("SUOYIN_FIREFOX"),
    package: "firefox-esr",
    why: "the tests open the page in it",
};

const WEBKIT_DRIVER: Program = Program {
    title: "WebKitWebDriver (WebKitGTK)",
    names: &["WebKitWebDriver"],
    places: &[],
    variable: None,
    package: "webkit2gtk-driver",
    why: "the tests open the page in WebKit",
};

const XVFB: Program = Program {
    title: "Xvfb",
    names: &["Xvfb"],
    places: &[],
    variable: None,
    package: "xvfb",
    why: "WebKit needs a display, if only one that nobody sees",
};

impl Program {
    /// Finds the program, or installs it.
    fn ensure(&self) -> Result<PathBuf> {
        super::ensure(self.title, || self.find(), || self.install())
    }

    fn find(&self) -> Result<Option<PathBuf>> {
        if let Some(variable) = self.variable
            && let Some(chosen) = env::var_os(variable)
        {
            let path = PathBuf::from(chosen);
            ensure!(path.is_file(), "{variable} is {}: no such file", path.display());
            return Ok(Some(path));
        }
        let in_path = self.names.iter().find_map(|name| program::find(name));
        let elsewhere = || self.places.iter().map(PathBuf::from).find(|path| path.is_file());
        Ok(in_path.or_else(elsewhere))
    }

    fn install(&self) -> Result<()> {
        if !apt::is_available() {
            let unusual = self.variable.map(|variable| {
                format!("; if it is somewhere unusual, set {variable} to its path")
            });
            bail!("please install {}{}", self.title, unusual.unwrap_or_default());
        }
        apt::install(&[self.package], self.why)
    }
}

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
        let path = CHROMIUM.ensure()?;
        super::ensure("a Chinese font", find_font, install_font)?;
        Ok(Chromium { path })
    }
}

/// All browsers that the tests open the page in.
pub(crate) struct Browsers {
    /// The programs whose places the tests are told, with the variables that do so.
    programs: Vec<(&'static str, PathBuf)>,
}

impl Browsers {
    /// Finds the browsers, or installs them.
    ///
    /// Chromium is among them whatever was chosen: some tests need what only it can do.
    pub(crate) fn ensure() -> Result<Browsers> {
        let chosen = env::var(CHOICE).ok();
        let wanted = choose(chosen.as_deref())?;
        let mut programs = vec![(Chromium::VARIABLE, Chromium::ensure()?.path)];
        for browser in wanted {
            let needed: &[&Program] = match browser {
                "firefox" => &[&FIREFOX],
                "webkit" => &[&WEBKIT_DRIVER, &XVFB],
                _ => &[],
            };
            for program in needed {
                let path = program.ensure()?;
                programs.extend(program.variable.map(|variable| (variable, path)));
            }
        }
        Ok(Browsers { programs })
    }

    /// Tells a command, and all that it starts, where the browsers are.
    pub(crate) fn set_environment(&self, command: &mut Command) {
        command.envs(self.programs.iter().map(|(variable, path)| (variable, path)));
    }
}

/// The browsers that the value of [`CHOICE`] names.
fn choose(chosen: Option<&str>) -> Result<Vec<&str>> {
    let Some(chosen) = chosen else { return Ok(BROWSERS.to_vec()) };
    let wanted: Vec<&str> = chosen.split(',').collect();
    if let Some(unknown) = wanted.iter().find(|name| !BROWSERS.contains(name)) {
        bail!("{CHOICE}: \"{unknown}\" is none of {}", BROWSERS.join(", "));
    }
    Ok(wanted)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_can_be_chosen_but_not_made_up() {
        assert_eq!(choose(None).expect("all"), BROWSERS);
        assert_eq!(choose(Some("webkit,firefox")).expect("two"), ["webkit", "firefox"]);
        let error = choose(Some("firefox,opera")).expect_err("no such browser").to_string();
        assert!(error.contains("opera"), "{error}");
    }
}
