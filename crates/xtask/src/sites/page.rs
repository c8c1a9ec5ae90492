//! A page as a reader sees it, read by its tags alone.
//!
//! This knows where a generator puts the text of a page, and so needs none of what ingestion guesses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// The element that holds the text of a page.
pub(super) struct Content {
    pub(super) tag: &'static str,
    /// An attribute and a word of its value; empty where the tag says enough.
    pub(super) attribute: &'static str,
    pub(super) value: &'static str,
}

impl Content {
    fn is(&self, tag: &StartTag<()>) -> bool {
        let has = || {
            let value = attribute(tag, self.attribute).unwrap_or_default();
            value.split_ascii_whitespace().any(|word| word == self.value)
        };
        *tag.name == *self.tag.as_bytes() && (self.attribute.is_empty() || has())
    }
}

/// What stands in a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What links may lead to: the values of `id`, and of `name` in links.
    pub(super) ids: BTreeSet<String>,
    /// The pieces of text between the tags of its content.
    pub(super) texts: Vec<String>,
    pub(super) headings: Vec<Heading>,
    /// `<title>`.
    pub(super) name: String,
}

/// A heading in the content.
#[derive(Debug, Default)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// Its own `id`, or that of the section that it begins.
    pub(super) id: Option<String>,
    pub(super) text: String,
}

impl Page {
    /// What may be its title: its headings of level one and `<title>`.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().filter(|heading| heading.level == 1);
        headings.map(|heading| heading.text.as_str()).chain([self.name.as_str()])
    }
}

/// Reads the pages of a folder, by their paths relative to it; those without content have none.
pub(super) fn read_all(folder: &Path, content: &[Content]) -> Result<BTreeMap<String, Page>> {
    let mut pages = BTreeMap::new();
    read_below(folder, "", content, &mut pages)?;
    Ok(pages)
}

fn read_below(
    folder: &Path,
    before: &str,
    content: &[Content],
    pages: &mut BTreeMap<String, Page>,
) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let id = format!("{before}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read_below(&path, &format!("{id}/"), content, pages)?;
        } else if id.ends_with(".html") {
            let html =
                fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            pages.insert(id, read(&html, content));
        }
    }
    Ok(())
}

fn read(html: &str, content: &[Content]) -> Page {
    let has = |content: &&Content| {
        tokens(html).any(|token| matches!(&token, Token::StartTag(tag) if content.is(tag)))
    };
    let mut reader = Reader::default();
    let content = content.iter().find(has);
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => reader.start(&tag, content),
            Token::EndTag(tag) => reader.end(&text_of(&tag.name)),
            Token::String(text) => reader.text(&text_of(&text)),
            _ => {}
        }
    }
    reader.page
}

fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).flatten()
}

/// What no reader sees, or sees as a control rather than text.
const UNSEEN: &[&str] =
    &["script", "style", "template", "noscript", "nav", "button", "select", "textarea", "svg"];

#[derive(Default)]
struct Reader {
    page: Page,
    /// The element of the content, and how many of its name are open in it, itself included.
    content: Option<(String, u32)>,
    /// The same for one that is not seen.
    unseen: Option<(String, u32)>,
    in_title: bool,
    heading: Option<Heading>,
    /// The `id` of the last element, where nothing but white space has followed.
    before: Option<String>,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>, content: Option<&Content>) {
        let name = text_of(&tag.name);
        let id = attribute(tag, "id")
            .or_else(|| attribute(tag, "name").filter(|_| name == "a"))
            .filter(|id| !id.is_empty());
        self.page.ids.extend(id.clone());
        self.in_title = name == "title" && self.page.name.is_empty();
        if let Some((open, depth)) = &mut self.content {
            *depth += u32::from(*open == name);
        } else if content.is_some_and(|content| content.is(tag)) {
            self.content = Some((name.clone(), 1));
        }
        if let Some((open, depth)) = &mut self.unseen {
            *depth += u32::from(*open == name);
        } else if !is_seen(tag, &name) {
            self.unseen = Some((name.clone(), 1));
        }
        if let Some(level) = level(&name).filter(|_| self.is_read()) {
            let id = id.clone().or_else(|| self.before.take());
            self.heading = Some(Heading { level, id, text: String::new() });
        }
        self.before = id.filter(|_| name == "section");
    }

    fn end(&mut self, name: &str) {
        self.in_title = false;
        if level(name).is_some()
            && let Some(heading) = self.heading.take()
        {
            self.page.headings.push(heading);
        }
        for region in [&mut self.content, &mut self.unseen] {
            if let Some((open, depth)) = region
                && open == name
            {
                *depth -= 1;
                if *depth == 0 {
                    *region = None;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.page.name.push_str(text);
        }
        if text.trim().is_empty() || !self.is_read() {
            return;
        }
        self.before = None;
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.page.texts.push(text.to_owned());
    }

    fn is_read(&self) -> bool {
        self.content.is_some() && self.unseen.is_none()
    }
}

/// Whether an element is shown, and is no link of a heading to itself.
fn is_seen(tag: &StartTag<()>, name: &str) -> bool {
    let class = attribute(tag, "class").unwrap_or_default();
    let links_to_itself = |class: &str| matches!(class, "headerlink" | "header-anchor");
    !UNSEEN.contains(&name)
        // Hidden parts of running text are alternatives, of which a script shows one.
        && (name == "span" || attribute(tag, "hidden").is_none())
        && attribute(tag, "aria-hidden").is_none_or(|value| value != "true")
        && !class.split_ascii_whitespace().any(links_to_itself)
}

fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| text_of(value))
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_content_is_read() {
        let content = [Content { tag: "div", attribute: "class", value: "body" }];
        let page = read(
            "<div>栏</div><div class='x body'>甲<div>乙<nav>航</nav></div><section id=s>\
             <h2>题<a class=headerlink href=#s>¶</a></h2></section><a name=n></a>丙</div>丁",
            &content,
        );
        assert_eq!(page.texts, ["甲", "乙", "题", "丙"]);
        assert_eq!(page.ids.iter().collect::<Vec<_>>(), ["n", "s"]);
        let heading = &page.headings[0];
        assert_eq!((heading.level, heading.id.as_deref()), (2, Some("s")));
        assert_eq!((heading.text.as_str(), page.titles().count()), ("题", 1));
    }
}
