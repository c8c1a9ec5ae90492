//! Markdown: CommonMark with tables, footnotes, strikethrough, task lists and heading ids.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::anchor::Anchors;
use crate::blocks::Blocks;
use crate::byline;
use crate::draft::{Draft, Gathered, Heading, Parsed, assemble, folded, one_line};
use crate::flow::Flow;
use crate::front_matter::{self, Malformed};
use crate::html;
use crate::report::SkipReason;
use crate::weights::Weights;
use crate::{url, weights};

/// A Markdown file.
///
/// Its `weight` in front matter is metadata: generators order pages by it, lighter ones first. What counts
/// in search is `suoyin.weight`, or `search.boost`.
pub(crate) fn parse(file: &str, blocks: &mut dyn Blocks) -> Result<Parsed, Malformed> {
    if file.trim().is_empty() {
        return Ok(Parsed::Skipped(SkipReason::Empty));
    }
    let front_matter = front_matter::split(file)?;
    let mut meta = front_matter.fields;
    let is = |field: &str, value: &str| {
        meta.get(field).is_some_and(|v| v.to_string().eq_ignore_ascii_case(value))
    };
    if is("search", "false")
        || is("suoyin", "false")
        || is("search.exclude", "true")
        || is("noindex", "true")
    {
        return Ok(Parsed::Skipped(SkipReason::NoIndex));
    }
    if is("draft", "true") || is("published", "false") {
        return Ok(Parsed::Skipped(SkipReason::Draft));
    }
    let title = meta.remove("title").map(|title| one_line(&title.to_string())).unwrap_or_default();
    if let Some(date) = meta.get_mut("date")
        && let Some(iso) = byline::iso_date(&date.to_string())
    {
        *date = iso.into();
    }
    let mut draft = text(front_matter.text, title, blocks);
    if draft.text.is_empty() && draft.title.is_empty() && draft.common == 0 {
        return Ok(Parsed::Skipped(SkipReason::NoText));
    }
    meta.remove("search.exclude");
    for field in ["search.boost", "suoyin.weight"] {
        match meta.remove(field).map(|value| weights::parse(&value.to_string())) {
            None => {}
            Some(Ok(weight)) => draft.weight = weight,
            Some(Err(mistake)) => draft.warnings.push(format!("{field}: {mistake}")),
        }
    }
    draft.meta = meta;
    Ok(Parsed::Document(draft))
}

/// The text without front matter; its first heading of level one, or else its first, is the title where
/// there is no other, or says the same.
fn text(markdown: &str, title: String, blocks: &mut dyn Blocks) -> Draft {
    let mut gatherer = Gatherer::new(markdown.len());
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        gatherer.event(event);
    }
    let Gatherer { flow, headings, image, .. } = gatherer;
    let text = flow.into_text();
    let first = headings.iter().position(|heading| heading.level == 1);
    let first = first.or((!headings.is_empty()).then_some(0));
    let first_title = first.map(|first| one_line(&text[headings[first].range.clone()]));
    let (title, title_at) = match first_title {
        Some(heading) if title.is_empty() => (heading, first),
        Some(heading) if folded(&heading) == folded(&title) => (title, first),
        _ => (title, None),
    };
    let whole = 0..text.len();
    let gathered = Gathered { text: &text, headings: &headings, weights: &Weights::default() };
    let assembled = assemble(gathered, std::slice::from_ref(&whole), title_at, blocks);
    Draft { title, image, ..assembled }
}

/// Gathers the text of a parser's events.
struct Gatherer {
    flow: Flow,
    anchors: Anchors,
    headings: Vec<Heading>,
    /// The heading that is open.
    heading: Option<Heading>,
    /// Code whose white space counts.
    in_code: bool,
    /// Raw HTML, gathered until its block ends.
    raw: Option<String>,
    /// The first picture.
    image: String,
    /// Whether the next text begins a line.
    line_start: bool,
}

impl Gatherer {
    fn new(capacity: usize) -> Gatherer {
        Gatherer {
            flow: Flow::with_capacity(capacity),
            anchors: Anchors::default(),
            headings: Vec::new(),
            heading: None,
            in_code: false,
            raw: None,
            image: String::new(),
            line_start: true,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.flow.verbatim(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(&text);
            }
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::SoftBreak => {
                self.flow.wrap();
                self.line_start = true;
            }
            Event::HardBreak => {
                self.flow.line_break();
                self.line_start = true;
            }
            Event::Rule => self.block(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.block();
                let start = self.flow.position();
                let anchor = id.map(|id| self.anchors.custom(&id)).unwrap_or_default();
                self.heading = Some(Heading { level: level as u8, range: start..start, anchor });
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.in_code = true;
            }
            Tag::HtmlBlock => {
                self.block();
                self.raw = Some(String::new());
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript => {}
            // The text inside is the link's, or the image's description.
            Tag::Link { .. } => {}
            Tag::Image { dest_url, .. } => {
                if self.image.is_empty() {
                    self.image = url::beside("", &dest_url).unwrap_or_default();
                }
            }
            _ => self.block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(heading) = self.heading.take() {
                    self.end_heading(heading);
                }
                self.block();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.block();
            }
            TagEnd::HtmlBlock => {
                if let Some(raw) = self.raw.take() {
                    self.html(&raw);
                }
                self.block();
            }
            TagEnd::TableCell => self.flow.cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.flow.row(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            _ => self.block(),
        }
    }

    fn end_heading(&mut self, mut heading: Heading) {
        let title = self.flow.since(heading.range.start);
        if title.is_empty() {
            return;
        }
        if heading.anchor.is_empty() {
            heading.anchor = self.anchors.of_heading(title);
        }
        heading.range.end += title.len();
        self.headings.push(heading);
    }

    /// Running text, without the fences of containers such as `::: tip 标题`.
    fn text(&mut self, text: &str) {
        if self.line_start
            && let Some(rest) = text.strip_prefix(":::")
        {
            let rest = rest.trim_start_matches(':').trim_start();
            let title = rest.split_once(char::is_whitespace).map_or("", |(_kind, title)| title);
            self.block();
            self.inline(title);
            self.block();
            return;
        }
        self.inline(text);
    }

    fn inline(&mut self, text: &str) {
        self.flow.inline(text);
        self.line_start = false;
    }

    fn inline_html(&mut self, tag: &CowStr<'_>) {
        let name = tag.trim_start_matches(['<', '/']);
        if name.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
            self.flow.line_break();
            self.line_start = true;
        }
    }

    /// A block of raw HTML: its paragraphs.
    fn html(&mut self, html: &str) {
        let text = html::text_of(html);
        for block in text.split(crate::flow::BLOCK).filter(|block| !block.is_empty()) {
            self.block();
            self.flow.verbatim(block);
        }
        self.block();
    }

    fn block(&mut self) {
        self.flow.block();
        self.line_start = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::Unseen;
    use suoyin_core::Weight;

    fn parse(file: &str) -> Result<Parsed, Malformed> {
        super::parse(file, &mut Unseen)
    }

    fn draft(file: &str) -> Draft {
        match parse(file).unwrap() {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(reason) => panic!("{reason:?}"),
        }
    }

    /// The blocks of the text, with `/` between them.
    fn blocks(file: &str) -> String {
        draft(file).text.replace("\n\n\n", "/")
    }

    #[test]
    fn titles() {
        assert_eq!(draft("# 标*题*\n\n文").title, "标题");
        assert_eq!(draft("---\ntitle: 题\n---\n# 题\n\n文").text, "文");
        assert_eq!(blocks("---\ntitle: 题\n---\n# 别的\n\n文"), "别的/文");
        assert_eq!(draft("文").title, "");
        assert_eq!(draft("## 题\n\n文\n\n## 二").title, "题");
        assert_eq!(draft("## 一\n\n# 题").title, "题");
    }

    #[test]
    fn text_of_blocks() {
        assert_eq!(blocks("一段\n二行 `码`\n\nab\ncd"), "一段\n二行 码/ab cd");
        assert_eq!(blocks("- 甲\n- 乙\n  - 丙\n\n> 引"), "甲/乙/丙/引");
        assert_eq!(blocks("```rust\nfn a() {\n    b\n}\n```\n后"), "fn a() {\n    b\n}/后");
        assert_eq!(
            blocks("[链](a.md) ![图](b.png) <https://c.d/> ~~删~~"),
            "链 图 https://c.d/ 删"
        );
        assert_eq!(blocks("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n后"), "甲\t乙\t\n丙\t丁/后");
        assert_eq!(blocks("文[^1]\n\n[^1]: 注\n\n- [x] 做"), "文/注/做");
        assert_eq!(blocks("甲  \n乙<br>丙"), "甲\n乙\n丙");
        assert_eq!(blocks("&lt;甲&gt; \\*乙"), "<甲> *乙");
    }

    #[test]
    fn raw_html() {
        assert_eq!(blocks("<div>\n甲<b>乙</b>\n</div>\n\n丙"), "甲乙/丙");
        assert_eq!(blocks("<!-- 注 -->\n\n<script>\nx\n\ny\n</script>\n\n丙"), "丙");
    }

    #[test]
    fn containers() {
        assert_eq!(blocks("::: tip 小心\n甲\n:::\n\n乙"), "小心/甲/乙");
    }

    #[test]
    fn sections() {
        let draft = draft("# 题\n\n前\n\n## 安装 {#install}\n\n## 用法\n\n文\n\n## 用法\n\n文");
        let sections: Vec<String> = draft
            .sections
            .iter()
            .map(|s| format!("{}#{}@{}", s.title, s.anchor, s.start))
            .collect();
        assert_eq!(sections, ["安装#install@6", "用法#用法@15", "用法#用法-1@30"]);
        assert_eq!(&draft.text[6..12], "安装");
    }

    #[test]
    fn skipped() {
        let reason = |file: &str| match parse(file).unwrap() {
            Parsed::Skipped(reason) => Some(reason),
            Parsed::Document(_) => None,
        };
        assert_eq!(reason(" \n"), Some(SkipReason::Empty));
        assert_eq!(reason("<!-- 无 -->"), Some(SkipReason::NoText));
        assert_eq!(reason("---\ndraft: true\n---\n文"), Some(SkipReason::Draft));
        for field in ["search: false", "suoyin: false", "search: {exclude: true}", "noindex: true"]
        {
            assert_eq!(reason(&format!("---\n{field}\n---\n文")), Some(SkipReason::NoIndex));
        }
    }

    #[test]
    fn front_matter_is_metadata() {
        let draft = draft("---\ntags: [甲, 乙]\ndate: 2023/2/8\n---\n文");
        assert_eq!(draft.meta["tags"], vec!["甲".to_owned(), "乙".to_owned()].into());
        assert_eq!(draft.meta["date"], "2023-02-08".to_owned().into());
    }

    #[test]
    fn weights() {
        let weight = |front_matter: &str| {
            let draft = draft(&format!("---\n{front_matter}\n---\n文"));
            (draft.weight, draft.meta.len() + draft.warnings.len())
        };
        assert_eq!(weight("weight: 9"), (Weight::ONE, 1));
        assert_eq!(weight("suoyin: {weight: 2.5}"), (Weight::new(2.5), 0));
        assert_eq!(weight("suoyin.weight: 2.5"), (Weight::new(2.5), 0));
        assert_eq!(weight("search: {boost: 2}"), (Weight::new(2.0), 0));
        assert_eq!(weight("suoyin: {weight: heavy}"), (Weight::ONE, 1));
    }

    #[test]
    fn images() {
        assert_eq!(draft("文 ![甲](a.png) ![乙](b.png)").image, "a.png");
        assert_eq!(draft("![甲](data:x) ![乙](b.png)").image, "b.png");
    }
}
