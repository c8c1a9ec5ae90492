//! What can go wrong when an index is written or read.

use crate::digits::decimal;
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
    /// What the writer cannot take. Its messages are made where it says so: a reader carries none.
    Refused {
        /// What is wrong, and what to do.
        reason: String,
    },
}

impl Error {
    /// What happened, and what to do.
    pub fn message(&self) -> String {
        let mut message = String::new();
        // Not `concat` and `join`, each of which would be a hundredth of the engine.
        let mut say = |parts: &[&str]| parts.iter().for_each(|part| message.push_str(part));
        match self {
            Error::NotAnIndex => {
                say(&["these bytes are not a Suoyin index; give the file `suoyin build` wrote"]);
            }
            Error::Version { found, supported } => say(&[
                "the index has format version ",
                &decimal((*found).into()),
                ", this reader reads version ",
                &decimal((*supported).into()),
                "; build the index again, or use the release of Suoyin that made it",
            ]),
            Error::Truncated { expected, found } => say(&[
                "the index is cut short: ",
                &decimal(*found),
                " of ",
                &decimal(*expected),
                " bytes; download or build it again",
            ]),
            Error::Damaged { structure } => {
                say(&["the index is damaged (", structure, "); download or build it again"]);
            }
            Error::NoField { field, known } => {
                say(&[
                    "the index has no field \"",
                    field,
                    "\" to filter, sort or count by; `suoyin build --facet` adds it to these:",
                ]);
                known.iter().for_each(|field| say(&[" ", field]));
            }
            Error::Missing { shards } => {
                say(&[&decimal(shards.len() as u64), " shards of the index must be loaded first"]);
            }
            Error::Refused { reason } => say(&[reason]),
        }
        message
    }

    /// Where `what` outgrows the format's 32-bit limits.
    pub(crate) fn too_large(what: &str) -> Error {
        Error::refused(&[what, " outgrow what one index can hold; split the documents"])
    }

    /// What the writer cannot take, in parts of a message.
    pub(crate) fn refused(reason: &[&str]) -> Error {
        Error::Refused { reason: reason.concat() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}
