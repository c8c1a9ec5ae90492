//! The layout `shards`: the engine, a root, and shards that are fetched when a query needs them.
//!
//! `suoyin.root` names the shards, which lie in `suoyin.shards/KIND-HASH/NUMBER`, all of them packed
//! by deflate. The names change with the contents: a shard that was fetched once stays right for
//! ever, and an older root goes on working as long as its shards are kept.

use super::files::Files;
use super::packed::{pack, unpack};
use super::{ENGINE_FOR_SHARDS, MODULE, ROOT, cannot_write, module};
use crate::exit::Damaged;
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};
use suoyin_core::format::SHARD_FOLDER;
use suoyin_core::{Error, IndexWriter, Root, ShardSizes};

/// The script beside the root.
pub(super) const SCRIPT: &str = include_str!("../../engine/sharded.js");

/// In the folder of a group that the newest root does not name: since when that is so.
const SUPERSEDED: &str = "superseded";

/// Shards on their way to the disk, at most.
const WAITING: usize = 64;

/// An index in shards that was written.
pub(crate) struct WrittenShards {
    pub(crate) root: Root,
    /// Kind of file → how many there are, bytes before and after packing.
    pub(crate) sizes: BTreeMap<String, [u64; 3]>,
}

/// Writes the shards of `writer` below `folder`, then, into `files`, the engine and the root.
pub(super) fn write(
    folder: &Path,
    writer: IndexWriter,
    threads: usize,
    suggests: bool,
    files: &mut Files<'_>,
) -> Result<WrittenShards> {
    let sizes = ShardSizes::for_documents(writer.doc_count());
    let (sender, receiver) = mpsc::sync_channel::<(String, Vec<u8>)>(WAITING);
    let receiver = Mutex::new(receiver);
    let written = Mutex::new(BTreeMap::new());
    let next = || receiver.lock().ok().and_then(|receiver| receiver.recv().ok());
    let work = || -> Result<()> {
        while let Some((name, shard)) = next() {
            let packed = pack(&shard)?;
            write_once(&folder.join(&name), &packed)?;
            let lens = [1, shard.len() as u64, packed.len() as u64];
            if let Ok(mut written) = written.lock() {
                add(&mut written, kind(&name), lens);
            }
        }
        Ok(())
    };
    let root = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let root = writer.finish_shards(sizes, |name, shard| {
            // Nobody listens any more where all workers have failed.
            sender.send((name, shard)).map_err(|_| anyhow!("the shards cannot be written"))
        });
        drop(sender);
        for worker in workers {
            worker.join().map_err(|_| anyhow!("a thread that writes shards panicked"))??;
        }
        root
    })?;
    let mut sizes = written.into_inner().unwrap_or_default();
    let packed = pack(&root.bytes)?;
    add(&mut sizes, "root", [1, root.bytes.len() as u64, packed.len() as u64]);
    files.add(MODULE, &[&engine(suggests)])?;
    files.add(ROOT, &[&packed])?;
    Ok(WrittenShards { root, sizes })
}

/// The engine, which says whether there are suggestions.
pub(super) fn engine(suggests: bool) -> Vec<u8> {
    let mut engine = ENGINE_FOR_SHARDS.to_vec();
    if suggests {
        module::add_suggests(&mut engine);
    }
    engine
}

fn add(sizes: &mut BTreeMap<String, [u64; 3]>, kind: &str, lens: [u64; 3]) {
    let sums = sizes.entry(kind.to_owned()).or_default();
    sums.iter_mut().zip(lens).for_each(|(sum, len)| *sum += len);
}

/// `terms` in `suoyin.shards/terms-0123456789abcdef/7`.
pub(crate) fn kind(name: &str) -> &str {
    let group = name.split('/').nth(1).unwrap_or(name);
    group.split_once('-').map_or(group, |(kind, _)| kind)
}

/// Writes a file whose name says what is in it: it may be there already.
fn write_once(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let folder = path.parent().context("a shard lies in a folder")?;
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = super::files::builder().tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| cannot_write(path))
}

/// The root in the file at `path`.
pub(super) fn read_root(bytes: &[u8]) -> Result<Vec<u8>> {
    unpack(bytes)
        .context(Damaged("the root is damaged or cut short; download it or build it again"))
}

/// One shard of the index whose root is in `folder`.
pub(crate) fn read_shard(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    let damaged = Error::Damaged { structure: "shard" };
    let packed = fs::read(&path)
        .map_err(|_| damaged.clone())
        .with_context(|| format!("{}: the shard is missing", path.display()))?;
    unpack(&packed)
        .map_err(|_| damaged)
        .with_context(|| format!("{}: the shard cannot be unpacked", path.display()))
}

/// Removes the groups of shards that the root in place does not name any more, once they have been
/// superseded for as long as `grace`: caches may serve the root before this one for a while.
pub(super) fn sweep(folder: &Path, named: &[String], grace: Duration) -> Result<()> {
    let groups = folder.join(SHARD_FOLDER);
    let Ok(entries) = fs::read_dir(&groups) else { return Ok(()) };
    let named: BTreeSet<PathBuf> =
        named.iter().filter_map(|name| folder.join(name).parent().map(Path::to_owned)).collect();
    for entry in entries {
        let group = entry.with_context(|| format!("{}: cannot be read", groups.display()))?.path();
        let cannot = || format!("{}: superseded shards cannot be removed", group.display());
        let mark = group.join(SUPERSEDED);
        if !is_group(&group) {
            continue;
        } else if named.contains(&group) {
            if mark.exists() {
                fs::remove_file(&mark).with_context(cannot)?;
            }
            continue;
        }
        let since = fs::metadata(&mark).and_then(|metadata| metadata.modified()).ok();
        let age = since.map(|since| SystemTime::now().duration_since(since).unwrap_or_default());
        if age.unwrap_or_default() >= grace {
            fs::remove_dir_all(&group).with_context(cannot)?;
        } else if since.is_none() {
            fs::write(&mark, "").with_context(cannot)?;
        }
    }
    if named.is_empty() && fs::read_dir(&groups).is_ok_and(|mut left| left.next().is_none()) {
        fs::remove_dir(&groups)
            .with_context(|| format!("{}: cannot be removed", groups.display()))?;
    }
    Ok(())
}

/// Whether this is a folder as a build makes it: `KIND-HASH`.
fn is_group(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let hash = name.split_once('-').map_or("", |(_, hash)| hash);
    path.is_dir() && hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}
