//! `suoyin serve`: what the preview answers, and how it follows the index.

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use predicates::str::contains;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;
use ureq::Body;
use ureq::http::Response;

/// A folder with documents and their index, and a server over it.
struct Preview {
    folder: TempDir,
    server: Child,
    /// Open as long as the server: it may have more to say.
    _output: BufReader<ChildStdout>,
    address: String,
}

impl Preview {
    fn start() -> Preview {
        let folder = TempDir::new().unwrap();
        let docs = folder.path().join("docs");
        fs::create_dir(&docs).unwrap();
        fs::write(docs.join("a.txt"), "社区通知\n\n新时代文明实践站今天开放。\n").unwrap();
        fs::write(docs.join("b.md"), "# 志願服務\n\n文明實踐靠大家，<b>文明</b>有禮。\n").unwrap();
        build(folder.path());
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let mut server = Command::new(cargo_bin!("suoyin"))
            .args(["serve", "out", "--port", "0"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        output.read_line(&mut address).unwrap();
        let address = address.trim_end().trim_end_matches('/').to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        Preview { folder, server, _output: output, address }
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("out/suoyin.wasm")
    }

    fn get(&self, path: &str) -> Response<Body> {
        agent()
            .get(format!("{}{path}", self.address))
            .header("Origin", "https://a.example")
            .call()
            .unwrap()
    }

    fn text(&self, path: &str) -> String {
        let mut response = self.get(path);
        let text = response.body_mut().read_to_string().unwrap();
        assert_eq!(response.status(), 200, "{path}: {text}");
        text
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// The states of the index, one after the other.
    fn states(&self) -> impl Iterator<Item = Value> + use<> {
        let lines = BufReader::new(self.get("/api/events").into_body().into_reader()).lines();
        lines.filter_map(|line| {
            Some(serde_json::from_str(line.unwrap().strip_prefix("data: ")?).unwrap())
        })
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().proxy(None).http_status_as_error(false);
    config.build().into()
}

fn build(folder: &Path) {
    cargo_bin_cmd!("suoyin")
        .args(["build", "docs", "-o", "out"])
        .current_dir(folder)
        .assert()
        .success();
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// What stands between `before` and the next quote, wherever `before` does.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn the_page_has_all_its_parts_and_a_policy() {
    let preview = Preview::start();
    let page = preview.get("/");
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    let policy = header(&page, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    let html = preview.text("/");
    let mut parts: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = [quoted(&html, "href=\"/"), quoted(&html, "src=\"/")]
        .concat()
        .into_iter()
        .map(|part| format!("/{part}"))
        .collect();
    while let Some(part) = open.pop() {
        let kind = header(&preview.get(&part), "content-type").to_owned();
        let kinds = ["text/javascript", "text/css", "image/svg+xml"];
        assert!(kinds.iter().any(|known| kind.starts_with(known)), "{part}: {kind}");
        let text = preview.text(&part);
        for markup in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!text.contains(markup), "{part}: {markup}");
        }
        if parts.insert(part) {
            let imports = quoted(&text, "from \"./").into_iter();
            open.extend(imports.map(|name| format!("/page/{name}")));
        }
    }
    assert_eq!(parts.len(), 8, "{parts:?}");
}

#[test]
fn it_answers_as_the_command_does() {
    let preview = Preview::start();
    let out = preview.folder.path().join("out");
    let mut search = cargo_bin_cmd!("suoyin");
    search.arg("search").arg(out).args(["文明实践", "--limit", "1", "--offset", "1", "--json"]);
    let expected: Value = serde_json::from_slice(&search.output().unwrap().stdout).unwrap();
    let mut answer =
        preview.json("/api/search?q=%E6%96%87%E6%98%8E%E5%AE%9E%E8%B7%B5&limit=1&offset=1");
    assert!(answer.as_object_mut().unwrap().remove("took").unwrap().is_f64());
    assert_eq!(answer, expected);
    assert_eq!(preview.json("/api/search")["total"], 0);
    assert_eq!(preview.json("/api/index")["documents"], 2);
}

#[test]
fn tokens_have_their_places() {
    let preview = Preview::start();
    let tokens = |side: &str| {
        preview.json(&format!("/api/tokens?text=%F0%A0%AE%B7%E6%96%87%E6%98%8E{side}"))
    };
    let index = tokens("");
    assert_eq!(index["tokens"].as_array().unwrap().len(), 3);
    let second = serde_json::json!({
        "text": "文明", "position": 1, "bytes": [4, 10], "utf16": [2, 4]
    });
    assert_eq!(index["tokens"][1], second);
    assert_eq!(tokens("&side=query")["tokens"].as_array().unwrap().len(), 2);
    assert_eq!(preview.get("/api/tokens?side=both").status(), 400);
    let long = "文明".repeat(20_000);
    let url = format!("{}/api/tokens?side=index", preview.address);
    let mut answer = agent().post(url).content_type("text/plain").send(&long).unwrap();
    let answer = answer.body_mut().with_config().limit(u64::MAX).read_to_string().unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["tokens"].as_array().unwrap().len(), 40_000);
}

#[test]
fn the_explanation_of_every_hit_adds_up() {
    let preview = Preview::start();
    let query = "%E6%96%87%E6%98%8E%E5%AE%9E%E8%B7%B5";
    let answer = preview.json(&format!("/api/search?q={query}"));
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 2);
    for hit in hits {
        let id = hit["id"].as_str().unwrap();
        let explanation = preview.json(&format!("/api/explain?q={query}&id={id}"));
        let terms = explanation["terms"].as_array().unwrap();
        let sum: f64 = terms.iter().map(|term| term["score"].as_f64().unwrap()).sum();
        let texts =
            ["characters", "headings", "script"].map(|name| explanation[name].as_f64().unwrap());
        let sum = sum + texts.iter().sum::<f64>();
        let score = hit["score"].as_f64().unwrap();
        assert!((sum - score).abs() < 1e-5 * score, "{id}: {sum} {score}");
    }
    assert_eq!(preview.get("/api/explain?q=x&id=nowhere").status(), 404);
    assert_eq!(preview.get("/api/explain?q=x").status(), 400);
}

#[test]
fn files_are_for_every_origin_and_nothing_else_is() {
    let preview = Preview::start();
    let mut index = preview.get("/search/suoyin.wasm");
    assert_eq!(header(&index, "access-control-allow-origin"), "*");
    assert_eq!(header(&index, "cache-control"), "no-cache");
    assert!(index.body_mut().read_to_vec().unwrap() == fs::read(preview.index()).unwrap());
    assert_eq!(header(&index, "content-type"), "application/wasm");
    for path in ["/", "/api/index", "/page/page.js"] {
        assert_eq!(header(&preview.get(path), "access-control-allow-origin"), "", "{path}");
    }
    assert_eq!(preview.get("/search/nothing").status(), 404);
    assert_eq!(preview.get("/nothing").status(), 404);
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let preview = Preview::start();
    let host = preview.address.strip_prefix("http://").unwrap();
    for path in ["/search/../secret.txt", "/search/%2e%2e/secret.txt", "/search/..%2fsecret.txt"] {
        // Clients would tidy these up.
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn it_follows_the_index_and_survives_its_damage() {
    let preview = Preview::start();
    let mut states = preview.states();
    assert_eq!(states.next().unwrap(), serde_json::json!({ "version": 0, "error": null }));
    fs::write(preview.folder.path().join("docs/c.txt"), "文明城市").unwrap();
    build(preview.folder.path());
    assert_eq!(states.next().unwrap()["version"], 1);
    assert_eq!(preview.json("/api/index")["documents"], 3);
    // In one step, which is one change.
    let damaged = preview.folder.path().join("damaged");
    fs::write(&damaged, "damaged").unwrap();
    fs::rename(damaged, preview.index()).unwrap();
    let damaged = states.next().unwrap();
    assert_eq!(damaged["version"], 1);
    assert!(damaged["error"].as_str().unwrap().contains("not a Suoyin index"), "{damaged}");
    assert_eq!(preview.json("/api/search?q=%E6%96%87%E6%98%8E")["total"], 3);
    build(preview.folder.path());
    assert_eq!(states.next().unwrap(), serde_json::json!({ "version": 2, "error": null }));
}

#[test]
fn what_cannot_be_served() {
    let preview = Preview::start();
    let serve = |arguments: &[&str]| {
        let mut command = cargo_bin_cmd!("suoyin");
        command.arg("serve").args(arguments).current_dir(preview.folder.path()).assert()
    };
    serve(&["docs"]).code(1).stderr(contains("there is no index here"));
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    serve(&["out", "--port", &port]).code(1).stderr(contains("give another --port"));
    serve(&["out", "--port", "99999"]).code(2);
    serve(&["out", "--host", "here"]).code(2);
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_a_good_end() {
    let mut preview = Preview::start();
    // A page that is still connected keeps nobody.
    let mut states = preview.states();
    states.next().unwrap();
    let kill = Command::new("kill").args(["-INT", &preview.server.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert_eq!(preview.server.wait().unwrap().code(), Some(0));
}
