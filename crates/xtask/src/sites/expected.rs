//! What a site should give, from `tests/sites/NAME.json`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project;

/// What is expected of a site.
pub(super) struct Expected {
    /// Labels of menus, margins and footers: no page has them.
    pub(super) absent: Vec<String>,
    /// Queries with exact hits, the same in all layouts.
    pub(super) queries: Vec<String>,
    /// Titles by the ids of their pages.
    pub(super) titles: BTreeMap<String, String>,
}

impl Expected {
    pub(super) fn load(name: &str) -> Result<Expected> {
        let path = project::tests_dir().join(format!("sites/{name}.json"));
        let text =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Expected::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Expected> {
        let value: Value = serde_json::from_str(text)?;
        let take = |key: &str| value.get(key).cloned().with_context(|| format!("{key} is missing"));
        Ok(Expected {
            absent: serde_json::from_value(take("absent")?).context("absent")?,
            queries: serde_json::from_value(take("queries")?).context("queries")?,
            titles: serde_json::from_value(take("titles")?).context("titles")?,
        })
    }
}
