//! What a client fetches: rounds, requests and bytes, counted without a browser or a network.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};
use suoyin_core::{Error, SearchOptions, Searcher, Sharded};

use super::files::{Files, KINDS, kind_of, number_of, unpack};

/// A page that has opened an index.
pub(super) struct Client<'f> {
    files: &'f Files,
    searcher: Searcher<Sharded>,
}

/// What one query fetched.
#[derive(Clone, Debug, Default)]
pub(super) struct Fetched {
    /// Requests that wait for those before them, the root not counted.
    pub(super) rounds: u64,
    /// Files.
    pub(super) requests: u64,
    /// Bytes of each of [`KINDS`].
    pub(super) bytes: [u64; KINDS.len()],
    /// The numbers of the shards of documents among them.
    pub(super) documents: BTreeSet<u32>,
}

impl<'f> Client<'f> {
    /// A client that has fetched nothing but the root.
    pub(super) fn open(files: &'f Files) -> Result<Self> {
        Ok(Client { files, searcher: Searcher::open_root(files.root.clone())? })
    }

    /// Asks for the first ten hits, and fetches what that takes.
    pub(super) fn answer(&mut self, query: &str) -> Result<Fetched> {
        let mut fetched = Fetched::default();
        loop {
            match self.searcher.search(query, &SearchOptions::default()) {
                Ok(_) => return Ok(fetched),
                Err(Error::Missing { shards }) => {
                    fetched.rounds += 1;
                    for name in shards {
                        self.fetch(&name, &mut fetched)?;
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn fetch(&mut self, name: &str, fetched: &mut Fetched) -> Result<()> {
        let packed = self.files.shard(name)?;
        fetched.requests += 1;
        fetched.bytes[kind_of(name)] += packed.len() as u64;
        if KINDS[kind_of(name)] == "documents" {
            fetched.documents.insert(number_of(name));
        }
        Ok(self.searcher.load(name, unpack(packed)?)?)
    }
}

/// What many queries fetched.
pub(super) fn quantiles_of(all: &[Fetched]) -> Value {
    let bytes = |kind: usize| quantiles(all.iter().map(|fetched| fetched.bytes[kind]));
    json!({
        "queries": all.len(),
        "rounds": quantiles(all.iter().map(|fetched| fetched.rounds)),
        "requests": quantiles(all.iter().map(|fetched| fetched.requests)),
        "bytes": quantiles(all.iter().map(|fetched| fetched.bytes.iter().sum())),
        "terms": bytes(0),
        "positions": bytes(1),
        "documents": bytes(2),
    })
}

/// Quantiles of numbers, and their mean.
pub(super) fn quantiles(numbers: impl Iterator<Item = u64>) -> Value {
    let mut sorted: Vec<u64> = numbers.collect();
    sorted.sort_unstable();
    let at = |percent: usize| sorted.get((sorted.len() * percent / 100).min(sorted.len() - 1));
    if sorted.is_empty() {
        return Value::Null;
    }
    let mean = sorted.iter().sum::<u64>() as f64 / sorted.len() as f64;
    json!({ "p50": at(50), "p90": at(90), "p99": at(99), "max": sorted.last(), "mean": mean })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_numbers_that_occur() {
        let of = quantiles((1..=200).rev());
        assert_eq!(of, json!({ "p50": 101, "p90": 181, "p99": 199, "max": 200, "mean": 100.5 }));
        assert_eq!(quantiles([7].into_iter())["p99"], 7);
        assert!(quantiles([].into_iter()).is_null());
    }
}
