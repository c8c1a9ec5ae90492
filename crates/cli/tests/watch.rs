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

fn site(text: &str) -> TempDir {
    let site = TempDir::new().unwrap();
    fs::create_dir(site.path().join("docs")).unwrap();
    fs::write(site.path().join("docs/a.txt"), "文明实践").unwrap();
    fs::write(site.path().join("suoyin.toml"), text).unwrap();
    site
}

#[test]
fn changes_are_built_and_failures_are_survived() {
    // Written into a folder that is watched.
    let site = site("inputs = ['docs']\noutput = 'docs/out'");
    let docs = site.path().join("docs");
    let index = docs.join("out/index.suoyin");
    let mut watching = Watching::start(site.path());
    assert_eq!(watching.documents(), 1);
    watching.notes_until("watching");
    let first = fs::read(&index).unwrap();

    // As an editor saves: a new file takes the place of the old one.
    fs::write(docs.join(".a.txt.swp"), "文明实践站").unwrap();
    fs::rename(docs.join(".a.txt.swp"), docs.join("a.txt")).unwrap();
    assert!(watching.notes_until("watching").contains("changed: docs/a.txt\n"));
    assert_eq!(watching.documents(), 1);
    let second = fs::read(&index).unwrap();
    assert!(second != first);

    fs::write(docs.join("bad.jsonl"), "{").unwrap();
    let notes = watching.notes_until("watching");
    assert!(notes.contains("error: docs/bad.jsonl:1: "), "{notes}");
    assert!(fs::read(&index).unwrap() == second);

    // A whole folder takes the place of the old one.
    fs::remove_dir_all(&docs).unwrap();
    watching.notes_until("no such file or folder");
    watching.notes_until("watching");
    fs::create_dir(site.path().join("new")).unwrap();
    fs::write(site.path().join("new/a.txt"), "文明").unwrap();
    fs::write(site.path().join("new/b.txt"), "实践").unwrap();
    fs::rename(site.path().join("new"), &docs).unwrap();
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 2);
    fs::write(docs.join("c.txt"), "站").unwrap();
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
    fs::write(&config, "inputs = ['docs', 'more']\noutput = 'out'\nouput = 1").unwrap();
    watching.notes_until("suoyin.toml:3:1: there is no key `ouput`");
    fs::write(&config, "inputs = ['docs', 'more']\noutput = 'more'").unwrap();
    watching.notes_until("more: this is both an input and where");
    fs::write(&config, "inputs = ['docs', 'more']\noutput = 'out'").unwrap();
    watching.notes_until("watching");
    assert_eq!(watching.documents(), 2);
    // What is an input only now is watched too.
    fs::write(site.path().join("more/c.txt"), "乡镇").unwrap();
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
