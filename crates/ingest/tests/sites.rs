//! What pages have in common: marks, canonical URLs, blocks.

use std::fs;

use suoyin_core::Weight;
use suoyin_ingest::{
    DemoteReason, IngestError, IngestOptions, Ingested, SkipReason, ingest, ingest_each,
};
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(files: &[(&str, &str)], options: IngestOptions) -> Ingested {
    ingest(&[folder(files).path().to_owned()], &options).unwrap()
}

fn ids(ingested: &Ingested) -> Vec<&str> {
    ingested.documents.iter().map(|document| document.id.as_str()).collect()
}

fn skipped(ingested: &Ingested) -> Vec<(String, SkipReason)> {
    let skipped = ingested.report.skipped.iter();
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    skipped.map(|skipped| (name(&skipped.location.path), skipped.reason)).collect()
}

#[test]
fn pages_without_the_mark_of_others() {
    let files = [
        ("a.html", "<p>甲"),
        ("b.html", "<div data-pagefind-body>乙</div>栏"),
        ("c.html", "<code>&lt;div data-suoyin-body&gt;</code>"),
        ("d.md", "丁"),
    ];
    let ingested = read(&files, IngestOptions::default());
    assert_eq!(ids(&ingested), ["b.html", "d.md"]);
    assert_eq!(
        skipped(&ingested),
        [("a.html".to_owned(), SkipReason::Unmarked), ("c.html".to_owned(), SkipReason::Unmarked)]
    );
    // Another input is another site; a page that speaks of marks has none.
    let (marked, other) = (folder(&files[1..2]), folder(&[files[0], files[2]]));
    let inputs = [marked.path().to_owned(), other.path().to_owned()];
    assert_eq!(ingest(&inputs, &IngestOptions::default()).unwrap().documents.len(), 3);
}

#[test]
fn copies_of_a_page() {
    let page = |canonical: &str| {
        format!("<head><link rel=canonical href='{canonical}'></head><body>{}", "文章。".repeat(30))
    };
    let address = "https://example.org/docs/b/";
    let (copy, own) = (page(address), page("/docs/c.html"));
    let files = [
        ("a-print.html", copy.as_str()),
        ("b/amp.html", &copy),
        ("b/index.html", &copy),
        ("c.html", &own),
        ("d.html", "<p>丁"),
        ("e.html", &page("d.html")),
    ];
    let options =
        |base_url: &str| IngestOptions { base_url: base_url.to_owned(), ..Default::default() };
    for base_url in ["", "/docs", "https://example.org/docs/"] {
        let ingested = read(&files, options(base_url));
        assert_eq!(ids(&ingested), ["b/index.html", "c.html", "d.html"], "{base_url}");
        assert!(ingested.report.skipped.iter().all(|s| s.reason == SkipReason::Duplicate));
        assert_eq!(ingested.report.skipped.len(), 3);
    }
    // Where none is the page itself, the first stands for all.
    assert_eq!(ids(&read(&files[..2], options(""))), ["a-print.html"]);
}

#[test]
fn stubs_lead_elsewhere() {
    let files = [
        ("a.html", "<link rel=canonical href=https://example.org/b.html><p>此页已移走。"),
        ("b.html", "<link rel=canonical href=https://example.org/b.html><p>短文。"),
    ];
    let ingested = read(
        &files[..1].iter().copied().chain([("c.txt", "丙")]).collect::<Vec<_>>(),
        IngestOptions::default(),
    );
    assert_eq!(skipped(&ingested), [("a.html".to_owned(), SkipReason::Redirect)]);
    assert_eq!(ids(&read(&files[1..], IngestOptions::default())), ["b.html"]);
}

#[test]
fn a_canonical_url_of_most_pages_is_a_mistake() {
    let page = |n: usize| {
        format!("<link rel=canonical href=https://example.org/>第{n}页{}", "文".repeat(80))
    };
    let pages: Vec<(String, String)> = (0..9).map(|n| (format!("{n}.html"), page(n))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let ingested = read(&files, IngestOptions::default());
    assert_eq!(ingested.documents.len(), 9);
    let warnings = &ingested.report.warnings;
    assert!(warnings.len() == 1 && warnings[0].message.contains("//example.org"), "{warnings:?}");
}

#[test]
fn what_generators_write() {
    let files = [
        ("404.html", "<p>找不到"),
        ("fonts/LICENSE.txt", "许可"),
        ("fonts/a.woff2", ""),
        ("guide/404.html", "<p>状态码四〇四"),
        ("guide/LICENSE.txt", "许可"),
        ("sphinx/_sources/a.rst.txt", "甲"),
        ("sphinx/a.html", "<p>甲"),
        ("sphinx/genindex.html", "<p>索引"),
        ("sphinx/objects.inv", "#"),
        ("sphinx/search.html", "<p>搜索"),
    ];
    let ingested = read(&files, IngestOptions::default());
    assert_eq!(ids(&ingested), ["guide/404.html", "guide/LICENSE.txt", "sphinx/a.html"]);
    let generated = skipped(&ingested).into_iter();
    let generated = generated.filter(|(_, reason)| *reason == SkipReason::Generated);
    let names: Vec<String> = generated.map(|(name, _)| name).collect();
    assert_eq!(names, ["404.html", "_sources", "genindex.html", "search.html"]);
    assert_eq!(ingested.report.assets, 2);
}

#[test]
fn start_pages_repeat_chapters() {
    let page = "<title>书</title><h1>前言</h1><p>写在前面。";
    let files = [
        ("a.html", page),
        ("b.html", page),
        ("index.html", page),
        ("other/index.html", "<title>书</title><h1>前言</h1><p>不一样。"),
    ];
    let ingested = read(&files, IngestOptions::default());
    assert_eq!(ids(&ingested), ["a.html", "b.html", "other/index.html"]);
    assert_eq!(skipped(&ingested), [("index.html".to_owned(), SkipReason::Duplicate)]);
    let ingested = read(&[files[2], ("preface.html", page)], IngestOptions::default());
    assert_eq!(ids(&ingested), ["index.html"]);
}

/// Ten pages with a menu and a footer of the site.
fn site(extension: &str, paragraph: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let page = |n: usize| {
        let body = [
            paragraph("首页 新闻 联系我们"),
            paragraph(&format!("第{n}篇写的是村里的第{n}件事。")),
            // In half of the pages, which is not more than half.
            if n.is_multiple_of(2) {
                paragraph("本文写于村口的大树下面。")
            } else {
                String::new()
            },
            paragraph("某某村委会 电话 000-0000"),
        ];
        (format!("{n}.{extension}"), body.concat())
    };
    (0..10).map(page).collect()
}

#[test]
fn common_blocks_are_kept_once() {
    let markdown = site("md", |text| format!("{text}\n\n"));
    let html = site("html", |text| format!("<p>{text}</p>"));
    for pages in [markdown, html] {
        let files: Vec<(&str, &str)> =
            pages.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let ingested = read(&files, IngestOptions::default());
        let [first, second, ..] = &ingested.documents[..] else { panic!() };
        assert!(first.text.starts_with("首页 新闻"), "{}", first.text);
        assert!(second.text == "第1篇写的是村里的第1件事。", "{}", second.text);
        assert!(ingested.documents[2].text.contains("村口的大树"));
        let parts: Vec<&str> = first
            .weighted
            .iter()
            .map(|(range, weight)| {
                assert_eq!(*weight, Weight::DEMOTED);
                &first.text[range.start as usize..range.end as usize]
            })
            .collect();
        assert_eq!(parts, ["首页 新闻 联系我们", "某某村委会 电话 000-0000"]);
        let report = &ingested.report;
        assert_eq!((report.common_blocks.len(), report.common_left_out), (2, 18));
        assert!(report.notices()[0].starts_with("2 blocks stand in most pages"));

        let all = IngestOptions { common_share: None, ..Default::default() };
        let kept = read(&files, all);
        assert!(kept.documents.iter().all(|document| document.text.contains("联系我们")));
        assert!(kept.report.common_blocks.is_empty());
        assert_eq!(read(&files[..7], IngestOptions::default()).report.common_left_out, 0);

        let folder = folder(&files);
        let mut streamed = Vec::new();
        ingest_each(&[folder.path().to_owned()], &IngestOptions::default(), |document| {
            streamed.push(document);
            Ok::<(), IngestError>(())
        })
        .unwrap();
        assert_eq!(streamed, ingested.documents);
    }
}

#[test]
fn pages_without_the_mark_do_not_count() {
    let page = |n: usize| match n {
        0..8 => format!("<div data-suoyin-body><p>第{n}页。<p>某某村委会 电话 000-0000</div>"),
        _ => format!("<p>第{n}页。"),
    };
    let pages: Vec<(String, String)> = (0..30).map(|n| (format!("{n:02}.html"), page(n))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let ingested = read(&files, IngestOptions::default());
    assert_eq!((ingested.documents.len(), ingested.report.common_left_out), (8, 7));
}

#[test]
fn pages_of_nothing_else_keep_their_title() {
    let pages: Vec<(String, String)> = (0..9)
        .map(|n| {
            (format!("{n}.html"), format!("<title>第{n}页</title><p>某某村委会 电话 000-0000"))
        })
        .collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let ingested = read(&files, IngestOptions::default());
    assert_eq!(ingested.documents.len(), 9);
    assert_eq!(
        (ingested.documents[3].title.as_str(), ingested.documents[3].text.as_str()),
        ("第3页", "")
    );
}

#[test]
fn noise_is_reported_with_its_line() {
    let spam = "甲县|乙市|丙区|丁县|戊州|己旗|庚镇|辛乡|壬村";
    let article = "这个村的图书馆每天早上九点开门，晚上八点关门。借书需要带上身份证。";
    let text = format!("{spam}\n\n开放时间\n\n{article}\n\n1\n\n主办单位：某某村委会\n");
    let page = format!("<h1>题</h1>\n<p>{article}\n<p>返回顶部</p>");
    let ingested = read(&[("a.txt", &text), ("b.html", &page)], IngestOptions::default());
    let document = &ingested.documents[0];
    assert_eq!(document.title, "开放时间");
    let demoted: Vec<&str> = document
        .weighted
        .iter()
        .map(|(range, _)| &document.text[range.start as usize..range.end as usize])
        .collect();
    assert_eq!(demoted, [spam, "1", "主办单位：某某村委会"]);
    assert!(document.sections.is_empty());
    let places: Vec<(Option<u64>, DemoteReason)> =
        ingested.report.demoted.iter().map(|d| (d.location.line, d.reason)).collect();
    assert_eq!(
        places,
        [
            (Some(1), DemoteReason::Spam),
            (Some(7), DemoteReason::Boilerplate),
            (Some(9), DemoteReason::Boilerplate),
            (Some(3), DemoteReason::Boilerplate),
        ]
    );
}

#[test]
fn weights_and_pictures_reach_the_document() {
    let files = [
        ("a.jsonl", "{\"id\": \"x\", \"text\": \"文\", \"weight\": 2.5}"),
        ("n/b.html", "<p>甲<b data-suoyin-weight=3>乙</b><img src=../p/c.png>"),
        ("n/d.md", "---\nsuoyin: {weight: 0.5}\nimage: /e.png\n---\n丁 ![图](f.png)"),
    ];
    let options =
        IngestOptions { base_url: "https://example.org/docs".to_owned(), ..Default::default() };
    let documents = read(&files, options).documents;
    let weights: Vec<f32> = documents.iter().map(|document| document.weight.value()).collect();
    assert_eq!(weights, [2.5, 1.0, 0.5]);
    assert_eq!(documents[1].weighted, [(3..6, Weight::new(3.0))]);
    assert_eq!(documents[1].meta["image"], "https://example.org/docs/p/c.png");
    assert_eq!(documents[2].meta["image"], "/e.png");
}

#[test]
fn wrong_weights_name_their_place() {
    let error = |text: &str| {
        let folder = folder(&[("a.jsonl", text)]);
        ingest(&[folder.path().to_owned()], &IngestOptions::default()).unwrap_err().to_string()
    };
    let message = error("{\"text\":\"文\"}\n{\"text\":\"文\",\"weight\":\"2\"}");
    assert!(
        message.contains("a.jsonl:2: the field \"weight\" should be a number from 0 to 10"),
        "{message}"
    );
    let warnings =
        read(&[("a.html", "<p data-suoyin-weight=x>文")], IngestOptions::default()).report.warnings;
    assert!(warnings[0].message.contains("\"x\" is no number"), "{warnings:?}");
}

/// The title and the text of the first of so many pages, each with a `<title>` and a heading.
fn first_of_site(pages: usize, title: &str, heading: &str) -> (String, String) {
    let page = |number: usize| {
        let html = format!("<title>{title} - 云小坪村</title><h1>{heading}</h1><p>停水。");
        (format!("{number}.html"), html.replace('#', &number.to_string()))
    };
    let pages: Vec<(String, String)> = (1..=pages).map(page).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, html)| (&**name, &**html)).collect();
    let first = read(&files, IngestOptions::default()).documents.swap_remove(0);
    (first.title, first.text.replace("\n\n\n", "/"))
}

#[test]
fn a_title_and_a_heading_with_other_words_are_both_kept() {
    let site = |title, heading| first_of_site(8, title, heading);
    let expect = |title: &str, text: &str| (title.to_owned(), text.to_owned());
    assert_eq!(site("第#号通知", "Notice #"), expect("第1号通知", "Notice 1/停水。"));
    assert_eq!(site("第#号通知", "通知"), expect("通知", "停水。"));
    assert_eq!(site("通知", "Notice #"), expect("Notice 1", "停水。"), "that of a section");
    let few = first_of_site(7, "第#号通知", "Notice #");
    assert_eq!(few, expect("Notice 1", "停水。"), "all may be the site's");
}
