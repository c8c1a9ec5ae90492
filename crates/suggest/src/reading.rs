//! How the letters of a query are read as syllables.

/// What a syllable costs that is confused with another by many speakers: `si` for `shi`.
pub(crate) const FUZZY: u8 = 3;
/// What an initial costs that stands for a whole syllable.
pub(crate) const INITIAL: u8 = 4;
/// What the beginning of a syllable costs at the end of the query.
pub(crate) const PARTIAL: u8 = 1;
/// What a character costs that sounds like the one typed: the least of mistakes.
pub(crate) const HOMOPHONE: u8 = 5;
/// What any other mistake costs.
pub(crate) const MISTAKE: u8 = 8;

/// A way through the letters: how many, at what cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) letters: u8,
    pub(crate) cost: u8,
    /// Whether the syllable is whole, so that a tone may follow.
    pub(crate) whole: bool,
}

/// The spellings of a syllable: its own, and those it is confused with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings(Vec<(String, u8)>);

impl Spellings {
    pub(crate) fn new(syllable: &str) -> Spellings {
        let mut all = vec![(syllable.to_owned(), 0)];
        // Keyboards have no ü, and behind j, q, x and y it is written u.
        let (initial, rest) = syllable.split_at(initial_len(syllable));
        if matches!(initial, "j" | "q" | "x" | "y")
            && let Some(behind) = rest.strip_prefix('u')
        {
            all.push(([initial, "v", behind].concat(), 0));
        }
        if let Some(behind) = rest.strip_prefix('v') {
            let cost = if rest == "v" { 1 } else { 0 };
            all.push(([initial, "u", behind].concat(), cost));
        }
        let initials: &[&str] = match initial {
            "z" | "zh" => &["z", "zh"],
            "c" | "ch" => &["c", "ch"],
            "s" | "sh" => &["s", "sh"],
            "n" | "l" => &["n", "l"],
            _ => &[],
        };
        let finals: &[&str] = match rest {
            "an" | "ang" => &["an", "ang"],
            "en" | "eng" => &["en", "eng"],
            "in" | "ing" => &["in", "ing"],
            _ => &[],
        };
        let (own_initial, own_final) = ([initial], [rest]);
        for &other in if initials.is_empty() { &own_initial[..] } else { initials } {
            for &last in if finals.is_empty() { &own_final[..] } else { finals } {
                let cost = FUZZY * (u8::from(other != initial) + u8::from(last != rest));
                if cost > 0 {
                    all.push(([other, last].concat(), cost));
                }
            }
        }
        Spellings(all)
    }

    /// The ways through `letters`, which are followed by the end of the query where `ends` says so.
    pub(crate) fn steps(&self, letters: &[u8], ends: bool, out: &mut Vec<Step>) {
        for (spelling, cost) in &self.0 {
            let spelling = spelling.as_bytes();
            if letters.starts_with(spelling) {
                out.push(Step { letters: spelling.len() as u8, cost: *cost, whole: true });
            } else if ends && spelling.starts_with(letters) {
                let cost = cost + PARTIAL;
                out.push(Step { letters: letters.len() as u8, cost, whole: false });
            }
        }
        let own = self.0[0].0.as_bytes();
        if own.len() == 1 || letters.first() != own.first() {
            return;
        }
        out.push(Step { letters: 1, cost: INITIAL, whole: false });
        if own[1] == b'h' && letters.get(1) == Some(&b'h') {
            out.push(Step { letters: 2, cost: INITIAL, whole: false });
        }
    }

    /// The ways through `letters` with one letter wrong, missing, too many, or two in wrong order.
    pub(crate) fn steps_with_mistake(&self, letters: &[u8], out: &mut Vec<Step>) {
        let own = self.0[0].0.as_bytes();
        if own.len() < 3 || letters.first() != own.first() {
            return;
        }
        for len in own.len() - 1..=(own.len() + 1).min(letters.len()) {
            let typed = &letters[..len];
            if typed != own && is_one_mistake(typed, own) {
                out.push(Step { letters: len as u8, cost: MISTAKE, whole: true });
            }
        }
    }
}

/// Whether one letter wrong, missing, too many, or two in wrong order, make one of the other.
fn is_one_mistake(a: &[u8], b: &[u8]) -> bool {
    let front = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[front..], &b[front..]);
    match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) if a0 == b1 && a1 == b0 && a == b => true,
        ([_, a_rest @ ..], [_, b_rest @ ..]) => a_rest == b_rest || a_rest == b || a == b_rest,
        _ => false,
    }
}

/// Letters of a syllable's initial; `y` and `w` count as such.
fn initial_len(syllable: &str) -> usize {
    syllable.find(['a', 'e', 'i', 'o', 'u', 'v']).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(syllable: &str, letters: &str, ends: bool) -> Vec<(u8, u8)> {
        let mut steps = Vec::new();
        Spellings::new(syllable).steps(letters.as_bytes(), ends, &mut steps);
        steps.iter().map(|step| (step.letters, step.cost)).collect()
    }

    #[test]
    fn a_syllable_is_typed_in_many_ways() {
        assert_eq!(costs("shi", "shijian", false), [(3, 0), (1, INITIAL), (2, INITIAL)]);
        assert_eq!(costs("shi", "sijian", false), [(2, FUZZY), (1, INITIAL)]);
        assert_eq!(costs("shi", "sj", true), [(1, INITIAL)]);
        assert_eq!(costs("ming", "mi", true), [(2, PARTIAL), (2, PARTIAL + FUZZY), (1, INITIAL)]);
        assert_eq!(costs("nv", "nv", false)[0], (2, 0));
        assert_eq!(costs("nv", "nu", false)[0], (2, 1));
        assert_eq!(costs("qu", "qv", false)[0], (2, 0));
        assert_eq!(costs("zhang", "zanx", false), [(3, 2 * FUZZY), (1, INITIAL)]);
        assert_eq!(costs("lin", "ninx", false), [(3, FUZZY)]);
    }

    #[test]
    fn mistakes() {
        for (typed, meant) in
            [("mign", "ming"), ("min", "ming"), ("miing", "ming"), ("mong", "ming")]
        {
            assert!(is_one_mistake(typed.as_bytes(), meant.as_bytes()), "{typed}");
        }
        for (typed, meant) in [("mng", "mingx"), ("gnim", "ming"), ("ming", "ming")] {
            assert!(!is_one_mistake(typed.as_bytes(), meant.as_bytes()), "{typed}");
        }
    }
}
