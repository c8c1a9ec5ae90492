//! From a document's id to the address a hit leads to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself in a path: RFC 3986's `pchar` and `/`. The colon is encoded, so that a
/// name such as `a:b.txt` does not become a scheme; so are the quotes and brackets that HTML and
/// Markdown could trip over.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b'=')
    .remove(b'@');

/// The URL of the document `id` under `base`.
pub(crate) fn of_id(base: &str, id: &str) -> String {
    let mut url = with_slash(base);
    url.extend(utf8_percent_encode(id, PATH));
    url
}

/// The URL that a document gives for itself: as it stands where it is absolute, else under `base`.
pub(crate) fn given(base: &str, url: &str) -> String {
    if base.is_empty() || is_absolute(url) { url.to_owned() } else { with_slash(base) + url }
}

fn with_slash(base: &str) -> String {
    let open = base.is_empty() || base.ends_with(['/', '=', '#', '?']);
    if open { base.to_owned() } else { format!("{base}/") }
}

fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    url.starts_with('/') || is_scheme
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_encoded() {
        assert_eq!(of_id("", "a/b.txt"), "a/b.txt");
        assert_eq!(of_id("/docs", "a b.txt"), "/docs/a%20b.txt");
        assert_eq!(of_id("https://example.org/", "中.md"), "https://example.org/%E4%B8%AD.md");
        assert_eq!(of_id("?page=", "a?b#c%d"), "?page=a%3Fb%23c%25d");
        assert_eq!(of_id("", "javascript:x"), "javascript%3Ax");
    }

    #[test]
    fn given_urls_are_kept() {
        assert_eq!(given("/docs", "a.html#b"), "/docs/a.html#b");
        assert_eq!(given("/docs", "/a"), "/a");
        assert_eq!(given("/docs", "https://example.org/a"), "https://example.org/a");
        assert_eq!(given("", "a:b c"), "a:b c");
    }
}
