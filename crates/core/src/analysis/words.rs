//! Words of letters and digits: UAX #29 with amendments for what people search.
//!
//! Only runs of letters and digits are segmented; every other character is a boundary, but for `.`
//! between digits, `,` before exactly three digits, an apostrophe between letters, and the signs of
//! `c++`, `c#` and `f#`.

use super::units::Unit;
use super::word_breaks::first_word;
use super::{Class, Gap, Pass, SlotText};

impl Pass<'_, '_> {
    /// Emits the words of the run that starts at unit `i`; gives the unit behind it.
    pub(super) fn words(&mut self, i: usize) -> usize {
        let units = std::mem::take(&mut self.units);
        let mut end = i + 1;
        while end < units.len() && (is_alphanumeric(&units[end]) || self.joins(&units, end)) {
            end += 1;
        }
        let run = &units[i..end];
        if run.iter().all(|u| self.source.as_bytes()[u.start as usize].is_ascii()) {
            end += self.word(run, &units[end..]);
        } else {
            let (start, stop) = (run[0].start as usize, run[run.len() - 1].end as usize);
            let mut rest = run;
            let mut to = start;
            while to < stop {
                to += first_word(&self.analyzer.fold, &self.source[to..stop]);
                let split = rest.partition_point(|u| (u.start as usize) < to);
                let (word, behind) = rest.split_at(split);
                rest = behind;
                if word.iter().any(is_alphanumeric) {
                    let more = if rest.is_empty() { &units[end..] } else { &[] };
                    end += self.word(word, more);
                }
                // Two words side by side are as far apart as if a space stood between them.
                if !rest.is_empty() {
                    self.gap = self.gap.max(Gap::Boundary);
                }
            }
        }
        self.units = units;
        end
    }

    /// Emits one word; gives how many of the units `behind` it belong to it as well.
    fn word(&mut self, units: &[Unit], behind: &[Unit]) -> usize {
        let mut word = std::mem::take(&mut self.word);
        word.clear();
        // What joins a word is no part of it, but for the point of a number.
        word.extend(units.iter().map(|u| u.c).filter(|&c| !matches!(c, ',' | '\'' | '’')));
        let signs = match (word.as_str(), behind) {
            ("c", [a, b, ..]) if a.c == '+' && b.c == '+' => 2,
            ("c" | "f", [a, ..]) if a.c == '#' => 1,
            _ => 0,
        };
        word.extend(behind[..signs].iter().map(|u| u.c));
        let last = if signs > 0 { &behind[signs - 1] } else { &units[units.len() - 1] };
        self.emit(SlotText::Word(&word), units[0].start, last.end);
        self.word = word;
        signs
    }

    /// True when the mark at `i` belongs to the word on both its sides.
    fn joins(&self, units: &[Unit], i: usize) -> bool {
        let digit = |at: usize| units.get(at).is_some_and(|unit| self.is_digit(unit));
        let letter = |unit: &Unit| is_alphanumeric(unit) && !self.is_digit(unit);
        match units[i].c {
            '.' => digit(i - 1) && digit(i + 1),
            ',' => digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4),
            '\'' | '’' => letter(&units[i - 1]) && units.get(i + 1).is_some_and(letter),
            _ => false,
        }
    }

    /// True for a digit that continues a number; `①` folds to one too, but stands alone.
    fn is_digit(&self, unit: &Unit) -> bool {
        let source = self.source[unit.start as usize..].chars().next();
        source.is_some_and(|c| matches!(c, '0'..='9' | '０'..='９'))
    }
}

fn is_alphanumeric(unit: &Unit) -> bool {
    unit.class == Class::Alphanumeric
}
