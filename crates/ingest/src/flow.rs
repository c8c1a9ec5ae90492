//! Text as it is gathered from markup: white space within a paragraph collapses, paragraphs stand
//! apart.
//!
//! The analyzer reads one or two line feeds between Chinese characters as a wrapped line, and joins
//! what stands around them; three are a boundary. So blocks are three line feeds apart, cells and
//! rows of tables have a tab between them, and a line end of the source inside a paragraph stays
//! one line feed between wide characters, where a space would be a boundary.

/// Between two blocks.
pub(crate) const BLOCK: &str = "\n\n\n";

/// What stands between two pieces of text, the stronger one winning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// White space without a line end.
    Space,
    /// A line end of the source.
    Wrap,
    /// A line break that the author asked for.
    Break,
    Cell,
    Row,
    Block,
}

/// Gathers text.
#[derive(Debug)]
pub(crate) struct Flow {
    text: String,
    gap: Gap,
}

impl Flow {
    pub(crate) fn with_capacity(capacity: usize) -> Flow {
        Flow { text: String::with_capacity(capacity), gap: Gap::None }
    }

    /// Running text: its white space collapses.
    pub(crate) fn inline(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_ascii_start();
            let space = &rest[..rest.len() - word.len()];
            if !space.is_empty() {
                let wrap = space.bytes().any(|byte| byte == b'\n' || byte == b'\r');
                self.leave(if wrap { Gap::Wrap } else { Gap::Space });
            }
            let end = word.bytes().position(|byte| byte.is_ascii_whitespace());
            let (word, after) = word.split_at(end.unwrap_or(word.len()));
            if !word.is_empty() {
                self.close_gap(word);
                self.text.push_str(word);
            }
            rest = after;
        }
    }

    /// Text whose white space stands as it is: code.
    pub(crate) fn verbatim(&mut self, text: &str) {
        if !text.is_empty() {
            self.close_gap(text);
            self.text.push_str(text);
        }
    }

    /// A line end of the source inside a paragraph.
    pub(crate) fn wrap(&mut self) {
        self.leave(Gap::Wrap);
    }

    /// A line break that the author asked for; two in a row are the end of a block.
    pub(crate) fn line_break(&mut self) {
        self.leave(if self.gap == Gap::Break { Gap::Block } else { Gap::Break });
    }

    /// The end of a table's cell.
    pub(crate) fn cell(&mut self) {
        self.leave(Gap::Cell);
    }

    /// The end of a table's row.
    pub(crate) fn row(&mut self) {
        self.leave(Gap::Row);
    }

    /// The start or end of a block.
    pub(crate) fn block(&mut self) {
        self.leave(Gap::Block);
    }

    /// Where the next text will stand, directly after [`Flow::block`].
    pub(crate) fn position(&self) -> usize {
        debug_assert!(self.text.is_empty() || self.gap == Gap::Block);
        if self.text.is_empty() { 0 } else { self.text.len() + BLOCK.len() }
    }

    /// How much text there is so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text from `position` on, without the white space at its end.
    pub(crate) fn since(&self, position: usize) -> &str {
        self.text.get(position..).unwrap_or("").trim_end()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    fn leave(&mut self, gap: Gap) {
        if !self.text.is_empty() {
            self.gap = self.gap.max(gap);
        }
    }

    /// Writes the gap before `next`.
    fn close_gap(&mut self, next: &str) {
        match self.gap {
            Gap::None => return,
            Gap::Space => self.text.push(' '),
            Gap::Wrap => {
                let before = self.text.chars().next_back();
                let joined =
                    before.is_some_and(is_wide) && next.chars().next().is_some_and(is_wide);
                self.text.push(if joined { '\n' } else { ' ' });
            }
            Gap::Break => self.text.push('\n'),
            Gap::Cell => self.text.push('\t'),
            Gap::Row => self.text.push_str("\t\n"),
            Gap::Block => self.text.push_str(BLOCK),
        }
        self.gap = Gap::None;
    }
}

/// Characters that are written without spaces: Han, kana, and the punctuation that goes with them.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}'
        | '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(pieces: &[&str]) -> String {
        let mut flow = Flow::with_capacity(0);
        for piece in pieces {
            match *piece {
                "<br>" => flow.line_break(),
                "<td>" => flow.cell(),
                "<tr>" => flow.row(),
                "<p>" => flow.block(),
                text => flow.inline(text),
            }
        }
        flow.into_text()
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(flow(&["  a \t b\n", " c "]), "a b c");
        assert_eq!(flow(&["a", "b", " ", "", "c"]), "ab c");
        assert_eq!(flow(&["<p>", " ", "<p>", "a", "<p>", "\n", "<p>", "b", "<p>"]), "a\n\n\nb");
    }

    #[test]
    fn lines_wrap() {
        assert_eq!(flow(&["三级\n    组织"]), "三级\n组织");
        assert_eq!(flow(&["三级 ", "\n", " 组织，\n体系"]), "三级\n组织，\n体系");
        assert_eq!(flow(&["三级 组织\nab\n体系"]), "三级 组织 ab 体系");
        assert_eq!(flow(&["도서관\n문"]), "도서관 문");
    }

    #[test]
    fn breaks_cells_and_rows() {
        assert_eq!(flow(&["甲", "<br>", "\n", "乙"]), "甲\n乙");
        assert_eq!(flow(&["甲", "<br>", "\n", "<br>", "乙"]), "甲\n\n\n乙");
        assert_eq!(flow(&["甲", "<td>", " ", "乙", "<td>", "<tr>", "丙"]), "甲\t乙\t\n丙");
    }

    #[test]
    fn positions() {
        let mut flow = Flow::with_capacity(0);
        flow.block();
        assert_eq!(flow.position(), 0);
        flow.inline("甲 ");
        flow.block();
        let position = flow.position();
        flow.inline("乙\n");
        assert_eq!(flow.since(position), "乙");
        assert_eq!(flow.since(flow.len() + 3), "");
    }
}
