//! `suoyin.toml`: the options of `build`, kept beside the documents.
//!
//! Flags stand above the file, the file above the defaults. Paths in the file are relative to it.

mod options;
mod ranking;
mod setting;
mod stemming;
mod synonyms;

pub(crate) use options::{Given, Key, Settings, keys};
pub(crate) use ranking::Ranking;

use crate::exit::NotUnderstood;
use anyhow::{Result, anyhow};
use serde::Deserialize;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, Deserializer};

/// The file that is read without being named, from the working folder.
pub(crate) const NAME: &str = "suoyin.toml";

/// How alike, from 0 to 1, a key must be to one that is known to be taken for it.
const ALIKE: f64 = 0.5;

/// A configuration file and what it says.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file; none where there is none.
    pub(crate) path: Option<PathBuf>,
    /// What it says.
    pub(crate) given: Given,
}

impl Config {
    /// Reads `named`, else the file in the working folder, if there is one.
    ///
    /// # Errors
    /// [`NotUnderstood`], with line and column, where the file is not as it should be.
    pub(crate) fn load(named: Option<&Path>) -> Result<Config> {
        let path = named.unwrap_or(Path::new(NAME));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {
                return Ok(Config::default());
            }
            Err(error) => return Err(unreadable(path, error)),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let given = parse(&text).map_err(|Mistake { span, message }| {
            let (line, column) = place(&text, span.start);
            NotUnderstood(format!("{}:{line}:{column}: {message}", path.display()))
        })?;
        Ok(Config { path: Some(path.to_owned()), given: given.below(folder) })
    }

    /// The settings under what the command line says.
    ///
    /// # Errors
    /// [`NotUnderstood`] where something is given nowhere that has no default.
    pub(crate) fn settings(self, flags: &Given) -> Result<Settings> {
        let path = self.path.unwrap_or(NAME.into());
        flags.clone().or(self.given).map_err(|key| {
            let what = key.help[0];
            NotUnderstood(format!(
                "{} is given neither on the command line (`suoyin build --help`) nor as `{} = {}` \
                 in {} (`suoyin init` writes one). It is: {what}",
                key.name,
                key.name,
                key.value,
                path.display()
            ))
            .into()
        })
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => {
            anyhow!("{}: there is no such file; `suoyin init` writes one", path.display())
        }
        ErrorKind::InvalidData => {
            anyhow!("{}: this is not UTF-8; save it as UTF-8", path.display())
        }
        _ => anyhow!(error).context(format!(
            "{}: cannot be read; give the path of a {NAME}, and check its permissions",
            path.display()
        )),
    }
}

/// What is wrong in a file, and where.
#[derive(Debug)]
struct Mistake {
    /// Bytes of the file.
    span: Range<usize>,
    message: String,
}

fn parse(text: &str) -> Result<Given, Mistake> {
    let mistake = |error: toml::de::Error, remedy: &str| Mistake {
        span: error.span().unwrap_or_default(),
        message: format!("{}; {remedy}", error.message().trim_end().replace('\n', ", ")),
    };
    let table = DeTable::parse(text).map_err(|error| mistake(error, "correct this line"))?;
    let keys = keys();
    let entries = table.get_ref().iter();
    let mut entries: Vec<_> =
        entries.map(|(key, value)| (key.span(), key.get_ref().as_ref(), value.span())).collect();
    entries.sort_by_key(|(span, ..)| span.start);
    let known = |name: &str| keys.iter().any(|key| key.name == name);
    if let Some((span, name, _)) = entries.iter().find(|(_, name, _)| !known(name)) {
        return Err(Mistake { span: span.clone(), message: unknown(name, &keys) });
    }
    let values: Vec<(String, Range<usize>)> =
        entries.into_iter().map(|(_, name, span)| (name.to_owned(), span)).collect();
    Given::deserialize(Deserializer::from(table)).map_err(|error| {
        let at = error.span().unwrap_or_default();
        let mut names = values.iter().filter(|(_, value)| value.contains(&at.start));
        let name = names.next().map(|(name, _)| name);
        let remedy = match keys.iter().find(|key| Some(key.name) == name.map(String::as_str)) {
            Some(key) => format!("for example `{} = {}`", key.name, key.value),
            None => "correct this line".to_owned(),
        };
        mistake(error, &remedy)
    })
}

fn unknown(name: &str, keys: &[Key]) -> String {
    let nearest = keys
        .iter()
        .map(|key| (strsim::normalized_damerau_levenshtein(name, key.name), key.name))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .filter(|&(alike, _)| alike >= ALIKE);
    let guess = nearest.map_or(String::new(), |(_, key)| format!("did you mean `{key}`? "));
    let all: Vec<&str> = keys.iter().map(|key| key.name).collect();
    format!("there is no key `{name}`; {guess}The keys are {}", all.join(", "))
}

/// Line and column, both from one, of a byte; columns count characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests;
