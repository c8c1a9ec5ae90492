//! Whatever the bytes, reading them ends without a panic, and offsets are offsets.

use std::fs;

use proptest::prelude::*;
use suoyin_core::{Document, Weight};
use suoyin_ingest::{Ingest, IngestOptions};

const EXTENSIONS: &[&str] = &["txt", "md", "html", "jsonl"];

/// Pieces of which markup is made, and noise.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
        "[一-龥，。 \n]{0,20}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "---\n",
    "+++\n",
    "title: x\n",
    "# ",
    "## ",
    "| a | b |\n|---|---|\n",
    "```\n",
    "> ",
    "- ",
    "[^1]",
    "::: tip\n",
    "{#id}",
    "<p>",
    "</p>",
    "<h1 id=a>",
    "</h1>",
    "<h2>",
    "<main>",
    "</main>",
    "<article>",
    "</article>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<nav>",
    "</nav>",
    "<div data-suoyin-body>",
    "<div data-pagefind-ignore=all>",
    "<div data-suoyin-weight=2.5>",
    "<b data-suoyin-weight=0>",
    "<b data-suoyin-filter='a, b[id], c:d'>",
    "<span data-suoyin-meta=title>",
    "</span>",
    "</b>",
    "<link rel=canonical href=a>",
    "<img src=a.png>",
    "返回顶部",
    "甲|乙|丙|丁|戊|己|庚|辛",
    "suoyin: {weight: 2}\n",
    "<div hidden>",
    "</div>",
    "<pre>",
    "</pre>",
    "<br>",
    "<script>",
    "</script>",
    "<svg>",
    "<title>",
    "</title>",
    "<ruby>",
    "<rt>",
    "<!--",
    "-->",
    "&amp;",
    "<meta ",
    "<a name=x class=headerlink>",
    "{\"text\":\"",
    "\"}",
    "{\"html\":\"",
    "来源：",
    "（记者 ",
    "）",
    "2023-02-28 17:24",
    "２０２３年２月８日",
    "□ ",
    "(zhèn)",
    "變?yōu)檎n堂",
    "當(dāng)?shù)厝罕",
    "?shù)",
    "第一章",
    "By: ",
];

fn check(extension: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("a.{extension}"));
    fs::write(&path, bytes).unwrap();
    let ingest = Ingest::new(&[path], &IngestOptions::default()).unwrap();
    for document in ingest.flatten() {
        check_document(&document);
    }
}

fn check_document(document: &Document) {
    let mut end = 0;
    for (range, weight) in &document.weighted {
        assert!(range.start >= end && range.start < range.end);
        assert!(document.text.get(range.start as usize..range.end as usize).is_some());
        assert_ne!(*weight, Weight::ONE);
        end = range.end;
    }
    assert!(!document.title.is_empty());
    assert!(!document.title.contains('\n'));
    assert!(!document.text.contains('\r') || document.id.contains('#'));
    let mut before = 0;
    for section in &document.sections {
        assert!(before <= section.start && document.text.is_char_boundary(section.start as usize));
        let visible = |text: &str| {
            let invisible = |c: &char| c.is_whitespace() || ('\u{E000}'..'\u{F900}').contains(c);
            text.chars().filter(|c| !invisible(c)).collect::<String>()
        };
        let text = visible(&document.text[section.start as usize..]);
        let title = visible(&section.title);
        assert!(text.starts_with(&title), "{title:?} in {text:?}");
        before = section.start;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for extension in EXTENSIONS {
            check(extension, &bytes);
        }
    }

    #[test]
    fn markup(bytes in pieces()) {
        for extension in EXTENSIONS {
            check(extension, &bytes);
        }
    }
}
