//! What `data-suoyin-*` attributes, and those of Pagefind, say of a page.
//!
//! `meta`, `filter` and `sort` hold captures, separated by commas: `key` takes the text of the element,
//! `key[attribute]` the value of an attribute, `key:value` the value itself, which reaches to the end and
//! so comes last. `default-meta` is a `meta` that gives way to any other.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::draft::one_line;
use crate::meta::Meta;

/// An attribute's name without `data-suoyin-` or `data-pagefind-`.
pub(super) fn mark(name: &[u8]) -> Option<&[u8]> {
    name.strip_prefix(b"data-suoyin-").or_else(|| name.strip_prefix(b"data-pagefind-"))
}

/// Whether a page may have any of them: cheap.
pub(super) fn may_have_marks(html: &str) -> bool {
    html.contains("data-suoyin-") || html.contains("data-pagefind-")
}

/// What becomes of a captured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Meta,
    DefaultMeta,
    Filter,
    Sort,
}

impl Use {
    pub(super) fn of(mark: &[u8]) -> Option<Use> {
        match mark {
            b"meta" => Some(Use::Meta),
            b"default-meta" => Some(Use::DefaultMeta),
            b"filter" => Some(Use::Filter),
            b"sort" => Some(Use::Sort),
            _ => None,
        }
    }
}

/// Where a value comes from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum From {
    Text,
    Attribute(String),
    Inline(String),
}

/// One of the captures of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Capture {
    pub(super) key: String,
    pub(super) from: From,
}

/// The captures of an attribute's value; pieces without a key are none.
pub(super) fn captures(value: &str) -> Vec<Capture> {
    let mut captures = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        let end = rest.find([',', ':', '[']).unwrap_or(rest.len());
        let key = rest[..end].trim().to_owned();
        let from = match rest[end..].chars().next() {
            Some(':') => {
                let value = rest[end + 1..].trim().to_owned();
                rest = "";
                From::Inline(value)
            }
            Some('[') => {
                let (name, after) =
                    rest[end + 1..].split_once(']').unwrap_or((&rest[end + 1..], ""));
                rest = after.split_once(',').map_or("", |(_, after)| after);
                From::Attribute(name.trim().to_ascii_lowercase())
            }
            _ => {
                rest = rest.get(end + 1..).unwrap_or("");
                From::Text
            }
        };
        if !key.is_empty() {
            captures.push(Capture { key, from });
        }
    }
    captures
}

/// Several values of one key, each once.
#[derive(Debug, Default)]
struct Values {
    known: HashSet<String>,
    values: Vec<String>,
}

impl Values {
    fn add(&mut self, value: String) {
        if self.known.insert(value.clone()) {
            self.values.push(value);
        }
    }
}

/// The captured values of a page.
#[derive(Debug, Default)]
pub(super) struct Captured {
    meta: BTreeMap<String, String>,
    defaults: BTreeMap<String, String>,
    filters: BTreeMap<String, Values>,
    sorts: BTreeMap<String, String>,
}

impl Captured {
    pub(super) fn add(&mut self, usage: Use, key: String, value: &str) {
        let value = one_line(value);
        if value.is_empty() {
            return;
        }
        match usage {
            Use::Meta => drop(self.meta.insert(key, value)),
            Use::DefaultMeta => drop(self.defaults.insert(key, value)),
            Use::Sort => drop(self.sorts.insert(key, value)),
            Use::Filter => self.filters.entry(key).or_default().add(value),
        }
    }

    /// Marks a title.
    pub(super) fn set_title(&mut self, title: &str) {
        self.meta.insert("title".to_owned(), title.to_owned());
    }

    /// Takes the title that the page marks.
    pub(super) fn take_title(&mut self) -> Option<String> {
        self.meta.remove("title")
    }

    /// Takes the picture that the page marks.
    pub(super) fn take_image(&mut self) -> Option<String> {
        self.meta.remove("image")
    }

    /// Takes the picture for pages without one.
    pub(super) fn take_default_image(&mut self) -> Option<String> {
        self.defaults.remove("image")
    }

    /// Puts everything into `meta`. Where a key was captured for several uses, a filter wins over a
    /// `meta`, which wins over a sort; all win over what the page's head says, except defaults.
    /// Gives the fields of filters and sorts.
    pub(super) fn into_meta(self, meta: &mut Meta) -> BTreeSet<String> {
        let facets = self.filters.keys().chain(self.sorts.keys()).cloned().collect();
        let single = self.sorts.into_iter().chain(self.meta);
        meta.extend(single.map(|(key, value)| (key, value.into())));
        meta.extend(self.filters.into_iter().map(|(key, values)| (key, values.values.into())));
        for (key, value) in self.defaults {
            meta.entry(key).or_insert(value.into());
        }
        facets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_captures() {
        let shown = |value: &str| {
            let captures = captures(value);
            let shown = captures.iter().map(|Capture { key, from }| match from {
                From::Text => key.clone(),
                From::Attribute(name) => format!("{key}[{name}]"),
                From::Inline(value) => format!("{key}={value}"),
            });
            shown.collect::<Vec<String>>().join("|")
        };
        assert_eq!(shown("title"), "title");
        assert_eq!(shown("a, b[SRC] , c:一, 二: 三"), "a|b[src]|c=一, 二: 三");
        assert_eq!(shown("date:2022-06-01"), "date=2022-06-01");
        assert_eq!(shown(" , [x], :y"), "");
        assert_eq!(shown("a[b"), "a[b]");
    }

    #[test]
    fn values_of_a_key() {
        let mut captured = Captured::default();
        captured.add(Use::Filter, "tag".to_owned(), "甲");
        captured.add(Use::Filter, "tag".to_owned(), " 乙\n");
        captured.add(Use::Filter, "tag".to_owned(), "甲");
        captured.add(Use::Meta, "tag".to_owned(), "丙");
        captured.add(Use::Sort, "date".to_owned(), "1");
        captured.add(Use::DefaultMeta, "date".to_owned(), "2");
        captured.add(Use::Meta, "none".to_owned(), " ");
        let mut meta = Meta::new();
        let facets = captured.into_meta(&mut meta);
        assert!(facets.iter().eq(["date", "tag"]));
        let shown: Vec<String> = meta.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(shown, ["date=1", "tag=甲, 乙"]);
    }
}
