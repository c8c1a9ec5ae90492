//! What ingestion did besides making documents. Nothing is left out silently.

mod notices;

use crate::draft::one_line;
use crate::error::Location;

/// Counts and lists of one ingestion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents made.
    pub documents: u64,
    /// Bytes of their titles and texts, in UTF-8.
    pub text_bytes: u64,
    /// Paragraphs left out because the same document has them already.
    pub repeated_paragraphs: u64,
    /// Images, styles, scripts, fonts and the like: counted, not listed.
    pub assets: u64,
    /// Hidden files and folders (`.git`, …): counted, not entered.
    pub hidden: u64,
    /// Files and folders that globs or a `.suoyinignore` leave out: counted, not entered.
    pub excluded: u64,
    /// Blocks left out because they stand in most pages: the sum over `common_blocks`.
    pub common_left_out: u64,
    /// Files and lines that became no document, in order.
    pub skipped: Vec<Skipped>,
    /// Files that were not UTF-8, in order.
    pub decoded: Vec<Decoded>,
    /// Documents that a converter damaged, in order.
    pub repaired: Vec<Repaired>,
    /// Lines that count little: spam and boilerplate, in order.
    pub demoted: Vec<Demoted>,
    /// Blocks that stand in most pages and are kept in one, in order.
    pub common_blocks: Vec<CommonBlock>,
    /// What the author should know: unknown fields, a folder without documents, …
    pub warnings: Vec<Warning>,
}

/// A file or line that became no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, and the line of a `.jsonl` file.
    pub location: Location,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file or line became no document.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// The extension is none of those that are read.
    UnknownFormat,
    /// The file has no text at all.
    Empty,
    /// The page or line has no text for readers.
    NoText,
    /// The file holds binary content despite its extension.
    Binary,
    /// The page asks search engines to leave it out (`noindex`, `search: false`).
    NoIndex,
    /// The page only leads to another one.
    Redirect,
    /// The front matter says `draft: true`.
    Draft,
    /// The page marks no content with `data-suoyin-body`, as others of its input do.
    Unmarked,
    /// The page's canonical URL is that of another page, or a start page repeats it.
    Duplicate,
    /// A generator wrote it beside the pages: its search page, its indexes, copies of the sources.
    Generated,
    /// The symbolic link leads nowhere.
    BrokenLink,
    /// The symbolic link leads back to a folder it stands in.
    LinkLoop,
    /// The file's name is not Unicode.
    FileName,
}

impl SkipReason {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            SkipReason::UnknownFormat => "of an unknown type",
            SkipReason::Empty => "empty",
            SkipReason::NoText => "without text",
            SkipReason::Binary => "with binary content",
            SkipReason::NoIndex => "marked as not to be indexed",
            SkipReason::Redirect => "redirecting elsewhere",
            SkipReason::Draft => "marked as drafts",
            SkipReason::Unmarked => "without data-suoyin-body, which other pages have",
            SkipReason::Duplicate => "being copies of other pages",
            SkipReason::Generated => {
                "written by the site's generator: its search, index and error pages, sources"
            }
            SkipReason::BrokenLink => "linking nowhere",
            SkipReason::LinkLoop => "linking back to a folder above",
            SkipReason::FileName => "with a name that is not Unicode",
        }
    }
}

/// A file that was not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The file.
    pub location: Location,
    /// The encoding it was read as.
    pub encoding: &'static str,
    /// Whether some bytes had no meaning in it and became U+FFFD.
    pub malformed: bool,
}

/// A document with places where pinyin was inserted inside of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The file, and the line of a `.jsonl` file.
    pub location: Location,
    /// Places repaired.
    pub repaired: u64,
    /// Places that stand as they were, or lack a character still.
    pub left: u64,
}

/// A line that counts little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demoted {
    /// The file, and the line where it is known.
    pub location: Location,
    /// The beginning of the line.
    pub text: String,
    /// Why.
    pub reason: DemoteReason,
}

/// Why a line counts little.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemoteReason {
    /// A list of eight words or more without a sentence, of which the document says nothing else.
    Spam,
    /// Who runs the site, its licence number, how to get back to the top, a page number.
    Boilerplate,
}

impl DemoteReason {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            DemoteReason::Spam => "spam",
            DemoteReason::Boilerplate => "boilerplate",
        }
    }
}

/// A block that stands in most pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonBlock {
    /// The page that keeps it, where it counts little.
    pub location: Location,
    /// Its beginning.
    pub text: String,
    /// Pages it was left out of.
    pub left_out: u64,
}

/// The beginning of a line or block, on one line.
pub(crate) fn excerpt(text: &str) -> String {
    const CHARS: usize = 40;
    let beginning: String = text.chars().take(CHARS + 1).collect();
    let line = one_line(&beginning);
    match line.char_indices().nth(CHARS) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// Something the author should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file, and the line where there is one: the first of several.
    pub location: Location,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How often, in this file.
    pub count: u64,
}

impl Report {
    pub(crate) fn skip(&mut self, location: Location, reason: SkipReason) {
        self.skipped.push(Skipped { location, reason });
    }

    /// Adds a warning, or counts it once more if this file has had it.
    pub(crate) fn warn(&mut self, location: Location, message: String) {
        let known = self.warnings.iter_mut().rev();
        let mut of_this_file = known.take_while(|warning| warning.location.path == location.path);
        match of_this_file.find(|warning| warning.message == message) {
            Some(warning) => warning.count += 1,
            None => self.warnings.push(Warning { location, message, count: 1 }),
        }
    }
}
