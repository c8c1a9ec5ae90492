//! `suoyin init`: write a `suoyin.toml` to start from.

use crate::config::{self, Key, keys};
use crate::output::{self, STRONG};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// Where to write it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder to write it into [default: the working folder]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut path = PathBuf::from(config::NAME);
    if let Some(folder) = &options.folder {
        if !folder.is_dir() {
            bail!("{}: there is no such folder; make it first", folder.display());
        }
        path = folder.join(path);
    }
    // Two steps would leave room for somebody else to write one in between.
    let mut file = match File::create_new(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{}: this file exists and is left as it is; remove it first to start anew",
            path.display()
        ),
        Err(error) => {
            return Err(error).with_context(|| {
                format!("{}: cannot be written; check the permissions", path.display())
            });
        }
    };
    file.write_all(template().as_bytes()).with_context(|| {
        format!("{}: cannot be written; check the space on the disk", path.display())
    })?;
    output::text(&format!(
        "{STRONG}{}{STRONG:#}\nEdit it, then run `suoyin build` in its folder.\n",
        path.display()
    ))
}

/// The file: every option with its default, and what it does.
fn template() -> String {
    let mut out = String::from(
        "# The options of `suoyin build`. Paths are relative to this file; flags override it.\n\
         # `suoyin build` 的选项。路径相对于本文件；命令行参数优先。\n\
         #\n\
         # Options behind a `#` have their defaults; to change one, remove the `#` too.\n\
         # 前面有 `#` 的选项取默认值；要改的话，把 `#` 也去掉。\n",
    );
    for Key { name, help: [english, chinese], value, required } in keys() {
        let off = if required { "" } else { "#" };
        let _ = write!(out, "\n# {english}\n# {chinese}\n{off}{name} = {value}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Given, Settings};
    use std::fs;

    fn settings(text: &str) -> Settings {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(config::NAME);
        fs::write(&path, text).expect("a file");
        let config = Config::load(Some(&path)).expect("a sound file");
        config.settings(&Given::default()).expect("all that is required")
    }

    #[test]
    fn the_template_names_every_key_and_means_the_defaults() {
        let template = template();
        let uncommented: Vec<&str> = template
            .lines()
            .map(|line| line.strip_prefix('#').filter(|l| !l.starts_with(' ')).unwrap_or(line))
            .collect();
        for key in keys() {
            let line = format!("{} = {}", key.name, key.value);
            assert!(uncommented.contains(&line.as_str()), "{line}");
        }
        let [mut as_written, mut in_full] =
            [&template, &uncommented.join("\n")].map(|t| settings(t));
        for settings in [&mut as_written, &mut in_full] {
            // They differ by the folder of the file.
            settings.inputs.clear();
            settings.output.clear();
        }
        assert_eq!(as_written, in_full);
    }
}
