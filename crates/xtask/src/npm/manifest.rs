//! What `custom-elements.json` says about the element: the source of the manual's tables and of types.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The name under which the package calls the manifest.
const FILE: &str = "custom-elements.json";

/// The element, as the manifest of the package describes it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) tag_name: String,
    pub(super) attributes: Vec<Entry>,
    pub(super) members: Vec<Entry>,
    pub(super) events: Vec<Entry>,
    pub(super) slots: Vec<Entry>,
    pub(super) css_parts: Vec<Entry>,
    pub(super) css_properties: Vec<Entry>,
}

/// One thing of the element that pages can use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) description: String,
    /// `field` or `method`, of members.
    pub(super) kind: String,
    /// The attribute that a property reflects.
    pub(super) attribute: String,
    /// What an attribute or property is when nobody sets it.
    pub(super) default: String,
    #[serde(rename = "type")]
    kind_of_value: TypeText,
    pub(super) parameters: Vec<Entry>,
    optional: bool,
    #[serde(rename = "static")]
    is_static: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TypeText {
    text: String,
}

#[derive(Deserialize)]
struct Manifest {
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    declarations: Vec<serde_json::Value>,
}

impl Element {
    /// Reads the manifest of a package, which describes one element.
    pub(super) fn read(package: &Path) -> Result<Element> {
        let path = package.join(FILE);
        let text =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> Result<Element> {
        let manifest: Manifest = serde_json::from_str(text)?;
        let declarations = manifest.modules.into_iter().flat_map(|module| module.declarations);
        let mut elements = declarations
            .filter(|declaration| declaration["tagName"].is_string())
            .collect::<Vec<_>>();
        ensure!(
            elements.len() == 1,
            "{} elements are described, not one: is there one class with @tag?",
            elements.len()
        );
        let mut element: Element = serde_json::from_value(elements.remove(0))?;
        // What has no description is not for pages: lifecycle callbacks, and parts of parts.
        element.members.retain(|member| !member.is_static && !member.description.is_empty());
        for entry in element.documented() {
            ensure!(
                !entry.description.trim().is_empty(),
                "`{}` has no description: add one to the element's JSDoc",
                entry.name
            );
        }
        Ok(element)
    }

    /// All that the element has for pages.
    fn documented(&self) -> impl Iterator<Item = &Entry> {
        let lists = [&self.attributes, &self.members, &self.events, &self.slots];
        lists.into_iter().chain([&self.css_parts, &self.css_properties]).flatten()
    }

    /// The properties that scripts can use, beside those that reflect an attribute.
    pub(super) fn properties(&self) -> impl Iterator<Item = &Entry> {
        self.members.iter().filter(|member| member.kind == "field" && member.attribute.is_empty())
    }

    /// The methods that scripts can call.
    pub(super) fn methods(&self) -> impl Iterator<Item = &Entry> {
        self.members.iter().filter(|member| member.kind == "method")
    }
}

impl Entry {
    /// The type in TypeScript; empty where the manifest has none.
    pub(super) fn type_text(&self) -> &str {
        self.kind_of_value.text.trim()
    }

    /// What an event tells: the type in `CustomEvent<…>`.
    pub(super) fn detail(&self) -> String {
        let detail = self.type_text().strip_prefix("CustomEvent<");
        detail.and_then(|text| text.strip_suffix('>')).unwrap_or_default().to_owned()
    }

    /// The name; of a method, as one calls it: `search(query)`.
    pub(super) fn signature(&self) -> String {
        if self.kind != "method" {
            return self.name.clone();
        }
        let mut parameters = String::new();
        for parameter in &self.parameters {
            if !parameters.is_empty() {
                parameters.push_str(", ");
            }
            parameters.push_str(&parameter.name);
            if parameter.optional {
                parameters.push('?');
            }
        }
        format!("{}({parameters})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_without_description_are_not_for_pages() {
        let element = Element::parse(
            r#"{"modules": [{"declarations": [{"kind": "variable", "name": "x"}, {
                "name": "Box", "tagName": "x-box",
                "attributes": [{"name": "src", "description": "Where.", "type": {"text": "string"}}],
                "members": [
                    {"kind": "field", "name": "src", "description": "Where.", "attribute": "src"},
                    {"kind": "field", "name": "value", "description": "What was typed."},
                    {"kind": "method", "name": "connectedCallback"},
                    {"kind": "method", "name": "search", "description": "Asks.",
                     "parameters": [{"name": "query"}, {"name": "options", "optional": true}]}
                ]}]}]}"#,
        )
        .unwrap();
        assert_eq!(element.attributes[0].type_text(), "string");
        assert_eq!(element.properties().map(|entry| &entry.name).collect::<Vec<_>>(), ["value"]);
        let methods: Vec<String> = element.methods().map(Entry::signature).collect();
        assert_eq!(methods, ["search(query, options?)"]);
    }

    #[test]
    fn what_is_not_described_is_told() {
        let text = r#"{"modules": [{"declarations": [{"name": "Box", "tagName": "x-box",
            "attributes": [{"name": "src"}]}]}]}"#;
        let error = Element::parse(text).unwrap_err();
        assert!(error.to_string().contains("`src` has no description"), "{error}");
        assert!(Element::parse(r#"{"modules": []}"#).is_err());
    }
}
