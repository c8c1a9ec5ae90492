//! The option `ranking`: what counts more or less than by default.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;
use suoyin_core::{Parameter, Setting};

/// Parameters of the ranking and their values, all known and within bounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, f32>")]
pub(crate) struct Ranking(BTreeMap<String, f32>);

impl Ranking {
    /// As an index and a search take them.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        let setting = |(name, &value): (&String, &f32)| Parameter::named(name)?.at(value);
        self.0.iter().filter_map(setting).collect()
    }
}

impl TryFrom<BTreeMap<String, f32>> for Ranking {
    type Error = String;

    fn try_from(values: BTreeMap<String, f32>) -> Result<Self, String> {
        for (name, &value) in &values {
            let Some(parameter) = Parameter::named(name) else {
                let all = Parameter::ALL.map(Parameter::name).join(", ");
                return Err(format!("the ranking has no {name:?}; there are {all}"));
            };
            if parameter.at(value).is_none() {
                let [lowest, highest] = parameter.bounds();
                return Err(format!("{name} is {value}; give a number from {lowest} to {highest}"));
            }
        }
        Ok(Ranking(values))
    }
}

impl FromStr for Ranking {
    type Err = String;

    /// `name=number`, with commas between.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut values = BTreeMap::new();
        for part in text.split(',') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim().parse::<f32>();
            let value = value.map_err(|_| format!("{part:?} is not like k1=1.2"))?;
            values.insert(name.trim().to_owned(), value);
        }
        values.try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_parameters_within_bounds() {
        let ranking: Ranking = "k1=1.2, characters=0".parse().unwrap();
        let expected = [Parameter::Characters.at(0.0), Parameter::K1.at(1.2)];
        assert_eq!(ranking.settings().into_iter().map(Some).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let complaint = |text: &str| text.parse::<Ranking>().unwrap_err();
        assert_eq!(complaint("b=1.5"), "b is 1.5; give a number from 0 to 1");
        assert_eq!(complaint("b=nan"), "b is NaN; give a number from 0 to 1");
        assert_eq!(
            complaint("k2=1"),
            "the ranking has no \"k2\"; there are k1, b, title, headings, characters"
        );
        for text in ["", "k1", "k1=", "k1=x"] {
            assert!(complaint(text).ends_with("is not like k1=1.2"), "{text:?}");
        }
    }
}
