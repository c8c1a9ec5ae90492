//! A web server for one folder, for use on this machine only.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, StatusCode};

/// How many ports are tried, from the one asked for, before giving up.
const PORTS_TRIED: u16 = 100;

/// A server that has its port and is ready to answer.
pub(crate) struct Server {
    http: tiny_http::Server,
    /// The folder that is served, with no symbolic link in its path.
    folder: PathBuf,
    address: SocketAddr,
}

impl Server {
    /// Takes the port, or the next free one.
    pub(crate) fn start(folder: &Path, port: u16) -> Result<Server> {
        let folder =
            folder.canonicalize().with_context(|| format!("opening {}", folder.display()))?;
        let listener = (port..=port.saturating_add(PORTS_TRIED))
            .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
            .with_context(|| format!("no free port from {port} on: choose one with --port"))?;
        let address = listener.local_addr()?;
        let http =
            tiny_http::Server::from_listener(listener, None).map_err(|error| anyhow!(error))?;
        Ok(Server { http, folder, address })
    }

    /// Where the served folder can be seen.
    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers until the process ends.
    pub(crate) fn run(&self) -> Result<()> {
        loop {
            let request = self.http.recv().context("waiting for a request")?;
            // An error here is a reader who went away before the answer was complete.
            drop(self.answer(request));
        }
    }

    fn answer(&self, request: Request) -> io::Result<()> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return request.respond(Response::empty(405));
        }
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        match self.locate(&path) {
            Some(file) if file.is_dir() => {
                // Relative addresses in the page only work below a slash.
                let to = header("Location", &format!("{path}/"));
                request.respond(Response::empty(301).with_header(to))
            }
            Some(file) => {
                let response = Response::from_file(File::open(&file)?)
                    .with_header(header("Content-Type", content_type(&file)))
                    // What is served changes with the next build.
                    .with_header(header("Cache-Control", "no-cache"));
                request.respond(response)
            }
            None => {
                let message = format!("there is no {path} here\n");
                request.respond(Response::from_string(message).with_status_code(StatusCode(404)))
            }
        }
    }

    /// The file behind the path of an address; a folder only where its final slash is missing.
    fn locate(&self, path: &str) -> Option<PathBuf> {
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        // "//host" would be another machine's address in the answer for a folder.
        if decoded.contains("//") {
            return None;
        }
        let mut file = self.folder.clone();
        for name in decoded.split('/').filter(|name| !name.is_empty()) {
            if matches!(name, "." | "..") || name.contains(['\\', ':', '\0']) {
                return None;
            }
            file.push(name);
        }
        if decoded.ends_with('/') {
            file.push("index.html");
        }
        // A symbolic link must not lead out either.
        let file = fs::canonicalize(file).ok()?;
        file.starts_with(&self.folder).then_some(file)
    }
}

/// A header, of which both sides are known to be plain text.
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("percent-encoded paths and constants are ASCII")
}

/// What kind of file it is, by its extension.
fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" | "jsonl" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::OnceLock;
    use std::thread;

    use super::*;
    use crate::project;

    /// One answer of a server over a folder with three files, beside a file it must not give.
    fn get(path: &str) -> String {
        static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
        let address = ADDRESS.get_or_init(|| {
            let parent = project::root().join("target/xtask-server-test");
            let folder = parent.join("site");
            fs::create_dir_all(folder.join("docs")).unwrap();
            fs::write(parent.join("secret.txt"), "secret").unwrap();
            fs::write(folder.join("index.html"), "<p>page").unwrap();
            fs::write(folder.join("a.wasm"), "wasm").unwrap();
            fs::write(folder.join("docs/通知.txt"), "正文").unwrap();
            let server = Server::start(&folder, 0).unwrap();
            let address = server.address;
            thread::spawn(move || server.run());
            address
        });
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn folders_have_their_page() {
        let answer = get("/?q=1");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("Content-Type: text/html; charset=utf-8"), "{answer}");
        assert!(answer.ends_with("<p>page"), "{answer}");
        assert!(get("/docs").contains("Location: /docs/"));
        assert!(get("/docs/").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn modules_have_the_type_that_streaming_compilation_asks_for() {
        assert!(get("/a.wasm").contains("Content-Type: application/wasm"));
    }

    #[test]
    fn chinese_file_names_are_found() {
        let answer = get("/docs/%E9%80%9A%E7%9F%A5.txt");
        assert!(answer.contains("Content-Type: text/plain; charset=utf-8"), "{answer}");
        assert!(answer.ends_with("正文"), "{answer}");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/docs/..%2f..%2fsecret.txt", "//docs"]
        {
            let answer = get(path);
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
    }
}
