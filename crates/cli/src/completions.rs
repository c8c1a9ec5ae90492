//! `suoyin completions` and `suoyin man`: what shells and `man` ask for.

use crate::output;
use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;
use std::fs;
use std::path::PathBuf;

/// For which shell.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Options {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER_HELP: &str = "\
Where they go:
  bash        suoyin completions bash > ~/.local/share/bash-completion/completions/suoyin
  zsh         suoyin completions zsh > ~/.zfunc/_suoyin    (with ~/.zfunc in fpath)
  fish        suoyin completions fish > ~/.config/fish/completions/suoyin.fish
  powershell  suoyin completions powershell >> $PROFILE
  elvish      suoyin completions elvish >> ~/.config/elvish/rc.elv";

pub(crate) fn run<C: CommandFactory>(options: &Options) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut C::command(), "suoyin", &mut script);
    output::raw(&script)
}

/// Where to.
#[derive(clap::Args)]
pub(crate) struct ManOptions {
    /// The folder to write them into, made where it is missing: suoyin.1 and one for each subcommand
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes a manual page for the command and each of its subcommands.
pub(crate) fn man<C: CommandFactory>(options: &ManOptions) -> Result<()> {
    let folder = &options.folder;
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be made; give another folder", folder.display()))?;
    clap_mangen::generate_to(C::command().disable_help_subcommand(true), folder).with_context(
        || {
            format!(
                "{}: the pages cannot be written; check the permissions of the folder",
                folder.display()
            )
        },
    )
}
