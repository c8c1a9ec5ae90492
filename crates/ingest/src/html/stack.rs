//! The open elements, with the end tags that HTML lets authors omit or misplace.

use suoyin_core::Weight;

use super::elements::Kind;

/// An element's name, cut where it is longer than any that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; 15],
    length: u8,
}

impl Name {
    pub(super) fn new(name: &[u8]) -> Name {
        let mut bytes = [0; 15];
        let kept = name.len().min(bytes.len());
        bytes[..kept].copy_from_slice(&name[..kept]);
        Name { bytes, length: u8::try_from(name.len()).unwrap_or(u8::MAX) }
    }
}

/// Where the content of a page may be, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Region {
    /// `[data-suoyin-body]`.
    Marked,
    /// `main`, `[role=main]`.
    Main,
    Article,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) name: Name,
    pub(super) kind: Kind,
    /// Whether its text is left out.
    pub(super) hidden: bool,
    /// Whether nothing in it counts, not even for metadata.
    pub(super) excluded: bool,
    /// Whether its text is captured.
    pub(super) captured: bool,
    pub(super) weight: Option<Weight>,
    pub(super) region: Option<Region>,
}

/// So many open elements are searched for the one that an end tag closes, so that malformed pages
/// take no longer than others.
const REACH: usize = 1000;

/// The index of the element that the end tag `name` closes.
pub(super) fn closed_by(stack: &[Open], name: Name, kind: Kind) -> Option<usize> {
    let of_table = matches!(kind, Kind::Table | Kind::RowGroup | Kind::Row | Kind::Cell);
    for (index, open) in stack.iter().enumerate().rev().take(REACH) {
        let heading = matches!((open.kind, kind), (Kind::Heading(_), Kind::Heading(_)));
        if open.name == name || heading {
            return Some(index);
        }
        // An end tag in a cell closes nothing outside of it, one in a table no row around it.
        if open.kind == Kind::Table || (open.kind == Kind::Cell && !of_table) {
            return None;
        }
    }
    None
}
