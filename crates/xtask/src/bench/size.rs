//! The bytes of an index, as `suoyin inspect` counts them.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{Value, json};

use super::corpora::Corpus;
use super::table::{Table, kilobytes};
use super::{at, index_of, number, read_json};

/// What `suoyin inspect` says of each index.
pub(super) fn measure(suoyin: &Path, corpora: &[Corpus]) -> Result<Value> {
    let mut sizes = Vec::new();
    for corpus in corpora {
        let mut command = Command::new(suoyin);
        let inspected = read_json(command.arg("inspect").arg(index_of(corpus)).arg("--json"))?;
        sizes.push(json!({ "corpus": corpus.name, "inspected": inspected }));
    }
    Ok(Value::Array(sizes))
}

/// A table for each corpus, and one that compares them with the budget.
pub(super) fn print(sizes: &Value) {
    let sizes = sizes.as_array().map(Vec::as_slice).unwrap_or_default();
    for size in sizes {
        let title = format!("size: {}, KB", text(&size["corpus"]));
        let mut table = Table::new(&title, &["structure", "raw", "brotli", "bound", "of bound"]);
        let structures = at(size, &["inspected", "structures"]).as_array();
        for structure in structures.into_iter().flatten() {
            let brotli = number(&structure["brotli"]);
            let bound = structure["bound"].as_f64();
            table.row([
                text(&structure["structure"]),
                kilobytes(number(&structure["raw"])),
                kilobytes(brotli),
                bound.map(kilobytes).unwrap_or_default(),
                bound.map(|bound| format!("{:.3}", brotli / bound)).unwrap_or_default(),
            ]);
        }
        table.print();
    }
    let heads = ["corpus", "documents", "index", "without text", "B", "frequencies", "ratio"];
    let mut table = Table::new("size: indexes by brotli against their bounds, KB", &heads);
    for size in sizes {
        let total = |key| number(at(size, &["inspected", "totals", key]));
        table.row([
            text(&size["corpus"]),
            at(size, &["inspected", "counts", "documents"]).to_string(),
            kilobytes(total("brotli")),
            kilobytes(total("brotliWithoutText")),
            kilobytes(total("bound")),
            kilobytes(total("frequencies")),
            format!("{:.3}", total("ratio")),
        ]);
    }
    table.print();
    println!("budget: ratio 1.0, the index without text against B + frequencies");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
