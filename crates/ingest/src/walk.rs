//! From the inputs to the files to read, in an order that does not depend on the platform.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{IngestError, Location};
use crate::report::{Report, SkipReason};

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

/// The files of all inputs: those of each folder sorted by their id.
pub(crate) fn sources(inputs: &[PathBuf], report: &mut Report) -> Result<Vec<Source>, IngestError> {
    let mut sources = Vec::new();
    let mut without = Vec::new();
    for input in inputs {
        let metadata = fs::metadata(input).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => IngestError::NotFound { path: input.clone() },
            _ => IngestError::Read { path: input.clone(), source },
        })?;
        let before = sources.len();
        if metadata.is_dir() {
            folder(input, &mut sources, report)?;
        } else {
            let (Some(id), Some(format)) = (file_name(input), format_of(input)) else {
                return Err(IngestError::UnknownFormat { path: input.clone() });
            };
            sources.push(Source { path: input.clone(), id, format });
        }
        if sources.len() == before {
            without.push(input);
        }
    }
    if !sources.is_empty() {
        for input in without {
            report.warn(Location::file(input), "no document found in this folder".to_owned());
        }
    }
    Ok(sources)
}

/// The files of one folder.
fn folder(root: &Path, sources: &mut Vec<Source>, report: &mut Report) -> Result<(), IngestError> {
    let from = sources.len();
    let mut hidden = 0;
    let visible = |entry: &DirEntry| {
        let name = entry.file_name().as_encoded_bytes();
        let visible = entry.depth() == 0 || !name.starts_with(b".");
        hidden += u64::from(!visible);
        visible
    };
    // Sorted, so that what is listed in the report stands in the same order everywhere.
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                skip_link(error, root, report)?;
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path();
        match (relative_id(root, path), format_of(path)) {
            (Some(id), Some(format)) => {
                sources.push(Source { path: entry.into_path(), id, format });
            }
            (None, Some(_)) => report.skip(Location::file(path), SkipReason::FileName),
            (_, None) if is_asset(path) => report.assets += 1,
            (_, None) => report.skip(Location::file(path), SkipReason::UnknownFormat),
        }
    }
    report.hidden += hidden;
    sources[from..].sort_unstable_by(|a, b| a.id.cmp(&b.id));
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
