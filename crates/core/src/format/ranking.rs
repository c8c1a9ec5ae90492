//! Ranking: what counts how much, as an index says it for itself.
//!
//! Varints of hundredths, in the order of [`Parameter::ALL`].

use super::varint::{Cursor, write_u32};
use crate::Error;

/// Something that counts in the ranking, more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// BM25's k1: how soon further occurrences stop to count; from 0.1 to 3.
    K1,
    /// BM25's b: how much a long field counts against a document; from 0 to 1.
    B,
    /// Weight of a term in the title against one in the text; from 0 to 10.
    Title,
    /// Weight of a heading that is a clause of the query, against the clause in the text; from 0 to 2.
    Headings,
    /// Weight of a single character of the query against a bigram; from 0 to 2.
    Characters,
}

impl Parameter {
    /// All of them.
    pub const ALL: [Parameter; 5] =
        [Self::K1, Self::B, Self::Title, Self::Headings, Self::Characters];

    /// As configurations and options call it.
    pub fn name(self) -> &'static str {
        ["k1", "b", "title", "headings", "characters"][self as usize]
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Parameter> {
        Self::ALL.into_iter().find(|parameter| parameter.name() == name)
    }

    /// The lowest and the highest value.
    pub fn bounds(self) -> [f32; 2] {
        [[0.1, 3.0], [0.0, 1.0], [0.0, 10.0], [0.0, 2.0], [0.0, 2.0]][self as usize]
    }

    /// This parameter at `value`, rounded to hundredths; none out of bounds.
    pub fn at(self, value: f32) -> Option<Setting> {
        let [lowest, highest] = self.bounds();
        let within = value >= lowest && value <= highest;
        within.then_some(Setting { parameter: self, hundredths: (value * 100.0 + 0.5) as u32 })
    }
}

/// A parameter and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    parameter: Parameter,
    hundredths: u32,
}

/// The values of all parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters([u32; Parameter::ALL.len()]);

impl Default for Parameters {
    fn default() -> Self {
        Parameters([90, 50, 100, 30, 55])
    }
}

impl Parameters {
    /// Leaves texts unread, so that an index in one piece ranks as the same one does in shards.
    pub const AS_IN_SHARDS: [Setting; 2] = [
        Setting { parameter: Parameter::Headings, hundredths: 0 },
        Setting { parameter: Parameter::Characters, hundredths: 0 },
    ];

    /// Where no document has a title: then how long a text is tells more of what it is about.
    pub(crate) const WITHOUT_TITLES: Setting = Setting { parameter: Parameter::B, hundredths: 75 };

    /// These with some of them set otherwise.
    pub fn with(mut self, settings: &[Setting]) -> Parameters {
        for setting in settings {
            self.0[setting.parameter as usize] = setting.hundredths;
        }
        self
    }

    /// The value of one.
    pub fn value(&self, parameter: Parameter) -> f32 {
        self.0[parameter as usize] as f32 / 100.0
    }

    /// Writes the structure.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        self.0.iter().for_each(|&hundredths| write_u32(out, hundredths));
    }

    /// Reads the structure.
    pub(super) fn decode(cursor: &mut Cursor<'_>) -> Result<Parameters, Error> {
        let mut parameters = Parameters::default();
        for parameter in Parameter::ALL {
            let hundredths = cursor.u32()?;
            let setting = parameter.at(hundredths as f32 / 100.0);
            parameters = parameters.with(&[setting.ok_or_else(|| cursor.damaged())?]);
        }
        Ok(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_and_values_are_kept_to_hundredths() {
        for parameter in Parameter::ALL {
            assert_eq!(Parameter::named(parameter.name()), Some(parameter));
            let [lowest, highest] = parameter.bounds();
            for outside in [lowest - 0.1, highest + 0.1, f32::NAN, f32::INFINITY] {
                assert_eq!(parameter.at(outside), None, "{parameter:?} at {outside}");
            }
            let default = Parameters::default().value(parameter);
            assert!(parameter.at(default).is_some(), "{parameter:?}");
            for value in [lowest, highest, 0.57] {
                let set = Parameters::default().with(&[parameter.at(value).unwrap()]);
                assert_eq!(set.value(parameter), value);
                let mut bytes = Vec::new();
                set.encode(&mut bytes);
                let read = Parameters::decode(&mut Cursor::new(&bytes, "stats"));
                assert_eq!(read.unwrap(), set);
            }
        }
    }

    #[test]
    fn values_out_of_bounds_are_damage() {
        let mut bytes = Vec::new();
        Parameters([90, 101, 100, 30, 30]).encode(&mut bytes);
        assert!(Parameters::decode(&mut Cursor::new(&bytes, "stats")).is_err());
    }
}
