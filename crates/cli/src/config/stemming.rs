//! The option `stemming`: languages whose words are found in their other forms as well.

use clap::ValueEnum;
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

/// A language whose words can be stemmed, by its ISO 639-1 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// Arabic
    Ar,
    /// Danish
    Da,
    /// German
    De,
    /// Greek
    El,
    /// English
    En,
    /// Spanish
    Es,
    /// Finnish
    Fi,
    /// French
    Fr,
    /// Hungarian
    Hu,
    /// Italian
    It,
    /// Dutch
    Nl,
    /// Norwegian
    No,
    /// Portuguese
    Pt,
    /// Romanian
    Ro,
    /// Russian
    Ru,
    /// Swedish
    Sv,
    /// Tamil
    Ta,
    /// Turkish
    Tr,
}

impl Language {
    /// Gives the stem of a word in lower case.
    pub(crate) fn stemmer(self) -> impl Fn(&str) -> String + Send + Sync {
        let stemmer = Stemmer::create(self.algorithm());
        move |word| stemmer.stem(word).into_owned()
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Language::Ar => Algorithm::Arabic,
            Language::Da => Algorithm::Danish,
            Language::De => Algorithm::German,
            Language::El => Algorithm::Greek,
            Language::En => Algorithm::English,
            Language::Es => Algorithm::Spanish,
            Language::Fi => Algorithm::Finnish,
            Language::Fr => Algorithm::French,
            Language::Hu => Algorithm::Hungarian,
            Language::It => Algorithm::Italian,
            Language::Nl => Algorithm::Dutch,
            Language::No => Algorithm::Norwegian,
            Language::Pt => Algorithm::Portuguese,
            Language::Ro => Algorithm::Romanian,
            Language::Ru => Algorithm::Russian,
            Language::Sv => Algorithm::Swedish,
            Language::Ta => Algorithm::Tamil,
            Language::Tr => Algorithm::Turkish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each language, forms of one word.
    const FORMS: &[(Language, &[&str])] = &[
        (Language::Ar, &["كتاب", "الكتاب"]),
        (Language::Da, &["hus", "huset", "huse"]),
        (Language::De, &["haus", "häuser", "häusern"]),
        (Language::El, &["αναζήτηση", "αναζητήσεις"]),
        (Language::En, &["search", "searches", "searched", "searching"]),
        (Language::Es, &["información", "informaciones"]),
        (Language::Fi, &["talo", "talot", "talossa"]),
        (Language::Fr, &["décision", "décisions"]),
        (Language::Hu, &["könyv", "könyvek", "könyvet"]),
        (Language::It, &["ricerca", "ricerche", "ricercare"]),
        (Language::Nl, &["boek", "boeken"]),
        (Language::No, &["hus", "huset", "husene"]),
        (Language::Pt, &["informação", "informações"]),
        (Language::Ro, &["cărți", "cărților"]),
        (Language::Ru, &["новый", "новые", "нового"]),
        (Language::Sv, &["söker", "söka"]),
        (Language::Ta, &["புத்தகம்", "புத்தகங்கள்"]),
        (Language::Tr, &["kitap", "kitaplar", "kitapları"]),
    ];

    #[test]
    fn each_language_has_its_stemmer() {
        let tested: Vec<Language> = FORMS.iter().map(|(language, _)| *language).collect();
        assert_eq!(tested, Language::value_variants());
        for (language, forms) in FORMS {
            let stem = language.stemmer();
            for form in *forms {
                assert_eq!(stem(form), stem(forms[0]), "{language:?} {form}");
            }
        }
    }
}
