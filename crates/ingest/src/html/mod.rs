//! HTML: the content of a page without what surrounds it.
//!
//! The content is `[data-suoyin-body]`, else `<main>` or `[role=main]`, else the `<article>`s, else
//! the body without its navigation, header, footer and margins. Scripts, styles, controls, hidden
//! blocks, `[aria-hidden=true]` and `[data-suoyin-ignore]` are left out, and so are readings above
//! characters (`<rt>`), so that the characters stay together.
//!
//! A tokenizer that follows the standard does the reading; a small stack of open elements stands in
//! for a tree, which text does not need.

mod elements;
mod page;
mod reader;
mod stack;
mod tag;

use std::ops::Range;

use self::page::Page;
use self::stack::Region;
use crate::byline;
use crate::draft::{Draft, Heading, Parsed, assemble, folded, one_line};
use crate::report::SkipReason;

/// An HTML file.
pub(crate) fn parse(html: &str) -> Parsed {
    if html.trim().is_empty() {
        return Parsed::Skipped(SkipReason::Empty);
    }
    let page = reader::read(html);
    if page.no_index {
        return Parsed::Skipped(SkipReason::NoIndex);
    }
    if page.redirects {
        return Parsed::Skipped(SkipReason::Redirect);
    }
    let mut draft = draft(page);
    if draft.text.is_empty() {
        return Parsed::Skipped(SkipReason::NoText);
    }
    byline::scan(&draft.text, &mut draft.meta);
    Parsed::Document(draft)
}

/// The `html` of a JSON line: a page or a piece of one.
pub(crate) fn piece(html: &str) -> Draft {
    draft(reader::read(html))
}

/// The text alone.
pub(crate) fn text_of(html: &str) -> String {
    reader::read(html).flow.into_text()
}

fn draft(page: Page) -> Draft {
    let regions = content(&page);
    let Page { flow, headings, title, meta, .. } = page;
    let text = flow.into_text();
    let inside = |heading: &Heading| {
        regions.iter().any(|region: &Range<usize>| region.contains(&heading.range.start))
    };
    let headings: Vec<Heading> = headings.into_iter().filter(inside).collect();
    let (title, title_at) = choose_title(&one_line(&title), &headings, &text);
    Draft { title, meta, ..assemble(&text, &regions, &headings, title_at) }
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
        if share > 0 && (kind != Region::Article || share * LEAST_SHARE >= length) {
            return regions;
        }
    }
    let whole = 0..length;
    vec![whole]
}

/// The title: the heading of level one where there is just one in the content, since `<title>` often
/// names the site too; unless that heading *is* the site's name. Gives the heading's index.
fn choose_title(title: &str, headings: &[Heading], text: &str) -> (String, Option<usize>) {
    let mut first_level = headings.iter().enumerate().filter(|(_, heading)| heading.level == 1);
    let wanted = folded(title);
    let Some((at, heading)) = first_level.next() else {
        let first = headings.first().filter(|first| folded(&text[first.range.clone()]) == wanted);
        return (title.to_owned(), first.map(|_| 0));
    };
    let only = first_level.next().is_none();
    let heading = one_line(&text[heading.range.clone()]);
    let have = folded(&heading);
    let names_site = wanted.len() > have.len() && wanted.ends_with(&have);
    if title.is_empty() || wanted.starts_with(&have) || (only && !names_site) {
        (heading, Some(at))
    } else {
        (title.to_owned(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(blocks("<h2>甲<br>乙<div>丙</div>丁</h2>戊"), "甲\n乙 丙 丁/戊");
        assert_eq!(blocks("<h2>甲<div><h3>乙</h3>丙"), "甲/乙/丙");
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
        assert_eq!(meta, ["author=某某", "date=2023-02-28 17:24", "lang=zh-CN", "source=村报"]);
        assert_eq!((draft.title.as_str(), draft.text.as_str()), ("题", "文"));
    }

    #[test]
    fn skipped() {
        let reason = |html: &str| match parse(html) {
            Parsed::Skipped(reason) => Some(reason),
            Parsed::Document(_) => None,
        };
        assert_eq!(reason(" \n"), Some(SkipReason::Empty));
        assert_eq!(reason("<title>题</title><nav>航</nav>"), Some(SkipReason::NoText));
        assert_eq!(
            reason("<meta name=robots content='noindex, follow'>文"),
            Some(SkipReason::NoIndex)
        );
        let refresh = "<meta http-equiv=refresh content='0; url=a.html'>";
        assert_eq!(reason(&format!("{refresh}文")), Some(SkipReason::Redirect));
        assert_eq!(reason(&format!("<noscript>{refresh}</noscript>文")), None);
        assert_eq!(reason("<meta http-equiv=refresh content=300>文"), None);
    }
}
