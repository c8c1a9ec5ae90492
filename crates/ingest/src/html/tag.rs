//! A start tag and those of its attributes that matter.

use super::elements::{Kind, kind};
use super::stack::{Name, Region};

/// The start tag that is being read.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: Name,
    pub(super) kind: Kind,
    /// Whether the element is out of the text.
    pub(super) hidden: bool,
    pub(super) region: Option<Region>,
    /// `id`, or `name` of a link.
    pub(super) anchor: String,
    pub(super) lang: String,
    /// `name`, `property` or `http-equiv` of a `meta`, in lower case.
    pub(super) key: String,
    /// `content` of a `meta`, `datetime` of a `time`.
    pub(super) value: String,
    attribute: Attribute,
    /// Whether it has the attribute `hidden`, and is the panel of a tab.
    has_hidden: bool,
    is_panel: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Other,
    Id,
    Name,
    Class,
    AriaHidden,
    Role,
    Lang,
    Key,
    Value,
}

/// Classes of the links to themselves that generators put into headings.
const HEADING_LINKS: &[&str] =
    &["headerlink", "header-anchor", "hash-link", "anchor-link", "anchorjs-link"];

impl Tag {
    pub(super) fn new() -> Tag {
        Tag {
            name: Name::new(b""),
            kind: Kind::Inline,
            hidden: false,
            region: None,
            anchor: String::new(),
            lang: String::new(),
            key: String::new(),
            value: String::new(),
            attribute: Attribute::Other,
            has_hidden: false,
            is_panel: false,
        }
    }

    pub(super) fn open(&mut self, name: &[u8]) {
        self.name = Name::new(name);
        self.kind = kind(name);
        self.hidden = matches!(self.kind, Kind::Hidden | Kind::Reading);
        self.region = match self.kind {
            Kind::Main => Some(Region::Main),
            Kind::Article => Some(Region::Article),
            _ => None,
        };
        for text in [&mut self.anchor, &mut self.lang, &mut self.key, &mut self.value] {
            text.clear();
        }
        self.attribute = Attribute::Other;
        self.has_hidden = false;
        self.is_panel = false;
    }

    pub(super) fn attribute(&mut self, name: &[u8]) {
        self.attribute = match (name, self.kind) {
            (b"id", _) => Attribute::Id,
            (b"name", Kind::Link) => Attribute::Name,
            (b"class", Kind::Link) => Attribute::Class,
            (b"aria-hidden", _) => Attribute::AriaHidden,
            (b"role", _) => Attribute::Role,
            (b"lang", Kind::Root) => Attribute::Lang,
            (b"name" | b"property" | b"http-equiv", Kind::Meta) => Attribute::Key,
            (b"content", Kind::Meta) | (b"datetime", Kind::Time) => Attribute::Value,
            _ => Attribute::Other,
        };
        match name {
            b"hidden" => self.has_hidden = true,
            b"data-suoyin-ignore" => self.hidden = true,
            b"data-suoyin-body" => self.region = Some(Region::Marked),
            _ => {}
        }
    }

    /// Whether the value of the last attribute means something.
    pub(super) fn takes_value(&self) -> bool {
        self.attribute != Attribute::Other
    }

    /// All attributes are known. Panels of tabs and alternatives in running text have `hidden` until
    /// a script shows them; other elements that have it are out of the text.
    pub(super) fn settle(&mut self) {
        self.hidden |= self.has_hidden && !self.is_panel && !self.kind.is_inline();
    }

    pub(super) fn attribute_value(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        let set = |field: &mut String| {
            field.clear();
            field.push_str(&value);
        };
        match self.attribute {
            Attribute::Id => set(&mut self.anchor),
            Attribute::Name if self.anchor.is_empty() => set(&mut self.anchor),
            Attribute::Lang => set(&mut self.lang),
            Attribute::Value => set(&mut self.value),
            Attribute::Key => {
                set(&mut self.key);
                self.key.make_ascii_lowercase();
            }
            Attribute::AriaHidden => self.hidden |= value.eq_ignore_ascii_case("true"),
            Attribute::Class => {
                self.hidden |= value.split_ascii_whitespace().any(|c| HEADING_LINKS.contains(&c));
            }
            Attribute::Role => match value.as_ref() {
                "tabpanel" => self.is_panel = true,
                "main" => self.region = self.region.or(Some(Region::Main)),
                "navigation" | "banner" | "contentinfo" | "search" => self.hidden = true,
                _ => {}
            },
            Attribute::Name | Attribute::Other => {}
        }
    }
}
