//! An index in shards, all of them at hand, and searches that load what they lack, as a client does.

use std::collections::BTreeMap;
use suoyin_core::{
    Error, IndexWriter, SearchOptions, SearchResults, Searcher, ShardSizes, Sharded,
};

pub(crate) struct InShards {
    pub(crate) root: Vec<u8>,
    /// By their names.
    pub(crate) shards: BTreeMap<String, Vec<u8>>,
}

impl InShards {
    /// What `writer` makes of its documents; it must keep positions.
    pub(crate) fn of(writer: IndexWriter, sizes: ShardSizes) -> InShards {
        let mut shards = BTreeMap::new();
        let root = writer.finish_shards(sizes, |name, shard| {
            assert!(shards.insert(name, shard).is_none(), "every shard has its own name");
            Ok::<_, Error>(())
        });
        InShards { root: root.expect("an index is written").bytes, shards }
    }

    /// With nothing loaded but the root.
    pub(crate) fn open(&self) -> Searcher<Sharded> {
        Searcher::open_root(self.root.clone()).expect("the root is opened")
    }

    /// Answers a query; gives the names of the shards that were loaded for it, too, round by round.
    pub(crate) fn search(
        &self,
        searcher: &mut Searcher<Sharded>,
        query: &str,
        options: &SearchOptions,
    ) -> Result<(SearchResults, Vec<Vec<String>>), Error> {
        let mut rounds = Vec::new();
        loop {
            match searcher.search(query, options) {
                Err(Error::Missing { shards }) => {
                    assert!(!shards.is_empty(), "what is missing is named");
                    for name in &shards {
                        let shard = self.shards.get(name).expect("the shard exists");
                        searcher.load(name, shard.clone()).expect("it is loaded");
                    }
                    rounds.push(shards);
                }
                answer => return answer.map(|results| (results, rounds)),
            }
        }
    }
}
