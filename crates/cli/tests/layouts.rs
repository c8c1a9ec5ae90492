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
        command.args(["--layout", layout, "--suggest", "false"]);
        command
    }

    fn built(layout: &str) -> Site {
        let site = Site::new();
        site.build(layout).assert().success();
        site
    }

    /// The names of the files of the index, without the scripts for pages.
    fn files(&self) -> Vec<String> {
        self.all_names().into_iter().filter(|name| !name.starts_with("suoyin-")).collect()
    }

    fn all_names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.out()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    /// A page like no other.
    fn page(number: u32) -> String {
        let character = |i: u32| char::from_u32(0x4e00 + number * 97 + i * 13).unwrap_or('字');
        format!("第{number}页\n\n{}。", (0..300).map(character).collect::<String>())
    }

    /// So many pages, in shards.
    fn with_pages(count: u32) -> Site {
        let site = Site::new();
        for i in 0..count {
            fs::write(site.folder.path().join(format!("docs/{i}.txt")), Site::page(i)).unwrap();
        }
        site.build("shards").assert().success();
        site
    }

    /// All files of the index with their bytes.
    fn all_files(&self) -> Vec<(String, Vec<u8>)> {
        let names = self.files().into_iter().filter(|name| name != "suoyin.shards");
        let names = names.chain(self.shards());
        names.map(|name| (name.clone(), fs::read(self.out().join(name)).unwrap())).collect()
    }

    /// The names of all shards.
    fn shards(&self) -> Vec<String> {
        let mut names = Vec::new();
        for group in fs::read_dir(self.out().join("suoyin.shards")).into_iter().flatten() {
            let group = group.unwrap();
            for shard in fs::read_dir(group.path()).into_iter().flatten() {
                let (group, shard) = (group.file_name(), shard.unwrap().file_name());
                if shard != "superseded" {
                    names.push(format!("suoyin.shards/{}/{}", group.display(), shard.display()));
                }
            }
        }
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
    for (layout, files) in [
        ("module", &["suoyin.js", "suoyin.wasm"][..]),
        ("script", &["suoyin.js"]),
        ("shards", &["suoyin.js", "suoyin.root", "suoyin.shards", "suoyin.wasm"]),
        ("auto", &[]),
    ] {
        let site = Site::built(layout);
        assert!(files.is_empty() || site.files() == files, "{layout}");
        let files: Vec<&&str> = files.iter().filter(|file| **file != "suoyin.shards").collect();
        let places = files.iter().map(|file| site.out().join(file)).chain([site.out()]);
        for place in places {
            asked("search", &place).assert().success().stdout(contains("1 exact"));
            asked("inspect", &place).assert().success().stdout(contains("documents"));
            asked("verify", &place).assert().success().stdout(contains("sound"));
        }
    }
}

#[test]
fn another_layout_takes_the_place_of_the_first() {
    let site = Site::built("module");
    site.build("script").assert().success();
    assert_eq!(site.files(), ["suoyin.js"]);
    site.build("shards").assert().success();
    assert_eq!(site.files(), ["suoyin.js", "suoyin.root", "suoyin.shards", "suoyin.wasm"]);
    site.build("script").assert().success();
    assert_eq!(site.files(), ["suoyin.js"]);
    site.build("shards").assert().success();
    site.build("module").assert().success();
    assert_eq!(site.files(), ["suoyin.js", "suoyin.wasm"]);
    asked("verify", &site.out()).assert().success().stdout(contains("layout      module"));
}

#[test]
fn scripts_for_pages_lie_beside_every_layout_unless_told_otherwise() {
    let scripts = |site: &Site| {
        let names = site.all_names().into_iter();
        names.filter(|name| name.starts_with("suoyin-")).collect::<Vec<_>>()
    };
    for layout in ["module", "script", "shards"] {
        let site = Site::new();
        site.build(layout).assert().success().stdout(contains("suoyin-highlight.js"));
        assert!(scripts(&site).contains(&"suoyin-highlight.js".to_owned()), "{layout}");
        site.change("suoyin-highlight.js", |script| script.push(b' '));
        let verify = asked("verify", &site.out()).assert().code(3);
        verify.stderr(contains("suoyin-highlight.js: not sound"));
        site.build(layout).arg("--element=false").assert().success();
        assert!(scripts(&site).is_empty(), "{layout}: {:?}", scripts(&site));
        asked("verify", &site.out()).assert().success();
        // What somebody else wrote is not taken for an earlier build's.
        fs::write(site.out().join("suoyin-highlight.js"), "/* mine */").unwrap();
        site.build(layout).arg("--element=false").assert().success();
        assert_eq!(scripts(&site), ["suoyin-highlight.js"]);
    }
    let site = Site::new();
    let wrong = site.build("module").arg("--element=maybe").assert().code(2);
    wrong.stderr(contains("--element"));
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
    for layout in ["module", "script", "shards"] {
        let files = || Site::built(layout).all_files();
        assert!(files() == files(), "{layout}");
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
    let verify = asked("verify", &site.out()).assert().code(3);
    verify.stderr(contains("the engine is not the one that this command writes"));

    let site = Site::built("module");
    site.change("suoyin.js", |script| script.push(b' '));
    asked("verify", &site.out()).assert().code(3).stderr(contains("suoyin.js: not sound"));
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
        let message = format!("made by Suoyin 9{theirs}, and this is Suoyin {ours}");
        let output = asked(subcommand, &site.out()).assert().failure();
        output.stderr(contains(message).and(contains("format version 99")));
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
fn shards_that_are_damaged_or_missing_are_found() {
    let site = Site::with_pages(40);
    let names = site.shards();
    assert!(names.len() > 3, "{names:?}");
    for name in &names {
        let path = site.out().join(name);
        let sound = fs::read(&path).unwrap();
        let mut damaged = sound.clone();
        damaged[sound.len() / 2] ^= 1;
        for bytes in [damaged, sound[..sound.len() - 1].to_vec(), Vec::new()] {
            fs::write(&path, bytes).unwrap();
            asked("verify", &site.out()).assert().code(3).stderr(contains(name));
        }
        fs::remove_file(&path).unwrap();
        asked("verify", &site.out()).assert().code(3).stderr(contains("missing"));
        fs::write(&path, sound).unwrap();
    }
    asked("verify", &site.out()).assert().success();
    site.change("suoyin.root", |root| root.truncate(root.len() / 2));
    for subcommand in ["search", "inspect", "verify"] {
        asked(subcommand, &site.out()).assert().failure().stderr(contains("suoyin.root"));
    }
}

#[test]
fn superseded_shards_go_when_the_new_root_stands_or_later() {
    let site = Site::with_pages(40);
    let before = site.shards();
    fs::write(site.out().join("suoyin.shards/notes.txt"), "of somebody else").unwrap();
    fs::write(site.folder.path().join("docs/7.txt"), "换了内容的一页。").unwrap();
    site.build("shards").args(["--keep-shards", "1"]).assert().success();
    let both = site.shards();
    assert!(before.iter().all(|name| both.contains(name)), "an hour has not passed");
    assert!(both.len() > before.len());
    asked("verify", &site.out()).assert().success();
    site.build("shards").assert().success();
    let after = site.shards();
    assert!(after.len() < both.len() && after.iter().any(|name| !before.contains(name)));
    assert!(site.out().join("suoyin.shards/notes.txt").exists(), "nothing else is touched");
    asked("verify", &site.out()).assert().success();
    // And a group that is needed again is no longer superseded.
    fs::write(site.folder.path().join("docs/7.txt"), Site::page(7)).unwrap();
    site.build("shards").args(["--keep-shards", "1"]).assert().success();
    site.build("shards").assert().success();
    assert_eq!(site.shards(), before);
}

#[test]
fn the_number_of_threads_does_not_show() {
    for layout in ["module", "script", "shards"] {
        let build = |threads: &str| {
            let site = Site::new();
            // Several megabytes, so that there is something to share.
            for i in 0..40 {
                let page = Site::page(i).repeat(900);
                fs::write(site.folder.path().join(format!("docs/{i}.txt")), page).unwrap();
            }
            site.build(layout).args(["--threads", threads]).assert().success();
            site.all_files()
        };
        assert!(build("1") == build("2"), "{layout}");
    }
}
