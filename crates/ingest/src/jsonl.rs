//! JSON lines: one document a line, `id, url, title, text|html, date?, lang?, weight?, meta{}`.

use serde_json::{Map, Value};
use suoyin_core::Weight;

use crate::draft::{Draft, Parsed, one_line};
use crate::meta::Values;
use crate::report::SkipReason;
use crate::{byline, html, plain};

/// What a line says.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) parsed: Parsed,
    /// What the author should know.
    pub(crate) warnings: Vec<String>,
}

/// A mistake in a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    Json(String),
    Field { field: String, expected: &'static str },
}

/// Reads a line, which is not empty.
pub(crate) fn parse(line: &[u8]) -> Result<Line, Mistake> {
    if std::str::from_utf8(line).is_err() {
        return Err(Mistake::Json("it is not UTF-8; save the file as UTF-8".to_owned()));
    }
    let value: Value =
        serde_json::from_slice(line).map_err(|error| Mistake::Json(message(&error)))?;
    let Value::Object(mut fields) = value else {
        return Err(Mistake::Json("it is not in braces".to_owned()));
    };
    let id = scalar(&mut fields, "id")?.filter(|id| !id.is_empty());
    let url = string(&mut fields, "url")?.filter(|url| !url.is_empty());
    let title = string(&mut fields, "title")?.map(|title| one_line(&title));
    let text = string(&mut fields, "text")?;
    let page = string(&mut fields, "html")?;
    let mut warnings = Vec::new();
    let untitled = title.as_ref().is_none_or(String::is_empty);
    let mut draft = match (text, page) {
        (Some(text), page) => {
            if page.is_some() {
                warnings.push("it has both text and html; text was taken".to_owned());
            }
            from_text(title, &with_line_feeds(text))
        }
        (None, Some(page)) => html::piece(&page, title.as_deref().unwrap_or_default()),
        (None, None) => Draft { title: title.unwrap_or_default(), ..Draft::default() },
    };
    if let Some(meta) = fields.remove("meta") {
        take_meta(meta, &mut draft)?;
    }
    for field in ["date", "lang"] {
        if let Some(value) = scalar(&mut fields, field)? {
            draft.meta.insert(field.to_owned(), value.into());
        }
    }
    if let Some(date) = draft.meta.get_mut("date")
        && let Some(iso) = byline::iso_date(&date.to_string())
    {
        *date = iso.into();
    }
    match fields.remove("weight") {
        None | Some(Value::Null) => {}
        Some(value) => match value.as_f64() {
            Some(weight) if (0.0..=10.0).contains(&weight) => {
                draft.weight = Weight::new(weight as f32);
            }
            _ => return Err(field("weight", "a number from 0 to 10")),
        },
    }
    let unknown =
        fields.keys().map(|key| format!("the field {key:?} is unknown; put it into \"meta\""));
    warnings.extend(unknown);
    // One line of text without a title became the title.
    let has_text = !draft.text.is_empty() || (untitled && !draft.title.is_empty());
    let parsed =
        if has_text { Parsed::Document(draft) } else { Parsed::Skipped(SkipReason::NoText) };
    Ok(Line { id, url, parsed, warnings })
}

/// Without a title, the text is read as a file would be.
fn from_text(title: Option<String>, text: &str) -> Draft {
    match title {
        Some(title) if !title.is_empty() => plain::titled(title, text),
        _ => match plain::parse(text) {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(_) => Draft::default(),
        },
    }
}

fn take_meta(meta: Value, draft: &mut Draft) -> Result<(), Mistake> {
    match meta {
        Value::Null => Ok(()),
        Value::Object(meta) => {
            for (key, value) in meta {
                match values_of(value) {
                    Ok(Some(value)) => drop(draft.meta.insert(key, value)),
                    Ok(None) => {}
                    Err(()) => {
                        return Err(field(
                            &format!("meta.{key}"),
                            "a string, a number, a boolean or a list of these",
                        ));
                    }
                }
            }
            Ok(())
        }
        _ => Err(field("meta", "an object")),
    }
}

fn string(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Mistake> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(field(name, "a string")),
    }
}

fn scalar(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Mistake> {
    match fields.remove(name) {
        None => Ok(None),
        Some(value) => scalar_of(value).map_err(|()| field(name, "a string")),
    }
}

/// A value, or those of a list.
fn values_of(value: Value) -> Result<Option<Values>, ()> {
    let Value::Array(values) = value else { return Ok(scalar_of(value)?.map(Values::from)) };
    let mut strings = Vec::with_capacity(values.len());
    for value in values {
        strings.extend(scalar_of(value)?);
    }
    Ok((!strings.is_empty()).then(|| strings.into()))
}

/// A value as a string.
fn scalar_of(value: Value) -> Result<Option<String>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(boolean) => Ok(Some(boolean.to_string())),
        Value::Array(_) | Value::Object(_) => Err(()),
    }
}

fn field(name: &str, expected: &'static str) -> Mistake {
    Mistake::Field { field: name.to_owned(), expected }
}

/// The parser's message, which counts lines within the line, with only the column kept.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("{what}, column {}", error.column())
}

fn with_line_feeds(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> Line {
        parse(json.as_bytes()).unwrap()
    }

    fn draft(json: &str) -> Draft {
        match line(json).parsed {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(reason) => panic!("{reason:?}"),
        }
    }

    #[test]
    fn fields() {
        let line = line(r#"{"id": 7, "url": "a.html", "title": "题", "text": "题\r\n文"}"#);
        assert_eq!((line.id.as_deref(), line.url.as_deref()), (Some("7"), Some("a.html")));
        assert!(line.warnings.is_empty());
        let Parsed::Document(draft) = line.parsed else { panic!() };
        assert_eq!((draft.title.as_str(), draft.text.as_str()), ("题", "文"));
    }

    #[test]
    fn without_title() {
        assert_eq!(draft(r#"{"text": "题\n文。"}"#).title, "题");
        assert_eq!(draft(r#"{"html": "<h1>题</h1><p>文"}"#).title, "题");
        assert_eq!(draft(r#"{"title": "甲", "html": "<h2 id=x>乙</h2>"}"#).sections[0].anchor, "x");
        assert_eq!(draft(r#"{"title": "甲", "html": "<h1>乙</h1>丙"}"#).text, "乙\n\n\n丙");
    }

    #[test]
    fn metadata() {
        let json = r#"{"text": "文", "date": "2023/2/8", "lang": "zh",
            "meta": {"n": 1.5, "b": true, "l": ["甲", 2], "z": null}}"#;
        let meta = draft(json).meta;
        let meta: Vec<String> = meta.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(meta, ["b=true", "date=2023-02-08", "l=甲, 2", "lang=zh", "n=1.5"]);
    }

    #[test]
    fn warnings() {
        let warnings = line(r#"{"text": "文", "html": "x", "weight": 2, "tag": 1}"#).warnings;
        assert_eq!(warnings.len(), 2);
        assert!(warnings[1].contains("\"tag\""));
    }

    #[test]
    fn weights() {
        assert_eq!(draft(r#"{"text": "文", "weight": 2.5}"#).weight, Weight::new(2.5));
        assert_eq!(draft(r#"{"text": "文", "weight": null}"#).weight, Weight::ONE);
    }

    #[test]
    fn mistakes() {
        let mistake = |json: &str| parse(json.as_bytes()).unwrap_err();
        assert!(matches!(mistake("{"), Mistake::Json(message) if message.contains("column 1")));
        assert!(matches!(mistake("[]"), Mistake::Json(_)));
        assert_eq!(mistake(r#"{"text": 1}"#), field("text", "a string"));
        assert_eq!(mistake(r#"{"weight": "1"}"#), field("weight", "a number from 0 to 10"));
        assert_eq!(mistake(r#"{"weight": -1}"#), field("weight", "a number from 0 to 10"));
        assert_eq!(mistake(r#"{"date": {}}"#), field("date", "a string"));
        let not_utf8 = parse(b"{\"text\": \"\xCE\xC4\"}").unwrap_err();
        assert!(matches!(not_utf8, Mistake::Json(message) if message.contains("UTF-8")));
        assert_eq!(mistake(r#"{"meta": {"a": {}}}"#).to_owned_field(), "meta.a");
    }

    impl Mistake {
        fn to_owned_field(&self) -> &str {
            match self {
                Mistake::Field { field, .. } => field,
                Mistake::Json(message) => message,
            }
        }
    }

    #[test]
    fn without_text() {
        assert_eq!(line("{}").parsed, Parsed::Skipped(SkipReason::NoText));
        assert_eq!(draft(r#"{"text": "文"}"#).title, "文");
        assert_eq!(line(r#"{"title": "题"}"#).parsed, Parsed::Skipped(SkipReason::NoText));
    }
}
