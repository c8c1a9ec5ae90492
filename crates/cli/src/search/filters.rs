//! `--filter FIELD=VALUE`: what documents must have.

use crate::exit::NotUnderstood;
use suoyin_core::{Accepted, Filter};

/// The filters that are given.
///
/// # Errors
/// [`NotUnderstood`] where one has no `=`.
pub(super) fn filters(given: &[String]) -> Result<Vec<Filter>, NotUnderstood> {
    let filter = |text: &String| match text.split_once('=') {
        Some((field, value)) => Ok(Filter { field: field.to_owned(), accepts: accepted(value) }),
        None => Err(NotUnderstood(format!(
            "--filter {text}: there is no `=` in it; give a field and a value, \
             for example `--filter date=2023..2024`"
        ))),
    };
    given.iter().map(filter).collect()
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
    fn the_first_sign_ends_the_field() {
        let accepts = Accepted::Value("a=b".to_owned());
        assert_eq!(given(&["tags=a=b"]), [Filter { field: "tags".to_owned(), accepts }]);
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
            assert_eq!(given(&[text])[0].accepts, expected, "{text}");
        }
    }
}
