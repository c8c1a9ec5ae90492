//! Which files of a folder are read: globs, `.suoyinignore`, and the folder that is written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::error::{IngestError, Location};
use crate::ingest::IngestOptions;

/// Lines as in a `.gitignore`, for the folder it stands in and those below.
pub(crate) const IGNORE_FILE: &str = ".suoyinignore";

/// What the options say of every folder.
#[derive(Debug)]
pub(crate) struct Selection {
    include: Vec<String>,
    exclude: Vec<String>,
    /// In the form that all paths to it have in common.
    output: Option<PathBuf>,
}

impl Selection {
    pub(crate) fn new(options: &IngestOptions) -> Selection {
        let output = options.output.as_ref();
        Selection {
            include: options.include.clone(),
            exclude: options.exclude.clone(),
            // Where there is none yet, there is nothing to pass over.
            output: output.and_then(|output| fs::canonicalize(output).ok()),
        }
    }

    /// What it says of the files below `root`.
    pub(crate) fn below(&self, root: &Path) -> Result<Filter<'_>, IngestError> {
        let globs = |globs: &[String]| {
            let mut builder = GitignoreBuilder::new(root);
            for glob in globs {
                let negated = glob.starts_with('!');
                let wrong = |message| IngestError::Glob { glob: glob.clone(), message };
                if negated || glob.trim().is_empty() {
                    return Err(wrong("it is empty, or begins with \"!\"".to_owned()));
                }
                builder.add_line(None, glob).map_err(|error| wrong(error.to_string()))?;
            }
            let message = |error: ignore::Error| error.to_string();
            builder.build().map_err(|error| IngestError::Glob {
                glob: globs.join(" "),
                message: message(error),
            })
        };
        Ok(Filter {
            selection: self,
            include: globs(&self.include)?,
            exclude: globs(&self.exclude)?,
            ignores: Vec::new(),
        })
    }
}

/// Decides about the files of one folder, in the order of a walk.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    selection: &'a Selection,
    include: Gitignore,
    exclude: Gitignore,
    /// The ignore files of the folders around, the innermost last, with their depth.
    ignores: Vec<(usize, Gitignore)>,
}

/// What becomes of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Read,
    Excluded,
    /// The folder that is written to.
    Output,
}

impl Filter<'_> {
    /// Reads the ignore file of a folder that is entered; gives its path where there is one.
    pub(crate) fn enter(
        &mut self,
        folder: &Path,
        depth: usize,
    ) -> Result<Option<PathBuf>, IngestError> {
        self.ignores.retain(|(of, _)| *of < depth);
        let path = folder.join(IGNORE_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(IngestError::Read { path, source }),
        };
        let wrong = |line: u64, error: ignore::Error| IngestError::Ignore {
            location: Location::line(&path, line),
            message: error.to_string(),
        };
        let mut builder = GitignoreBuilder::new(folder);
        let mut last = 0;
        for (line, glob) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            builder.add_line(None, glob).map_err(|error| wrong(line, error))?;
            last = line;
        }
        let ignore = builder.build().map_err(|error| wrong(last, error))?;
        self.ignores.push((depth, ignore));
        Ok(Some(path))
    }

    /// What becomes of what stands at `path`, `depth` folders below.
    pub(crate) fn fate(&mut self, path: &Path, depth: usize, is_dir: bool) -> Fate {
        self.ignores.retain(|(of, _)| *of < depth);
        if is_dir && self.is_output(path) {
            return Fate::Output;
        }
        if self.exclude.matched(path, is_dir).is_ignore() {
            return Fate::Excluded;
        }
        for (_, ignore) in self.ignores.iter().rev() {
            match ignore.matched(path, is_dir) {
                Match::None => {}
                Match::Ignore(_) => return Fate::Excluded,
                Match::Whitelist(_) => break,
            }
        }
        let included = self.include.is_empty()
            || is_dir
            || self.include.matched_path_or_any_parents(path, false).is_ignore();
        if included { Fate::Read } else { Fate::Excluded }
    }

    fn is_output(&self, path: &Path) -> bool {
        let Some(output) = &self.selection.output else { return false };
        // Names first: asking the system takes longer.
        let same_name = path.file_name() == output.file_name() || path.is_symlink();
        same_name && fs::canonicalize(path).is_ok_and(|path| path == *output)
    }
}
