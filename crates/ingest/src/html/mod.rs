//! HTML: the content of a page without what surrounds it.
//!
//! The content is `[data-suoyin-body]`, else `<main>` or `[role=main]`, else the `<article>`s, else
//! the body without its navigation, header, footer and margins. Scripts, styles, controls, hidden
//! blocks, `[aria-hidden=true]` and `[data-suoyin-ignore]` are left out, and so are readings above
//! characters (`<rt>`), so that the characters stay together. What other `data-suoyin-*` attributes say
//! of metadata and weights is read as Pagefind reads its own, which count as well.
//!
//! A tokenizer that follows the standard does the reading; a small stack of open elements stands in
//! for a tree, which text does not need.

mod elements;
mod head;
mod marks;
mod page;
mod reader;
mod stack;
mod tag;

use std::ops::Range;

pub(crate) use self::page::Page;
pub(crate) use self::reader::read;
use self::stack::Region;
use crate::blocks::{Blocks, Unseen};
use crate::draft::{Draft, Gathered, Heading, Parsed, assemble, folded, one_line};
use crate::flow::BLOCK;
use crate::report::SkipReason;
use crate::{byline, noise};

impl Page {
    /// Why the page becomes no document, as it says itself.
    pub(crate) fn skip_reason(&self) -> Option<SkipReason> {
        if self.no_index {
            Some(SkipReason::NoIndex)
        } else if self.redirects {
            Some(SkipReason::Redirect)
        } else {
            None
        }
    }

    /// The address that the page has elsewhere, as it gives it; empty where it gives none.
    pub(crate) fn canonical(&self) -> &str {
        &self.canonical
    }

    /// Whether the page marks its content with `data-suoyin-body`.
    pub(crate) fn has_body(&self) -> bool {
        self.has_body
    }

    /// Whether there is little more than a sentence that leads elsewhere.
    pub(crate) fn is_stub(&self) -> bool {
        const CHARS: usize = 60;
        self.flow.as_str().chars().filter(|c| !c.is_whitespace()).nth(CHARS).is_none()
    }
}

/// An HTML file that was read.
pub(crate) fn parse(page: Page, blocks: &mut dyn Blocks) -> Parsed {
    let mut draft = draft(page, blocks);
    if draft.text.is_empty() && draft.common == 0 {
        return Parsed::Skipped(SkipReason::NoText);
    }
    byline::scan(&draft.text, &mut draft.meta);
    Parsed::Document(draft)
}

/// The `html` of a JSON line, a page or a piece of one, with the title it has there, or an empty one.
pub(crate) fn piece(html: &str, title: &str) -> Draft {
    let mut page = read(html);
    if !title.is_empty() {
        page.captured.set_title(title);
    }
    draft(page, &mut Unseen)
}

/// The text alone.
pub(crate) fn text_of(html: &str) -> String {
    read(html).flow.into_text()
}

fn draft(page: Page, blocks: &mut dyn Blocks) -> Draft {
    let regions = content(&page);
    let Page { flow, headings, weights, title, mut meta, mut captured, images, .. } = page;
    let text = flow.into_text();
    let inside = |at: usize| regions.iter().any(|region: &Range<usize>| region.contains(&at));
    let headings: Vec<Heading> =
        headings.into_iter().filter(|heading| inside(heading.range.start)).collect();
    let (title, title_at) = match captured.take_title() {
        Some(marked) => {
            let same = folded(&marked);
            let at = headings.iter().position(|h| folded(&text[h.range.clone()]) == same);
            (marked, at)
        }
        None => {
            let title = one_line(&title);
            let own = blocks.own_title(&title);
            choose_title(&title, own, &headings, &text)
        }
    };
    // A picture before the first word of the content belongs to it as well.
    let in_content = |at: usize| {
        regions
            .iter()
            .any(|region| (region.start.saturating_sub(BLOCK.len())..=region.end).contains(&at))
    };
    let image = captured
        .take_image()
        .or_else(|| images.into_iter().find(|(at, _)| in_content(*at)).map(|(_, image)| image))
        .or((!page.social_image.is_empty()).then_some(page.social_image))
        .or_else(|| captured.take_default_image())
        .unwrap_or_default();
    let facets = captured.into_meta(&mut meta);
    let gathered = Gathered { text: &text, headings: &headings, weights: &weights };
    let assembled = assemble(gathered, &regions, title_at, blocks);
    Draft { title, meta, facets, image, warnings: page.warnings, ..assembled }
}

/// The parts of the text that are the content.
fn content(page: &Page) -> Vec<Range<usize>> {
    /// Articles with less of the text than this are cards or comments beside the content.
    const LEAST_SHARE: usize = 4;
    let length = page.flow.len();
    for kind in [Region::Marked, Region::Main, Region::Article] {
        let regions = page.regions.iter().filter(|(region, _)| *region == kind);
        let regions: Vec<Range<usize>> = regions.map(|(_, range)| range.clone()).collect();
        let share: usize = regions.iter().map(ExactSizeIterator::len).sum();
        let cards = || share * LEAST_SHARE < length || is_beside(page, &regions);
        if share > 0 && (kind != Region::Article || !cards()) {
            return regions;
        }
    }
    let whole = 0..length;
    vec![whole]
}

/// Whether several articles stand below a heading that says what the page is, and none has its own.
fn is_beside(page: &Page, articles: &[Range<usize>]) -> bool {
    let is_inside =
        |heading: &&Heading| articles.iter().any(|range| range.contains(&heading.range.start));
    let mut headings = page.headings.iter().filter(|heading| heading.level == 1).peekable();
    articles.len() > 1 && headings.peek().is_some() && !headings.any(|heading| is_inside(&heading))
}

/// The title: the heading of level one where there is just one in the content, since `<title>` often
/// names the site too; unless that heading *is* the site's name, or what `<title>` says of the page
/// alone, its `own` title, has other words: then the heading stays where it stands, and neither is
/// lost. Gives the heading's index.
fn choose_title(
    title: &str,
    own: Option<&str>,
    headings: &[Heading],
    text: &str,
) -> (String, Option<usize>) {
    // Search words are no title where there is any other.
    let title = if noise::is_list_of_words(title) && !headings.is_empty() { "" } else { title };
    let mut first_level = headings.iter().enumerate().filter(|(_, heading)| heading.level == 1);
    let wanted = folded(title);
    let Some((at, heading)) = first_level.next() else {
        let Some(first) = headings.first() else { return (title.to_owned(), None) };
        let first = &text[first.range.clone()];
        return if title.is_empty() {
            (one_line(first), Some(0))
        } else {
            (title.to_owned(), (folded(first) == wanted).then_some(0))
        };
    };
    let only = first_level.next().is_none();
    let heading = one_line(&text[heading.range.clone()]);
    let have = folded(&heading);
    let names_site = wanted.len() > have.len() && wanted.ends_with(&have);
    let others_words = |own: &&str| {
        let own = folded(own);
        !title.is_empty() && !own.contains(&have) && !have.contains(&own)
    };
    if let Some(own) = own.filter(others_words) {
        return (own.to_owned(), None);
    }
    if title.is_empty() || wanted.starts_with(&have) || (only && !names_site) {
        (heading, Some(at))
    } else {
        (title.to_owned(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use suoyin_core::Weight;

    fn parse(html: &str) -> Parsed {
        let page = read(html);
        match page.skip_reason() {
            Some(reason) => Parsed::Skipped(reason),
            None => super::parse(page, &mut Unseen),
        }
    }

    fn draft(html: &str) -> Draft {
        match parse(html) {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(reason) => panic!("{reason:?}: {html}"),
        }
    }

    /// The blocks of the text, with `/` between them.
    fn blocks(html: &str) -> String {
        draft(html).text.replace("\n\n\n", "/")
    }

    #[test]
    fn titles() {
        let title =
            |head: &str, body: &str| draft(&format!("<title>{head}</title>{body}<p>文")).title;
        assert_eq!(title(" 甲\n乙 &amp; 丙 ", ""), "甲乙 & 丙");
        assert_eq!(title("甲 - 村网", "<h1>甲</h1>"), "甲");
        assert_eq!(title("甲 - 村网", "<h1>村网</h1>"), "甲 - 村网");
        assert_eq!(title("村网", "<h1>甲</h1>"), "甲");
        assert_eq!(title("村网", "<h1>甲</h1><h1>乙</h1>"), "村网");
        assert_eq!(title("", "<h1>甲</h1><h1>乙</h1>"), "甲");
        assert_eq!(title("页", "<svg><title>图</title></svg>"), "页");
    }

    #[test]
    fn the_title_is_not_repeated() {
        assert_eq!(blocks("<title>甲</title><h1>甲</h1><p>文"), "文");
        assert_eq!(blocks("<title>甲</title><h2>甲</h2><p>文<h2>甲</h2>"), "文/甲");
        assert_eq!(blocks("<title>甲</title><h1>乙</h1><h1>丙</h1><p>文"), "乙/丙/文");
    }

    #[test]
    fn blocks_stand_apart() {
        assert_eq!(blocks("<p>甲<b>乙</b>丙<p>丁<div>戊</div>己"), "甲乙丙/丁/戊/己");
        assert_eq!(blocks("<ul><li>甲<li>乙<ul><li>丙</ul></ul>"), "甲/乙/丙");
        assert_eq!(blocks("甲<br>乙<br><br>丙<hr>丁"), "甲\n乙/丙/丁");
        assert_eq!(blocks("<p>三级\n  组织 and\nmore"), "三级\n组织 and more");
        assert_eq!(blocks("<pre>\n a\n  b\n</pre>c"), "a\n  b/c");
        assert_eq!(blocks("<label>甲</label><input type=radio><label>乙</label>"), "甲 乙");
        assert_eq!(blocks("<dl><dt>甲<dd>乙</dl>&lt;&#20108;&nbsp;"), "甲/乙/<二\u{a0}");
    }

    #[test]
    fn tables() {
        assert_eq!(
            blocks("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>戊"),
            "甲\t乙\t\n丙\t丁/戊"
        );
        assert_eq!(
            blocks("<table><tr><td><table><tr><td>甲</td></tr></table></td><td>乙"),
            "甲/乙"
        );
    }

    #[test]
    fn content_is_found() {
        let around = |inner: &str| format!("<header>头</header><nav>航</nav>{inner}<footer>脚");
        assert_eq!(blocks(&around("<div>甲</div><aside>边</aside>")), "甲");
        assert_eq!(blocks(&around("栏<main>甲<header>乙</header><nav>航</nav></main>")), "甲/乙");
        assert_eq!(blocks(&around("<article>甲</article><article>乙</article>")), "甲/乙");
        assert_eq!(blocks(&around("<div role=main>甲</div>乙")), "甲");
        assert_eq!(blocks(&around("<main>甲<div data-suoyin-body>乙</div></main>")), "乙");
        let cards = format!("<p>{}</p><article>卡</article>", "文".repeat(9));
        assert_eq!(blocks(&around(&cards)), format!("{}/卡", "文".repeat(9)));
        assert_eq!(blocks(&around("<main> </main>甲")), "甲");
        let cards = "<article>乙</article><article>丙</article>";
        assert_eq!(blocks(&around(&format!("<h1>题</h1><p>甲</p>{cards}"))), "甲/乙/丙");
        assert_eq!(blocks(&around(&format!("<h2>题</h2><p>甲</p>{cards}"))), "乙/丙");
    }

    #[test]
    fn alternatives_are_kept() {
        assert_eq!(
            blocks("按<span hidden>命令</span><div role=tabpanel hidden>甲</div>"),
            "按命令/甲"
        );
    }

    #[test]
    fn hidden_elements() {
        let hidden = "<script>if (a<b) '<p>'</script><style>x</style><noscript><p>无</noscript>\
            <template><p>模</template><svg><text>图</text><g/></svg><button>钮</button>\
            <select><option>选</select><textarea>填<p></textarea><p hidden>隐</p>\
            <span aria-hidden=true>藏</span><div data-suoyin-ignore>略<div>过</div></div><!-- 注 -->";
        assert_eq!(blocks(&format!("{hidden}甲<input value=乙>")), "甲");
        assert_eq!(blocks("<ruby>漢<rp>(<rt>かん<rp>)</rp>字<rt>じ</ruby>だ"), "漢字だ");
    }

    #[test]
    fn malformed_pages() {
        assert_eq!(blocks("</div></p>甲<b><p>乙</b>丙</i>"), "甲/乙丙");
        assert_eq!(blocks("<nav>航<div></nav>甲"), "甲");
        assert_eq!(blocks("<table><tr><td><nav>航</td></nav><td>甲</div>乙</table>丙"), "甲乙/丙");
        assert_eq!(blocks("甲<"), "甲<");
        assert_eq!(blocks("甲<p hidden>乙<div>丙"), "甲/丙");
        assert_eq!(blocks("<h2>甲<main>乙</main>丙"), "乙");
        assert_eq!(
            blocks("<title>题</title><h2>甲<br>乙<div>丙</div>丁</h2>戊"),
            "甲\n乙 丙 丁/戊"
        );
        assert_eq!(blocks("<title>题</title><h2>甲<div><h3>乙</h3>丙"), "甲/乙/丙");
    }

    #[test]
    fn sections() {
        let html = "<title>题</title><h1>题</h1><p>前</p><h2 id=a>一<a class=headerlink href=#a>¶</a></h2>\
            <section id=b><h2>二</h2></section><h3><a name=c></a>三</h3><p>文</p><h2>四";
        let draft = draft(html);
        let sections: Vec<String> = draft
            .sections
            .iter()
            .map(|s| format!("{}#{}@{}", s.title, s.anchor, s.start))
            .collect();
        assert_eq!(sections, ["一#a@6", "二#b@12", "三#c@18", "四#@30"]);
        assert_eq!(&draft.text[30..], "四");
    }

    #[test]
    fn metadata() {
        let draft = draft(
            "<html lang=zh-CN><meta name=Author content=某某><meta name=PubDate content='2023-02-28 17:24'>\
             <meta name=ContentSource content=村报><meta name=ArticleTitle content=题><title>网</title>\
             <meta itemprop=keywords content=词><p>文<time datetime=2020-01-01>",
        );
        let meta: Vec<String> =
            draft.meta.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(
            meta,
            ["author=某某", "date=2023-02-28 17:24", "keywords=词", "lang=zh-CN", "source=村报"]
        );
        assert_eq!((draft.title.as_str(), draft.text.as_str()), ("题", "文"));
    }

    #[test]
    fn skipped() {
        let reason = |html: &str| match parse(html) {
            Parsed::Skipped(reason) => Some(reason),
            Parsed::Document(_) => None,
        };
        assert_eq!(reason("<title>题</title><nav>航</nav>"), Some(SkipReason::NoText));
        assert_eq!(
            reason("<meta name=robots content='noindex, follow'>文"),
            Some(SkipReason::NoIndex)
        );
        assert_eq!(reason("<meta name=suoyin content=noindex>文"), Some(SkipReason::NoIndex));
        assert_eq!(reason("<meta name=robots content='index, nofollow'>文"), None);
        let refresh = "<meta http-equiv=refresh content='0; url=a.html'>";
        assert_eq!(reason(&format!("{refresh}文")), Some(SkipReason::Redirect));
        assert_eq!(reason(&format!("<noscript>{refresh}</noscript>文")), None);
        assert_eq!(reason("<meta http-equiv=refresh content=300>文"), None);
    }

    #[test]
    fn search_words_are_no_title() {
        let words = "<title>甲网,乙网,丙网,丁网,戊网,己网,庚网,辛网</title>";
        assert_eq!(draft(&format!("{words}<h2>题</h2><p>文")).title, "题");
        assert!(draft(&format!("{words}<p>文")).title.starts_with("甲网"));
    }

    #[test]
    fn keywords_of_several_lists() {
        let html =
            "<meta name=keywords content='甲, 乙'><meta itemprop=keywords content='乙，丙'>文";
        assert_eq!(draft(html).meta["keywords"].to_string(), "甲, 乙, 丙");
    }

    fn meta(html: &str) -> String {
        let meta = draft(html).meta;
        let fields: Vec<String> = meta.iter().map(|(k, v)| format!("{k}={v}")).collect();
        fields.join(" ")
    }

    #[test]
    fn captured_metadata() {
        assert_eq!(meta("<p data-suoyin-meta=by>某<b>某</b></p>文"), "by=某某");
        assert_eq!(
            meta("<a title=T data-pagefind-meta='text, link[title], other:任意, 到底'>甲</a>文"),
            "link=T other=任意, 到底 text=甲"
        );
        assert_eq!(meta("<meta property=x content=值 data-suoyin-sort='k[content]'>文"), "k=值");
        assert_eq!(
            meta("<b data-suoyin-filter=tag>甲</b><b data-suoyin-filter=tag>乙</b>"),
            "tag=甲, 乙"
        );
        assert_eq!(
            meta("<div data-suoyin-meta=a><p>甲<span data-suoyin-meta=b>乙</span></div>"),
            "a=甲乙 b=乙"
        );
        assert_eq!(
            meta("<meta name=author content=甲><b data-suoyin-meta=author>乙</b>"),
            "author=乙"
        );
        assert_eq!(
            meta("<main>文</main><p data-suoyin-default-meta='a:1' data-suoyin-meta='b:2'>"),
            "a=1 b=2"
        );
    }

    #[test]
    fn captures_in_what_is_left_out() {
        assert_eq!(blocks("<div data-suoyin-ignore><i data-suoyin-meta=a>甲</i></div>文"), "文");
        assert_eq!(meta("<div data-suoyin-ignore><i data-suoyin-meta=a>甲</i></div>文"), "a=甲");
        assert_eq!(meta("<nav><i data-suoyin-filter=a>甲</i></nav>文"), "a=甲");
        assert_eq!(meta("<div data-suoyin-ignore=all><i data-suoyin-meta=a>甲</i></div>文"), "");
        assert_eq!(meta("<i data-suoyin-ignore=all data-suoyin-meta=a>甲</i>文"), "");
        assert_eq!(meta("<i data-suoyin-meta=a>甲<script>乙</script></i>文"), "a=甲");
    }

    #[test]
    fn marked_titles() {
        let html = "<title>网</title><h1>网</h1><h2 data-suoyin-meta=title>题</h2><p>文";
        assert_eq!((draft(html).title.as_str(), blocks(html).as_str()), ("题", "网/文"));
    }

    #[test]
    fn marks_of_pagefind() {
        assert_eq!(
            blocks("<html data-pagefind-body><head><title>题</title></head><body>甲</body></html>"),
            "甲"
        );
        assert_eq!(blocks("甲<div data-pagefind-body>乙<p data-pagefind-ignore>丙</div>"), "乙");
        assert_eq!(blocks("甲<span data-suoyin-ignore>乙<span>丙</span>丁</span>戊"), "甲戊");
    }

    /// The weighted parts of the text.
    fn weighted(html: &str) -> Vec<(String, f32)> {
        let draft = draft(html);
        let parts = draft.weights.parts().iter();
        parts
            .map(|(range, weight)| (draft.text[range.clone()].to_owned(), weight.value()))
            .collect()
    }

    #[test]
    fn weights() {
        let part = |text: &str, weight: f32| (text.to_owned(), weight);
        assert_eq!(weighted("<p>甲<p data-suoyin-weight=2.5>乙</p><p>丙"), [part("乙", 2.5)]);
        assert_eq!(
            weighted("<div data-suoyin-weight=2>甲<b data-suoyin-weight=0.5>乙</b>丙</div>"),
            [part("甲", 2.0), part("乙", 0.5), part("丙", 2.0)]
        );
        assert_eq!(weighted("甲<b data-suoyin-weight=99>乙"), [part("乙", Weight::MAX.value())]);
        assert_eq!(
            weighted("<section data-suoyin-weight=2><p>甲<p>乙</section>丙"),
            [part("甲", 2.0), part("乙", 2.0)]
        );
        let wrong = draft("<p data-suoyin-weight=heavy>甲");
        assert!(wrong.weights.parts().is_empty() && wrong.warnings.len() == 1);
        assert_eq!(weighted("<p>甲<span data-suoyin-weight=2>乙<p>丙"), [part("乙", 2.0)]);
    }

    #[test]
    fn images() {
        let image = |html: &str| draft(html).image;
        assert_eq!(image("<img src=logo.png width=32>文<img src=a.png>"), "a.png");
        assert_eq!(image("<img src=x.png style='width: 40px; height:9em'>文"), "");
        assert_eq!(image("<base href=../../><p>文<img src=m/a.png>"), "../../m/a.png");
        assert_eq!(image("<div><img src=logo.png></div>栏<main><img src=a.png>文</main>"), "a.png");
        assert_eq!(image("<meta property=og:image content=/og.png>文"), "/og.png");
        assert_eq!(image("<img src='data:image/png;base64,x'>文"), "");
        let marked =
            "<img src=a.png>文<img data-suoyin-meta='image[src], alt[alt]' src=b.png alt=乙>";
        assert_eq!((image(marked).as_str(), meta(marked).as_str()), ("b.png", "alt=乙"));
    }

    #[test]
    fn canonical_urls() {
        let page = read("<link rel='x canonical' href=https://example.org/a>文");
        assert_eq!(
            (page.canonical(), page.is_stub(), page.has_body()),
            ("https://example.org/a", true, false)
        );
        assert!(read("<p data-suoyin-body>").has_body());
        assert!(!read("文".repeat(61).as_str()).is_stub());
    }
}
