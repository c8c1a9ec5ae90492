//! `suoyin build --watch`: what changes is built again, until the end.
#![cfg(unix)]

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A build that watches a folder; its error output is read as it comes.
struct Watching {
    child: Child,
    summaries: BufReader<ChildStdout>,
    notes: BufReader<ChildStderr>,
}

impl Watching {
    fn start(folder: &Path) -> Watching {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("suoyin"))
            .args(["build", "--watch", "--json"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let summaries = BufReader::new(child.stdout.take().unwrap());
        let notes = BufReader::new(child.stderr.take().unwrap());
        Watching { child, summaries, notes }
    }

    /// Documents of the next build.
    fn documents(&mut self) -> u64 {
        let mut line = String::new();
        self.summaries.read_line(&mut line).unwrap();
        let summary: Value = serde_json::from_str(&line).unwrap();
        summary["documents"].as_u64().unwrap()
    }

    /// All notes up to the one that contains `text`.
    fn notes_until(&mut self, text: &str) -> String {
        let mut notes = String::new();
        while !notes.contains(text) {
            let read = self.notes.read_line(&mut notes).unwrap();
            assert!(read > 0, "no {text:?} in {notes}");
        }
        notes
    }

    fn interrupt(mut self) {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
        let mut rest = String::new();
        self.notes.read_to_string(&mut rest).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{rest}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Where the test failed, it would watch forever; else it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn site(text: &str) -> TempDir {
    let site = TempDir::new().unwrap();
    fs::create_dir(site.path().join("docs")).unwrap();
    fs::write(site.path().join("docs/a.txt"), "文明实践").unwrap();
    fs::write(site.path().join("suoyin.toml"), text).unwrap();
    site
}

/// Writes a file as an editor does: a new one takes the place of the old one in one step.
fn save(path: &Path, text: &str) {
    let new = path.with_file_name(".new.swp");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

#[test]
fn changes_are_built_and_failures_are_survived() {
    // Written into a folder that is watched.
    let site = site("inputs = ['docs']\noutput = 'docs/out'");
    let docs = site.path().join("docs");
    let index = docs.join("out/suoyin.wasm");
    let mut watching = Watching::start(site.path());
    assert_eq!(watching.documents(), 1);
    watching.notes_until("watching");
    let first = fs::read(&index).unwrap();

    save(&docs.join("a.txt"), "文明实践站");
    assert!(watching.notes_until("watching").contains("changed: docs/a.txt\n"));
    assert_eq!(watching.documents(), 1);
    let second = fs::read(&index).unwrap();
    assert!(second != first);

    save(&docs.join("bad.jsonl"), "{");
    let notes = watching.notes_until("watching");
    assert!(notes.contains("error: docs/bad.jsonl:1: "), "{notes}");
    assert!(fs::read(&index).unwrap() == second);

    // A whole folder takes the place of the old one.
    fs::rename(&docs, site.path().join("old")).unwrap();
    watching.notes_until("no such file or folder");
    watching.notes_until("watching");
    fs::create_dir(site.path().join("new")).unwrap();
    fs::write(site.path().join("new/a.txt"), "文明").unwrap();
    fs::write(site.path().join("new/b.txt"), "实践").unwrap();
    fs::rename(site.path().join("new"), &docs).unwrap();
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 2);
    save(&docs.join("c.txt"), "站");
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 3);
    watching.interrupt();
}

#[test]
fn suoyin_toml_is_read_again() {
    let site = site("inputs = ['docs']\noutput = 'out'");
    fs::create_dir(site.path().join("more")).unwrap();
    fs::write(site.path().join("more/b.txt"), "志愿服务").unwrap();
    let mut watching = Watching::start(site.path());
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 1);
    let config = site.path().join("suoyin.toml");
    save(&config, "inputs = ['docs', 'more']\noutput = 'out'\nouput = 1");
    watching.notes_until("suoyin.toml:3:1: there is no key `ouput`");
    save(&config, "inputs = ['docs', 'more']\noutput = 'more'");
    watching.notes_until("more: this is both an input and where");
    save(&config, "inputs = ['docs', 'more']\noutput = 'out'");
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 2);
    // What is an input only now is watched too.
    save(&site.path().join("more/c.txt"), "乡镇");
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 3);
    watching.interrupt();
}

#[test]
fn what_is_written_cannot_be_watched() {
    let site = site("inputs = ['docs']\noutput = 'docs'");
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("suoyin");
    let output = command.args(["build", "--watch"]).current_dir(site.path()).assert().code(2);
    output.stderr(predicates::str::contains("docs: this is both an input and where"));
}
