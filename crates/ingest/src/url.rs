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

/// The URL of the document `id` under `base`. Where `base` is a place on a web server, an
/// `index.html` is named by its folder: that is the page's own address, and the only one that the
/// scripts of some generators (Docusaurus) take for it.
pub(crate) fn of_id(base: &str, id: &str) -> String {
    let mut url = with_slash(base);
    let folder =
        id.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let id = folder.filter(|_| is_on_server(&url)).unwrap_or(id);
    url.extend(utf8_percent_encode(id, PATH));
    url
}

/// Whether a base is a folder on a server, and no query or fragment.
fn is_on_server(base: &str) -> bool {
    base.ends_with('/')
        && !base.contains(['?', '#'])
        && (base.starts_with('/') || base.starts_with("https://") || base.starts_with("http://"))
}

/// The URL that a document gives for itself: as it stands where it is absolute, else under `base`.
pub(crate) fn given(base: &str, url: &str) -> String {
    if base.is_empty() || is_absolute(url) { url.to_owned() } else { with_slash(base) + url }
}

/// Where `address` leads when it stands in the page `page`; none where it is no web address.
pub(crate) fn beside(page: &str, address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') {
        return None;
    }
    if is_absolute(address) {
        let web =
            |scheme| address.get(..8).is_some_and(|a| a.to_ascii_lowercase().starts_with(scheme));
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(format!("{}{address}", origin(page)));
        }
        return (address.starts_with("//") || web("https://") || web("http://"))
            .then(|| address.to_owned());
    }
    let folder = path_of(page).rsplit_once('/').map_or("", |(folder, _)| folder);
    let root = origin(page);
    let mut path: Vec<&str> = Vec::new();
    let rooted = !root.is_empty() || page.starts_with('/');
    let segments = folder.split('/').filter(|segment| !segment.is_empty());
    for segment in segments.chain(address.split('/')) {
        match segment {
            "." => {}
            ".." if path.last().is_some_and(|last| *last != "..") => drop(path.pop()),
            ".." if rooted => {}
            _ => path.push(segment),
        }
    }
    let slash = if rooted { "/" } else { "" };
    Some(format!("{root}{slash}{}", path.join("/")))
}

/// `https://example.org` of an absolute URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map(|at| at + 3).or(url.starts_with("//").then_some(2));
    host.map_or("", |host| &url[..url[host..].find('/').map_or(url.len(), |at| host + at)])
}

/// An URL without its origin, query and fragment.
fn path_of(url: &str) -> &str {
    let path = &url[origin(url).len()..];
    path.split(['?', '#']).next().unwrap_or(path)
}

/// What two addresses of one page have in common: no scheme, fragment, extension, `index` or slash at
/// the end.
pub(crate) fn same_page(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let url = url.strip_prefix("https:").or(url.strip_prefix("http:")).unwrap_or(url);
    let url = url.strip_suffix(".html").or(url.strip_suffix(".htm")).unwrap_or(url);
    let url = match url.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => url,
    };
    url.trim_end_matches('/').to_owned()
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
    fn an_index_page_has_its_folders_address_on_a_server() {
        assert_eq!(of_id("/", "index.html"), "/");
        assert_eq!(of_id("/docs", "a b/index.html"), "/docs/a%20b/");
        assert_eq!(of_id("https://example.org/", "a/index.html"), "https://example.org/a/");
        assert_eq!(of_id("/", "a/my-index.html"), "/a/my-index.html");
        // In a folder that is no server's, nothing turns a folder into its page.
        assert_eq!(of_id("", "a/index.html"), "a/index.html");
        assert_eq!(of_id("../", "a/index.html"), "../a/index.html");
        assert_eq!(of_id("file:///docs/", "index.html"), "file:///docs/index.html");
        assert_eq!(of_id("/?page=/", "index.html"), "/?page=/index.html");
    }

    #[test]
    fn addresses_in_pages() {
        let beside = |page, address| beside(page, address).unwrap_or_default();
        assert_eq!(beside("a/b.html", "c.png"), "a/c.png");
        assert_eq!(beside("a/b.html", "../../c.png"), "../c.png");
        assert_eq!(beside("/docs/a/b.html", "../../../c.png"), "/c.png");
        assert_eq!(beside("https://example.org/a/b", "./c.png"), "https://example.org/a/c.png");
        assert_eq!(beside("https://example.org/a/b", "/c.png"), "https://example.org/c.png");
        assert_eq!(beside("b.html", "/c.png"), "/c.png");
        assert_eq!(beside("b.html?x=a/y", "c.png"), "c.png");
        assert_eq!(beside("b.html", "HTTP://example.org/c"), "HTTP://example.org/c");
        assert_eq!(beside("b.html", "//example.org/c"), "//example.org/c");
        for address in ["", "#a", "data:image/png;base64,x", "javascript:x", "file:///x"] {
            assert_eq!(beside("a/b.html", address), "");
        }
    }

    #[test]
    fn names_of_one_page() {
        for url in
            ["https://example.org/a/", "http://example.org/a/index.html", "//example.org/a#b"]
        {
            assert_eq!(same_page(url), "//example.org/a");
        }
        assert_eq!(same_page("a/b.html"), "a/b");
        assert_eq!(same_page("index.html"), "");
        assert_eq!(same_page("myindex.html"), "myindex");
    }

    #[test]
    fn given_urls_are_kept() {
        assert_eq!(given("/docs", "a.html#b"), "/docs/a.html#b");
        assert_eq!(given("/docs", "/a"), "/a");
        assert_eq!(given("/docs", "https://example.org/a"), "https://example.org/a");
        assert_eq!(given("", "a:b c"), "a:b c");
    }
}
