//! Which files of a folder are read.

use std::fs;
use std::path::Path;

use suoyin_ingest::{IngestError, IngestOptions, Ingested, ingest};
use tempfile::TempDir;

/// A folder with these files; those without text of their own hold a short one.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, if text.is_empty() { "题\n文。" } else { text }).unwrap();
    }
    folder
}

fn read(folder: &Path, options: IngestOptions) -> Result<Ingested, IngestError> {
    ingest(&[folder.to_owned()], &options)
}

fn ids(ingested: &Ingested) -> Vec<&str> {
    ingested.documents.iter().map(|document| document.id.as_str()).collect()
}

fn globs(globs: &[&str]) -> Vec<String> {
    globs.iter().map(|&glob| glob.to_owned()).collect()
}

#[test]
fn include_and_exclude() {
    let folder = folder(&[
        ("a.txt", ""),
        ("a.md", ""),
        ("guide/b.txt", ""),
        ("guide/drafts/c.txt", ""),
        ("drafts/d.txt", ""),
        ("e/guide/f.txt", ""),
    ]);
    let chosen = |include: &[&str], exclude: &[&str]| {
        let (include, exclude) = (globs(include), globs(exclude));
        let options = IngestOptions { include, exclude, ..Default::default() };
        let ingested = read(folder.path(), options).unwrap();
        (ids(&ingested).join(" "), ingested.report.excluded)
    };
    assert_eq!(chosen(&["*.md"], &[]), ("a.md".to_owned(), 5));
    assert_eq!(chosen(&[], &["drafts/"]), ("a.md a.txt e/guide/f.txt guide/b.txt".to_owned(), 2));
    assert_eq!(chosen(&["/guide/"], &[]).0, "guide/b.txt guide/drafts/c.txt");
    assert_eq!(chosen(&["/guide/**"], &["drafts"]).0, "guide/b.txt");
    assert_eq!(chosen(&["guide/"], &[]).0, "e/guide/f.txt guide/b.txt guide/drafts/c.txt");
}

#[test]
fn ignore_files() {
    let folder = folder(&[
        (".suoyinignore", "# Not yet.\ndrafts/\n*.md\n!keep.md\n"),
        ("a.txt", ""),
        ("b.md", ""),
        ("keep.md", ""),
        ("drafts/c.txt", ""),
        ("sub/.suoyinignore", "/d.txt\n!f.md\n"),
        ("sub/d.txt", ""),
        ("sub/deep/d.txt", ""),
        ("sub/e.md", ""),
        ("sub/f.md", ""),
    ]);
    let ingested = read(folder.path(), IngestOptions::default()).unwrap();
    assert_eq!(ids(&ingested), ["a.txt", "keep.md", "sub/deep/d.txt", "sub/f.md"]);
    assert_eq!((ingested.report.excluded, ingested.report.hidden), (4, 0));
    // A build depends on them, too.
    assert_eq!(ingested.files.len(), 6);
    assert!(ingested.files[0].ends_with(".suoyinignore"));
}

#[test]
fn malformed_globs() {
    let folder = folder(&[("a.txt", ""), ("sub/.suoyinignore", "a\n{b\n"), ("sub/b.txt", "")]);
    let error = read(folder.path(), IngestOptions::default()).unwrap_err().to_string();
    assert!(error.contains("sub/.suoyinignore:2: the glob cannot be read"), "{error}");
    for glob in ["{a", "!a", ""] {
        let options = IngestOptions { exclude: globs(&[glob]), ..Default::default() };
        let error = read(folder.path(), options).unwrap_err().to_string();
        assert!(error.contains(&format!("the glob {glob:?} cannot be read")), "{error}");
    }
}

#[test]
fn the_output_is_passed_over() {
    let folder = folder(&[("a.txt", ""), ("out/b.txt", ""), ("sub/out/c.txt", "")]);
    let output = Some(folder.path().join("sub/../out"));
    let ingested = read(folder.path(), IngestOptions { output, ..Default::default() }).unwrap();
    assert_eq!(ids(&ingested), ["a.txt", "sub/out/c.txt"]);
    assert_eq!(ingested.report.to_string().lines().count(), 1);
    // What is not there yet, and the input itself.
    for output in ["new", ""] {
        let output = Some(folder.path().join(output));
        let ingested = read(folder.path(), IngestOptions { output, ..Default::default() });
        assert_eq!(ingested.unwrap().documents.len(), 3);
    }
}
