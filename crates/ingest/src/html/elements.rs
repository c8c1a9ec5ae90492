//! What an element means for the text of a page.

/// The part an element plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text goes on through it.
    Inline,
    /// `a`, which may carry an anchor.
    Link,
    /// Stands apart from what is around it.
    Block,
    Paragraph,
    Heading(u8),
    /// White space counts.
    Preformatted,
    /// `li`, `dt` and `dd`: one ends where the next begins.
    Item,
    /// `main` and `article`: where the content is.
    Main,
    Article,
    Section,
    /// `header`, `footer` and `aside`: about the page, unless they stand in its content.
    Margin,
    Table,
    /// `thead`, `tbody`, `tfoot`.
    RowGroup,
    Row,
    Cell,
    Ruby,
    /// `rt` and `rp`: how the characters of a `ruby` are read.
    Reading,
    /// Scripts, styles, navigation, controls, drawings: no text of the page.
    Hidden,
    /// `html`, `head`: only their attributes count.
    Root,
    Title,
    Meta,
    /// `link`: how the page relates to others.
    Relation,
    Base,
    Image,
    Time,
    Break,
    Rule,
    /// `input`, which stands between what is around it.
    Input,
    /// Has no content and no meaning here.
    Void,
}

pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"p" => Kind::Paragraph,
        b"h1" => Kind::Heading(1),
        b"h2" => Kind::Heading(2),
        b"h3" => Kind::Heading(3),
        b"h4" => Kind::Heading(4),
        b"h5" => Kind::Heading(5),
        b"h6" => Kind::Heading(6),
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Kind::Preformatted,
        b"li" | b"dt" | b"dd" => Kind::Item,
        b"main" => Kind::Main,
        b"article" => Kind::Article,
        b"section" => Kind::Section,
        b"header" | b"footer" | b"aside" => Kind::Margin,
        b"table" => Kind::Table,
        b"thead" | b"tbody" | b"tfoot" => Kind::RowGroup,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"ruby" => Kind::Ruby,
        b"rt" | b"rp" => Kind::Reading,
        b"a" => Kind::Link,
        b"html" | b"head" => Kind::Root,
        b"title" => Kind::Title,
        b"meta" => Kind::Meta,
        b"link" => Kind::Relation,
        b"base" => Kind::Base,
        b"img" => Kind::Image,
        b"time" => Kind::Time,
        b"br" => Kind::Break,
        b"hr" => Kind::Rule,
        b"input" => Kind::Input,
        b"nav" | b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"button"
        | b"select" | b"textarea" | b"datalist" | b"iframe" | b"object" | b"canvas" | b"audio"
        | b"video" | b"dialog" | b"noframes" | b"noembed" | b"applet" | b"progress" | b"meter" => {
            Kind::Hidden
        }
        b"address" | b"blockquote" | b"body" | b"caption" | b"center" | b"details" | b"dir"
        | b"div" | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"form" | b"hgroup"
        | b"legend" | b"menu" | b"ol" | b"search" | b"summary" | b"ul" => Kind::Block,
        b"area" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"param"
        | b"source" | b"track" | b"wbr" | b"keygen" => Kind::Void,
        _ => Kind::Inline,
    }
}

impl Kind {
    /// Has no end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Kind::Void
                | Kind::Meta
                | Kind::Relation
                | Kind::Base
                | Kind::Image
                | Kind::Break
                | Kind::Rule
                | Kind::Input
        )
    }

    /// Part of running text.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Kind::Inline | Kind::Link | Kind::Time | Kind::Ruby | Kind::Reading | Kind::Hidden
        )
    }

    /// Whether the start of `next` ends an open `self`: the end tags that HTML lets authors omit.
    pub(super) fn ends_before(self, next: Kind) -> bool {
        match self {
            Kind::Paragraph => !next.is_inline() && !next.is_void() || next == Kind::Rule,
            Kind::Heading(_) => matches!(next, Kind::Heading(_)),
            Kind::Item => next == Kind::Item,
            Kind::Cell => matches!(next, Kind::Cell | Kind::Row | Kind::RowGroup),
            Kind::Row => matches!(next, Kind::Row | Kind::RowGroup),
            Kind::RowGroup => next == Kind::RowGroup,
            Kind::Reading => next == Kind::Reading,
            _ => false,
        }
    }
}
