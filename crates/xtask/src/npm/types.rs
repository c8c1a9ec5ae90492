//! Types that comments in JavaScript cannot declare: the tag's name, its events and its attributes in JSX.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::manifest::{Element, Entry};

/// Writes `types/element.d.ts`, which adds to the types of the element what pages look up by name, and
/// `types/react.d.ts`, which adds the tag to JSX.
pub(super) fn write(package: &Path, element: &Element) -> Result<()> {
    let folder = package.join("types");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let path = package.join("element.js");
    let source =
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let files = [
        ("element.d.ts", of_element(element, &imports(&source))),
        ("react.d.ts", of_react(element)),
        // The module is imported for its types, which leave nothing behind.
        ("react.js", "export {};\n".to_owned()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// What the comments of the element import for its types, from one folder further down.
fn imports(source: &str) -> String {
    let mut imports = String::new();
    for line in source.lines() {
        let Some(import) = line.strip_prefix("/** @import ") else { continue };
        let import = import.trim_end_matches("*/").trim_end().replace("\"./", "\"../");
        let _ = writeln!(imports, "import type {import};");
    }
    imports
}

fn of_element(element: &Element, imports: &str) -> String {
    let Element { name, tag_name, .. } = element;
    let mut attributes = String::new();
    for attribute in &element.attributes {
        let (comment, name) = (comment(attribute, "  "), &attribute.name);
        let _ = writeln!(attributes, "{comment}  \"{name}\"?: {};", of_attribute(attribute));
    }
    let mut events = String::new();
    for event in &element.events {
        let kind = Some(event.type_text()).filter(|text| text.starts_with("CustomEvent"));
        let (comment, name) = (comment(event, "    "), &event.name);
        let _ = writeln!(events, "{comment}    \"{name}\": {};", kind.unwrap_or("CustomEvent"));
    }
    format!(
        "import type {{ {name} }} from \"../element.js\";\n{imports}\n\
         export * from \"../element.js\";\n\n\
         /** The attributes of `<{tag_name}>`. */\n\
         export interface {name}Attributes {{\n{attributes}}}\n\n\
         declare global {{\n\
         \x20 interface HTMLElementTagNameMap {{\n    \"{tag_name}\": {name};\n  }}\n\
         \x20 interface GlobalEventHandlersEventMap {{\n{events}  }}\n}}\n"
    )
}

fn of_react(element: &Element) -> String {
    let Element { name, tag_name, .. } = element;
    let mut handlers = String::new();
    for event in &element.events {
        let event = &event.name;
        let _ = writeln!(
            handlers,
            "  \"on{event}\"?: (event: GlobalEventHandlersEventMap[\"{event}\"]) => void;"
        );
    }
    format!(
        "import type {{ DetailedHTMLProps, HTMLAttributes }} from \"react\";\n\
         import type {{ {name}, {name}Attributes }} from \"./element.js\";\n\n\
         interface Handlers {{\n{handlers}}}\n\n\
         declare module \"react\" {{\n\
         \x20 namespace JSX {{\n\
         \x20   interface IntrinsicElements {{\n\
         \x20     \"{tag_name}\": Omit<DetailedHTMLProps<HTMLAttributes<{name}>, {name}>, keyof {name}Attributes>\n\
         \x20       & {name}Attributes & Handlers;\n\
         \x20   }}\n  }}\n}}\n"
    )
}

/// What JSX takes for an attribute: numbers as texts too, and a switch as it stands in HTML.
fn of_attribute(attribute: &Entry) -> &str {
    match attribute.type_text() {
        "" => "string",
        "number" => "number | string",
        "boolean" => "boolean | \"\"",
        other => other,
    }
}

fn comment(entry: &Entry, indent: &str) -> String {
    let text = entry.description.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{indent}/** {} */\n", text.replace("*/", "*\\/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_those_of_the_element_one_folder_down() {
        let source =
            "/** @import { Hit } from \"./element/session.js\" */\nimport { x } from \"./y.js\";\n";
        assert_eq!(imports(source), "import type { Hit } from \"../element/session.js\";\n");
    }

    #[test]
    fn attributes_are_typed_as_they_stand_in_a_tag() {
        let attribute = |text: &str| -> Entry {
            serde_json::from_value(serde_json::json!({ "name": "a", "type": { "text": text } }))
                .unwrap()
        };
        for (text, wanted) in [
            ("", "string"),
            ("number", "number | string"),
            ("boolean", "boolean | \"\""),
            ("\"on\" | \"off\"", "\"on\" | \"off\""),
        ] {
            assert_eq!(of_attribute(&attribute(text)), wanted);
        }
    }
}
