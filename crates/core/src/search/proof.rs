//! Whether a clause stands in a document: what terms alone do not prove, its folded text does.

use super::finder::Finder;
use super::query::Clause;
use crate::analysis::Analyzer;

/// Stands between title and text in a folded document; no pattern has it.
const FIELD_END: char = '\0';

/// Title and text, folded.
pub(super) fn folded_document(analyzer: &Analyzer, title: &str, text: &str) -> String {
    let mut folded = analyzer.folded(title);
    folded.push(FIELD_END);
    folded.push_str(&analyzer.folded(text));
    folded
}

/// Clauses that are looked for in folded documents: one will do.
pub(super) struct Proof {
    finder: Finder,
    /// Whether it may be one of many that were copied out of one text.
    pub(super) copied: bool,
}

/// What must stand in the title has this number, all else zero.
const TITLE: usize = 1;

impl Proof {
    pub(super) fn new(clauses: &[Clause]) -> Self {
        let mut proof = Proof { finder: Finder::new(), copied: false };
        // What may stand anywhere comes first: the same in a title is no more then.
        for number in [0, TITLE] {
            for clause in clauses {
                if usize::from(clause.title) == number {
                    proof.finder.add(number, clause.pattern.clone());
                    proof.copied |= clause.sampled;
                }
            }
        }
        proof
    }

    /// A byte from `from` on at which one stands in a folded document.
    pub(super) fn find(&self, folded: &str, from: usize) -> Option<usize> {
        let title_end = folded.find(FIELD_END)?;
        let mut found = None;
        self.finder.find_in_text(&folded[from..], &mut |range, number| {
            let at = from + range.start;
            if number != TITLE || at < title_end {
                found = Some(at);
            }
            found.is_none()
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;

    #[test]
    fn a_clause_for_titles_stands_in_titles_and_hides_none_that_may_stand_anywhere() {
        let analyzer = Analyzer::full();
        let stands = |query: &str, title: &str, text: &str| {
            let proof = Proof::new(&Query::parse(&analyzer, query).clauses);
            proof.find(&folded_document(&analyzer, title, text), 0).is_some()
        };
        assert!(stands("title:文明实践", "文明實踐中心", ""));
        assert!(!stands("title:文明实践", "通知", "文明實踐"));
        assert!(!stands("title:文明实践", "文明", "实践，文明实践"));
        for query in ["title:文明实践 | 文明实践", "文明实践 | title:文明实践"] {
            assert!(stands(query, "通知", "文明實踐"), "{query}");
        }
        assert!(!stands("文明实践", "文明", "实践"), "nothing reaches from a title into a text");
    }
}
