//! What the head of a page says, and the elements that speak as it does.

use super::page::Page;
use crate::byline;
use crate::draft::one_line;
use crate::url;

impl Page {
    pub(super) fn relation(&mut self) {
        let is_canonical = self.tag.key.split_ascii_whitespace().any(|word| word == "canonical");
        if is_canonical && self.hidden == 0 && self.canonical.is_empty() {
            self.canonical = one_line(&self.tag.value);
        }
    }

    pub(super) fn image(&mut self) {
        /// The first will do, if it stands in the content.
        const MOST: usize = 50;
        if !self.tag.is_icon
            && self.images.len() < MOST
            && let Some(image) = url::beside(&self.base, self.tag.value.trim())
        {
            self.images.push((self.flow.len(), image));
        }
    }

    pub(super) fn root(&mut self) {
        if !self.tag.lang.is_empty() {
            let lang = self.tag.lang.clone();
            self.fill("lang", lang);
        }
    }

    pub(super) fn time(&mut self) {
        if let Some(date) = byline::iso_date(&self.tag.value) {
            // A `meta` may come later only in a malformed page.
            self.fill("date", date);
        }
    }

    pub(super) fn meta(&mut self) {
        let value = one_line(&self.tag.value);
        if self.hidden > 0 || value.is_empty() {
            return;
        }
        match self.tag.key.as_str() {
            "robots" | "suoyin" => {
                let mut words = value.split(|c: char| c == ',' || c.is_whitespace());
                self.no_index |= words
                    .any(|w| w.eq_ignore_ascii_case("noindex") || w.eq_ignore_ascii_case("none"));
            }
            "refresh" => self.redirects |= is_redirect(&value),
            // The names that Chinese public bodies use stand beside the common ones.
            "articletitle" => {
                self.title = value;
                self.has_title = true;
            }
            "author" => self.fill("author", value),
            "contentsource" | "source" => self.fill("source", value),
            "description" => self.fill("description", value),
            "keywords" => self.keywords(&value),
            "og:image" if self.social_image.is_empty() => {
                self.social_image = url::beside(&self.base, &value).unwrap_or_default();
            }
            "date"
            | "pubdate"
            | "publishdate"
            | "dc.date"
            | "dcterms.date"
            | "datepublished"
            | "article:published_time" => {
                let date = byline::iso_date(&value).unwrap_or(value);
                self.fill("date", date);
            }
            _ => {}
        }
    }

    /// A page may have several lists of them.
    fn keywords(&mut self, words: &str) {
        const MOST: usize = 4096;
        let mut keywords = self.meta.remove("keywords").unwrap_or_default().into_vec();
        let mut bytes: usize = keywords.iter().map(String::len).sum();
        for word in words.split([',', '，', ';', '；']).map(str::trim) {
            if !word.is_empty() && bytes < MOST && !keywords.iter().any(|known| known == word) {
                bytes += word.len();
                keywords.push(word.to_owned());
            }
        }
        if !keywords.is_empty() {
            self.meta.insert("keywords".to_owned(), keywords.into());
        }
    }

    fn fill(&mut self, field: &str, value: String) {
        self.meta.entry(field.to_owned()).or_insert(value.into());
    }
}

/// Whether a `refresh` leads elsewhere, at once.
fn is_redirect(value: &str) -> bool {
    const SOON: f32 = 10.0;
    let lower = value.to_ascii_lowercase();
    let delay = lower.split([';', ',']).next().unwrap_or("").trim().parse::<f32>();
    lower.contains("url") && delay.is_ok_and(|delay| delay < SOON)
}
