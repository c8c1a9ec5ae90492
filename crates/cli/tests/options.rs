//! Where the options of `build` come from, and what `init`, `completions` and `man` write.

use assert_cmd::{Command, cargo::cargo_bin_cmd};
use predicates::prelude::*;
use predicates::str::{contains, ends_with, is_empty, starts_with};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with one document in `docs`.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    fs::create_dir(site.path().join("docs")).unwrap();
    fs::write(site.path().join("docs/a.txt"), "新时代文明实践站").unwrap();
    site
}

fn suoyin(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("suoyin");
    command.current_dir(folder).args(arguments);
    command
}

/// The address of the only document of the index in `folder`.
fn url(folder: &Path) -> String {
    let output = suoyin(folder, &["search", ".", "文明", "--json"]).output().unwrap();
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    results["hits"][0]["url"].as_str().unwrap().to_owned()
}

#[test]
fn what_init_writes_is_enough_to_build() {
    let site = site();
    suoyin(site.path(), &["init"]).assert().success().stdout(starts_with("suoyin.toml\n"));
    suoyin(site.path(), &["build"])
        .assert()
        .success()
        .stdout(contains("options    suoyin.toml").and(contains("documents  1")))
        .stderr(is_empty());
    assert_eq!(url(&site.path().join("search")), "a.txt");
}

#[test]
fn init_never_overwrites() {
    let site = site();
    let file = site.path().join("docs/suoyin.toml");
    fs::write(&file, "mine").unwrap();
    suoyin(site.path(), &["init", "docs"]).assert().code(1).stderr(contains("left as it is"));
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
    suoyin(site.path(), &["init", "nowhere"]).assert().code(1).stderr(contains("no such folder"));
}

#[test]
fn flags_stand_above_the_file_and_paths_beside_it() {
    let site = site();
    let text = "inputs = ['docs']\noutput = 'out'\nbase_url = 'https://a.example/'";
    fs::write(site.path().join("suoyin.toml"), text).unwrap();
    let elsewhere = TempDir::new().unwrap();
    let config = site.path().join("suoyin.toml");
    let config = config.to_str().unwrap();
    suoyin(elsewhere.path(), &["build", "--config", config]).assert().success();
    assert_eq!(url(&site.path().join("out")), "https://a.example/a.txt");
    let flags = ["build", "--config", config, "-o", "here", "--base-url", "/b"];
    suoyin(elsewhere.path(), &flags).assert().success();
    assert_eq!(url(&elsewhere.path().join("here")), "/b/a.txt");
}

#[test]
fn mistakes_in_the_file_have_a_place_and_end_with_2() {
    let site = site();
    let fails = |text: &str, message: &str| {
        fs::write(site.path().join("suoyin.toml"), text).unwrap();
        let output = suoyin(site.path(), &["build"]).assert().code(2).stdout(is_empty());
        output.stderr(starts_with("error: suoyin.toml:").and(contains(message)));
    };
    fails("inputs = ['docs']\nouput = 'x'", "2:1: there is no key `ouput`; did you mean `output`?");
    fails("output = 3", "1:10: invalid type: integer `3`");
    fails("output = 'a", "correct this line");
    fs::write(site.path().join("suoyin.toml"), "inputs = ['docs']").unwrap();
    let output = suoyin(site.path(), &["build"]).assert().code(2);
    output.stderr(contains("output is given neither").and(contains("output = \"search\"")));
    assert!(!site.path().join("search").exists());
}

#[test]
fn a_file_that_cannot_be_read() {
    let site = site();
    let build = |config: &str| suoyin(site.path(), &["build", "--config", config]).assert().code(1);
    build("none.toml").stderr(contains("none.toml: there is no such file; `suoyin init`"));
    fs::write(site.path().join("gbk.toml"), b"# \xd7\xa2\xca\xcd\n").unwrap();
    build("gbk.toml").stderr(contains("gbk.toml: this is not UTF-8"));
    build("docs").stderr(contains("docs: cannot be read"));
}

#[test]
fn every_shell_gets_a_script_and_man_its_pages() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = suoyin(folder.path(), &["completions", shell]).assert().success();
        script.stdout(contains("base-url").and(contains("suoyin"))).stderr(is_empty());
    }
    suoyin(folder.path(), &["completions", "cmd"]).assert().code(2);
    suoyin(folder.path(), &["man", "."]).assert().success();
    let page = fs::read_to_string(folder.path().join("suoyin-build.1")).unwrap();
    assert!(page.contains("base\\-url"), "{page}");
    assert!(fs::read_to_string(folder.path().join("suoyin.1")).unwrap().contains("Exit codes"));
    suoyin(folder.path(), &["man", "new/pages"]).assert().success();
    assert!(folder.path().join("new/pages/suoyin.1").is_file());
    let file = suoyin(folder.path(), &["man", "suoyin.1"]).assert().code(1);
    file.stderr(contains("another folder").and(ends_with("\n")));
}

#[test]
fn synonyms_come_from_the_file_or_the_command_line() {
    let site = site();
    fs::write(site.path().join("docs/b.txt"), "計算機室開放，家禽勿入，請用軟體預約").unwrap();
    let found = |query: &str| {
        let output = suoyin(site.path(), &["search", "out", query, "--json"]).output().unwrap();
        let results: Value = serde_json::from_slice(&output.stdout).unwrap();
        (results["related"].as_u64(), results["expanded"][0]["by"].as_str().map(str::to_owned))
    };
    let build = |text: &str, flags: &[&str]| {
        let text = format!("inputs = ['docs']\noutput = 'out'\n{text}");
        fs::write(site.path().join("suoyin.toml"), text).unwrap();
        suoyin(site.path(), &[&["build"], flags].concat()).assert()
    };
    build("synonyms = [['电脑', '计算机'], { from = '鸡', to = '家禽' }]", &[]).success();
    assert_eq!(found("电脑室"), (Some(1), Some("计算机".to_owned())));
    assert_eq!(found("鸡"), (Some(1), Some("家禽".to_owned())));
    assert_eq!(found("软件预约"), (Some(1), Some("软体".to_owned())));
    build("regional = false", &["--synonyms", "微机,计算机"]).success();
    assert_eq!(found("微机"), (Some(1), Some("计算机".to_owned())));
    assert_eq!(found("软件"), (Some(0), None));
    suoyin(site.path(), &["search", "out", "微机"])
        .assert()
        .stdout(contains("also 计算机 for 微机"));
    let wrong = build("synonyms = [['电脑', '電腦']]", &[]).code(2);
    wrong.stderr(contains("\"电脑\" and \"電腦\" cannot be synonyms"));
    build("synonyms = [3]", &[])
        .code(2)
        .stderr(contains("suoyin.toml:3:12: expected a list of words"));
    build("", &["--synonyms", "电脑"]).code(2).stderr(contains("commas between"));
}

#[test]
fn languages_to_stem_come_from_the_file_or_the_command_line() {
    let site = site();
    fs::write(site.path().join("docs/b.txt"), "It searches by itself: búsquedas, búsqueda")
        .unwrap();
    fs::write(site.path().join("docs/c.txt"), "Searching is all it does").unwrap();
    let found = |query: &str| {
        let output = suoyin(site.path(), &["search", "out", query, "--json"]).output().unwrap();
        let results: Value = serde_json::from_slice(&output.stdout).unwrap();
        let by = |each: &Value| each["by"].as_str().unwrap().to_owned();
        let by = results["expanded"].as_array().into_iter().flatten().map(by).collect::<Vec<_>>();
        (results["total"].as_u64().unwrap(), results["related"].as_u64().unwrap(), by)
    };
    let build = |text: &str, flags: &[&str]| {
        let text = format!("inputs = ['docs']\noutput = 'out'\n{text}");
        fs::write(site.path().join("suoyin.toml"), text).unwrap();
        suoyin(site.path(), &[&["build"], flags].concat()).assert()
    };
    build("", &[]).success();
    assert_eq!(found("searching"), (1, 0, vec![]));
    build("stemming = ['en']", &[]).success();
    assert_eq!(found("searching"), (1, 1, vec!["searches".to_owned()]));
    build("", &["--stemming", "de", "--stemming", "es"]).success();
    assert_eq!(found("busquedas"), (1, 0, vec!["busqueda".to_owned()]));
    build("stemming = ['en', 'zh']", &[]).code(2).stderr(contains(
        "suoyin.toml:3:19: unknown variant `zh`, expected one of `ar`, `da`, `de`",
    ));
    build("", &["--stemming", "zh"]).code(2).stderr(contains("'zh'").and(contains("en, es, fi")));
}
