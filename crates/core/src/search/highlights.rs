//! What of a query stands in a text that is in no index, such as the page that a hit leads to.

use super::Searcher;
use super::hits::Patterns;
use super::query::Query;
use super::snippet::utf16;
use super::source::Source;
use crate::analysis::word_pattern;

impl<S: Source> Searcher<S> {
    /// Where the clauses of `query` stand in `text`, in either script and whatever line it is wrapped
    /// in; if none does, and not only `whole` clauses are wanted, its terms. Excluded clauses count
    /// for nothing. Ranges are `[start, end)` in UTF-16 code units, ascending, apart from each other.
    ///
    /// Only the analyzer is needed, so an index in shards answers without any of them. Its tables
    /// have what the documents of the index can need: in texts from elsewhere, rare forms of
    /// characters may be told apart that a search of the same text would take for one.
    ///
    /// ```
    /// # use suoyin_core::{Document, IndexWriter, Searcher};
    /// # let mut writer = IndexWriter::new();
    /// # writer.add(&Document { id: "a".into(), text: "新時代文明實踐中心".into(), ..Default::default() })?;
    /// # let searcher = Searcher::open(writer.finish()?)?;
    /// assert_eq!(searcher.highlights("文明实践", "講文明，文明實踐", false), [[4, 8]]);
    /// assert_eq!(searcher.highlights("文明实践", "講文明", false), [[1, 3]]);
    /// assert!(searcher.highlights("文明实践", "講文明", true).is_empty());
    /// # Ok::<(), suoyin_core::Error>(())
    /// ```
    pub fn highlights(&self, query: &str, text: &str, whole: bool) -> Vec<[u32; 2]> {
        let analyzer = self.analyzer();
        let query = Query::parse(analyzer, query);
        let folded = analyzer.folded_text(text);
        let patterns = |whole| Patterns::new(whole, &query.clauses, &[], &[], 0);
        let mut matches = patterns(true).find_in(analyzer, text, Some(&folded));
        if matches.is_empty() && !whole {
            let mut terms = patterns(false);
            if let Some(prefix) = &query.prefix {
                // Words that go on behind it, too.
                let mut pattern = word_pattern(prefix);
                pattern.pop();
                terms.folded.add(0, pattern);
            }
            matches = terms.find_in(analyzer, text, Some(&folded));
        }
        utf16(text, &matches)
    }
}
