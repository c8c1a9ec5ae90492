//! One walk over the list of phrases with what was typed.

use crate::data::{Character, Data, Role};
use crate::input::Unit;
use crate::reading::{HOMOPHONE, MISTAKE, Spellings, Step};
use std::ops::Range;

/// How far a phrase has come through the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Units passed.
    pub(crate) at: u8,
    /// What the cheapest way there costs.
    pub(crate) cost: u8,
    mistake: Mistake,
}

/// The one mistake that is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    Made,
    /// The unit behind `at` was passed first; the one at `at` comes next.
    Swapping,
}

/// A query, prepared for phrases with the alphabet of `data`.
pub(crate) struct Typed<'a> {
    data: &'a Data,
    units: &'a [Unit],
    /// By unit and syllable: where the steps lie.
    ranges: Vec<Range<u32>>,
    steps: Vec<Step>,
    /// By unit: how the character is read. Empty where mistakes are not forgiven.
    homophones: Vec<&'a [u16]>,
    forgives: bool,
}

/// A phrase that answers the query.
pub(crate) struct Reached<'w> {
    pub(crate) codes: &'w [u16],
    pub(crate) rank: u8,
    /// For each number of codes up to all of them, the cost if they answer the whole query.
    pub(crate) costs: &'w [Option<u8>],
    /// The states behind the last code; none if an earlier one could not be passed.
    pub(crate) states: &'w [State],
}

impl<'a> Typed<'a> {
    /// Prepares `units`; `forgives` says whether mistakes are looked past, `partial` whether the last
    /// syllable may be under way.
    pub(crate) fn new(
        data: &'a Data,
        spellings: &[Spellings],
        units: &'a [Unit],
        forgives: bool,
        partial: bool,
    ) -> Self {
        let mut ranges = Vec::new();
        let mut steps = Vec::new();
        let letter = |unit: &Unit| if let Unit::Letter(l) = unit { Some(*l) } else { None };
        let mut letters = Vec::new();
        for at in 0..units.len() {
            letters.clear();
            letters.extend(units[at..].iter().map_while(letter));
            let ends = partial && at + letters.len() == units.len();
            if letters.is_empty() {
                ranges.extend(std::iter::repeat_n(0..0, spellings.len()));
                continue;
            }
            for spelling in spellings {
                let start = steps.len() as u32;
                spelling.steps(&letters, ends, &mut steps);
                if forgives {
                    spelling.steps_with_mistake(&letters, &mut steps);
                }
                ranges.push(start..steps.len() as u32);
            }
        }
        let mut homophones = Vec::new();
        if forgives {
            let codes = data.by_folded();
            homophones.extend(units.iter().map(|unit| match unit {
                Unit::Char(c) => {
                    let code = codes.get(c).map(|&code| usize::from(code));
                    code.map_or(&[][..], |code| &data.characters[code].readings)
                }
                _ => &[],
            }));
        }
        Typed { data, units, ranges, steps, homophones, forgives }
    }

    /// Walks the phrases from the unit `from` on; `visit` gets all that pass it, or all of the query.
    pub(crate) fn walk(&self, from: usize, visit: &mut dyn FnMut(Reached<'_>)) {
        let phrases = &self.data.phrases;
        let mut codes: Vec<u16> = Vec::new();
        let mut states: Vec<State> = Vec::new();
        self.push(&mut states, 0, State { at: from as u8, cost: 0, mistake: Mistake::None });
        // States behind each number of codes: where they end; and whether the query is answered.
        let mut ends = vec![states.len()];
        let mut costs = vec![None];
        let mut answered = usize::MAX;
        let mut place = 0;
        for entry in 0..phrases.len() {
            let shared = usize::from(phrases.shared[entry]);
            let own = place..place + usize::from(phrases.own[entry]);
            place = own.end;
            // The beginning it shares with the one before may already have led nowhere.
            if shared >= ends.len() && answered == usize::MAX {
                continue;
            }
            codes.truncate(shared);
            if answered > shared {
                answered = usize::MAX;
            }
            codes.extend(&phrases.codes[own]);
            let known = ends.len().min(shared + 1);
            ends.truncate(known);
            costs.truncate(known);
            states.truncate(ends[known - 1]);
            for &code in &codes[known - 1..] {
                let depth = ends.len();
                let last = if depth > 1 { ends[depth - 2] } else { 0 }..ends[depth - 1];
                let start = states.len();
                self.pass(&self.data.characters[usize::from(code)], last, &mut states);
                if states.len() == start {
                    break;
                }
                let done = states[start..].iter().filter(|state| {
                    usize::from(state.at) == self.units.len() && state.mistake != Mistake::Swapping
                });
                let cost = done.map(|state| state.cost).min();
                if cost.is_some() {
                    answered = answered.min(depth);
                }
                ends.push(states.len());
                costs.push(cost);
            }
            let all = ends.len() == codes.len() + 1;
            if all || answered != usize::MAX {
                let last = if all { ends[ends.len() - 2] } else { states.len() };
                visit(Reached {
                    codes: &codes,
                    rank: phrases.rank[entry],
                    costs: &costs,
                    states: &states[last..],
                });
            }
        }
    }

    /// The states in which one character leaves the query from unit `at` on, mistakes not looked past.
    pub(crate) fn pass_one(&self, at: usize, character: &Character, states: &mut Vec<State>) {
        states.clear();
        self.push(states, 0, State { at: at as u8, cost: 0, mistake: Mistake::None });
        let first = states.len();
        self.pass(character, 0..first, states);
        states.drain(..first);
    }

    /// Appends the states that follow on those in `from` with one more character.
    fn pass(&self, character: &Character, from: Range<usize>, states: &mut Vec<State>) {
        let start = states.len();
        for number in from {
            let state = states[number];
            if character.role == Role::Boundary {
                self.push(states, start, state);
                continue;
            }
            let at = usize::from(state.at);
            let next = |units: usize, cost: u8| State {
                at: (at + units) as u8,
                cost: state.cost.saturating_add(cost),
                mistake: state.mistake,
            };
            if state.mistake == Mistake::Swapping {
                if self.is(at, character) {
                    self.push(states, start, State { mistake: Mistake::Made, ..next(2, 0) });
                }
                continue;
            }
            if self.is(at, character) {
                self.push(states, start, next(1, 0));
            }
            self.read(character, state, start, states);
            if self.forgives {
                self.forgive(character, state, start, states);
            }
        }
    }

    /// The ways to pass `character` by what it is read as.
    fn read(&self, character: &Character, state: State, start: usize, states: &mut Vec<State>) {
        let at = usize::from(state.at);
        let Some(Unit::Letter(_)) = self.units.get(at) else { return };
        let syllables = self.ranges.len() / self.units.len();
        for &reading in &character.readings {
            let range = &self.ranges[at * syllables + usize::from(reading)];
            for step in &self.steps[range.start as usize..range.end as usize] {
                let mistake = match (state.mistake, step.cost >= MISTAKE) {
                    (Mistake::None, true) => Mistake::Made,
                    (_, true) => continue,
                    (before, false) => before,
                };
                let cost = state.cost.saturating_add(step.cost);
                let behind = state.at + step.letters;
                self.push(states, start, State { at: behind, cost, mistake });
                // A tone may follow, as a digit.
                if step.whole
                    && matches!(self.units.get(usize::from(behind)), Some(Unit::Char('1'..='5')))
                {
                    self.push(states, start, State { at: behind + 1, cost, mistake });
                }
            }
        }
    }

    /// The ways to pass `character` by a mistake.
    fn forgive(&self, character: &Character, state: State, start: usize, states: &mut Vec<State>) {
        let at = usize::from(state.at);
        let sounds = self.homophones.get(at).copied().unwrap_or_default();
        if character.readings.iter().any(|reading| sounds.contains(reading)) {
            let cost = state.cost.saturating_add(HOMOPHONE);
            self.push(states, start, State { at: state.at + 1, cost, ..state });
        }
        if state.mistake != Mistake::None {
            return;
        }
        let made = |units: u8| State {
            at: state.at + units,
            cost: state.cost.saturating_add(MISTAKE),
            mistake: Mistake::Made,
        };
        // In pinyin a mistake is one of a letter, which the steps know of; at the end, a character
        // that is missing only makes the phrase longer.
        let alike = match self.units.get(at) {
            Some(Unit::Letter(_)) => character.role != Role::Read,
            Some(_) => true,
            None => false,
        };
        if alike {
            self.push(states, start, made(1));
            self.push(states, start, made(0));
            if self.is(at + 1, character) {
                self.push(states, start, made(2));
                self.push(states, start, State { mistake: Mistake::Swapping, ..made(0) });
            }
        }
    }

    /// Whether the unit at `at` is this very character.
    fn is(&self, at: usize, character: &Character) -> bool {
        match self.units.get(at) {
            Some(Unit::Char(c)) => *c == character.folded,
            Some(Unit::Letter(letter)) => char::from(*letter) == character.folded,
            _ => false,
        }
    }

    /// Adds a state behind any break, unless there is a cheaper one among those from `start` on.
    fn push(&self, states: &mut Vec<State>, start: usize, mut state: State) {
        // Between two units that are in wrong order there is nothing.
        while state.mistake != Mistake::Swapping
            && self.units.get(usize::from(state.at)) == Some(&Unit::Break)
        {
            state.at += 1;
        }
        if usize::from(state.at) > self.units.len() {
            return;
        }
        let same = |other: &&mut State| other.at == state.at && other.mistake == state.mistake;
        match states[start..].iter_mut().find(same) {
            Some(known) => known.cost = known.cost.min(state.cost),
            None => states.push(state),
        }
    }
}
