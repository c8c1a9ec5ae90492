//! The `suoyin` command as it is called: what it prints, writes and gives back.

use assert_cmd::{Command, cargo::cargo_bin_cmd};
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use suoyin_core::{SearchOptions, Searcher};
use tempfile::TempDir;

const PAGES: [(&str, &str); 4] = [
    ("a.txt", "社区通知\n\n新时代文明实践站今天开放。Opening at 9.\n"),
    ("b.md", "# 志願服務\n\n文明實踐靠大家。\n\n## 積分卡 🎉\n\n𠮷野家的積分卡可以換飯糰。\n"),
    ("c.html", "<title>Library</title><h1>Library</h1><p>Bring your library card. 文化广场"),
    (
        "d.jsonl",
        "{\"id\": \"7\", \"title\": \"乡镇\", \"text\": \"实践出真知\", \"lang\": \"zh\"}\n",
    ),
];

/// A folder with documents, and one for the index.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Site {
        let folder = TempDir::new().unwrap();
        let docs = folder.path().join("docs");
        fs::create_dir(&docs).unwrap();
        PAGES.iter().for_each(|(name, text)| fs::write(docs.join(name), text).unwrap());
        Site { folder }
    }

    /// The same with its index built.
    fn built() -> Site {
        let site = Site::new();
        site.build().assert().success();
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn index(&self) -> PathBuf {
        self.path("out/suoyin.wasm")
    }

    /// The index without what is around it.
    fn index_bytes(&self) -> Vec<u8> {
        let module = fs::read(self.index()).unwrap();
        module[find(&module, INDEX_START)..].to_vec()
    }

    fn build(&self) -> Command {
        let mut command = suoyin("build");
        command.arg(self.path("docs")).arg("-o").arg(self.path("out"));
        command
    }

    fn search(&self, query: &str) -> Command {
        let mut command = suoyin("search");
        command.arg(self.path("out")).arg(query);
        command
    }
}

/// What an index starts with.
const INDEX_START: &[u8] = b"\x89SUOYIN\n\x01";

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).rposition(|window| window == what).unwrap()
}

fn suoyin(subcommand: &str) -> Command {
    let mut command = cargo_bin_cmd!("suoyin");
    command.arg(subcommand);
    command
}

/// A command that fails with a message and nothing else.
fn assert_fails(command: Command, message: &str) {
    assert_ends(command, 1, message);
}

/// The same with a code of its own.
fn assert_ends(mut command: Command, code: i32, message: &str) {
    command
        .assert()
        .code(code)
        .stdout(is_empty())
        .stderr(starts_with("error: ").and(contains(message)).and(contains("panicked").not()));
}

fn json(mut command: Command) -> Value {
    let output = command.arg("--json").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The ids of the hits that match exactly.
fn exact(results: &Value) -> Vec<&str> {
    let hits = results["hits"].as_array().unwrap().iter();
    let exact = hits.filter(|hit| hit["exact"] == true);
    let mut ids: Vec<&str> = exact.map(|hit| hit["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn one_script_finds_the_other() {
    let site = Site::built();
    for query in ["文明实践", "文明實踐"] {
        let results = json(site.search(query));
        assert_eq!(exact(&results), ["a.txt", "b.md"], "{query}");
        assert_eq!(results["total"], 2);
    }
    assert_eq!(exact(&json(site.search("鄉鎮"))), ["7"]);
    assert_eq!(exact(&json(site.search("LIBRARY card"))), ["c.html"]);
    assert_eq!(exact(&json(site.search("没有的话"))), [""; 0]);
}

#[test]
fn json_is_what_the_library_answers() {
    let site = Site::built();
    let searcher = Searcher::open(site.index_bytes()).unwrap();
    for (limit, offset) in [(10, 0), (1, 1)] {
        let answer = searcher
            .search("积分卡 \u{7f}", &SearchOptions { limit, offset, ..SearchOptions::default() })
            .unwrap();
        let mut command = site.search("积分卡 \u{7f}");
        command.args(["--json", "--limit", &limit.to_string(), "--offset", &offset.to_string()]);
        let expected = serde_json::to_string(&answer).unwrap() + "\n";
        command.assert().success().stdout(expected).stderr(is_empty());
    }
}

#[test]
fn highlights_are_utf16() {
    let results = json(Site::built().search("積分卡可以"));
    let snippet = &results["hits"][0]["snippet"];
    let text: Vec<u16> = snippet["text"].as_str().unwrap().encode_utf16().collect();
    let range = &snippet["highlights"][0];
    let [start, end] = [0, 1].map(|i| range[i].as_u64().unwrap() as usize);
    assert_eq!(String::from_utf16(&text[start..end]).unwrap(), "積分卡可以");
}

#[test]
fn a_query_may_begin_with_a_hyphen() {
    let site = Site::built();
    site.search("-文明").assert().success();
    site.search("--json").assert().code(2);
}

#[test]
fn the_list_tells_exact_from_related_and_has_no_colours_in_a_pipe() {
    let site = Site::built();
    let output = site.search("实践出真知").output().unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    let (exact, related) = list.split_once("Related").unwrap();
    assert!(exact.starts_with("实践出真知: 1 exact, "), "{list}");
    assert!(exact.contains("  1. 乡镇") && related.contains("  2. "), "{list}");
    assert!(!list.contains('\u{1b}'), "{list}");
}

#[test]
fn the_summary_of_a_build() {
    let site = Site::new();
    fs::write(site.path("docs/photo.png"), "").unwrap();
    fs::write(site.path("docs/report.pdf"), "%PDF").unwrap();
    let (gbk, gbk_file) = (b"\xcf\xc2\xd6\xdc\xcd\xa3\xcb\xae\xa1\xa3", "gbk.txt");
    fs::write(site.path("docs").join(gbk_file), gbk.repeat(8)).unwrap();
    let summary = json(site.build());
    assert_eq!(summary["documents"], 5);
    assert_eq!(summary["index"], site.index().to_str().unwrap());
    assert_eq!(summary["indexBytes"], site.index_bytes().len());
    assert_eq!(summary["layout"], "module");
    assert_eq!(summary["assets"], 1);
    let name = |list: &str| Path::new(summary[list][0]["path"].as_str().unwrap()).file_name();
    assert_eq!(name("skipped").unwrap(), "report.pdf");
    assert_eq!(name("decoded").unwrap(), gbk_file);
    for number in ["textBytes", "terms", "seconds", "speed"] {
        assert!(summary[number].as_f64().unwrap() > 0.0, "{number}");
    }
    site.build()
        .assert()
        .success()
        .stdout(contains("documents  5\n").and(contains("report.pdf")).and(contains("read as GB")));
}

#[test]
fn a_base_url_stands_before_every_address() {
    let site = Site::new();
    site.build().args(["--base-url", "https://example.org/docs"]).assert().success();
    let results = json(site.search("文明实践"));
    let url = results["hits"][0]["url"].as_str().unwrap();
    assert!(url.starts_with("https://example.org/docs/"), "{url}");
}

#[test]
fn the_same_documents_give_the_same_bytes_and_no_other_file() {
    let site = Site::built();
    let first = fs::read(site.index()).unwrap();
    site.build().assert().success();
    assert!(fs::read(site.index()).unwrap() == first);
    let names = [
        "suoyin-highlight.js",
        "suoyin-results.js",
        "suoyin-search.js",
        "suoyin-suggest.js",
        "suoyin-suggest.wasm",
        "suoyin.js",
        "suoyin.wasm",
    ];
    assert_eq!(files(&site.path("out")), names);
}

#[test]
fn a_failed_build_leaves_the_old_index() {
    let site = Site::built();
    let first = fs::read(site.index()).unwrap();
    fs::write(site.path("docs/z.jsonl"), "{\"text\": \n").unwrap();
    assert_fails(site.build(), "z.jsonl:1");
    assert!(fs::read(site.index()).unwrap() == first);
    let names = [
        "suoyin-highlight.js",
        "suoyin-results.js",
        "suoyin-search.js",
        "suoyin-suggest.js",
        "suoyin-suggest.wasm",
        "suoyin.js",
        "suoyin.wasm",
    ];
    assert_eq!(files(&site.path("out")), names);
}

#[test]
fn a_build_names_what_it_cannot_use() {
    let site = Site::new();
    let build = |input: &str, out: &str| {
        let mut command = suoyin("build");
        command.arg(site.path(input)).arg("-o").arg(site.path(out));
        command
    };
    assert_fails(build("nowhere", "out"), "nowhere");
    fs::create_dir(site.path("hollow")).unwrap();
    assert_fails(build("hollow", "out"), "hollow: no document");
    assert!(!site.path("out").exists(), "made for nothing");
    assert_fails(build("docs", "docs/a.txt"), "a.txt: this is a file");
    assert_fails(build("docs", "docs/a.txt/out"), "cannot be written to");
    fs::create_dir_all(site.path("taken/suoyin.wasm")).unwrap();
    assert_fails(build("docs", "taken"), "taken/suoyin.wasm: cannot be written");
    assert_eq!(files(&site.path("taken")), ["suoyin.wasm"]);
    let without_output = suoyin("build").arg(site.path("docs")).assert().code(2);
    without_output.stderr(contains("output is given neither").and(contains("`suoyin init`")));
}

#[test]
fn any_damage_is_found_and_named() {
    let site = Site::built();
    let sound = fs::read(site.index()).unwrap();
    let verify = || {
        let mut command = suoyin("verify");
        command.arg(site.path("out"));
        command
    };
    verify().assert().success().stdout(contains("sound").and(contains("documents   4")));
    let damaged = |change: &dyn Fn(&mut Vec<u8>), message: &str| {
        let mut bytes = sound.clone();
        change(&mut bytes);
        fs::write(site.index(), bytes).unwrap();
        let file = site.index().display().to_string();
        assert_fails(site.search("文明"), &file);
        assert_ends(verify(), 3, &file);
        assert_ends(verify(), 3, message);
    };
    let index = find(&sound, INDEX_START);
    for place in [index + 40, index + (sound.len() - index) / 2, sound.len() - 1] {
        damaged(&|bytes| bytes[place] ^= 1, "damaged");
    }
    damaged(&|bytes| bytes.truncate(bytes.len() - 1), "cut short");
    damaged(&|bytes| bytes.truncate(20), "cut short");
    damaged(&|bytes| bytes[index + 8] = 99, "format version 99");
    damaged(&|bytes| bytes[index] = 0, "not a Suoyin index");
    damaged(&|bytes| bytes.clear(), "not a Suoyin index");
    damaged(&|bytes| *bytes = b"<!doctype html>".to_vec(), "not a Suoyin index");
}

#[test]
fn an_index_that_is_not_there() {
    let site = Site::new();
    for subcommand in ["search", "inspect", "verify"] {
        for place in ["nowhere", "docs"] {
            let mut command = suoyin(subcommand);
            command.arg(site.path(place));
            if subcommand == "search" {
                command.arg("文明");
            }
            assert_fails(command, "there is no index here; `suoyin build");
        }
    }
}

#[test]
fn sizes_add_up() {
    let site = Site::built();
    let mut command = suoyin("inspect");
    command.arg(site.index());
    let sizes = json(command);
    let structures = sizes["structures"].as_array().unwrap();
    for (key, total) in [("raw", "raw"), ("brotli", "brotli")] {
        let sum: u64 = structures.iter().map(|s| s[key].as_u64().unwrap()).sum();
        assert_eq!(sizes["totals"][total], sum);
    }
    assert_eq!(sizes["counts"]["documents"], 4);
    let table = suoyin("inspect").arg(site.path("out")).assert().success();
    table.stdout(contains("second characters").and(contains("4 documents")));
}

#[test]
fn one_term_in_the_index() {
    let site = Site::built();
    let inspect = |term: &str| {
        let mut command = suoyin("inspect");
        command.arg(site.path("out")).arg(term);
        json(command)["terms"].take()
    };
    let terms = inspect("文明實踐");
    let names: Vec<&str> =
        terms.as_array().unwrap().iter().map(|term| term["term"].as_str().unwrap()).collect();
    assert_eq!(names, ["文明", "明实", "实践"]);
    assert_eq!(terms[2]["docFreq"], 3);
    assert_eq!(terms[2]["postings"][2]["id"], "7");
    assert_eq!(terms[0]["postings"][0]["textFreq"], 1);

    let range = &inspect("文")[0];
    assert_eq!(range["term"], "文*");
    assert_eq!(range["docFreq"], 3);
    assert_eq!(range["range"][0], serde_json::json!(["文明", 2]));
    assert_eq!(range["block"]["terms"], range["range"].as_array().unwrap().len());

    let word = &inspect("Library")[0];
    assert_eq!(word["postings"][0]["inTitle"], true);
    assert_eq!(inspect("龘龘")[0]["docFreq"], Value::Null);
    assert_eq!(inspect("。"), serde_json::json!([]));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let site = Site::built();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("suoyin"))
        .args(["search", site.path("out").to_str().unwrap(), "文明"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn help_tells_the_exit_codes() {
    cargo_bin_cmd!("suoyin")
        .arg("--help")
        .assert()
        .success()
        .stdout(contains("Exit codes:\n  0  "));
    cargo_bin_cmd!("suoyin").assert().code(2);
    suoyin("build").arg("--lay-out").assert().code(2);
}
