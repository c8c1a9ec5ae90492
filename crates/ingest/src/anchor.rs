//! Anchors of headings as GitHub, and most generators after it, make them.

use std::collections::HashMap;

/// Hands out the anchors of one page.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    used: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor of a heading: lower case, without punctuation, hyphens for spaces; `-1` where it
    /// is taken.
    pub(crate) fn of_heading(&mut self, heading: &str) -> String {
        let base = slug(heading);
        let mut anchor = base.clone();
        while self.used.contains_key(&anchor) {
            let count = self.used.entry(base.clone()).or_default();
            *count += 1;
            anchor = format!("{base}-{count}");
        }
        self.used.insert(anchor.clone(), 0);
        anchor
    }

    /// An anchor that the author chose.
    pub(crate) fn custom(&mut self, id: &str) -> String {
        self.used.entry(id.to_owned()).or_default();
        id.to_owned()
    }
}

fn slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        match c {
            ' ' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(c),
            _ if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            // Combining marks belong to their letters.
            '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' => slug.push(c),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Getting Started"), "getting-started");
        assert_eq!(slug("1.2 安装：从源码（推荐）"), "12-安装从源码推荐");
        assert_eq!(slug("`fn main()` & more"), "fn-main--more");
        assert_eq!(slug("snake_case"), "snake_case");
    }

    #[test]
    fn duplicates() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.of_heading("用法"), "用法");
        assert_eq!(anchors.of_heading("用法"), "用法-1");
        assert_eq!(anchors.of_heading("用法-1"), "用法-1-1");
        assert_eq!(anchors.custom("mine"), "mine");
        assert_eq!(anchors.of_heading("Mine"), "mine-1");
    }
}
