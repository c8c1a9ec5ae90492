//! `suoyin serve`: a preview of an index, with a look into how it is searched.
//!
//! The page, its scripts and what they ask of `/api/` come out of this program; `/search/` gives the
//! files of the index as any web server would. It is made for the author of a site, not for the
//! public: it listens on this machine only, unless told otherwise.

mod answers;
mod engine;
mod routes;
mod tokens;

use crate::output::{self, FAINT, STRONG};
use crate::watch::{Error, Wake, Watch};
use anyhow::{Context, Result, anyhow};
use engine::Engine;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::thread;
use tokio::sync::{oneshot, watch};

/// The first port that is tried where none is given.
const PORT: u16 = 8000;
/// How many are tried.
const PORTS_TRIED: u16 = 100;

/// What to serve, and where.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Options {
    /// The folder that `suoyin build` wrote
    #[arg(value_name = "OUT")]
    index: PathBuf,
    /// The port; 0 for any that is free [default: 8000, or the next free one]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDR", default_value_t = Ipv4Addr::LOCALHOST.into())]
    host: IpAddr,
}

const AFTER_HELP: &str = "\
Addresses:
  /          a page to search the index, to see why a document ranks where it does, and what
             becomes of a text
  /search/   the files in OUT, for pages on any origin
When the files change, `suoyin build --watch` running beside it for instance, the page searches
again. Ctrl-C ends.";

/// Which version of the index is open, counted from 0, and why the one on the disk is not.
#[derive(Clone, Debug, Default, serde::Serialize)]
struct State {
    version: u64,
    error: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let engine = Engine::start(&options.index)?;
    let listener = listen(options)?;
    let address = listener.local_addr()?;
    let folder = match options.index.is_dir() {
        true => options.index.as_path(),
        false => options.index.parent().unwrap_or(Path::new("")),
    };
    let (states, state) = watch::channel(State::default());
    let router = routes::router(engine.clone(), folder, state);
    let (end, ended) = oneshot::channel();
    let watching = start_watching(folder)?;
    thread::spawn(move || {
        if let Err(error) = reload(&watching, &engine, &states) {
            output::error(&error);
        }
        // Where nobody waits for it, the server has ended already.
        let _ = end.send(());
    });
    output::text(&format!(
        "{STRONG}http://{address}/{STRONG:#}\n{FAINT}files     http://{address}/search/\n\
         Ctrl-C ends{FAINT:#}\n"
    ))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        // Pages stay connected for as long as they are open: nothing is waited for at the end.
        tokio::select! {
            served = axum::serve(listener, router) => served.context("the server ended"),
            _ = ended => Ok(()),
        }
    })
}

/// Takes the port given, or the first that is free.
fn listen(options: &Options) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((options.host, port));
    let bound = match options.port {
        Some(port) => bind(port).with_context(|| {
            format!("{}:{port}: cannot be listened on; give another --port or --host", options.host)
        }),
        None => first_free(bind).with_context(|| {
            format!("{}: no port from {PORT} on is free; give one with --port", options.host)
        }),
    };
    let listener = bound?;
    // What tokio asks of a socket it is given.
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn first_free(bind: impl Fn(u16) -> io::Result<TcpListener>) -> io::Result<TcpListener> {
    let mut last = bind(PORT);
    for port in PORT + 1..PORT + PORTS_TRIED {
        match last {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = bind(port),
            _ => break,
        }
    }
    last
}

fn start_watching(folder: &Path) -> Result<Watch> {
    let (mut watch, _) = Watch::new()?;
    match watch.follow(&[folder], None) {
        Ok(()) => Ok(watch),
        Err(Error::Notify(error)) => {
            Err(anyhow!(error).context(format!("{}: cannot be watched", folder.display())))
        }
        Err(Error::Circle(_)) => unreachable!("nothing is excepted"),
    }
}

/// Opens the index again whenever its files change, until the user wants the end.
fn reload(watching: &Watch, engine: &Engine, states: &watch::Sender<State>) -> Result<()> {
    while let Wake::Changed(changed) = watching.wait()? {
        let opened = engine.reload();
        match &opened {
            Ok(()) => output::note(&format!("changed: {changed}; opened again")),
            Err(error) => output::note(&format!("{error}; the index before stays open")),
        }
        states.send_modify(|state| match opened {
            Ok(()) => *state = State { version: state.version + 1, error: None },
            Err(error) => state.error = Some(error),
        });
    }
    Ok(())
}
