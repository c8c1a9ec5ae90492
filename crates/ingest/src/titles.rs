//! What the `<title>`s of a site tell: some name the page, some a section or the site, and many the
//! site as well.

use std::collections::{BTreeMap, HashSet};

use crate::draft::folded;

/// Fewer pages are no site.
const LEAST_PAGES: usize = 8;
/// What stands between the names of a page and of its site, unless it is inside a word: `Wi-Fi`, `2023-01`.
const SEPARATORS: [char; 9] = ['-', '–', '—', '|', '｜', '_', '·', ':', '«'];

/// What is known of the `<title>`s of a site.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    /// What most of them begin or end with, folded.
    site: HashSet<String>,
    /// Those that several pages have, without that.
    shared: HashSet<String>,
    /// Whether they tell pages apart.
    tell: bool,
}

impl Titles {
    /// Learns from the `<title>`s of some pages.
    pub(crate) fn of(titles: &[String]) -> Titles {
        let mut known = Titles::default();
        if titles.len() < LEAST_PAGES {
            return known;
        }
        let first = titles.iter().filter_map(|title| Some(first(title)?.0));
        let last = titles.iter().filter_map(|title| Some(last(title)?.1));
        let in_most = |&(_, count): &(String, usize)| count * 2 > titles.len();
        known.site = counts(first.chain(last)).filter(in_most).map(|(name, _)| name).collect();
        let rests = titles.iter().map(|title| known.without_site(title));
        let counted: Vec<(String, usize)> = counts(rests).collect();
        known.tell = counted.len() * 4 > titles.len() * 3;
        let shared = counted.into_iter().filter(|&(_, count)| count > 1);
        known.shared = shared.map(|(title, _)| title).collect();
        known
    }

    /// The `<title>` without the name of the site, where it names this page and no other.
    pub(crate) fn own<'t>(&self, title: &'t str) -> Option<&'t str> {
        let own = self.without_site(title);
        (self.tell && !own.is_empty() && !self.shared.contains(&folded(own))).then_some(own)
    }

    fn without_site<'t>(&self, title: &'t str) -> &'t str {
        match (first(title), last(title)) {
            (_, Some((rest, last))) if self.site.contains(&folded(last)) => rest,
            (Some((first, rest)), _) if self.site.contains(&folded(first)) => rest,
            _ => title,
        }
    }
}

/// The first of several names, and the others.
fn first(title: &str) -> Option<(&str, &str)> {
    split(title, separators(title).next()?)
}

/// The last of several names, behind the others.
fn last(title: &str) -> Option<(&str, &str)> {
    split(title, separators(title).next_back()?)
}

fn separators(title: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    let is_of_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    title.match_indices(SEPARATORS).filter(move |&(at, separator)| {
        let behind = title[at + separator.len()..].chars().next();
        !(is_of_word(title[..at].chars().next_back()) && is_of_word(behind))
    })
}

fn split<'t>(title: &'t str, (at, separator): (usize, &str)) -> Option<(&'t str, &'t str)> {
    Some((title[..at].trim(), title[at + separator.len()..].trim()))
}

/// How often each stands there, folded.
fn counts<'t>(names: impl Iterator<Item = &'t str>) -> impl Iterator<Item = (String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(folded(name)).or_default() += 1);
    counts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pages: usize, title: impl Fn(usize) -> String) -> Titles {
        Titles::of(&(0..pages).map(title).collect::<Vec<String>>())
    }

    #[test]
    fn the_name_of_the_site_is_left_out() {
        for known in [of(8, |n| format!("第{n}页 - 村网")), of(8, |n| format!("村网 | 第{n}页"))]
        {
            assert_eq!(known.own("停电 - 村网"), Some("停电"));
            assert_eq!(known.own("村网_停电"), Some("停电"));
            assert_eq!(known.own("停电 - 水务"), Some("停电 - 水务"));
            assert_eq!(known.own("村网"), Some("村网"));
            assert_eq!(known.own("- 村网"), None, "nothing is left");
            assert_eq!(known.own("第3页"), Some("第3页"));
        }
    }

    #[test]
    fn words_are_not_cut() {
        for title in ["Wi-Fi 第#课", "2023-01-0# 通知", "SF_Array#", "2020–2#年"] {
            let titles = of(8, |n| title.replace('#', &n.to_string()));
            let own = title.replace('#', "9");
            assert_eq!(titles.own(&own), Some(&*own));
        }
    }

    #[test]
    fn a_title_of_several_pages_names_none() {
        let known = of(20, |n| format!("第{}页", n.max(2)));
        assert_eq!(known.own("第 2 页"), None);
        assert_eq!(known.own("第3页"), Some("第3页"));
        assert_eq!(of(8, |_| "村网".to_owned()).own("停电"), None);
        assert_eq!(of(8, |n| format!("栏目{}", n / 4)).own("停电"), None, "they name sections");
        assert_eq!(of(7, |n| format!("第{n}页")).own("停电"), None, "few pages are no site");
    }
}
