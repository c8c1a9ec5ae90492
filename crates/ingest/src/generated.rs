//! What generators write beside the pages that authors wrote.

use std::path::Path;

/// The inventory that Sphinx puts beside its start page.
const INVENTORY: &str = "objects.inv";

/// Whether a folder is a site that Sphinx made.
pub(crate) fn is_sphinx(folder: &Path) -> bool {
    folder.join(INVENTORY).is_file()
}

/// Whether a generator wrote this file or folder of `folder`, which may be the whole site.
pub(crate) fn is_generated(name: &str, is_dir: bool, is_root: bool, in_sphinx: bool) -> bool {
    if is_dir {
        // The pages once more, as they were before they were pages.
        return in_sphinx && name == "_sources";
    }
    let Some(stem) = name.strip_suffix(".html") else { return false };
    let lists =
        || stem == "genindex" || stem.starts_with("genindex-") || stem.ends_with("-modindex");
    // Deeper down, it may be a page about this number.
    (is_root && stem == "404") || (in_sphinx && (stem == "search" || lists()))
}

/// Whether a text is a licence, by its name.
pub(crate) fn is_licence(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let stem = stem.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "OFL"].iter().any(|word| stem.contains(word))
}

/// Whether a file is a font, by its name.
pub(crate) fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["eot", "otf", "ttf", "woff", "woff2"].iter().any(|font| extension.eq_ignore_ascii_case(font))
}

/// Whether a page is the start page of its folder.
pub(crate) fn is_start_page(id: &str) -> bool {
    matches!(id.rsplit('/').next(), Some("index.html" | "index.htm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_generated() {
        for name in ["genindex.html", "genindex-A.html", "py-modindex.html", "search.html"] {
            assert!(is_generated(name, false, false, true), "{name}");
            assert!(!is_generated(name, false, true, false), "{name}");
        }
        assert!(is_generated("_sources", true, false, true));
        assert!(!is_generated("_sources", true, true, false));
        assert!(is_generated("404.html", false, true, false));
        assert!(!is_generated("404.html", false, false, true));
        assert!(!is_generated("search.html", true, false, true));
        assert!(!is_generated("index.html", false, true, true));
    }

    #[test]
    fn names() {
        assert!(
            is_licence(Path::new("a/OPEN-SANS-LICENSE.txt")) && is_licence(Path::new("OFL.txt"))
        );
        assert!(!is_licence(Path::new("license/a.txt")));
        assert!(is_font(Path::new("a.WOFF2")) && !is_font(Path::new("woff2")));
        assert!(is_start_page("index.html") && is_start_page("a/index.htm"));
        assert!(!is_start_page("a/my-index.html"));
    }
}
