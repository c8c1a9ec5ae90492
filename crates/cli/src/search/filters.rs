//! `--filter FIELD=VALUE`: what documents must have.

use crate::exit::NotUnderstood;
use suoyin_core::{Accepted, Filter};

/// The filters that are given, those of one field as one: any of its values will do.
///
/// # Errors
/// [`NotUnderstood`] where one has no `=`.
pub(super) fn filters(given: &[String]) -> Result<Vec<Filter>, NotUnderstood> {
    let mut filters: Vec<Filter> = Vec::new();
    for text in given {
        let Some((field, value)) = text.split_once('=') else {
            return Err(NotUnderstood(format!(
                "--filter {text}: there is no `=` in it; give a field and a value, \
                 for example `--filter date=2023..2024`"
            )));
        };
        let accepted = accepted(value);
        match filters.iter_mut().find(|filter| filter.field == field) {
            Some(filter) => filter.any_of.push(accepted),
            None => filters.push(Filter { field: field.to_owned(), any_of: vec![accepted] }),
        }
    }
    Ok(filters)
}

/// A value, or bounds on both sides of `..`, either of which may be left out.
fn accepted(value: &str) -> Accepted {
    let bound = |bound: &str| (!bound.is_empty()).then(|| bound.to_owned());
    match value.split_once("..") {
        Some((from, to)) => Accepted::Range { from: bound(from), to: bound(to) },
        None => Accepted::Value(value.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(texts: &[&str]) -> Vec<Filter> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        filters(&texts).expect("they are understood")
    }

    #[test]
    fn values_of_one_field_come_together() {
        let value = |text: &str| Accepted::Value(text.to_owned());
        let filter = |field: &str, any_of| Filter { field: field.to_owned(), any_of };
        assert_eq!(
            given(&["tags=甲", "lang=zh", "tags=a=b"]),
            [filter("tags", vec![value("甲"), value("a=b")]), filter("lang", vec![value("zh")])]
        );
        assert!(filters(&["tags".to_owned()]).is_err());
    }

    #[test]
    fn ranges_may_be_open() {
        let range = |from: Option<&str>, to: Option<&str>| Accepted::Range {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        for (text, expected) in [
            ("d=2023..2024", range(Some("2023"), Some("2024"))),
            ("d=2023..", range(Some("2023"), None)),
            ("d=..2024", range(None, Some("2024"))),
        ] {
            assert_eq!(given(&[text])[0].any_of, [expected], "{text}");
        }
    }
}
