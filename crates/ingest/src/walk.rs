//! From the inputs to the files to read, in an order that does not depend on the platform.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::{IngestError, Location};
use crate::generated;
use crate::report::{Report, SkipReason};
use crate::select::{Fate, IGNORE_FILE, Selection};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Markdown,
    Html,
    JsonLines,
}

/// A file to read.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The path relative to the input, with `/`.
    pub(crate) id: String,
    pub(crate) format: Format,
    /// Which of the inputs it belongs to.
    pub(crate) input: usize,
}

/// What the inputs hold.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files to read: those of each folder sorted by their id.
    pub(crate) sources: Vec<Source>,
    /// The ignore files that were read.
    pub(crate) ignore_files: Vec<PathBuf>,
}

/// What belongs to a site and has no text to search.
const ASSETS: &[&str] = &[
    "apng",
    "avif",
    "bmp",
    "css",
    "cur",
    "eot",
    "flac",
    "gif",
    "ico",
    "jpeg",
    "jpg",
    "js",
    "m4a",
    "map",
    "mjs",
    "mp3",
    "mp4",
    "ogg",
    "ogv",
    "otf",
    "png",
    "scss",
    "svg",
    "tif",
    "tiff",
    "ttf",
    "wasm",
    "wav",
    "webm",
    "webmanifest",
    "webp",
    "woff",
    "woff2",
];

/// Looks for the files of all inputs.
pub(crate) fn sources(
    inputs: &[PathBuf],
    selection: &Selection,
    report: &mut Report,
) -> Result<Found, IngestError> {
    let mut found = Found::default();
    let mut without = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let metadata = fs::metadata(input).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => IngestError::NotFound { path: input.clone() },
            _ => IngestError::Read { path: input.clone(), source },
        })?;
        let before = found.sources.len();
        if metadata.is_dir() {
            folder(input, number, selection, &mut found, report)?;
        } else {
            let (Some(id), Some(format)) = (file_name(input), format_of(input)) else {
                return Err(IngestError::UnknownFormat { path: input.clone() });
            };
            found.sources.push(Source { path: input.clone(), id, format, input: number });
        }
        if found.sources.len() == before {
            without.push(input);
        }
    }
    if !found.sources.is_empty() {
        for input in without {
            report.warn(Location::file(input), "no document found in this folder".to_owned());
        }
    }
    Ok(found)
}

/// The files of one folder.
fn folder(
    root: &Path,
    input: usize,
    selection: &Selection,
    found: &mut Found,
    report: &mut Report,
) -> Result<(), IngestError> {
    let from = found.sources.len();
    let mut filter = selection.below(root)?;
    // Folders that Sphinx made, and those that hold fonts.
    let (mut sphinx, mut fonts) = (HashSet::new(), HashSet::new());
    // Sorted, so that what is listed in the report stands in the same order everywhere.
    let mut walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                skip_link(error, root, report)?;
                continue;
            }
        };
        let (path, depth, is_dir) = (entry.path(), entry.depth(), entry.file_type().is_dir());
        if depth > 0 {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let fate = if hidden { Fate::Excluded } else { filter.fate(path, depth, is_dir) };
            if fate != Fate::Read {
                let is_ignore_file = entry.file_name() == IGNORE_FILE;
                report.hidden += u64::from(hidden && !is_ignore_file);
                report.excluded += u64::from(fate == Fate::Excluded && !hidden);
                if is_dir {
                    walk.skip_current_dir();
                }
                continue;
            }
            let in_sphinx = path.parent().is_some_and(|parent| sphinx.contains(parent));
            let name = entry.file_name().to_str().unwrap_or_default();
            if generated::is_generated(name, is_dir, depth == 1, in_sphinx) {
                report.skip(Location::file(path), SkipReason::Generated);
                if is_dir {
                    walk.skip_current_dir();
                }
                continue;
            }
        }
        if is_dir {
            if generated::is_sphinx(path) {
                sphinx.insert(path.to_owned());
            }
            found.ignore_files.extend(filter.enter(path, depth)?);
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        if let Some(folder) = path.parent().filter(|_| generated::is_font(path)) {
            fonts.insert(folder.to_owned());
        }
        match (relative_id(root, path), format_of(path)) {
            (Some(id), Some(format)) => {
                found.sources.push(Source { path: entry.into_path(), id, format, input });
            }
            (None, Some(_)) => report.skip(Location::file(path), SkipReason::FileName),
            (_, None) if is_asset(path) => report.assets += 1,
            (_, None) => report.skip(Location::file(path), SkipReason::UnknownFormat),
        }
    }
    let walked = found.sources.split_off(from);
    let (licences, pages): (Vec<Source>, Vec<Source>) = walked.into_iter().partition(|source| {
        let beside_fonts = source.path.parent().is_some_and(|folder| fonts.contains(folder));
        source.format == Format::Plain && beside_fonts && generated::is_licence(&source.path)
    });
    report.assets += licences.len() as u64;
    found.sources.extend(pages);
    found.sources[from..].sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Ok(())
}

/// Links that lead nowhere or in a circle are passed over; other errors are errors.
fn skip_link(error: walkdir::Error, root: &Path, report: &mut Report) -> Result<(), IngestError> {
    let path = error.path().unwrap_or(root).to_owned();
    if error.loop_ancestor().is_some() {
        report.skip(Location { path, line: None }, SkipReason::LinkLoop);
        return Ok(());
    }
    let source = io::Error::from(error);
    if source.kind() == io::ErrorKind::NotFound {
        report.skip(Location { path, line: None }, SkipReason::BrokenLink);
        return Ok(());
    }
    Err(IngestError::Read { path, source })
}

fn relative_id(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).ok()?;
    let mut id = String::new();
    for component in relative.components() {
        if !id.is_empty() {
            id.push('/');
        }
        id.push_str(component.as_os_str().to_str()?);
    }
    (!id.is_empty()).then_some(id)
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

fn format_of(path: &Path) -> Option<Format> {
    match extension(path)?.as_str() {
        "txt" | "text" => Some(Format::Plain),
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" => Some(Format::Html),
        "jsonl" => Some(Format::JsonLines),
        _ => None,
    }
}

fn is_asset(path: &Path) -> bool {
    extension(path).is_some_and(|extension| ASSETS.contains(&extension.as_str()))
}
