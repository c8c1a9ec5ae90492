//! What the list of options is made of: defaults, and values that come out of a file.

use super::ranking::Ranking;
use super::stemming::Language;
use super::synonyms::Synonyms;
use crate::layout::Layout;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What holds where nothing is given.
pub(super) struct Initial<T> {
    value: T,
    required: bool,
}

/// An option that may be left out.
pub(super) fn default<T>(value: T) -> Initial<T> {
    Initial { value, required: false }
}

/// An option that must be given, such as `example`.
pub(super) fn required<T>(example: T) -> Initial<T> {
    Initial { value: example, required: true }
}

impl<T: Serialize> Initial<T> {
    /// The default; itself where there is none.
    pub(super) fn default(self) -> Result<T, Self> {
        if self.required { Err(self) } else { Ok(self.value) }
    }

    pub(super) fn is_required(&self) -> bool {
        self.required
    }

    /// The value as `suoyin.toml` has it.
    pub(super) fn to_toml(&self) -> toml::Value {
        toml::Value::try_from(&self.value).expect("defaults are strings, numbers and lists of them")
    }
}

/// The type of an option, as it comes out of a file; types without paths have nothing to add.
pub(super) trait FromFile: Sized {
    /// Paths, which are relative to `folder`, become relative to the working folder.
    fn below(self, _folder: &Path) -> Self {
        self
    }
}

impl FromFile for PathBuf {
    fn below(self, folder: &Path) -> Self {
        folder.join(self)
    }
}

impl FromFile for Vec<PathBuf> {
    fn below(self, folder: &Path) -> Self {
        self.into_iter().map(|path| path.below(folder)).collect()
    }
}

impl FromFile for String {}
impl FromFile for Vec<String> {}
impl FromFile for Vec<Synonyms> {}
impl FromFile for Vec<Language> {}
impl FromFile for bool {}
impl FromFile for f32 {}
impl FromFile for u32 {}
impl FromFile for Layout {}
impl FromFile for Ranking {}
