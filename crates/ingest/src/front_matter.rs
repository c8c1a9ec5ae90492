//! The block of metadata before a Markdown text: YAML between `---`, or TOML between `+++`.

use saphyr::{Scalar, Yaml, YamlLoader};
use saphyr_parser::Parser;

use crate::meta::{Meta, Values};

/// What stands before the text, and the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter<'a> {
    /// Fields with one value, or a list of values. Of fields with fields of their own
    /// only `suoyin` and `search` are read: `suoyin.weight`, `search.exclude`.
    pub(crate) fields: Meta,
    /// What follows.
    pub(crate) text: &'a str,
}

/// A mistake in the block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Line in the file, from one.
    pub(crate) line: u64,
    pub(crate) message: String,
}

/// Fields whose own fields count.
const NESTED: [&str; 2] = ["suoyin", "search"];

/// Splits the block from the text.
pub(crate) fn split(file: &str) -> Result<FrontMatter<'_>, Malformed> {
    for (fence, parse) in [("---", yaml as fn(&str) -> _), ("+++", toml)] {
        let Some((block, text)) = fenced(file, fence) else { continue };
        return match parse(block) {
            Ok(Some(fields)) => Ok(FrontMatter { fields, text }),
            // Two rules with a paragraph between them, or nothing.
            Ok(None) => Ok(FrontMatter { fields: Meta::new(), text: file }),
            Err(Malformed { line, message }) => Err(Malformed { line: line + 1, message }),
        };
    }
    Ok(FrontMatter { fields: Meta::new(), text: file })
}

/// The lines between two fences, the first of which is the first line; and what follows.
fn fenced<'a>(file: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let (first, rest) = file.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut from = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((&rest[..from], &rest[from + line.len()..]));
        }
        from += line.len();
    }
    None
}

/// The fields of a YAML mapping; none where the block is something else.
fn yaml(block: &str) -> Result<Option<Meta>, Malformed> {
    let malformed = |error: saphyr::ScanError| Malformed {
        line: error.marker().line() as u64,
        message: error.info().to_owned(),
    };
    // Scalars stay as they are written: `1.10` is a version as often as a number.
    let mut loader = YamlLoader::<Yaml<'_>>::default();
    loader.early_parse(false);
    Parser::new_from_str(block).load(&mut loader, false).map_err(malformed)?;
    let documents = loader.into_documents();
    let Some(Yaml::Mapping(mapping)) = documents.first() else { return Ok(None) };
    let mut fields = Meta::new();
    for (key, value) in mapping {
        let Some(key) = yaml_scalar(key) else { continue };
        match value {
            Yaml::Mapping(inner) if NESTED.contains(&key.as_str()) => {
                for (name, value) in inner {
                    if let (Some(name), Some(value)) = (yaml_scalar(name), yaml_value(value)) {
                        fields.insert(format!("{key}.{name}"), value);
                    }
                }
            }
            value => {
                if let Some(value) = yaml_value(value) {
                    fields.insert(key, value);
                }
            }
        }
    }
    Ok(Some(fields))
}

fn yaml_value(value: &Yaml<'_>) -> Option<Values> {
    let Yaml::Sequence(values) = value else { return yaml_scalar(value).map(Values::from) };
    let values: Option<Vec<String>> = values.iter().map(yaml_scalar).collect();
    values.filter(|values| !values.is_empty()).map(Values::from)
}

fn yaml_scalar(value: &Yaml<'_>) -> Option<String> {
    match value {
        Yaml::Representation(text, style, _) => {
            let null = matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
            (!null || *style != saphyr::ScalarStyle::Plain).then(|| text.trim().to_owned())
        }
        Yaml::Value(Scalar::String(text)) => Some(text.clone().into_owned()),
        _ => None,
    }
}

/// The fields of a TOML table.
fn toml(block: &str) -> Result<Option<Meta>, Malformed> {
    let table: toml::Table = block.parse().map_err(|error: toml::de::Error| Malformed {
        line: error.span().map_or(0, |span| {
            let before = &block.as_bytes()[..span.start.min(block.len())];
            before.iter().filter(|&&byte| byte == b'\n').count() as u64
        }) + 1,
        message: error.message().to_owned(),
    })?;
    let mut fields = Meta::new();
    for (key, value) in &table {
        match value {
            toml::Value::Table(inner) if NESTED.contains(&key.as_str()) => {
                let inner = inner.iter().filter_map(|(name, value)| {
                    Some((format!("{key}.{name}"), toml_value(value)?))
                });
                fields.extend(inner);
            }
            value => {
                if let Some(value) = toml_value(value) {
                    fields.insert(key.clone(), value);
                }
            }
        }
    }
    Ok(Some(fields))
}

fn toml_value(value: &toml::Value) -> Option<Values> {
    let Some(values) = value.as_array() else { return toml_scalar(value).map(Values::from) };
    let values: Option<Vec<String>> = values.iter().map(toml_scalar).collect();
    values.filter(|values| !values.is_empty()).map(Values::from)
}

fn toml_scalar(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.trim().to_owned()),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => {
            Some(value.to_string())
        }
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(file: &str) -> String {
        let split = split(file).unwrap();
        let fields: Vec<String> = split.fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        format!("{}: {}", fields.join(" "), split.text.trim())
    }

    #[test]
    fn yaml_blocks() {
        assert_eq!(fields("---\ntitle: 题\ntags: [甲, 乙]\n---\n文"), "tags=甲, 乙 title=题: 文");
        assert_eq!(
            fields("---\nv: 1.10\nd: 2023-02-28\nb: yes\n---\n"),
            "b=yes d=2023-02-28 v=1.10: "
        );
        assert_eq!(fields("---\nhero:\n  name: x\nempty:\nq: \"\"\n---\n文"), "q=: 文");
        assert_eq!(fields("---\n段落\n---\n文"), ": ---\n段落\n---\n文");
        assert_eq!(fields("---\n文"), ": ---\n文");
    }

    #[test]
    fn toml_blocks() {
        let file = "+++\ntitle = \"题\"\ndate = 2023-02-28\ndraft = true\n[a]\nb = 1\n+++\n文";
        assert_eq!(fields(file), "date=2023-02-28 draft=true title=题: 文");
    }

    #[test]
    fn nested_fields() {
        let yaml = "---\nsuoyin:\n  weight: 2\nsearch:\n  exclude: true\n  x: {}\n---\n文";
        assert_eq!(fields(yaml), "search.exclude=true suoyin.weight=2: 文");
        let toml = "+++\nweight = 10\n[suoyin]\nweight = 0.5\n+++\n文";
        assert_eq!(fields(toml), "suoyin.weight=0.5 weight=10: 文");
    }

    #[test]
    fn malformed_blocks() {
        assert_eq!(split("---\ntitle: 题\nx: [甲\n---\n文").unwrap_err().line, 4);
        assert_eq!(split("---\na: 1\nb: \"x\n---\n文").unwrap_err().line, 3);
        assert_eq!(split("+++\na = 1\nb = \n+++\n文").unwrap_err().line, 3);
    }
}
