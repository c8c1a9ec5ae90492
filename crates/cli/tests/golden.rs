//! What `build --json` and `search --json` print for the documents of the project, held against files that
//! `SUOYIN_BLESS=1 cargo test -p suoyin-cli --test golden` writes anew.

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// One query for each thing that an answer may hold.
const QUERIES: &[&str] = &[
    "文明实践",
    "圖書館",
    "图書館 开放",
    "\"reading room\"",
    "東京都",
    "ﾌﾟﾛｸﾞﾗﾑ",
    "한국어",
    "wasm",
    "在",
    "没有的词语组合",
    "积分 -超市",
];

/// More would make the files long, not the tests better.
const HITS: &str = "3";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// What the command prints, run from the root of the checkout.
fn run(arguments: &[&str]) -> Value {
    let mut command = cargo_bin_cmd!("suoyin");
    let output = command.current_dir(root()).args(arguments).arg("--json").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Compares with the golden file, or writes it where `SUOYIN_BLESS` says so.
fn check(name: &str, value: &Value) {
    let path = golden(name);
    let now = format!("{value:#}\n");
    if env::var_os("SUOYIN_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, now).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let lines = golden.lines().zip(now.lines()).enumerate();
    let first = lines.filter(|(_, (was, is))| was != is).map(|(n, pair)| (n + 1, pair)).next();
    assert!(
        golden == now,
        "{} differs, first {first:?}; where that is right, SUOYIN_BLESS=1 says so",
        path.display()
    );
}

#[test]
fn what_building_and_searching_print() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let mut summary = run(&["build", "docs", "--output", out, "--layout", "module"]);
    let fields = summary.as_object_mut().unwrap();
    // Where it was written, and how fast: another time each time. Sizes are a matter of the format.
    for field in ["index", "seconds", "speed", "indexBytes"] {
        assert!(fields.remove(field).is_some(), "{field} is missing");
    }
    for structure in fields["structures"].as_array_mut().unwrap() {
        assert!(structure["bytes"].is_u64(), "{structure}");
        *structure = structure["structure"].take();
    }
    check("build.json", &summary);
    let answers: Vec<Value> = QUERIES
        .iter()
        .map(|query| rounded(run(&["search", out, query, "--limit", HITS])))
        .collect();
    check("search.json", &json!(answers));
}

/// The same with scores of three digits: the last ones are of no interest.
fn rounded(mut answer: Value) -> Value {
    for hit in answer["hits"].as_array_mut().unwrap() {
        let score = hit["score"].as_f64().unwrap();
        hit["score"] = json!((score * 1e3).round() / 1e3);
    }
    answer
}
