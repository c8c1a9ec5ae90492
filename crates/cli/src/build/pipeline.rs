//! Documents → a writer that holds them all: read on one thread, analyzed on several, taken in the
//! order in which they were read, so that the number of threads never shows.

use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, mpsc};
use std::thread;
use suoyin_core::{Document, IndexWriter, Segment, SegmentBuilder};
use suoyin_ingest::{IngestOptions, Report, ingest_each};

/// Bytes of text that are analyzed together.
const BATCH: usize = 1 << 20;

/// Documents that follow one another.
struct Batch {
    number: u64,
    documents: Vec<Document>,
}

/// What became of a batch.
type Analyzed = (u64, Result<Segment>);

/// Reads all documents of `inputs` and adds them to `writer`; `seen` gets each as it is read.
pub(super) fn index(
    inputs: &[PathBuf],
    options: &IngestOptions,
    mut writer: IndexWriter,
    threads: usize,
    mut seen: impl FnMut(&Document) -> Result<()>,
) -> Result<(IndexWriter, Report)> {
    let threads = threads.max(1);
    let (batches, waiting) = mpsc::sync_channel::<Batch>(threads);
    let waiting = Mutex::new(waiting);
    let (analyzed, segments) = mpsc::sync_channel::<Analyzed>(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let mut builder = writer.segment_builder();
            let (waiting, analyzed) = (&waiting, analyzed.clone());
            scope.spawn(move || {
                let next = || waiting.lock().ok().and_then(|waiting| waiting.recv().ok());
                while let Some(Batch { number, documents }) = next() {
                    if analyzed.send((number, segment(&mut builder, &documents))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(analyzed);
        let writer = scope.spawn(move || {
            take_in_order(segments, &mut writer)?;
            Ok(writer)
        });
        let mut batch = Batch { number: 0, documents: Vec::new() };
        let mut bytes = 0;
        let read = ingest_each(inputs, options, |document| {
            seen(&document)?;
            bytes += document.text.len();
            batch.documents.push(document);
            if bytes >= BATCH {
                bytes = 0;
                let next = Batch { number: batch.number + 1, documents: Vec::new() };
                // Nobody takes it any more where the writer has failed: its error says why.
                batches
                    .send(std::mem::replace(&mut batch, next))
                    .map_err(|_| anyhow!("stopped"))?;
            }
            Ok::<_, anyhow::Error>(())
        });
        let sent = batches.send(batch);
        drop(batches);
        let panicked = |_| anyhow!("a thread that indexes panicked");
        let written: Result<IndexWriter> = writer.join().map_err(panicked)?;
        match (written, read, sent) {
            (Ok(writer), Ok((_, report)), Ok(())) => Ok((writer, report)),
            (Err(error), ..) | (_, Err(error), _) => Err(error),
            (.., Err(_)) => Err(anyhow!("a thread that indexes ended too early")),
        }
    })
}

fn segment(builder: &mut SegmentBuilder, documents: &[Document]) -> Result<Segment> {
    for document in documents {
        builder.add(document).with_context(|| format!("{}: cannot be indexed", document.id))?;
    }
    Ok(builder.finish())
}

/// Adds segments in the order of their numbers, whichever is ready first.
fn take_in_order(segments: mpsc::Receiver<Analyzed>, writer: &mut IndexWriter) -> Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, segment) in segments {
        early.insert(number, segment);
        while let Some(segment) = early.remove(&next) {
            writer.add_segment(segment?).context("the documents cannot be indexed")?;
            next += 1;
        }
    }
    Ok(())
}
