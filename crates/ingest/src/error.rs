//! What can go wrong between a folder and its documents.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Where a document stands: a file, and the line in it where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: PathBuf,
    /// The line, from one; none where the document is the whole file.
    pub line: Option<u64>,
}

impl Location {
    pub(crate) fn file(path: &Path) -> Location {
        Location { path: path.to_owned(), line: None }
    }

    pub(crate) fn line(path: &Path, line: u64) -> Location {
        Location { path: path.to_owned(), line: Some(line) }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match self.line {
            Some(line) => write!(f, ":{line}"),
            None => Ok(()),
        }
    }
}

/// An error of ingestion. Its message names the file, the line where there is one, and the remedy.
#[non_exhaustive]
#[derive(Debug)]
pub enum IngestError {
    /// An input does not exist.
    NotFound {
        /// The folder or file as it was given.
        path: PathBuf,
    },
    /// No document was found in any of the inputs.
    NoDocuments {
        /// The folders and files as they were given.
        inputs: Vec<PathBuf>,
        /// Files that were there and left out.
        skipped: u64,
    },
    /// A file given by name has an extension that is not read.
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// A file or folder cannot be read.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line of a `.jsonl` file is not a JSON object.
    Json {
        /// The file and line.
        location: Location,
        /// What the parser says.
        message: String,
    },
    /// A field of a JSON line has the wrong type.
    Field {
        /// The file and line.
        location: Location,
        /// The field.
        field: String,
        /// What it should be.
        expected: &'static str,
    },
    /// One of the globs of the options cannot be read.
    Glob {
        /// The glob.
        glob: String,
        /// What is wrong with it.
        message: String,
    },
    /// A line of a `.suoyinignore` cannot be read.
    Ignore {
        /// The file and line.
        location: Location,
        /// What is wrong with it.
        message: String,
    },
    /// The front matter of a Markdown file cannot be parsed.
    FrontMatter {
        /// The file and line.
        location: Location,
        /// What the parser says.
        message: String,
    },
    /// Two documents have the same id.
    DuplicateId {
        /// The id.
        id: String,
        /// The document that came first.
        first: Location,
        /// The other one.
        second: Location,
    },
    /// A document is longer than the index can address.
    TooLarge {
        /// The document.
        location: Location,
    },
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IngestError::NotFound { path } => write!(
                f,
                "{}: there is no such file or folder; give the folder that holds the documents",
                path.display()
            ),
            IngestError::NoDocuments { inputs, skipped } => {
                for (i, input) in inputs.iter().enumerate() {
                    write!(f, "{}{}", if i == 0 { "" } else { ", " }, input.display())?;
                }
                write!(f, ": no document found")?;
                if *skipped > 0 {
                    write!(f, " ({skipped} files left out)")?;
                }
                write!(f, "; put .txt, .md, .html or .jsonl files there")
            }
            IngestError::UnknownFormat { path } => write!(
                f,
                "{}: this kind of file is not read; give .txt, .md, .html or .jsonl, or a folder",
                path.display()
            ),
            IngestError::Read { path, source } => {
                write!(f, "{}: cannot be read ({source}); check its permissions", path.display())
            }
            IngestError::Json { location, message } => write!(
                f,
                "{location}: not a JSON object ({message}); each line is one document such as \
                 {{\"id\": \"1\", \"title\": \"…\", \"text\": \"…\"}}"
            ),
            IngestError::Field { location, field, expected } => {
                write!(f, "{location}: the field {field:?} should be {expected}; correct the line")
            }
            IngestError::Glob { glob, message } => write!(
                f,
                "the glob {glob:?} cannot be read ({message}); write it as in a .gitignore, \
                 such as \"drafts/\" or \"*.html\""
            ),
            IngestError::Ignore { location, message } => write!(
                f,
                "{location}: the glob cannot be read ({message}); write it as in a .gitignore"
            ),
            IngestError::FrontMatter { location, message } => write!(
                f,
                "{location}: the front matter cannot be parsed ({message}); correct it, or remove \
                 the block"
            ),
            IngestError::DuplicateId { id, first, second } => write!(
                f,
                "{second}: the id {id:?} is taken already by {first}; rename one of the two, or \
                 give the folder above both"
            ),
            IngestError::TooLarge { location } => {
                write!(f, "{location}: the document is larger than 4 GiB; split it")
            }
        }
    }
}

impl std::error::Error for IngestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            IngestError::Read { source, .. } => Some(source),
            _ => None,
        }
    }
}
