//! Filters, orders, counts and sections against straightforward code over the documents, in one
//! piece and in shards.

#![cfg(not(target_arch = "wasm32"))]

mod in_shards;
mod texts;

use in_shards::InShards;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use suoyin_core::{
    Accepted, Document, Error, Filter, IndexWriter, Parameters, Positions, SearchOptions,
    SearchResults, Searcher, Section, ShardSizes, Sort, Whole,
};
use texts::slot_ranges;

const FIELDS: [&str; 3] = ["date", "size", "tags"];

fn values(field: &str) -> &'static [&'static str] {
    match field {
        "date" => &["2022-12-31", "2023", "2023-01-01", "2023-01-01 09:30", "2024-05-06"],
        "size" => &["1", "2.5", "9", "10", "0.5"],
        _ => &["通知", "公告", "新闻", "a", "B"],
    }
}

fn field() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&FIELDS[..])
}

fn value(field: &'static str) -> impl Strategy<Value = String> {
    prop::sample::select(values(field)).prop_map(str::to_owned)
}

/// Documents with values for the fields, where they have any.
fn documents() -> impl Strategy<Value = Vec<Document>> {
    let of = |field, most| prop::collection::vec(value(field), 0..most);
    let facets = prop::collection::vec((of("date", 2), of("size", 3), of("tags", 4)), 6);
    (texts::documents(), facets).prop_map(|(mut documents, facets)| {
        for (document, (date, size, tags)) in documents.iter_mut().zip(facets) {
            let facets = FIELDS.map(str::to_owned).into_iter().zip([date, size, tags]);
            document.facets = facets.filter(|(_, values)| !values.is_empty()).collect();
        }
        documents
    })
}

fn accepted(field: &'static str) -> impl Strategy<Value = Accepted> {
    let bound = || prop::option::of(prop_oneof![value(field), Just("2023".to_owned())]);
    prop_oneof![
        value(field).prop_map(Accepted::Value),
        Just(Accepted::Value("nowhere".to_owned())),
        (bound(), bound()).prop_map(|(from, to)| Accepted::Range { from, to }),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    field().prop_flat_map(|field| {
        accepted(field).prop_map(move |accepts| Filter { field: field.to_owned(), accepts })
    })
}

fn options() -> impl Strategy<Value = SearchOptions> {
    let sort = prop::option::of((field(), any::<bool>()));
    let sort = sort.prop_map(|sort| {
        sort.map(|(field, descending)| Sort { field: field.to_owned(), descending })
    });
    let filters = prop::collection::vec(filter(), 0..4);
    let facets = prop::sample::subsequence(&FIELDS[..], 0..=3);
    (filters, sort, facets, 0..8usize, 0..4usize).prop_map(
        |(filters, sort, facets, limit, offset)| {
            let facets = facets.into_iter().map(str::to_owned).collect();
            SearchOptions { filters, sort, facets, limit, offset, ..SearchOptions::default() }
        },
    )
}

struct Indexes {
    whole: Searcher<Whole<Vec<u8>>>,
    shards: InShards,
}

impl Indexes {
    fn of(documents: &[Document]) -> Indexes {
        let write = |positions| {
            let mut writer = IndexWriter::with_positions(positions);
            writer.set_ranking(&Parameters::AS_IN_SHARDS);
            documents.iter().for_each(|document| writer.add(document).expect("it is indexed"));
            writer
        };
        let whole = write(Positions::Drop).finish().expect("an index is written");
        let sizes = ShardSizes { terms: 200, documents: 100 };
        let whole = Searcher::open(whole).expect("it opens");
        whole.reader().verify().expect("it is sound");
        Indexes { whole, shards: InShards::of(write(Positions::Keep), sizes) }
    }

    /// Answers in shards, and the names of those that were fetched, round by round.
    fn in_shards(
        &self,
        query: &str,
        options: &SearchOptions,
    ) -> Result<(SearchResults, Vec<Vec<String>>), Error> {
        self.shards.search(&mut self.shards.open(), query, options)
    }
}

fn has(document: &Document, field: &str) -> Vec<String> {
    document.facets.get(field).cloned().unwrap_or_default()
}

/// As the documentation of the options says it.
fn passes(documents: &[Document], document: &Document, filter: &Filter) -> bool {
    let all: Vec<String> = documents.iter().flat_map(|other| has(other, &filter.field)).collect();
    let bounds = match &filter.accepts {
        Accepted::Value(_) => [None, None],
        Accepted::Range { from, to } => [from.clone(), to.clone()],
    };
    let mut compared = all.iter().chain(bounds.iter().flatten());
    let numbers = compared.all(|value| value.parse::<f64>().is_ok());
    has(document, &filter.field).iter().any(|value| match &filter.accepts {
        Accepted::Value(wanted) => value == wanted,
        Accepted::Range { from, to } => {
            let compare = |bound: &String| match (value.parse::<f64>(), bound.parse()) {
                (Ok(value), Ok(bound)) if numbers => value.total_cmp(&bound),
                _ => value.cmp(bound),
            };
            let begins = |to: &String| !numbers && value.starts_with(to.as_str());
            from.as_ref().is_none_or(|from| compare(from) != Ordering::Less)
                && to.as_ref().is_none_or(|to| compare(to) != Ordering::Greater || begins(to))
        }
    })
}

/// The order of two documents by `sort`.
fn compare(sort: &Sort, numbers: bool, a: &Document, b: &Document) -> Ordering {
    let by_value = |a: &String, b: &String| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) if numbers => a.total_cmp(&b),
        _ => a.cmp(b),
    };
    let key = |document: &Document| {
        let mut values = has(document, &sort.field);
        values.sort_by(by_value);
        if sort.descending { values.pop() } else { values.into_iter().next() }
    };
    match (key(a), key(b)) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) if sort.descending => by_value(&b, &a),
        (Some(a), Some(b)) => by_value(&a, &b),
    }
}

/// What `options` make of the documents that are found without them, exact and related.
fn naive(documents: &[Document], plain: &SearchResults, options: &SearchOptions) -> SearchResults {
    let document = |id: &str| &documents[id.parse::<usize>().expect("ids are numbers")];
    let pass_but = |document: &Document, but: &str| {
        let mut filters = options.filters.iter().filter(|filter| filter.field != but);
        filters.all(|filter| {
            let mut others = options.filters.iter().filter(|other| other.field == filter.field);
            others.any(|other| passes(documents, document, other))
        })
    };
    let mut hits = plain.hits.clone();
    hits.retain(|hit| pass_but(document(&hit.id), ""));
    if let Some(sort) = &options.sort {
        let all: Vec<String> = documents.iter().flat_map(|other| has(other, &sort.field)).collect();
        let numbers = all.iter().all(|value| value.parse::<f64>().is_ok());
        hits.sort_by(|a, b| {
            let by_value = compare(sort, numbers, document(&a.id), document(&b.id));
            b.exact.cmp(&a.exact).then(by_value)
        });
    }
    let exact = hits.iter().filter(|hit| hit.exact).count() as u32;
    let related = hits.len() as u32 - exact;
    let facets = options.facets.iter().map(|field| {
        let exact = plain.hits.iter().filter(|hit| hit.exact).map(|hit| document(&hit.id));
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for document in exact.filter(|document| pass_but(document, field)) {
            let mut values = has(document, field);
            values.sort();
            values.dedup();
            values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        (field.clone(), counts)
    });
    let facets = facets.map(|(field, counts)| {
        let counts =
            counts.into_iter().map(|(value, count)| suoyin_core::FacetCount { value, count });
        (field, counts.collect())
    });
    SearchResults {
        query: plain.query.clone(),
        total: exact,
        related,
        exact: exact > 0,
        facets: facets.collect(),
        expanded: Vec::new(),
        hits: hits.into_iter().skip(options.offset).take(options.limit).collect(),
    }
}

/// Counts of one field, in an order that does not depend on how values compare.
fn unordered(mut results: SearchResults) -> SearchResults {
    for (_, counts) in &mut results.facets {
        let falling = counts.windows(2).all(|pair| pair[0].count >= pair[1].count);
        assert!(falling, "counts fall: {counts:?}");
        counts.sort_by(|a, b| a.value.cmp(&b.value));
    }
    results
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn options_do_what_they_say(
        documents in documents(),
        seed in any::<prop::sample::Index>(),
        options in options(),
    ) {
        // Nothing, or something that stands in a document.
        let texts = documents.iter().map(|document| document.text.as_str());
        let ranges = texts.flat_map(|text| slot_ranges(text, 2).into_iter().map(|range| &text[range]));
        let mut queries: Vec<&str> = ranges.collect();
        queries.resize(queries.len() + queries.len() / 3 + 1, "");
        let query = queries[seed.index(queries.len())];
        let indexes = Indexes::of(&documents);
        let known = indexes.whole.facets().to_vec();
        let named = options.filters.iter().map(|filter| &filter.field);
        let named = named.chain(&options.facets).chain(options.sort.iter().map(|sort| &sort.field));
        let unknown = named.filter(|field| !known.contains(field)).count();
        let results = indexes.whole.search(query, &options);
        prop_assert_eq!(&results, &indexes.in_shards(query, &options).map(|(results, _)| results));
        if unknown > 0 {
            let refused = matches!(results, Err(Error::NoField { .. }));
            prop_assert!(refused, "{:?}", results);
            return Ok(());
        }
        let all = SearchOptions { limit: 1000, ..SearchOptions::default() };
        let mut plain = indexes.whole.search(query, &all).expect("an answer");
        let gives = options.sort.is_some() || !options.filters.is_empty();
        if gives && query.trim().is_empty() {
            let any = Sort { field: known[0].clone(), descending: false };
            plain = indexes.whole.search(query, &SearchOptions { sort: Some(any), ..all }).expect("all");
            plain.hits.sort_by_key(|hit| hit.id.parse::<usize>().expect("ids are numbers"));
            prop_assert_eq!(plain.total as usize, documents.len());
        }
        prop_assert_eq!(unordered(results.expect("an answer")), naive(&documents, &plain, &options));
    }
}

fn article(id: usize, text: &str, facets: &[(&str, &str)]) -> Document {
    let facets = facets.iter().map(|&(field, value)| (field.to_owned(), vec![value.to_owned()]));
    Document {
        id: id.to_string(),
        text: text.to_owned(),
        facets: facets.collect(),
        ..Document::default()
    }
}

#[test]
fn columns_are_fetched_with_the_terms_and_only_when_they_are_needed() {
    let documents = [
        article(0, "文明实践", &[("date", "2023"), ("tags", "甲")]),
        article(1, "文明社区", &[("date", "2024"), ("tags", "乙")]),
    ];
    let indexes = Indexes::of(&documents);
    let columns = |options: &SearchOptions| {
        let (_, rounds) = indexes.in_shards("文明", options).expect("an answer");
        assert_eq!(rounds.len(), 2, "terms and columns, then documents: {rounds:?}");
        assert!(rounds[1].iter().all(|name| name.contains("/documents-")));
        rounds[0].iter().filter(|name| name.contains("/columns-")).count()
    };
    assert_eq!(columns(&SearchOptions::default()), 0);
    let sort = Some(Sort::parse("date:desc"));
    assert_eq!(columns(&SearchOptions { sort: sort.clone(), ..SearchOptions::default() }), 1);
    let facets = vec!["date".into(), "tags".into()];
    assert_eq!(columns(&SearchOptions { sort, facets, ..SearchOptions::default() }), 2);
}

#[test]
fn an_unknown_field_names_those_that_there_are() {
    let indexes = Indexes::of(&[article(0, "文明", &[("date", "2023"), ("tags", "甲")])]);
    let options = SearchOptions { sort: Some(Sort::parse("day:desc")), ..SearchOptions::default() };
    let message = indexes.whole.search("文明", &options).expect_err("no such field").to_string();
    assert!(message.contains("\"day\"") && message.contains("date tags"), "{message}");
}

#[test]
fn without_a_query_all_that_pass_are_listed() {
    let indexes = Indexes::of(&[
        article(0, "文明实践", &[("tags", "甲")]),
        article(1, "社区", &[("tags", "甲")]),
        article(2, "社区", &[("tags", "乙")]),
    ]);
    let found = |query: &str, tags: &str| -> Vec<String> {
        let accepts = Accepted::Value(tags.into());
        let filters = vec![Filter { field: "tags".into(), accepts }];
        let options = SearchOptions { filters, ..SearchOptions::default() };
        let hits = indexes.whole.search(query, &options).expect("an answer").hits;
        hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(found(" ", "甲"), ["0", "1"]);
    // What has no meaning was typed all the same.
    assert!(found("。", "甲").is_empty());
}

/// A document of sections, each a heading and a text.
fn sectioned(sections: &[(&str, &str)]) -> Document {
    let mut document = Document { id: "a".into(), text: "前言。".into(), ..Document::default() };
    for (i, (title, text)) in sections.iter().enumerate() {
        let text_behind = format!("\n\n\n{title}\n\n\n{text}");
        let start = document.text.len() as u32 + 3;
        document.text.push_str(&text_behind);
        let (title, anchor) = (title.to_string(), format!("s{i}"));
        document.sections.push(Section { title, anchor, start });
    }
    document
}

#[test]
fn sections_that_hold_matches_come_best_first() {
    let long = "无关的话。".repeat(100);
    let document = sectioned(&[
        ("起源", &format!("{long}这里有一次文明。")),
        ("空", "什么也没有。"),
        ("文明", &long),
        ("多", "文明，文明，又是文明。"),
    ]);
    let indexes = Indexes::of(std::slice::from_ref(&document));
    for most in 0..5 {
        let options = SearchOptions { sections: most, ..SearchOptions::default() };
        let results = indexes.whole.search("文明", &options).expect("an answer");
        assert_eq!(indexes.in_shards("文明", &options).expect("an answer").0, results);
        let sections = &results.hits[0].sections;
        let anchors: Vec<&str> = sections.iter().map(|section| section.anchor.as_str()).collect();
        assert_eq!(anchors, ["s3", "s0", "s2"][..most.min(3)]);
        for section in sections {
            let units: Vec<u16> = section.snippet.text.encode_utf16().collect();
            for &[start, end] in &section.snippet.highlights {
                let marked = &units[start as usize..end as usize];
                assert_eq!(String::from_utf16_lossy(marked), "文明");
            }
        }
        if let [first, second, third] = &sections[..] {
            assert_eq!(first.snippet.text, "文明，文明，又是文明。");
            assert!(second.snippet.text.starts_with('…') && second.snippet.highlights.len() == 1);
            assert!(third.snippet.text.starts_with("无关") && third.snippet.highlights.is_empty());
        }
    }
}

#[test]
fn demoted_parts_are_in_no_section() {
    let mut document = sectioned(&[("一", "文明，文明。\n\n\n再说文明。"), ("二", "文明。")]);
    let at =
        |text: &str, from: usize| from + document.text[from..].find(text).expect("it is there");
    let spam = at("文明，文明。", 0);
    let second = at("文明。", at("二", 0));
    let demoted = suoyin_core::Weight::DEMOTED;
    document.weighted = vec![
        (spam as u32..(spam + "文明，文明。".len()) as u32, demoted),
        (second as u32..(second + "文明。".len()) as u32, demoted),
    ];
    let indexes = Indexes::of(&[document]);
    let options = SearchOptions { sections: 9, ..SearchOptions::default() };
    let hits = indexes.whole.search("文明", &options).expect("an answer").hits;
    let shown: Vec<(&str, &str)> =
        hits[0].sections.iter().map(|s| (s.title.as_str(), s.snippet.text.as_str())).collect();
    assert_eq!(shown, [("一", "…再说文明。")]);
}
