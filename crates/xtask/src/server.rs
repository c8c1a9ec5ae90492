//! A web server for one folder, for use on this machine only.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::Response;
use tower_http::services::ServeDir;

/// How many ports are tried, from the one asked for, before giving up.
const PORTS_TRIED: u16 = 100;

/// A server that has its port and is ready to answer.
pub(crate) struct Server {
    listener: TcpListener,
    folder: PathBuf,
    address: SocketAddr,
    for_other_origins: bool,
}

impl Server {
    /// Takes the port, or the next free one.
    pub(crate) fn start(folder: &Path, port: u16) -> Result<Server> {
        let listener = (port..=port.saturating_add(PORTS_TRIED))
            .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
            .with_context(|| format!("no free port from {port} on: choose one with --port"))?;
        // What tokio asks of a socket it is given.
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Server { listener, folder: folder.to_owned(), address, for_other_origins: false })
    }

    /// Allows pages of any origin to load what it serves.
    pub(crate) fn for_other_origins(self) -> Server {
        Server { for_other_origins: true, ..self }
    }

    /// Where the served folder can be seen.
    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The port that it has.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers until the process ends.
    pub(crate) fn run(self) -> Result<()> {
        let mut router =
            Router::new().fallback_service(ServeDir::new(self.folder)).layer(from_fn(add_headers));
        if self.for_other_origins {
            router = router.layer(map_response(allow_all_origins));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, router).await.context("serving the demo")
        })
    }
}

/// Says what a file is, and that it may change with the next build.
async fn add_headers(request: Request, next: Next) -> Response {
    let content_type = content_type(request.uri().path());
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
    }
    response
}

async fn allow_all_origins(mut response: Response) -> Response {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// The type of files that a browser should show and would otherwise save, or guess the encoding of.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    Some(match extension {
        "txt" | "md" | "jsonl" | "ts" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::OnceLock;
    use std::thread;

    use super::*;
    use crate::project;

    /// The addresses of two servers over a folder with three files, beside a file they must not give:
    /// one for itself, one for other origins.
    fn addresses() -> [SocketAddr; 2] {
        static ADDRESSES: OnceLock<[SocketAddr; 2]> = OnceLock::new();
        *ADDRESSES.get_or_init(|| {
            let parent = project::root().join("target/xtask-server-test");
            let folder = parent.join("site");
            fs::create_dir_all(folder.join("docs")).unwrap();
            fs::write(parent.join("secret.txt"), "secret").unwrap();
            fs::write(folder.join("index.html"), "<p>page").unwrap();
            fs::write(folder.join("a.wasm"), "wasm").unwrap();
            fs::write(folder.join("docs/通知.txt"), "正文").unwrap();
            let own = Server::start(&folder, 0).unwrap();
            let for_others = Server::start(&folder, 0).unwrap().for_other_origins();
            [own, for_others].map(|server| {
                let address = server.address;
                thread::spawn(move || server.run());
                address
            })
        })
    }

    /// One answer of the first.
    fn get(path: &str) -> String {
        get_from(addresses()[0], path)
    }

    fn get_from(address: SocketAddr, path: &str) -> String {
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
        assert!(answer.contains("content-type: text/html"), "{answer}");
        assert!(answer.ends_with("<p>page"), "{answer}");
        assert!(get("/docs").contains("location: /docs/"));
        assert!(get("/docs/").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn modules_have_the_type_that_streaming_compilation_asks_for() {
        assert!(get("/a.wasm").contains("content-type: application/wasm"));
    }

    #[test]
    fn other_origins_get_nothing_unless_they_are_allowed() {
        let [own, for_others] = addresses();
        assert!(!get_from(own, "/a.wasm").contains("access-control-allow-origin"));
        assert!(get_from(for_others, "/a.wasm").contains("access-control-allow-origin: *"));
    }

    #[test]
    fn chinese_file_names_are_found() {
        let answer = get("/docs/%E9%80%9A%E7%9F%A5.txt");
        assert!(answer.contains("content-type: text/plain; charset=utf-8"), "{answer}");
        assert!(answer.ends_with("正文"), "{answer}");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/docs/..%2f..%2fsecret.txt"] {
            let answer = get(path);
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
    }

    #[test]
    fn open_connections_do_not_keep_others_waiting() {
        let keep_open = |_| {
            let mut stream = TcpStream::connect(addresses()[0]).unwrap();
            write!(stream, "GET /a.wasm HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
            stream.read_exact(&mut [0; 12]).unwrap();
            stream
        };
        // Browsers open six at once and keep them.
        let open: Vec<TcpStream> = (0..24).map(keep_open).collect();
        assert!(get("/").starts_with("HTTP/1.1 200"));
        drop(open);
    }
}
