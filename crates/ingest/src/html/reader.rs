//! Drives a [`Page`] from the tokenizer.
//!
//! This is the tokenizer's `Emitter` rather than its callbacks: comments, document types and the
//! values of attributes without meaning here are never copied, nor is text that is left out.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::marks::may_have_marks;
use super::page::Page;

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let mut reader = Reader {
        page: Page::new(html.len() / 4, may_have_marks(html)),
        text: Vec::new(),
        name: Vec::new(),
        last_start: Vec::new(),
        is_start: false,
        is_open: false,
        self_closing: false,
        attribute: Vec::new(),
        value: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, &mut reader).finish();
    reader.page.finish();
    reader.page
}

struct Reader {
    page: Page,
    /// Text since the last tag.
    text: Vec<u8>,
    /// The current tag's name, and whether it is a start tag.
    name: Vec<u8>,
    is_start: bool,
    /// Whether the page knows of it.
    is_open: bool,
    self_closing: bool,
    /// The start tag before: in a script, only its end tag is a tag.
    last_start: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
}

impl Reader {
    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.page.text(&String::from_utf8_lossy(&self.text));
            self.text.clear();
        }
    }

    fn open_tag(&mut self) {
        if !self.is_open {
            self.is_open = true;
            self.page.tag.open(&self.name);
        }
    }

    fn flush_attribute_name(&mut self) {
        if !self.attribute.is_empty() {
            self.page.tag.attribute(&self.attribute);
            self.attribute.clear();
        }
    }

    fn flush_attribute(&mut self) {
        self.flush_attribute_name();
        if !self.value.is_empty() {
            self.page.tag.attribute_value(&self.value);
            self.value.clear();
        }
    }
}

impl Emitter for &mut Reader {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush_text();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        if self.page.takes_text() {
            self.text.extend(text);
        }
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.attribute.clear();
        self.value.clear();
        self.is_start = true;
        self.is_open = false;
        self.self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.is_start = false;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend(name);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn init_attribute(&mut self) {
        if self.is_start {
            self.open_tag();
            self.flush_attribute();
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.is_start {
            self.attribute.extend(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.is_start {
            self.flush_attribute_name();
            if self.page.tag.takes_value() {
                self.value.extend(value);
            }
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_text();
        if !self.is_start {
            self.last_start.clear();
            self.page.end(&self.name);
            return None;
        }
        self.open_tag();
        self.flush_attribute();
        self.page.start(self.self_closing);
        std::mem::swap(&mut self.last_start, &mut self.name);
        // Scripts, styles and titles hold no tags.
        naive_next_state(&self.last_start)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn emit_current_doctype(&mut self) {}
}
