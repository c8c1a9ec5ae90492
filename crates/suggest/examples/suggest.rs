//! Makes the data for folders and files, and says how good it is: how many bytes, how often the
//! pinyin of a title or a frequent word leads to it, how long that takes.
//!
//! `cargo run --release -p suoyin-suggest --example suggest -- docs`; after `--ask`, queries to answer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use suoyin_core::analysis::{Gap, SlotText};
use suoyin_core::{Analyzer, Document};
use suoyin_ingest::{Ingest, IngestError, IngestOptions};
use suoyin_suggest::{SuggestBuilder, Suggester};

/// How syllables are typed.
type Typed = fn(&[String]) -> String;

const WAYS: [(&str, Typed); 5] = [
    ("full pinyin", |syllables| syllables.concat()),
    ("last syllable under way", |syllables| {
        let text = syllables.concat();
        text[..text.len() - 1].to_owned()
    }),
    ("initials", |syllables| syllables.iter().map(|syllable| &syllable[..1]).collect()),
    ("full, then initials", |syllables| {
        let rest = syllables[1..].iter().map(|syllable| &syllable[..1]);
        [&syllables[0][..]].into_iter().chain(rest).collect()
    }),
    ("two letters swapped", |syllables| {
        let mut letters = syllables.concat().into_bytes();
        let at = syllables[0].len() + 1;
        letters.swap(at, (at + 1).min(syllables.concat().len() - 1));
        String::from_utf8_lossy(&letters).into_owned()
    }),
];

#[allow(clippy::print_stdout)]
fn main() -> Result<(), IngestError> {
    let mut inputs: Vec<String> = std::env::args().skip(1).collect();
    let asked = match inputs.iter().position(|input| input == "--ask") {
        Some(at) => inputs.split_off(at).split_off(1),
        None => Vec::new(),
    };
    let analyzer = Analyzer::full();
    let mut builder = SuggestBuilder::default();
    let (mut titles, mut words) = (BTreeMap::new(), BTreeMap::new());
    let inputs: Vec<_> = inputs.into_iter().map(Into::into).collect();
    for document in Ingest::new(&inputs, &IngestOptions::default())?.by_ref() {
        let document: Document = document?;
        builder.add(&document);
        count(&analyzer, &document.title, 4..=8, &mut titles);
        count(&analyzer, &document.text, 2..=4, &mut words);
    }
    let start = Instant::now();
    let data = builder.finish();
    println!("{} bytes in {:.2} s", data.len(), start.elapsed().as_secs_f64());
    if let Some(path) = std::env::var_os("SUOYIN_SUGGEST_DATA") {
        std::fs::write(path, &data).expect("the data is written");
    }
    let start = Instant::now();
    let suggester = Suggester::open(&data).expect("what was written is read");
    println!("opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    for query in asked {
        let start = Instant::now();
        let suggestions = suggester.suggest(&query, 8);
        let time = start.elapsed().as_secs_f64() * 1e3;
        println!("{query} ({time:.2} ms)");
        for suggestion in suggestions {
            println!("    {} ({})", suggestion.query, suggestion.kind.name());
        }
        println!("    composed: {:?}", suggester.compose(&query, 4));
    }
    words.retain(|_, &mut count| count >= 10);
    for (what, words) in [("titles", titles), ("what stands ten times between boundaries", words)] {
        println!("{what}: {}", words.len());
        for (way, typed) in WAYS {
            measure(&suggester, &analyzer, words.keys(), way, typed);
        }
    }
    Ok(())
}

/// Counts the runs of ideographs of so many characters.
fn count(
    analyzer: &Analyzer,
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    counts: &mut BTreeMap<String, u32>,
) {
    let mut run = String::new();
    let mut end = |run: &mut String| {
        if lengths.contains(&run.chars().count()) {
            *counts.entry(std::mem::take(run)).or_default() += 1;
        }
        run.clear();
    };
    analyzer.slots(text, &mut |slot| {
        if slot.gap != Gap::None {
            end(&mut run);
        }
        match slot.text {
            SlotText::Cjk(c) => run.push(c),
            _ => end(&mut run),
        }
    });
    end(&mut run);
}

#[allow(clippy::print_stdout)]
fn measure<'a>(
    suggester: &Suggester,
    analyzer: &Analyzer,
    words: impl Iterator<Item = &'a String>,
    way: &str,
    typed: Typed,
) {
    let (mut asked, mut first, mut first_eight, mut composed) = (0, 0, 0, 0);
    let mut times: Vec<Duration> = Vec::new();
    for word in words {
        let reading = |c| analyzer.readings.of(c).next().map(|syllable| syllable.letters());
        let Some(syllables) = word.chars().map(reading).collect::<Option<Vec<_>>>() else {
            continue;
        };
        asked += 1;
        let query = typed(&syllables);
        let start = Instant::now();
        let suggestions = suggester.suggest(&query, 8);
        times.push(start.elapsed());
        let is_it = |text: &str| analyzer.folded(text) == *word;
        let place = suggestions.iter().position(|suggestion| is_it(&suggestion.query));
        first += usize::from(place == Some(0));
        first_eight += usize::from(place.is_some());
        if !suggestions.iter().any(|suggestion| suggestion.whole) {
            composed += usize::from(suggester.compose(&query, 4).iter().any(|text| is_it(text)));
        }
    }
    times.sort();
    let share = |count: usize| 100.0 * count as f64 / f64::from(asked.max(1));
    let time = |at: usize| times[times.len() * at / 100].as_secs_f64() * 1e3;
    println!(
        "    {way}: first {:.1} %, first eight {:.1} %, composed {:.1} %; {:.2} ms, p99 {:.2} ms",
        share(first),
        share(first_eight),
        share(composed),
        time(50),
        time(99)
    );
}
