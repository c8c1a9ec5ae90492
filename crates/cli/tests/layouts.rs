//! The layouts of an index: what is written, what is left of earlier ones, and how each is opened.

use assert_cmd::{Command, cargo::cargo_bin_cmd};
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Site {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        fs::write(folder.path().join("docs/a.txt"), "通知\n\n新时代文明实践站今天开放。").unwrap();
        Site { folder }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn build(&self, layout: &str) -> Command {
        let mut command = cargo_bin_cmd!("suoyin");
        command.arg("build").arg(self.folder.path().join("docs")).arg("-o").arg(self.out());
        command.args(["--layout", layout]);
        command
    }

    fn built(layout: &str) -> Site {
        let site = Site::new();
        site.build(layout).assert().success();
        site
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.out()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    fn change(&self, file: &str, change: impl Fn(&mut Vec<u8>)) {
        let path = self.out().join(file);
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
    }
}

fn asked(subcommand: &str, index: &Path) -> Command {
    let mut command = cargo_bin_cmd!("suoyin");
    command.arg(subcommand).arg(index);
    if subcommand == "search" {
        command.arg("文明實踐");
    }
    command
}

fn assert_fails(mut command: Command, message: &str) {
    let error = contains(message).and(contains("panicked").not());
    command.assert().code(1).stdout(is_empty()).stderr(error);
}

#[test]
fn every_layout_is_opened_by_its_folder_and_by_its_files() {
    for (layout, files) in
        [("module", &["suoyin.js", "suoyin.wasm"][..]), ("script", &["suoyin.js"]), ("auto", &[])]
    {
        let site = Site::built(layout);
        assert!(files.is_empty() || site.files() == files, "{layout}");
        let places = files.iter().map(|file| site.out().join(file)).chain([site.out()]);
        for place in places {
            asked("search", &place).assert().success().stdout(contains("1 exact"));
            asked("inspect", &place).assert().success().stdout(contains("1 documents"));
            asked("verify", &place).assert().success().stdout(contains("sound"));
        }
    }
}

#[test]
fn another_layout_takes_the_place_of_the_first() {
    let site = Site::built("module");
    site.build("script").assert().success();
    assert_eq!(site.files(), ["suoyin.js"]);
    site.build("module").assert().success();
    assert_eq!(site.files(), ["suoyin.js", "suoyin.wasm"]);
    asked("verify", &site.out()).assert().success().stdout(contains("layout      module"));
}

#[test]
fn what_others_left_there_stays() {
    let site = Site::new();
    fs::create_dir(site.out()).unwrap();
    for file in ["suoyin.wasm", "page.html"] {
        fs::write(site.out().join(file), b"\0asm of somebody else").unwrap();
    }
    site.build("script").assert().success();
    assert_eq!(site.files(), ["page.html", "suoyin.js", "suoyin.wasm"]);
}

#[test]
fn a_build_that_fails_while_writing_leaves_the_old_index() {
    let site = Site::built("script");
    let old = fs::read(site.out().join("suoyin.js")).unwrap();
    fs::create_dir(site.out().join("suoyin.wasm")).unwrap();
    assert_fails(site.build("module"), "suoyin.wasm: cannot be written");
    assert_eq!(site.files(), ["suoyin.js", "suoyin.wasm"]);
    assert!(fs::read(site.out().join("suoyin.js")).unwrap() == old);
    asked("search", &site.out()).assert().success();
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    for layout in ["module", "script"] {
        let read = |site: &Site| {
            site.files().iter().map(|f| fs::read(site.out().join(f)).unwrap()).collect::<Vec<_>>()
        };
        assert!(read(&Site::built(layout)) == read(&Site::built(layout)), "{layout}");
    }
}

#[test]
fn an_engine_of_another_build_is_found() {
    let site = Site::built("module");
    // In a message, so that the module stays valid.
    site.change("suoyin.wasm", |module| {
        let at = module.windows(8).position(|window| window == b"bad-opti").unwrap();
        module[at] = b'B';
    });
    asked("search", &site.out()).assert().success();
    assert_fails(
        asked("verify", &site.out()),
        "the engine is not the one that this command writes",
    );

    let site = Site::built("module");
    site.change("suoyin.js", |script| script.push(b' '));
    assert_fails(asked("verify", &site.out()), "suoyin.js: not sound");
    fs::remove_file(site.out().join("suoyin.js")).unwrap();
    assert_fails(asked("verify", &site.out()), "suoyin.js: cannot be read");
}

#[test]
fn another_release_is_named() {
    let site = Site::built("module");
    site.change("suoyin.wasm", |module| {
        let name = b"suoyin.version";
        let at = module.windows(name.len()).rposition(|window| window == name).unwrap();
        module[at + name.len()] = b'9';
        let index = b"\x89SUOYIN\n";
        let at = module.windows(index.len()).rposition(|window| window == index).unwrap();
        module[at + index.len()] = 99;
    });
    for subcommand in ["search", "inspect", "verify"] {
        let ours = env!("CARGO_PKG_VERSION");
        let theirs = &ours[1..];
        let message =
            format!("made by Suoyin 9{theirs}, in format version 99; this is Suoyin {ours}");
        assert_fails(asked(subcommand, &site.out()), &message);
    }
}

#[test]
fn a_damaged_script_is_found() {
    for change in [
        (|script: &mut Vec<u8>| script.truncate(script.len() - 9)) as fn(&mut Vec<u8>),
        |script| {
            let at = script.len() - 100;
            script[at] = if script[at] == b'A' { b'B' } else { b'A' };
        },
        |script| {
            let at = script.len() - 100;
            script[at] = b'"';
        },
        |script| {
            let at = script.len() / 2;
            script[at] = 0xff;
        },
    ] {
        let site = Site::built("script");
        site.change("suoyin.js", change);
        assert_fails(asked("search", &site.out()), "damaged");
    }
}

#[test]
fn shards_are_refused() {
    let site = Site::new();
    assert_fails(site.build("shards"), "the layout `shards` cannot be written yet");
    assert!(!site.out().exists());
}
