//! Folders and files on disk: order, ids, errors, reports.

use std::fs;
use std::path::{Path, PathBuf};

use suoyin_core::Document;
use suoyin_ingest::{
    Ingest, IngestError, IngestOptions, Ingested, SkipReason, ingest, ingest_each,
};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn read(inputs: &[&Path]) -> Result<Ingested, IngestError> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|path| path.to_path_buf()).collect();
    ingest(&inputs, &IngestOptions::default())
}

fn error(files: &[(&str, &str)]) -> String {
    read(&[folder(files).path()]).unwrap_err().to_string()
}

fn ids(ingested: &Ingested) -> Vec<&str> {
    ingested.documents.iter().map(|document| document.id.as_str()).collect()
}

#[test]
fn order_ids_and_urls() {
    let folder = folder(&[
        ("b.txt", "乙\n文。"),
        ("a/中 文.md", "# 甲\n\n文"),
        ("a.html", "<title>丙</title><p>文"),
        (
            "a/z.jsonl",
            "{\"text\":\"丁\\n文\"}\n\n{\"id\":\"x\",\"title\":\"戊\",\"text\":\"文\",\"url\":\"y?z\"}\n",
        ),
        ("A.TXT", "己\n文。"),
        (".git/c.txt", "隐"),
        ("logo.png", ""),
    ]);
    let options = IngestOptions { base_url: "/docs".to_owned(), ..Default::default() };
    let ingested = ingest(&[folder.path().to_owned()], &options).unwrap();
    assert_eq!(ids(&ingested), ["A.TXT", "a.html", "a/z.jsonl#1", "x", "a/中 文.md", "b.txt"]);
    let urls: Vec<&str> = ingested.documents.iter().map(|document| document.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "/docs/A.TXT",
            "/docs/a.html",
            "/docs/a/z.jsonl%231",
            "/docs/y?z",
            "/docs/a/%E4%B8%AD%20%E6%96%87.md",
            "/docs/b.txt"
        ]
    );
    assert_eq!(ingested.files.len(), 5);
    assert_eq!((ingested.report.hidden, ingested.report.assets), (1, 1));
    assert_eq!(ingested.report.documents, 6);
    assert!(ingested.report.notices().is_empty());
}

#[test]
fn files_given_by_name() {
    let folder = folder(&[("a/b.txt", "甲\n文。"), ("c.pdf", "")]);
    let ingested = read(&[&folder.path().join("a/b.txt")]).unwrap();
    assert_eq!(ids(&ingested), ["b.txt"]);
    let error = read(&[&folder.path().join("c.pdf")]).unwrap_err().to_string();
    assert!(error.contains("c.pdf: this kind of file is not read"), "{error}");
}

#[test]
fn missing_and_empty_folders() {
    let empty = folder(&[("a.pdf", ""), ("b.txt", " \n")]);
    let missing = empty.path().join("nowhere");
    let error = read(&[&missing]).unwrap_err().to_string();
    assert!(error.contains("nowhere: there is no such file or folder"), "{error}");
    let error = read(&[empty.path()]).unwrap_err().to_string();
    assert!(error.contains("no document found (2 files left out)"), "{error}");

    let full = folder(&[("c.txt", "甲\n文。")]);
    let without = folder(&[]);
    let ingested = read(&[without.path(), full.path()]).unwrap();
    assert_eq!(ingested.report.warnings.len(), 1);
}

#[test]
fn errors_name_file_and_line() {
    let cases = [
        (("a.jsonl", "{\"text\":\"甲\"}\n\n{\"text\":\n"), "a.jsonl:3: not a JSON object"),
        (("b.jsonl", "\n7\n"), "b.jsonl:2: not a JSON object"),
        (("c.jsonl", "{\"text\":7}\n"), "c.jsonl:1: the field \"text\" should be a string"),
        (("d.md", "---\ntitle: 甲\nx: [乙\n---\n文"), "d.md:4: the front matter cannot be parsed"),
        (("e.md", "+++\ntitle = 甲\n+++\n文"), "e.md:2: the front matter cannot be parsed"),
    ];
    for (file, expected) in cases {
        let error = error(&[file]);
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn duplicate_ids_name_both() {
    let error =
        error(&[("a.jsonl", "{\"id\":\"x\",\"text\":\"甲\"}\n{\"id\":\"x\",\"text\":\"乙\"}")]);
    assert!(error.contains("a.jsonl:2: the id \"x\" is taken already by"), "{error}");
    assert!(error.contains("a.jsonl:1;"), "{error}");
    let (one, two) = (folder(&[("a.txt", "甲")]), folder(&[("a.txt", "乙")]));
    assert!(matches!(
        read(&[one.path(), two.path()]),
        Err(IngestError::DuplicateId { id, .. }) if id == "a.txt"
    ));
}

#[test]
fn the_report_is_complete() {
    let folder = folder(&[
        ("a.txt", "甲\n文。"),
        ("b.pdf", "%PDF"),
        ("c.html", "<meta name=robots content=noindex>文"),
        ("d.html", "<meta http-equiv=refresh content='0;url=a'>文"),
        ("e.html", "<nav>航</nav>"),
        ("f.md", ""),
        (
            "g.jsonl",
            "{\"title\":\"题\"}\n{\"text\":\"文\",\"colour\":1}\n{\"text\":\"字\",\"colour\":2}\n",
        ),
    ]);
    write(folder.path(), "h.txt", b"\0\x01\x02");
    write(folder.path(), "i.txt", &encoding_rs::BIG5.encode("開門\n這個村的圖書館每天開門。").0);
    let report = read(&[folder.path()]).unwrap().report;
    let skipped: Vec<SkipReason> = report.skipped.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(
        skipped,
        [
            SkipReason::UnknownFormat,
            SkipReason::NoIndex,
            SkipReason::Redirect,
            SkipReason::NoText,
            SkipReason::Empty,
            SkipReason::NoText,
            SkipReason::Binary,
        ]
    );
    assert_eq!(report.skipped[5].location.line, Some(1));
    assert_eq!(report.decoded[0].encoding, "Big5");
    assert_eq!((report.warnings.len(), report.warnings[0].count), (1, 2));
    assert_eq!(report.notices().len(), 8);
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/b.txt", "甲\n文。")]);
    symlink("..", folder.path().join("a/up")).unwrap();
    symlink("nowhere", folder.path().join("gone.txt")).unwrap();
    symlink("a/b.txt", folder.path().join("c.txt")).unwrap();
    let ingested = read(&[folder.path()]).unwrap();
    assert_eq!(ids(&ingested), ["a/b.txt", "c.txt"]);
    let skipped: Vec<SkipReason> = ingested.report.skipped.iter().map(|s| s.reason).collect();
    assert_eq!(skipped, [SkipReason::LinkLoop, SkipReason::BrokenLink]);
}

#[test]
fn an_iterator_ends_after_an_error() {
    let folder = folder(&[("a.txt", "甲"), ("b.jsonl", "x"), ("c.txt", "丙")]);
    let inputs = [folder.path().to_owned()];
    let mut ingest = Ingest::new(&inputs, &IngestOptions::default()).unwrap();
    assert!(ingest.next().unwrap().is_ok());
    assert!(ingest.next().unwrap().is_err());
    assert!(ingest.next().is_none());
    assert_eq!(ingest.files().len(), 1);
}

#[test]
fn handing_over_one_by_one() {
    let folder = folder(&[("a.txt", "甲"), ("b.txt", "乙"), ("c.txt", "丙")]);
    let inputs = [folder.path().to_owned()];
    let mut titles = String::new();
    let (files, report) = ingest_each(&inputs, &IngestOptions::default(), |document| {
        titles.push_str(&document.title);
        Ok::<(), IngestError>(())
    })
    .unwrap();
    assert_eq!((titles.as_str(), files.len(), report.documents), ("甲乙丙", 3, 3));
    let stop = || IngestError::NotFound { path: PathBuf::new() };
    assert!(ingest_each(&inputs, &IngestOptions::default(), |_| Err(stop())).is_err());
}

#[test]
fn many_files_keep_their_order() {
    let names: Vec<String> = (0..500).map(|number| format!("{number:03}.txt")).collect();
    let texts: Vec<String> = (0..500).map(|number| format!("第{number}篇\n内容。")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).rev().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let ingested = read(&[folder.path()]).unwrap();
    assert_eq!(ids(&ingested), names.iter().map(String::as_str).collect::<Vec<_>>());
    let again: Vec<Document> = read(&[folder.path()]).unwrap().documents;
    assert_eq!(ingested.documents, again);
}
