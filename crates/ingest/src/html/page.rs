//! From the tokens of a page to its text, its headings and what its head says.

use std::ops::Range;

use suoyin_core::Weight;

use super::elements::{Kind, kind};
use super::marks::{Captured, Use};
use super::stack::{Name, Open, Region, closed_by};
use super::tag::Tag;
use crate::draft::Heading;
use crate::flow::Flow;
use crate::meta::Meta;
use crate::url;
use crate::weights::Weights;

/// What a page holds.
#[derive(Debug)]
pub(crate) struct Page {
    pub(super) flow: Flow,
    pub(super) headings: Vec<Heading>,
    /// The outermost regions of each kind.
    pub(super) regions: Vec<(Region, Range<usize>)>,
    pub(super) title: String,
    /// From `meta`, `time` and `lang`.
    pub(super) meta: Meta,
    pub(super) no_index: bool,
    pub(super) redirects: bool,
    /// `<link rel=canonical>`; empty where there is none.
    pub(super) canonical: String,
    /// `og:image`.
    pub(super) social_image: String,
    /// Pictures, and how much text stands before them.
    pub(super) images: Vec<(usize, String)>,
    pub(super) captured: Captured,
    pub(super) weights: Weights,
    /// What the author should know.
    pub(super) warnings: Vec<String>,
    /// Whether an element is marked as the content.
    pub(super) has_body: bool,

    /// The start tag that is being read.
    pub(super) tag: Tag,
    stack: Vec<Open>,
    /// How many open elements hide, exclude, preformat, or are the content.
    pub(super) hidden: u32,
    excluded: u32,
    preformatted: u32,
    content: u32,
    /// The heading that is open.
    heading: Option<Heading>,
    /// The last anchor, and where it stands.
    anchor: (String, usize),
    /// How many regions of a kind are open, and where the outermost starts.
    open_regions: [(u32, usize); 3],
    /// The weights that are open, the innermost last, and where the text with it starts.
    open_weights: Vec<Weight>,
    weight_from: usize,
    /// The captures of open elements, with their text so far.
    open_captures: Vec<(Vec<(Use, String)>, String)>,
    /// How many open inline elements matter, so that an end tag finds its own.
    open_inline: u32,
    /// `<base href>`.
    pub(super) base: String,
    in_title: bool,
    pub(super) has_title: bool,
    /// The line feed after `<pre>` does not count.
    after_pre: bool,
}

impl Page {
    pub(super) fn new(capacity: usize, is_marked: bool) -> Page {
        Page {
            flow: Flow::with_capacity(capacity),
            headings: Vec::new(),
            regions: Vec::new(),
            title: String::new(),
            meta: Meta::new(),
            no_index: false,
            redirects: false,
            canonical: String::new(),
            social_image: String::new(),
            images: Vec::new(),
            captured: Captured::default(),
            weights: Weights::default(),
            warnings: Vec::new(),
            has_body: false,
            tag: Tag::new(is_marked),
            stack: Vec::new(),
            hidden: 0,
            excluded: 0,
            preformatted: 0,
            content: 0,
            heading: None,
            anchor: (String::new(), 0),
            open_regions: [(0, 0); 3],
            open_weights: Vec::new(),
            weight_from: 0,
            open_captures: Vec::new(),
            open_inline: 0,
            base: String::new(),
            in_title: false,
            has_title: false,
            after_pre: false,
        }
    }

    /// Whether text counts here.
    pub(super) fn takes_text(&self) -> bool {
        self.in_title || self.hidden == 0 || self.captures_text()
    }

    fn captures_text(&self) -> bool {
        self.excluded == 0 && !self.open_captures.is_empty()
    }

    /// Closes what is open at the end of the file.
    pub(super) fn finish(&mut self) {
        self.close_to(0);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.capture(text);
        if self.in_title {
            if !self.has_title {
                self.title.push_str(text);
            }
        } else if self.hidden > 0 {
            // Not part of the text.
        } else if self.preformatted > 0 {
            let first = std::mem::take(&mut self.after_pre);
            let text = if first { text.strip_prefix('\n').unwrap_or(text) } else { text };
            self.flow.verbatim(text);
        } else {
            self.flow.inline(text);
        }
    }

    /// Takes the start tag in `self.tag`.
    pub(super) fn start(&mut self, self_closing: bool) {
        let kind = self.tag.kind;
        self.tag.settle();
        self.warnings.extend(self.tag.warning.take());
        self.after_pre = false;
        while let Some(ended) = self.ended_before(kind) {
            self.close_to(ended);
        }
        match kind {
            Kind::Root => self.root(),
            Kind::Title => self.in_title = self.hidden == 0,
            Kind::Meta => self.meta(),
            Kind::Relation => self.relation(),
            Kind::Base if self.base.is_empty() => self.base.clone_from(&self.tag.value),
            Kind::Image if self.hidden == 0 && !self.tag.hidden => self.image(),
            Kind::Break if self.hidden == 0 && self.preformatted > 0 => self.flow.verbatim("\n"),
            Kind::Break if self.hidden == 0 => self.line_break(),
            Kind::Rule if self.hidden == 0 => self.block(),
            Kind::Input if self.hidden == 0 && self.preformatted == 0 => self.flow.inline(" "),
            _ => {}
        }
        // In drawings, elements may end where they start.
        let apart = kind == Kind::Title
            || (kind == Kind::Root && self.tag.region.is_none())
            || kind.is_void()
            || (self_closing && self.hidden > 0);
        if kind == Kind::Time && self.hidden == 0 {
            self.time();
        }
        if !kind.is_inline() {
            self.capture(" ");
        }
        self.take_values();
        let plain = is_running(kind)
            && self.open_inline == 0
            && !self.tag.hidden
            && self.tag.region.is_none()
            && self.tag.weight.is_none()
            && self.tag.captures.is_empty();
        self.anchor_here();
        if !apart && !plain {
            self.push();
        }
    }

    /// The open element that ends before one of this kind begins, whatever runs on in it.
    fn ended_before(&self, kind: Kind) -> Option<usize> {
        const REACH: usize = 100;
        if is_running(kind) {
            return None;
        }
        let mut open = self.stack.iter().enumerate().rev().take(REACH);
        let (index, open) = open.find(|(_, open)| !is_running(open.kind))?;
        open.kind.ends_before(kind).then_some(index)
    }

    /// Opens the element of the current tag.
    fn push(&mut self) {
        let kind = self.tag.kind;
        let in_margin = kind == Kind::Margin && self.content == 0 && self.tag.region.is_none();
        let hidden = self.tag.hidden || in_margin;
        let region = self.tag.region.filter(|_| self.hidden == 0 && !hidden);
        if self.hidden == 0 && !hidden && !kind.is_inline() {
            if !matches!(kind, Kind::Cell | Kind::Row | Kind::RowGroup) {
                self.block();
            }
            if let Kind::Heading(level) = kind {
                self.start_heading(level);
            }
        }
        if let Some(region) = region {
            self.end_heading();
            self.flow.block();
            let (count, start) = &mut self.open_regions[region as usize];
            if *count == 0 {
                *start = self.flow.position();
            }
            *count += 1;
        }
        self.has_body |= region == Some(Region::Marked);
        let weight = self.tag.weight;
        if let Some(weight) = weight {
            self.end_weight();
            self.open_weights.push(weight);
        }
        let captured = !self.tag.captures.is_empty();
        if captured {
            let uses = self.tag.captures.drain(..).map(|(usage, capture)| (usage, capture.key));
            self.open_captures.push((uses.collect(), String::new()));
        }
        let excluded = self.tag.excluded;
        self.hidden += u32::from(hidden);
        self.excluded += u32::from(excluded);
        self.preformatted += u32::from(kind == Kind::Preformatted);
        self.content += u32::from(is_content(kind, region));
        self.open_inline += u32::from(is_running(kind));
        self.after_pre = kind == Kind::Preformatted;
        let name = self.tag.name;
        self.stack.push(Open { name, kind, hidden, excluded, captured, weight, region });
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        let kind = kind(name);
        if kind == Kind::Title {
            self.has_title |= self.in_title;
            self.in_title = false;
            return;
        }
        match closed_by(&self.stack, Name::new(name), kind) {
            Some(index) => self.close_to(index),
            // `</p>` without a start is an empty paragraph, `</br>` a line break.
            None if kind == Kind::Paragraph && self.hidden == 0 => self.block(),
            None if kind == Kind::Break && self.hidden == 0 => self.line_break(),
            None => {}
        }
    }

    /// Closes open elements until `length` are left.
    fn close_to(&mut self, length: usize) {
        while self.stack.len() > length {
            let Some(open) = self.stack.pop() else { return };
            self.hidden -= u32::from(open.hidden);
            self.preformatted -= u32::from(open.kind == Kind::Preformatted);
            self.content -= u32::from(is_content(open.kind, open.region));
            self.open_inline -= u32::from(is_running(open.kind));
            if open.captured {
                self.end_capture();
            }
            self.excluded -= u32::from(open.excluded);
            if open.weight.is_some() {
                self.end_weight();
                self.open_weights.pop();
            }
            if let Some(region) = open.region {
                self.end_region(region);
            }
            if self.hidden > 0 || open.hidden {
                continue;
            }
            match open.kind {
                Kind::Cell => self.flow.cell(),
                Kind::Row => self.flow.row(),
                Kind::RowGroup => {}
                Kind::Heading(_) => self.end_heading(),
                kind if kind.is_inline() => {}
                _ => self.block(),
            }
        }
    }

    fn end_region(&mut self, region: Region) {
        let (count, start) = &mut self.open_regions[region as usize];
        *count -= 1;
        if *count == 0 && *start < self.flow.len() {
            self.regions.push((region, *start..self.flow.len()));
        }
        self.flow.block();
    }

    /// The start or end of a block; a heading stays one block, whatever it holds.
    fn block(&mut self) {
        match self.heading {
            Some(_) => self.flow.inline(" "),
            None => self.flow.block(),
        }
    }

    fn line_break(&mut self) {
        match self.heading {
            Some(_) => self.flow.wrap(),
            None => self.flow.line_break(),
        }
    }

    fn start_heading(&mut self, level: u8) {
        self.end_heading();
        let start = self.flow.position();
        let own = std::mem::take(&mut self.tag.anchor);
        let before = self.anchor.1 == self.flow.len();
        let anchor = if own.is_empty() && before { self.anchor.0.clone() } else { own };
        self.heading = Some(Heading { level, range: start..start, anchor });
    }

    fn end_heading(&mut self) {
        let Some(mut heading) = self.heading.take() else { return };
        let length = self.flow.since(heading.range.start).len();
        if length > 0 {
            heading.range.end += length;
            self.headings.push(heading);
        }
        self.flow.block();
    }

    /// Notes the anchor of the current tag: for the heading it stands in, or the next one.
    fn anchor_here(&mut self) {
        let heading = matches!(self.tag.kind, Kind::Heading(_));
        if self.hidden > 0 || heading || self.tag.anchor.is_empty() {
            return;
        }
        match &mut self.heading {
            Some(heading) if heading.anchor.is_empty() => {
                heading.anchor.clone_from(&self.tag.anchor);
            }
            Some(_) => {}
            None => {
                self.anchor.0.clone_from(&self.tag.anchor);
                self.anchor.1 = self.flow.len();
            }
        }
    }

    /// The weight changes here: of nested ones the innermost counts.
    fn end_weight(&mut self) {
        let weight = self.open_weights.last().copied().unwrap_or_default();
        self.weights.push(self.weight_from..self.flow.len(), weight);
        self.weight_from = self.flow.len();
    }

    /// Adds text to the innermost capture.
    fn capture(&mut self, text: &str) {
        /// Longer values are no metadata; what is nested in them must not take forever.
        const MOST: usize = 4096;
        if self.captures_text()
            && let Some((_, captured)) = self.open_captures.last_mut()
        {
            let room = MOST.saturating_sub(captured.len());
            let cut = text.floor_char_boundary(room);
            captured.push_str(&text[..cut]);
        }
    }

    fn end_capture(&mut self) {
        let Some((uses, text)) = self.open_captures.pop() else { return };
        self.capture(&text);
        if self.excluded == 0 {
            for (usage, key) in uses {
                self.captured.add(usage, key, &text);
            }
        }
    }

    /// What the tag alone says.
    fn take_values(&mut self) {
        if self.tag.captures.is_empty() {
            return;
        }
        if self.excluded > 0 || self.tag.excluded {
            self.tag.captures.clear();
            return;
        }
        for (usage, key, value) in self.tag.take_values() {
            let value = if key == "image" { url::beside(&self.base, &value) } else { Some(value) };
            self.captured.add(usage, key, &value.unwrap_or_default());
        }
    }
}

/// Elements that mean nothing but for their attributes.
fn is_running(kind: Kind) -> bool {
    matches!(kind, Kind::Inline | Kind::Link | Kind::Time)
}

/// Whether headers and footers inside belong to the content.
fn is_content(kind: Kind, region: Option<Region>) -> bool {
    matches!(kind, Kind::Main | Kind::Article | Kind::Section) || region.is_some()
}
