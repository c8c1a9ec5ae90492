//! A Rust that compiles for `wasm32-unknown-unknown`.
//!
//! Nearly everywhere that is the active one after `rustup target add`. Where rustup cannot download
//! (behind a package mirror, say), Debian's second Rust does it: the packages hold the compiler and
//! the source of its standard library, which we compile for wasm32 once and put where it looks.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::{announce, apt};
use crate::{program, project};

const TARGET: &str = "wasm32-unknown-unknown";

/// The folder of Debian's compiler.
const DEBIAN_BIN: &str = "/usr/bin";

/// Debian's packages for the second Rust: compiler, cargo, source of the standard library.
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// A file beside the libraries that we built, with the version of the compiler they are for.
const STAMP: &str = "built-by-suoyin-for";

/// The Rust to compile the module with.
pub(crate) enum WasmRust {
    /// The one that is active anyway.
    Active,
    /// Debian's, which comes without a linker for wasm.
    Debian {
        /// A `rust-lld`, of whichever toolchain.
        linker: PathBuf,
    },
}

impl WasmRust {
    /// Finds a Rust with the target, or gets one.
    pub(crate) fn ensure() -> Result<WasmRust> {
        super::ensure("Rust's wasm32 target", Self::find, Self::install)
    }

    /// Makes a command, and all that it starts, use this Rust.
    pub(crate) fn set_environment(&self, command: &mut Command) {
        if let WasmRust::Debian { linker } = self {
            leave_rustup(command);
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }

    /// The folders this Rust needs at the front of `PATH`.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        match self {
            WasmRust::Active => Vec::new(),
            WasmRust::Debian { .. } => vec![PathBuf::from(DEBIAN_BIN)],
        }
    }

    fn find() -> Result<Option<WasmRust>> {
        let active = target_libdir(Command::new("rustc").arg("--print=target-libdir"));
        if active.is_ok_and(|dir| has_library(&dir) && !dir.join(STAMP).exists()) {
            return Ok(Some(WasmRust::Active));
        }
        let Some(version) = debian_version() else { return Ok(None) };
        let stamp = fs::read_to_string(debian_libdir()?.join(STAMP));
        if !stamp.is_ok_and(|stamp| stamp == version) {
            return Ok(None);
        }
        Ok(find_linker()?.map(|linker| WasmRust::Debian { linker }))
    }

    fn install() -> Result<()> {
        let Err(error) = add_target() else { return Ok(()) };
        if !apt::is_available() {
            return Err(error.context(format!(
                "this needs a Rust with the target {TARGET}: `rustup target add {TARGET}`, \
                 or your system's package of it"
            )));
        }
        announce(&format!("rustup cannot add {TARGET} here; taking Debian's Rust for it"));
        apt::install(&DEBIAN_PACKAGES, "a Rust whose standard library we can compile")?;
        if find_linker()?.is_none() {
            bail!("no `rust-lld` in any toolchain of rustup: `rustup toolchain install stable`");
        }
        build_library()
    }
}

/// Asks rustup for the target.
fn add_target() -> Result<()> {
    announce(&format!("adding the target {TARGET} to the active toolchain"));
    program::run_silently(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Compiles the standard library with Debian's Rust and puts it where that Rust looks for it.
fn build_library() -> Result<()> {
    let version = debian_version().context("Debian's rustc does not start")?;
    ensure!(
        is_recent_enough(&version, env!("CARGO_PKG_RUST_VERSION")),
        "Debian's Rust is too old, {} is needed; this one is:\n{version}",
        env!("CARGO_PKG_RUST_VERSION")
    );
    announce("building the standard library for wasm32, once, about a minute");
    let work = project::tools_dir().join("wasm32-library");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    // cargo builds the library only as part of building something: an empty crate.
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("src/lib.rs"), "")?;
    fs::write(
        work.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n",
    )?;

    let mut command = Command::new(Path::new(DEBIAN_BIN).join("cargo"));
    leave_rustup(&mut command);
    command.current_dir(&work).env("PATH", program::path_with([PathBuf::from(DEBIAN_BIN)])?);
    // -Z flags need a nightly or this; the bitcode is for link-time optimisation.
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    command.env("CARGO_TARGET_DIR", work.join("target"));
    command.args(["build", "--quiet", "--release", "--target", TARGET]);
    command.arg("-Zbuild-std=std,panic_abort");
    program::run_silently(&mut command)?;

    let staged = work.join("lib");
    fs::create_dir(&staged)?;
    for entry in fs::read_dir(work.join("target").join(TARGET).join("release/deps"))? {
        let entry = entry?;
        let name = entry.file_name();
        let is_library = Path::new(&name).extension() == Some(OsStr::new("rlib"));
        if is_library && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(entry.path(), staged.join(name))?;
        }
    }
    fs::write(staged.join(STAMP), version)?;
    put_in_place(&staged, &debian_libdir()?)?;
    fs::remove_dir_all(&work).context("removing what the build left")
}

/// Copies a folder into the system, renaming at the end, so that it is there whole or not at all.
fn put_in_place(staged: &Path, to: &Path) -> Result<()> {
    let beside = to.with_extension("partial");
    let parent = to.parent().context("a library folder has a parent")?;
    program::run_silently(program::as_root("mkdir")?.arg("-p").arg(parent))?;
    program::run_silently(program::as_root("rm")?.arg("-rf").args([&beside, to]))?;
    program::run_silently(program::as_root("cp")?.arg("-r").args([staged, &beside]))?;
    program::run_silently(program::as_root("mv")?.args([&beside, to]))
}

/// Where a compiler looks for the target's libraries.
fn target_libdir(rustc: &mut Command) -> Result<PathBuf> {
    let printed = program::read(rustc.args(["--target", TARGET]))?;
    Ok(PathBuf::from(printed.trim()))
}

/// Where Debian's compiler looks for them.
fn debian_libdir() -> Result<PathBuf> {
    target_libdir(debian_rustc().arg("--print=target-libdir"))
}

/// Whether a folder holds a standard library.
fn has_library(dir: &Path) -> bool {
    fs::read_dir(dir).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// The full version of Debian's compiler; a library fits one version exactly.
fn debian_version() -> Option<String> {
    program::read(debian_rustc().arg("-vV")).ok()
}

/// Whether a compiler that printed this of itself is at least the wanted `major.minor`.
fn is_recent_enough(verbose_version: &str, wanted: &str) -> bool {
    let numbers = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??))
    };
    let release = verbose_version.lines().find_map(|line| line.strip_prefix("release: "));
    release.and_then(numbers) >= numbers(wanted)
}

/// Debian's compiler, whatever toolchain we were started by.
fn debian_rustc() -> Command {
    let mut command = Command::new(Path::new(DEBIAN_BIN).join("rustc"));
    leave_rustup(&mut command);
    command
}

/// Takes out the variables by which rustup and cargo bind their children to one toolchain.
fn leave_rustup(command: &mut Command) {
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
}

/// Looks for `rust-lld` in the active toolchain, then in the others that rustup has.
fn find_linker() -> Result<Option<PathBuf>> {
    let mut toolchains = Vec::new();
    if let Ok(sysroot) = program::read(Command::new("rustc").arg("--print=sysroot")) {
        toolchains.push(PathBuf::from(sysroot.trim()));
    }
    let rustup = env::var_os("RUSTUP_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".rustup")));
    if let Some(entries) = rustup.and_then(|dir| fs::read_dir(dir.join("toolchains")).ok()) {
        toolchains.extend(entries.flatten().map(|entry| entry.path()));
    }
    for toolchain in toolchains {
        let Ok(hosts) = fs::read_dir(toolchain.join("lib/rustlib")) else { continue };
        for host in hosts {
            let linker = host?.path().join("bin/rust-lld");
            if linker.is_file() {
                return Ok(Some(linker));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_recent_enough("rustc 1.96.0\nrelease: 1.96.0\n", "1.95"));
        assert!(is_recent_enough("release: 1.100.0", "1.95"));
        assert!(!is_recent_enough("release: 1.85.0", "1.95"));
        assert!(!is_recent_enough("", "1.95"));
    }
}
