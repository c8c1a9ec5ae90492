//! Suggestions: what is written beside an index, and what the command says by them.

use assert_cmd::{Command, cargo::cargo_bin_cmd};
use predicates::prelude::*;
use predicates::str::{contains, starts_with};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LAYOUTS: [(&str, &[&str]); 3] = [
    (
        "module",
        &[
            "suoyin-highlight.js",
            "suoyin-results.js",
            "suoyin-search.js",
            "suoyin-suggest.js",
            "suoyin-suggest.wasm",
            "suoyin.js",
            "suoyin.wasm",
        ],
    ),
    (
        "script",
        &[
            "suoyin-highlight.js",
            "suoyin-results.js",
            "suoyin-search.js",
            "suoyin-suggest.js",
            "suoyin.js",
        ],
    ),
    (
        "shards",
        &[
            "suoyin-highlight.js",
            "suoyin-results.js",
            "suoyin-search.js",
            "suoyin-suggest.js",
            "suoyin-suggest.wasm",
            "suoyin.js",
            "suoyin.root",
            "suoyin.shards",
            "suoyin.wasm",
        ],
    ),
];

fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    fs::create_dir(site.path().join("docs")).unwrap();
    for (name, text) in [
        ("a.txt", "通知\n\n新时代文明实践站今天开放，数学公式。"),
        ("b.txt", "活动\n\n文明实践在基层。文明实践，志愿服务。"),
    ] {
        fs::write(site.path().join("docs").join(name), text).unwrap();
    }
    site
}

fn build(site: &TempDir, arguments: &[&str]) {
    let mut command = cargo_bin_cmd!("suoyin");
    command.arg("build").arg(site.path().join("docs")).arg("-o").arg(out(site)).args(arguments);
    command.assert().success();
}

fn out(site: &TempDir) -> std::path::PathBuf {
    site.path().join("out")
}

fn ask(subcommand: &str, index: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("suoyin");
    command.arg(subcommand).arg(index).args(arguments);
    command
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_layout_has_them_unless_it_is_told_not_to() {
    let site = site();
    for (layout, expected) in LAYOUTS {
        build(&site, &["--layout", layout]);
        assert_eq!(files(&out(&site)), expected, "{layout}");
        ask("verify", &out(&site), &[]).assert().success().stdout(contains("suggestions "));
        for (typed, meant) in
            [("wenmingshijian", "文明实践"), ("wmsj", "文明实践"), ("文明时间", "文明实践")]
        {
            let answer = ask("suggest", &out(&site), &[typed]);
            { answer }.assert().success().stdout(starts_with(meant));
        }
        let written: Vec<_> =
            expected.iter().filter_map(|name| fs::read(out(&site).join(name)).ok()).collect();
        build(&site, &["--layout", layout]);
        let again: Vec<_> =
            expected.iter().filter_map(|name| fs::read(out(&site).join(name)).ok()).collect();
        assert!(written == again, "{layout}");

        build(&site, &["--layout", layout, "--suggest", "false"]);
        let left = expected.iter().filter(|name| !name.contains("suggest"));
        assert_eq!(files(&out(&site)), left.copied().collect::<Vec<_>>(), "{layout}");
        ask("verify", &out(&site), &[]).assert().success();
        ask("suggest", &out(&site), &["wm"]).assert().code(1).stderr(contains("suggest = true"));
    }
}

#[test]
fn what_one_layout_needs_does_not_stay_beside_another() {
    let site = site();
    for (layout, expected) in [LAYOUTS[0], LAYOUTS[1], LAYOUTS[2], LAYOUTS[1], LAYOUTS[0]] {
        build(&site, &["--layout", layout]);
        assert_eq!(files(&out(&site)), expected, "{layout}");
    }
}

#[test]
fn a_search_in_vain_is_told_what_was_meant() {
    let site = site();
    build(&site, &[]);
    let search = |query| ask("search", &out(&site), &[query]);
    search("wenmingshijian")
        .assert()
        .success()
        .stdout(contains("read as pinyin").and(contains("2 exact")));
    // Of several phrases: composed, and searched for.
    search("shuxuegongshi").assert().success().stdout(contains("数学公式: 1 exact"));
    search("wmsj").assert().success().stdout(contains("Did you mean 文明实践?"));
    search("文明时间").assert().success().stdout(contains("Did you mean 文明实践?"));
    search("qqqq").assert().success().stdout(contains("Did you mean").not());
    search("文明实践").assert().success().stdout(contains("Did you mean").not());
}

#[test]
fn json_is_what_pages_get() {
    let site = site();
    build(&site, &[]);
    let answer = ask("suggest", &out(&site), &["wenm", "--limit", "1", "--json"]).output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(answer, serde_json::json!([{ "query": "文明实践", "kind": "pinyin" }]));
}

#[test]
fn damage_is_told() {
    let site = site();
    for (layout, file) in [("module", "suoyin-suggest.wasm"), ("script", "suoyin-suggest.js")] {
        build(&site, &["--layout", layout]);
        let path = out(&site).join(file);
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() - 100;
        bytes[at] ^= 1;
        fs::write(&path, bytes).unwrap();
        for subcommand in ["suggest", "verify"] {
            let arguments = if subcommand == "suggest" { &["wm"][..] } else { &[] };
            let told = contains(file).and(contains("panicked").not());
            ask(subcommand, &out(&site), arguments).assert().failure().stderr(told);
        }
    }
}
