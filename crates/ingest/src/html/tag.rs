//! A start tag and those of its attributes that matter.

use suoyin_core::Weight;

use super::elements::{Kind, kind};
use super::marks::{self, Capture, From, Use};
use super::stack::{Name, Region};
use crate::weights;

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
    /// `name`, `property`, `itemprop` or `http-equiv` of a `meta`, `rel` of a `link`, in lower case.
    pub(super) key: String,
    /// `content` of a `meta`, `datetime` of a `time`, `href` of a `link`, `src` of a picture.
    pub(super) value: String,
    /// Whether a picture is no larger than an icon.
    pub(super) is_icon: bool,
    /// Whether nothing in the element counts, not even for metadata.
    pub(super) excluded: bool,
    pub(super) weight: Option<Weight>,
    /// What the element's text and attributes are captured for.
    pub(super) captures: Vec<(Use, Capture)>,
    /// What is wrong with the attributes.
    pub(super) warning: Option<String>,
    /// Whether the page may have marks: then all attributes are kept.
    is_marked: bool,
    attributes: Vec<(Vec<u8>, String)>,
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
    Size,
    Style,
}

/// Classes of the links to themselves that generators put into headings.
const HEADING_LINKS: &[&str] =
    &["headerlink", "header-anchor", "hash-link", "anchor-link", "anchorjs-link"];

impl Tag {
    pub(super) fn new(is_marked: bool) -> Tag {
        Tag {
            name: Name::new(b""),
            kind: Kind::Inline,
            hidden: false,
            region: None,
            anchor: String::new(),
            lang: String::new(),
            key: String::new(),
            value: String::new(),
            is_icon: false,
            excluded: false,
            weight: None,
            captures: Vec::new(),
            warning: None,
            is_marked,
            attributes: Vec::new(),
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
        // Metadata may stand in navigation, but not in scripts and drawings.
        self.excluded = self.kind == Kind::Hidden && name != b"nav";
        self.is_icon = false;
        self.weight = None;
        self.captures.clear();
        self.warning = None;
        self.attributes.clear();
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
            (b"name" | b"property" | b"itemprop" | b"http-equiv", Kind::Meta)
            | (b"rel", Kind::Relation) => Attribute::Key,
            (b"content", Kind::Meta)
            | (b"datetime", Kind::Time)
            | (b"href", Kind::Relation | Kind::Base)
            | (b"src", Kind::Image) => Attribute::Value,
            (b"width" | b"height", Kind::Image) => Attribute::Size,
            (b"style", Kind::Image) => Attribute::Style,
            _ => Attribute::Other,
        };
        self.has_hidden |= name == b"hidden";
        if self.is_marked {
            self.attributes.push((name.to_vec(), String::new()));
        }
    }

    /// Whether the value of the last attribute means something.
    pub(super) fn takes_value(&self) -> bool {
        self.is_marked || self.attribute != Attribute::Other
    }

    /// All attributes are known. Panels of tabs and alternatives in running text have `hidden` until
    /// a script shows them; other elements that have it are out of the text.
    pub(super) fn settle(&mut self) {
        self.hidden |= self.has_hidden && !self.is_panel && !self.kind.is_inline();
        let attributes = std::mem::take(&mut self.attributes);
        for (name, value) in &attributes {
            let Some(mark) = marks::mark(name) else { continue };
            match mark {
                b"body" => self.region = Some(Region::Marked),
                b"ignore" => {
                    self.hidden = true;
                    self.excluded |= value.eq_ignore_ascii_case("all");
                }
                b"weight" => match weights::parse(value) {
                    Ok(weight) => self.weight = Some(weight),
                    Err(warning) => self.warning = Some(warning),
                },
                _ => {
                    let usage = Use::of(mark);
                    let captures = usage.map(|_| marks::captures(value)).unwrap_or_default();
                    self.captures.extend(usage.into_iter().cycle().zip(captures));
                }
            }
        }
        self.attributes = attributes;
    }

    /// The values that are known from the tag, with their keys; what is left takes the text.
    pub(super) fn take_values(&mut self) -> Vec<(Use, String, String)> {
        let mut values = Vec::new();
        let mut left = Vec::new();
        for (usage, Capture { key, from }) in self.captures.drain(..) {
            match from {
                From::Text => left.push((usage, Capture { key, from })),
                From::Inline(value) => values.push((usage, key, value)),
                From::Attribute(name) => {
                    let named = |(n, _): &&(Vec<u8>, String)| *n == name.as_bytes();
                    let value = self.attributes.iter().find(named).map(|(_, value)| value.clone());
                    values.push((usage, key, value.unwrap_or_default()));
                }
            }
        }
        self.captures = left;
        values
    }

    pub(super) fn attribute_value(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        if let Some((_, kept)) = self.attributes.last_mut() {
            kept.push_str(&value);
        }
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
            Attribute::Size => self.is_icon |= is_small(&value),
            Attribute::Style => {
                for declaration in value.split(';') {
                    let (name, size) = declaration.split_once(':').unwrap_or_default();
                    self.is_icon |=
                        matches!(name.trim(), "width" | "height") && is_small(size.trim());
                }
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

/// Whether a length is that of an icon: up to 64 pixels.
fn is_small(length: &str) -> bool {
    const PIXELS: f32 = 64.0;
    let number = length.strip_suffix("px").unwrap_or(length);
    number.parse::<f32>().is_ok_and(|pixels| pixels <= PIXELS)
}
