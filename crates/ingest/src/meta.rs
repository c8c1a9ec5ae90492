//! Metadata in the making: fields with one value or several.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The fields of [`IngestOptions::facets`](crate::IngestOptions::facets) unless said otherwise.
pub const DEFAULT_FACETS: [&str; 7] =
    ["author", "categories", "category", "date", "lang", "source", "tags"];

/// Fields and their values.
pub(crate) type Meta = BTreeMap<String, Values>;

/// The values of a field, apart; for reading they are joined by `, `.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values(Vec<String>);

impl Values {
    /// Each of them.
    pub(crate) fn into_vec(self) -> Vec<String> {
        self.0
    }
}

impl From<String> for Values {
    fn from(value: String) -> Self {
        Values(vec![value])
    }
}

impl From<&str> for Values {
    fn from(value: &str) -> Self {
        Values(vec![value.to_owned()])
    }
}

impl From<Vec<String>> for Values {
    fn from(values: Vec<String>) -> Self {
        Values(values)
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// What a document can be filtered, sorted and counted by: its fields that are `marked` or `wanted`,
/// and its title, if that is wanted.
pub(crate) fn facets(
    meta: &Meta,
    marked: &BTreeSet<String>,
    wanted: &[String],
    title: &str,
) -> BTreeMap<String, Vec<String>> {
    let is_facet = |field: &String| marked.contains(field) || wanted.contains(field);
    let fields = meta.iter().filter(|(field, _)| is_facet(field));
    let mut facets: BTreeMap<String, Vec<String>> =
        fields.map(|(field, values)| (field.clone(), values.0.clone())).collect();
    if wanted.iter().any(|field| field == "title") {
        facets.entry("title".to_owned()).or_insert_with(|| vec![title.to_owned()]);
    }
    facets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_marked_or_wanted() {
        let tags = vec!["甲".to_owned(), "乙, 丙".to_owned()];
        let meta: Meta = [
            ("date".to_owned(), "2023".into()),
            ("price".to_owned(), "3".into()),
            ("tags".to_owned(), tags.into()),
        ]
        .into();
        let shown = |marked: &[&str], wanted: &[&str]| {
            let marked = marked.iter().map(|&field| field.to_owned()).collect();
            let wanted: Vec<String> = wanted.iter().map(|&field| field.to_owned()).collect();
            let facets = facets(&meta, &marked, &wanted, "题");
            let facets =
                facets.iter().map(|(field, values)| format!("{field}={}", values.join("|")));
            facets.collect::<Vec<String>>().join(" ")
        };
        assert_eq!(shown(&[], &["tags", "date", "lang"]), "date=2023 tags=甲|乙, 丙");
        assert_eq!(shown(&["price"], &["title"]), "price=3 title=题");
        assert_eq!(shown(&[], &[]), "");
    }
}
