//! Starting other programs, with errors that say which one failed and what it printed.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How many of its last lines are shown when a silenced program fails.
const SHOWN_ON_FAILURE: usize = 40;

/// Runs a program whose output the reader should see as it comes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs a program silently; its output is shown only if it fails.
pub(crate) fn run_silently(command: &mut Command) -> Result<()> {
    read(command).map(drop)
}

/// Runs a program silently and returns what it wrote to standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_start(command))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let printed = format!("{stdout}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = printed.lines().collect();
    let tail = lines[lines.len().saturating_sub(SHOWN_ON_FAILURE)..].join("\n");
    bail!("`{}` failed ({}); it printed:\n{tail}", describe(command), output.status);
}

/// Looks for a program in `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

/// The value of `PATH` with these folders in front.
pub(crate) fn path_with(first: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = first.into_iter().chain(env::split_paths(&inherited));
    env::join_paths(folders).context("a folder with the separator of PATH in its name")
}

/// A program run with the rights to change the system: by `sudo`, unless we are root already.
pub(crate) fn as_root(program: &str) -> Result<Command> {
    if read(Command::new("id").arg("-u"))?.trim() == "0" {
        return Ok(Command::new(program));
    }
    let Some(sudo) = find("sudo") else {
        bail!("`{program}` must be run as root, and there is no `sudo` here");
    };
    let mut command = Command::new(sudo);
    command.arg(program);
    Ok(command)
}

/// The command line, for messages.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The message for a program that did not even start.
fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`: is it installed?", command.get_program().to_string_lossy())
}
