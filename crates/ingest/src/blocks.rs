//! What stands in most pages of a site: menus, addresses, licences.
//!
//! It is kept in the first page that has it, demoted there, and left out of the others. Which blocks
//! these are is known before the first page becomes a document: a [`Census`] counted them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use crate::draft::folded;
use crate::error::Location;
use crate::report::CommonBlock;
use crate::titles::Titles;

/// Fewer pages are no site.
const LEAST_PAGES: usize = 8;

/// What becomes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It belongs to its page.
    Own,
    /// It belongs to the site and stands here first.
    First,
    /// It belongs to the site, and a page before has it.
    Again,
}

/// Who is told of every block of a page but the headings, and of its `<title>`.
pub(crate) trait Blocks {
    fn see(&mut self, block: &str) -> Place;

    /// The `<title>` without the name of the site, where it names this page and no other.
    fn own_title<'t>(&mut self, _title: &'t str) -> Option<&'t str> {
        None
    }
}

/// For what is no page of a site.
pub(crate) struct Unseen;

impl Blocks for Unseen {
    fn see(&mut self, _: &str) -> Place {
        Place::Own
    }
}

/// The blocks of one page, each once, and its `<title>`.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    hashes: HashSet<u64>,
    title: Option<String>,
}

impl Blocks for Seen {
    fn see(&mut self, block: &str) -> Place {
        self.hashes.insert(hash(block));
        Place::Own
    }

    fn own_title<'t>(&mut self, title: &'t str) -> Option<&'t str> {
        self.title = Some(title.to_owned());
        None
    }
}

/// Counts in how many pages each block stands.
#[derive(Debug, Default)]
pub(crate) struct Census {
    pages: usize,
    counts: BTreeMap<u64, usize>,
    titles: Vec<String>,
}

impl Census {
    pub(crate) fn add(&mut self, Seen { hashes, title }: Seen) {
        self.pages += 1;
        let mut hashes: Vec<u64> = hashes.into_iter().collect();
        hashes.sort_unstable();
        for hash in hashes {
            *self.counts.entry(hash).or_default() += 1;
        }
        self.titles.extend(title);
    }

    /// The blocks that stand in more than this share of the pages.
    pub(crate) fn common(self, share: f32) -> Common {
        let least = share.max(0.0) * self.pages as f32;
        let is_common = |count: usize| count > 1 && count as f32 > least;
        let counts = self.counts.into_iter().filter(|&(_, count)| is_common(count));
        let first = counts.map(|(hash, _)| (hash, None));
        let first = if self.pages < LEAST_PAGES { HashMap::new() } else { first.collect() };
        Common { first, titles: Titles::of(&self.titles), ..Common::default() }
    }
}

/// The blocks of a site, and where each stood first; and its `<title>`s.
#[derive(Debug, Default)]
pub(crate) struct Common {
    titles: Titles,
    /// By a block's hash: its index in `blocks`, once it was seen.
    first: HashMap<u64, Option<usize>>,
    blocks: Vec<Block>,
    page: usize,
}

#[derive(Debug)]
struct Block {
    page: usize,
    text: String,
    location: Option<Location>,
    left_out: u64,
}

impl Blocks for Common {
    fn see(&mut self, block: &str) -> Place {
        if self.first.is_empty() {
            return Place::Own;
        }
        let Some(first) = self.first.get_mut(&hash(block)) else { return Place::Own };
        match *first {
            None => {
                *first = Some(self.blocks.len());
                let text = block.to_owned();
                self.blocks.push(Block { page: self.page, text, location: None, left_out: 0 });
                Place::First
            }
            // A short block may stand twice in a page.
            Some(at) if self.blocks[at].page == self.page => Place::First,
            Some(at) => {
                self.blocks[at].left_out += 1;
                Place::Again
            }
        }
    }

    fn own_title<'t>(&mut self, title: &'t str) -> Option<&'t str> {
        self.titles.own(title)
    }
}

impl Common {
    /// The page is read; it stands at `location`.
    pub(crate) fn end_page(&mut self, location: &Location) {
        for block in self.blocks.iter_mut().rev().take_while(|block| block.location.is_none()) {
            block.location = Some(location.clone());
        }
        self.page += 1;
    }

    /// Those that were left out somewhere, in the order in which they stood first.
    pub(crate) fn report(&self) -> impl Iterator<Item = CommonBlock> {
        self.blocks.iter().filter(|block| block.left_out > 0).filter_map(|block| {
            let (text, location) = (crate::report::excerpt(&block.text), block.location.clone()?);
            Some(CommonBlock { location, text, left_out: block.left_out })
        })
    }
}

/// The same on every machine and in every run.
fn hash(block: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(folded(block).as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn common(share: f32, pages: usize) -> Common {
        let mut census = Census::default();
        for page in 0..pages {
            let mut seen = Seen::default();
            seen.see("版权 所有");
            seen.see("版权所有");
            if page % 2 == 0 {
                seen.see("一半");
            }
            census.add(seen);
        }
        census.common(share)
    }

    #[test]
    fn common_blocks_stay_once() {
        let mut common = common(0.5, 8);
        assert_eq!(common.see("版权所有"), Place::First);
        assert_eq!(common.see("版权所有"), Place::First);
        common.end_page(&Location::file(Path::new("a")));
        assert_eq!(common.see("版权所有 "), Place::Again);
        // Not in more than half.
        assert_eq!(common.see("一半"), Place::Own);
        assert_eq!(common.see("别的"), Place::Own);
        let report: Vec<CommonBlock> = common.report().collect();
        assert_eq!((report.len(), report[0].left_out), (1, 1));
        assert_eq!(report[0].location.path, Path::new("a"));
    }

    #[test]
    fn few_pages_are_no_site() {
        assert_eq!(common(0.5, 7).see("版权所有"), Place::Own);
        assert_eq!(common(0.4, 8).see("一半"), Place::First);
    }
}
