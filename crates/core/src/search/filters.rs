//! Filtering, sorting and counting by the columns of an index.

use super::Searcher;
use super::order::smallest;
use super::results::{FacetCount, SearchOptions};
use super::source::Source;
use crate::format::columns::{self, Column, is_number};
use crate::{DocId, Error};
use std::rc::Rc;

/// Values of one field that are counted, at most: the most frequent.
const MOST_VALUES: usize = 1000;

/// What a document must have in one field, unless another filter on the same field lets it pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The field: one of [`Searcher::facets`].
    pub field: String,
    /// What one of its values must be.
    pub accepts: Accepted,
}

/// What a filter lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// This value.
    Value(String),
    /// Values between the two, inclusive. Where all values of the field are numbers, and the bounds
    /// too, they compare as numbers; else as texts, and whatever begins with `to` is included:
    /// to `2023` goes to the end of that year.
    Range {
        /// The least; none for no bound.
        from: Option<String>,
        /// The greatest; none for no bound.
        to: Option<String>,
    },
}

/// A field to sort by. Documents without it come last; equal ones are in the order of relevance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The field: one of [`Searcher::facets`].
    pub field: String,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

impl Sort {
    /// Reads `field`, `field:asc` or `field:desc`.
    pub fn parse(text: &str) -> Sort {
        let (field, descending) = match text.strip_suffix(":desc") {
            Some(field) => (field, true),
            None => (text.strip_suffix(":asc").unwrap_or(text), false),
        };
        Sort { field: field.to_owned(), descending }
    }
}

impl Accepted {
    fn accepts(&self, value: &str, numbers: bool) -> bool {
        match self {
            Accepted::Value(wanted) => wanted == value,
            Accepted::Range { from, to } => {
                let is_number = |bound: &Option<String>| bound.as_deref().is_none_or(is_number);
                let numbers = numbers && is_number(from) && is_number(to);
                let above = |from: &String| columns::compare(value, from, numbers).is_ge();
                let below = |to: &String| {
                    columns::compare(value, to, numbers).is_le()
                        || !numbers && value.starts_with(to.as_str())
                };
                from.as_ref().is_none_or(above) && to.as_ref().is_none_or(below)
            }
        }
    }
}

/// What a search keeps, counts and sorts by.
#[derive(Debug, Default)]
pub(super) struct Selection {
    tests: Vec<Test>,
    /// Names and places of the fields to count.
    counted: Vec<(String, usize, Rc<Column>)>,
    order: Option<(Rc<Column>, bool)>,
}

/// A filter, applied to each value of its field.
#[derive(Debug)]
struct Test {
    field: usize,
    column: Rc<Column>,
    accepted: Vec<bool>,
}

impl Test {
    fn passes(&self, doc: DocId) -> bool {
        self.column.of(doc).iter().any(|&id| self.accepted[id as usize])
    }
}

impl<S: Source> Searcher<S> {
    /// The fields, ascending, that documents can be filtered, sorted and counted by.
    pub fn facets(&self) -> &[String] {
        self.source().facets()
    }

    /// What `options` say of columns; those that are not there count as empty, and are noted.
    pub(super) fn selection(&self, options: &SearchOptions) -> Result<Selection, Error> {
        let mut selection = Selection::default();
        for Filter { field, accepts } in &options.filters {
            let (field, column) = self.column(field)?;
            let numbers = column.is_of_numbers();
            let tests = &mut selection.tests;
            let place = tests.iter().position(|test| test.field == field).unwrap_or(tests.len());
            if place == tests.len() {
                let accepted = vec![false; column.values().len()];
                tests.push(Test { field, accepted, column: Rc::clone(&column) });
            }
            for (value, accepted) in column.values().iter().zip(&mut tests[place].accepted) {
                *accepted |= accepts.accepts(value, numbers);
            }
        }
        for name in &options.facets {
            let (field, column) = self.column(name)?;
            selection.counted.push((name.clone(), field, column));
        }
        if let Some(Sort { field, descending }) = &options.sort {
            selection.order = Some((self.column(field)?.1, *descending));
        }
        Ok(selection)
    }

    fn column(&self, name: &str) -> Result<(usize, Rc<Column>), Error> {
        match self.facets().iter().position(|field| field == name) {
            Some(field) => Ok((field, self.source().column(field)?.unwrap_or_default())),
            None => Err(Error::NoField { field: name.to_owned(), known: self.facets().to_vec() }),
        }
    }
}

impl Selection {
    /// Whether documents are to be listed even where nothing was typed.
    pub(super) fn lists_all(&self) -> bool {
        !self.tests.is_empty() || self.order.is_some()
    }

    /// Whether `doc` passes all filters, those on the field `but` left out.
    fn passes_but(&self, doc: DocId, but: Option<usize>) -> bool {
        self.tests.iter().all(|test| Some(test.field) == but || test.passes(doc))
    }

    /// Whether `doc` passes all filters.
    pub(super) fn passes(&self, doc: DocId) -> bool {
        self.passes_but(doc, None)
    }

    /// How many of `docs` have each value of the fields to count, under the filters of the others.
    pub(super) fn count(&self, docs: &[DocId]) -> Vec<(String, Vec<FacetCount>)> {
        let mut facets = Vec::with_capacity(self.counted.len());
        for (name, field, column) in &self.counted {
            let mut counts = vec![0u32; column.values().len()];
            for &doc in docs {
                if self.passes_but(doc, Some(*field)) {
                    column.of(doc).iter().for_each(|&id| counts[id as usize] += 1);
                }
            }
            // By falling count, then in the order of the values.
            let mut keys = Vec::new();
            for (id, &count) in counts.iter().enumerate() {
                if count > 0 {
                    keys.push(u64::from(!count) << 32 | id as u64);
                }
            }
            let mut values = Vec::new();
            for key in smallest(keys, MOST_VALUES) {
                let (id, count) = (key as u32 as usize, !(key >> 32) as u32);
                values.push(FacetCount { value: column.values()[id].clone(), count });
            }
            values.truncate(MOST_VALUES);
            facets.push((name.clone(), values));
        }
        facets
    }

    /// The place of `doc` in the order that was asked for; none where none was.
    pub(super) fn rank(&self, doc: DocId) -> Option<u32> {
        let (column, descending) = self.order.as_ref()?;
        let ids = column.of(doc);
        Some(match (ids, descending) {
            ([], _) => u32::MAX,
            ([least, ..], false) => *least,
            ([.., greatest], true) => u32::MAX - 1 - greatest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_texts_and_numbers() {
        let range = |from: &str, to: &str| {
            let bound = |bound: &str| (!bound.is_empty()).then(|| bound.to_owned());
            Accepted::Range { from: bound(from), to: bound(to) }
        };
        let accepted = |range: Accepted, values: &[&str], numbers| -> Vec<String> {
            let values = values.iter().filter(|value| range.accepts(value, numbers));
            values.map(|value| (*value).to_owned()).collect()
        };
        let dates = ["2022-12-31", "2023", "2023-01-01", "2023-12-31 23:59", "2024-01-01"];
        assert_eq!(accepted(range("2023", "2023"), &dates, false), dates[1..4]);
        assert_eq!(accepted(range("2023-01", "2023-01"), &dates, false), dates[2..3]);
        assert_eq!(accepted(range("", "2022"), &dates, false), dates[..1]);
        assert_eq!(accepted(range("2023-12-31", ""), &dates, false), dates[3..]);
        assert_eq!(accepted(range("", ""), &dates, false), dates);
        let numbers = ["0", "2", "9", "10", "95"];
        assert_eq!(accepted(range("2", "10"), &numbers, true), numbers[1..4]);
        assert_eq!(accepted(range("", "9"), &numbers, true), numbers[..3]);
        let years = ["2021", "2022", "2023"];
        assert_eq!(accepted(range("2021-06-30", "2022-12-31"), &years, true), years[1..2]);
    }

    #[test]
    fn orders_are_read() {
        let shown = |text: &str| {
            let Sort { field, descending } = Sort::parse(text);
            (field, descending)
        };
        assert_eq!(shown("date"), ("date".to_owned(), false));
        assert_eq!(shown("date:asc"), ("date".to_owned(), false));
        assert_eq!(shown("date:desc"), ("date".to_owned(), true));
        assert_eq!(shown("dc:date:desc"), ("dc:date".to_owned(), true));
    }
}
