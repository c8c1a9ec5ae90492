//! Traditional, regional and Japanese forms of Han characters → Simplified.
//!
//! Characters, not phrases: a fold must keep offsets and give the same for a query as for a text. Merges
//! such as 后/後 cost a search nothing measurable.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::sources::Sources;

/// Merges that no source makes, each met in real texts: (forms, what they fold to).
const ADDED: [(&str, char); 23] = [
    ("著", '着'),
    ("瞭", '了'),
    ("藉", '借'),
    ("覆", '复'),
    ("像", '象'),
    ("彷倣髣", '仿'),
    ("彿", '佛'),
    ("祇衹", '只'),
    ("甦", '苏'),
    ("夥", '伙'),
    ("揹", '背'),
    ("牠", '它'),
    ("靑", '青'),
    ("鄕", '乡'),
    ("寳", '宝'),
    ("囬", '回'),
    ("亷", '廉'),
    ("県", '县'),
    ("説", '说'),
    ("蔵", '藏'),
    ("渋", '涩'),
    ("仮", '假'),
    ("鑛", '矿'),
];

/// One step of the way from each form towards the simplified character; the fold table closes it.
///
/// The steps come, first found first taken, from
/// 1. the additions above;
/// 2. OpenCC's TSCharacters: the first candidate, or the second where the first is the character itself
///    and not in GB2312;
/// 3. TWVariants and HKVariants, reversed;
/// 4. JPShinjitaiCharacters, to the old form: of several the first that leads on to GB2312. An old form
///    that nothing else moves goes to the new one, if that leads to GB2312 (愼 → 慎);
/// 5. STCharacters, for simplified characters that 2 does not lead to (锺 → 鍾 → 钟).
///
/// A character of GB2312 moves only by 1 or by the first candidate of 2, else 壞 → 坏 → 坯, 麽 → 么 → 幺,
/// 瀋 → 沈 → 沉 would go a step too far and 芸 → 藝, 缶 → 罐, 予 → 豫 would merge what differs.
pub(super) fn simplifications(sources: &Sources) -> Result<BTreeMap<char, char>> {
    let gb2312 = gb2312()?;
    let mut steps = Steps::default();
    for (forms, target) in ADDED {
        forms.chars().for_each(|form| steps.add(form, target));
    }
    for (c, candidates) in sources.opencc("TSCharacters.txt")? {
        match candidates[..] {
            [first, second, ..] if first == c && !gb2312.contains(&c) => steps.add(c, second),
            [first, ..] => steps.add(c, first),
            [] => {}
        }
    }
    for name in ["TWVariants.txt", "HKVariants.txt"] {
        for (standard, regional) in sources.opencc(name)? {
            for c in regional.into_iter().filter(|c| !gb2312.contains(c)) {
                steps.add(c, standard);
            }
        }
    }
    let japanese = sources.opencc("JPShinjitaiCharacters.txt")?;
    for (new, old) in &japanese {
        let mut old = old.iter().filter(|&c| c != new);
        let known = old.clone().find(|&&c| gb2312.contains(&steps.end(c)));
        if let (Some(&old), false) = (known.or(old.next()), gb2312.contains(new)) {
            steps.add(*new, old);
        }
    }
    for (new, old) in &japanese {
        for &old in old.iter().filter(|c| !gb2312.contains(c)) {
            if gb2312.contains(&steps.end(*new)) {
                steps.add(old, *new);
            }
        }
    }
    for (simplified, traditional) in sources.opencc("STCharacters.txt")? {
        if let (Some(&traditional), false) = (traditional.first(), gb2312.contains(&simplified)) {
            steps.add(simplified, traditional);
        }
    }
    Ok(steps.0)
}

/// From a form to the next, without circles.
#[derive(Default)]
struct Steps(BTreeMap<char, char>);

impl Steps {
    /// Adds a step, unless there is one already or it leads back to where it starts.
    fn add(&mut self, from: char, to: char) {
        if self.end(to) != from {
            self.0.entry(from).or_insert(to);
        }
    }

    /// Where the steps so far lead from `c`.
    fn end(&self, c: char) -> char {
        let mut c = c;
        while let Some(&next) = self.0.get(&c) {
            c = next;
        }
        c
    }
}

/// The 6,763 Han characters of GB2312: the rows of GBK that it has in common.
fn gb2312() -> Result<BTreeSet<char>> {
    let mut characters = BTreeSet::new();
    for lead in 0xb0..=0xf7 {
        for trail in 0xa1..=0xfe {
            let bytes = [lead, trail];
            let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
            characters.extend(text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)));
        }
    }
    ensure!(characters.len() == 6763, "GB2312 has 6,763 Han characters, not {}", characters.len());
    Ok(characters)
}
