//! What plain BM25 scores: a ranking written without a thought for speed, to hold the engine against.
//!
//! It shares the analyzer with the engine and nothing else: no tiers, no synonyms, no rounding of
//! lengths, no field but those of the model.

use std::collections::{BTreeMap, BTreeSet};

use suoyin_core::{Analyzer, Document};

use super::measures::{DEPTH, Scores};
use super::sets::Set;

/// A way to rank.
#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) name: &'static str,
    k1: f64,
    b: f64,
    /// Weight of a single character against a bigram or a word.
    characters: f64,
    /// Whether the title is scored apart from the text, instead of being its first line.
    title: bool,
    /// Whether bigrams and characters of [`FUNCTION`] alone count.
    function: bool,
}

const PLAIN: Model =
    Model { name: "bigrams", k1: 1.2, b: 0.75, characters: 0.0, title: false, function: true };
const TITLE: Model =
    Model { name: "title, .9 .5", k1: 0.9, b: 0.5, title: true, function: false, ..PLAIN };

/// From the plainest on.
pub(super) const MODELS: [Model; 4] = [
    PLAIN,
    Model { name: "+ characters", characters: 0.3, ..PLAIN },
    TITLE,
    Model { name: "+ characters", characters: 0.3, ..TITLE },
];

/// Characters that hold a sentence together and say little alone.
const FUNCTION: &str = "的了是不在有和就也都而及与着或一什么哪谁怎样吗呢吧啊这那个们我你他它她为以于被把将让对\
    从到可能会要如何多少几";

/// What a model counts: a character, a bigram, or a word in front of which U+0002 stands.
type Term = String;

/// One field of all documents.
struct Field {
    /// Documents that have a term, and how often.
    postings: BTreeMap<Term, BTreeMap<usize, u32>>,
    /// Number of characters, then of all other terms.
    lengths: Vec<[f64; 2]>,
    mean: [f64; 2],
}

/// Documents to be ranked by any model.
pub(super) struct Baseline {
    analyzer: Analyzer,
    title: Field,
    text: Field,
    both: Field,
}

impl Baseline {
    pub(super) fn new(documents: &[Document]) -> Baseline {
        let analyzer = Analyzer::full();
        let mut fields: [Vec<String>; 3] = Default::default();
        for document in documents {
            let (title, text) = (analyzer.folded(&document.title), analyzer.folded(&document.text));
            fields[2].push(format!("{title}\u{1}{text}"));
            fields[0].push(title);
            fields[1].push(text);
        }
        let [title, text, both] = fields.map(|texts| Field::new(&texts));
        Baseline { analyzer, title, text, both }
    }

    /// The mean of the queries' nDCG.
    pub(super) fn ndcg(&self, set: &Set, model: &Model) -> f64 {
        let mut sum = 0.0;
        for (query, relevant) in &set.queries {
            let docs = self.search(query, model).into_iter();
            let hits: Vec<bool> =
                docs.map(|doc| relevant.contains(&set.documents[doc].id)).collect();
            sum += Scores::of(&hits, relevant.len()).ndcg;
        }
        sum / set.queries.len() as f64
    }

    /// The best documents, the best first.
    fn search(&self, query: &str, model: &Model) -> Vec<usize> {
        let terms: BTreeSet<Term> = terms(&self.analyzer.folded(query)).into_iter().collect();
        let characters_only = terms.iter().all(|term| is_character(term));
        let mut scores = BTreeMap::new();
        for term in &terms {
            let is_function = term.chars().all(|c| FUNCTION.contains(c));
            let weight = match is_character(term) && !characters_only {
                _ if is_function && !model.function => 0.0,
                true => model.characters,
                false => 1.0,
            };
            if weight == 0.0 {
                continue;
            }
            let fields =
                if model.title { &[&self.title, &self.text][..] } else { &[&self.both][..] };
            fields.iter().for_each(|field| field.add(model, term, weight, &mut scores));
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        // Stable: of equals the first document stays first.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.into_iter().map(|(doc, _)| doc).take(DEPTH).collect()
    }
}

impl Field {
    fn new(texts: &[String]) -> Field {
        let mut field = Field { postings: BTreeMap::new(), lengths: Vec::new(), mean: [0.0; 2] };
        for (doc, text) in texts.iter().enumerate() {
            let mut length = [0.0; 2];
            for term in terms(text) {
                length[usize::from(!is_character(&term))] += 1.0;
                *field.postings.entry(term).or_default().entry(doc).or_default() += 1;
            }
            field.lengths.push(length);
        }
        for kind in [0, 1] {
            let sum: f64 = field.lengths.iter().map(|length| length[kind]).sum();
            field.mean[kind] = if sum > 0.0 { sum / texts.len() as f64 } else { 1.0 };
        }
        field
    }

    fn add(&self, model: &Model, term: &str, weight: f64, scores: &mut BTreeMap<usize, f64>) {
        let Some(postings) = self.postings.get(term) else { return };
        let (count, doc_freq) = (self.lengths.len() as f64, postings.len() as f64);
        let idf = (1.0 + (count - doc_freq + 0.5) / (doc_freq + 0.5)).ln();
        let kind = usize::from(!is_character(term));
        for (&doc, &tf) in postings {
            let (tf, length) = (f64::from(tf), self.lengths[doc][kind] / self.mean[kind]);
            let saturated =
                tf * (model.k1 + 1.0) / (tf + model.k1 * (1.0 - model.b + model.b * length));
            *scores.entry(doc).or_default() += weight * idf * saturated;
        }
    }
}

fn is_character(term: &str) -> bool {
    term.chars().count() == 1
}

/// The characters, bigrams and words of a folded text.
fn terms(folded: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut before = None;
    let mut word: Option<String> = None;
    for c in folded.chars() {
        match (c, &mut word) {
            ('\u{3}', _) => terms.extend(word.take()),
            (c, Some(word)) => word.push(c),
            ('\u{2}', None) => word = Some(c.to_string()),
            ('\u{1}', None) => {}
            (c, None) => {
                terms.push(c.to_string());
                terms.extend(before.map(|before| String::from_iter([before, c])));
                before = Some(c);
                continue;
            }
        }
        before = None;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, title: &str, text: &str) -> Document {
        Document { id: id.into(), title: title.into(), text: text.into(), ..Document::default() }
    }

    #[test]
    fn terms_are_characters_bigrams_and_words() {
        let folded = Analyzer::full().folded("停電了，Wi Fi");
        assert_eq!(terms(&folded), ["停", "电", "停电", "了", "电了", "\u{2}wi", "\u{2}fi"]);
    }

    #[test]
    fn scores_are_those_of_the_formula() {
        let documents =
            [document("a", "", "停电"), document("b", "", "停电停水"), document("c", "", "台风")];
        let baseline = Baseline::new(&documents);
        let mut scores = BTreeMap::new();
        baseline.text.add(&PLAIN, "停水", 1.0, &mut scores);
        // One of three documents; three bigrams where the mean is five thirds.
        let expected = (1.0 + 2.5 / 1.5_f64).ln() * 2.2 / (1.0 + 1.2 * (0.25 + 0.75 * 9.0 / 5.0));
        assert_eq!(scores.keys().collect::<Vec<_>>(), [&1]);
        assert!((scores[&1] - expected).abs() < 1e-12);
    }

    #[test]
    fn models_differ_in_what_they_count() {
        let documents =
            [document("a", "", "电话停了"), document("b", "", "通知"), document("c", "停电", "")];
        let baseline = Baseline::new(&documents);
        let [plain, characters, title, _] = MODELS;
        assert_eq!(baseline.search("停電", &plain), [2]);
        assert_eq!(baseline.search("停電", &characters), [2, 0]);
        assert_eq!(baseline.search("停電", &title), [2]);
        assert_eq!(baseline.search("停", &plain).len(), 2, "a character alone counts");
    }
}
