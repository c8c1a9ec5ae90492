//! What can go wrong when an index is written or read.

use std::fmt;

/// An error of the core. Its message says what to do.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The bytes are no index of ours: the magic number is missing.
    NotAnIndex,
    /// The index has another format version than this reader.
    Version {
        /// Version in the file.
        found: u32,
        /// The only version this reader reads.
        supported: u32,
    },
    /// The index is shorter than its header says, for instance after an interrupted download.
    Truncated {
        /// Bytes the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The checksum does not match, or a structure contradicts itself.
    Damaged {
        /// The structure in which it was noticed.
        structure: &'static str,
    },
    /// A structure would outgrow the format's 32-bit limits.
    TooLarge {
        /// What is too large.
        what: &'static str,
    },
    /// An index in shards needs positions, and the writer was told to drop them.
    NoPositions,
    /// The index has no such field to filter, sort or count by.
    NoField {
        /// The field that was asked for.
        field: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// An index in shards needs some that are not loaded: fetch them, hand them over, and ask again.
    Missing {
        /// Their names, relative to the root.
        shards: Vec<String>,
    },
    /// A synonym that could never help.
    Synonym {
        /// The word.
        word: String,
        /// What should stand for it.
        other: String,
    },
    /// Two documents have the same id.
    DuplicateId {
        /// The id.
        id: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotAnIndex => {
                write!(f, "these bytes are not a Suoyin index; give the file `suoyin build` wrote")
            }
            Error::Version { found, supported } => write!(
                f,
                "the index has format version {found}, this reader reads version {supported}; \
                 build the index again, or use the release of Suoyin that made it"
            ),
            Error::Truncated { expected, found } => write!(
                f,
                "the index is cut short: {found} of {expected} bytes; download or build it again"
            ),
            Error::Damaged { structure } => {
                write!(f, "the index is damaged ({structure}); download or build it again")
            }
            Error::TooLarge { what } => {
                write!(f, "{what} outgrow what one index can hold; split the documents")
            }
            Error::NoPositions => {
                write!(f, "an index in shards needs positions; let the writer keep them")
            }
            Error::NoField { field, known } => {
                f.write_str("the index has no field \"")?;
                f.write_str(field)?;
                f.write_str(
                    "\" to filter, sort or count by; `suoyin build --facet` adds it to these:",
                )?;
                for field in known {
                    f.write_str(" ")?;
                    f.write_str(field)?;
                }
                Ok(())
            }
            Error::Missing { shards } => {
                write!(f, "{} shards of the index must be loaded first", shards.len())
            }
            Error::Synonym { word, other } => write!(
                f,
                "{word:?} and {other:?} cannot be synonyms: to a search they are the same, or one has \
                 neither letters nor digits; leave one out"
            ),
            Error::DuplicateId { id } => write!(f, "two documents have the id {id:?}"),
        }
    }
}

impl std::error::Error for Error {}
