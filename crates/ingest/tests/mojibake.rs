//! The documents of the project that a converter damaged.

use std::path::Path;

use suoyin_ingest::{IngestOptions, ingest};

fn documents() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

#[test]
fn terraces() {
    let file = documents().join("news/terrace-mojibake.txt");
    let ingested = ingest(std::slice::from_ref(&file), &IngestOptions::default()).unwrap();
    let without_glosses = |text: &str| {
        let pieces = text.split('(').map(|piece| piece.split_once(')').map_or(piece, |(_, p)| p));
        pieces.collect::<String>()
    };
    let text = without_glosses(&ingested.documents[0].text);
    for phrase in ["當地農戶", "豆漿和", "變為課堂", "我幫你十里。”這塊", "當地老人說起最多"]
    {
        assert!(text.contains(phrase), "{phrase} in {text}");
    }
    let repaired = &ingested.report.repaired[0];
    assert_eq!((repaired.repaired, repaired.left), (5, 0));
    let notices = ingested.report.notices();
    assert!(notices[0].starts_with("5 places") && notices.len() == 2, "{notices:?}");
    assert!(notices[1].starts_with("1 line counts little, as boilerplate"), "{notices:?}");
}

#[test]
fn no_other_document_changes() {
    let ingested = ingest(&[documents()], &IngestOptions::default()).unwrap();
    let repaired: Vec<_> = ingested.report.repaired.iter().filter(|r| r.repaired > 0).collect();
    assert_eq!(repaired.len(), 1);
    assert!(repaired[0].location.path.ends_with("news/terrace-mojibake.txt"));
}
