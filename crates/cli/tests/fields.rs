//! `suoyin search` with filters, an order, counts and sections.

use assert_cmd::{Command, cargo::cargo_bin_cmd};
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const NOTICES: &str = r#"{"id": "a", "title": "甲", "text": "文明实践。", "date": "2022-12-31", "meta": {"tags": ["通知", "新闻"]}}
{"id": "b", "title": "乙", "text": "文明社区。", "date": "2023-05-01", "meta": {"tags": ["通知"]}}
{"id": "c", "title": "丙", "text": "文明，文明。", "date": "2023-12-31 23:59", "meta": {"price": "10"}}
{"id": "d", "title": "丁", "text": "文明广场。", "meta": {"price": "9"}}
"#;

const PAGE: &str = "# 志願服務\n\n文明實踐靠大家。\n\n## 積分卡 🎉\n\n𠮷野家的積分卡可以換飯糰。\n";

/// A folder with documents that have fields, and an index of them.
struct Site {
    folder: TempDir,
}

impl Site {
    fn built(layout: &str) -> Site {
        let site = Site { folder: TempDir::new().unwrap() };
        fs::create_dir(site.path("docs")).unwrap();
        fs::write(site.path("docs/notices.jsonl"), NOTICES).unwrap();
        fs::write(site.path("docs/page.md"), PAGE).unwrap();
        let mut build = suoyin("build");
        build.arg(site.path("docs")).arg("-o").arg(site.path("out")).args(["--layout", layout]);
        build.args(["--facet", "date", "--facet", "tags", "--facet", "price"]);
        build.assert().success();
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn search(&self, query: &str, arguments: &[&str]) -> Command {
        let mut command = suoyin("search");
        command.arg(self.path("out")).arg(query).args(arguments);
        command
    }
}

fn suoyin(subcommand: &str) -> Command {
    let mut command = cargo_bin_cmd!("suoyin");
    command.arg(subcommand);
    command
}

fn json(mut command: Command) -> Value {
    let output = command.arg("--json").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn filters_order_and_counts() {
    for layout in ["module", "shards"] {
        let site = Site::built(layout);
        let ids = |query: &str, arguments: &[&str]| -> String {
            let hits = json(site.search(query, arguments))["hits"].as_array().unwrap().clone();
            hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect()
        };
        assert_eq!(ids("文明", &["--sort", "date:desc", "--filter", "date=.."]), "cba", "{layout}");
        assert_eq!(ids("文明", &["--sort", "price"])[..2], *"dc", "{layout}");
        assert_eq!(ids("", &["--filter", "date=2023..2023"]), "bc", "{layout}");
        assert_eq!(ids("", &["--filter", "date=..2022"]), "a", "{layout}");
        assert_eq!(ids("", &["--filter", "tags=通知", "--filter", "tags=新闻"]), "ab", "{layout}");
        assert_eq!(ids("", &["--filter", "tags=通知", "--filter", "date=2023.."]), "b", "{layout}");
        assert_eq!(ids("", &[]), "", "{layout}");

        let counted = ["--filter", "tags=新闻", "--facets", "tags,price"];
        let facets = &json(site.search("文明", &counted))["facets"];
        let expected =
            r#"{"tags":[{"value":"通知","count":2},{"value":"新闻","count":1}],"price":[]}"#;
        assert_eq!(*facets, serde_json::from_str::<Value>(expected).unwrap(), "{layout}");

        let mut command = site.search("文明", &["--facets", "all"]);
        command.assert().success().stdout(contains("price  9 1  10 1"));
        let mut verify = suoyin("verify");
        verify.arg(site.path("out")).assert().success();
        let mut inspect = suoyin("inspect");
        inspect.arg(site.path("out")).assert().success().stdout(contains("columns"));
    }
}

#[test]
fn fields_that_are_not_there_are_named() {
    let site = Site::built("module");
    for arguments in [["--sort", "day"], ["--filter", "day=1"], ["--facets", "day"]] {
        let mut command = site.search("文明", &arguments);
        let names = contains("\"day\"").and(contains("date price tags"));
        command.assert().code(2).stdout(is_empty()).stderr(names);
    }
    let mut command = site.search("文明", &["--filter", "date"]);
    command.assert().code(2).stdout(is_empty()).stderr(contains("date=2023..2024"));
}

#[test]
fn sections_are_hits_of_their_own() {
    let site = Site::built("module");
    let mut command = site.search("積分卡", &["--sections", "2"]);
    let section = contains("       積分卡 🎉\n         page.md#").and(contains("𠮷野家的積分卡"));
    command.assert().success().stdout(section);
}
