use super::*;

fn syllable(letters: &str, tone: u8) -> Syllable {
    Syllable::new(letters, tone).unwrap()
}

#[test]
fn one_syllable_with_one_tone() {
    for (text, letters, tone) in [
        ("lǐng", "ling", 3),
        ("LǏNG", "ling", 3),
        ("zhuàng", "zhuang", 4),
        ("nǚ", "nv", 3),
        ("lüè", "lve", 4),
        ("dā", "da", 1),
        ("é", "e", 2),
        ("ế", "e", 2),
        ("ňg", "ng", 3),
        ("ḿ", "m", 2),
        ("li\u{30c}ng", "ling", 3),
        ("nu\u{308}\u{301}", "nv", 2),
        ("lĭnɡ", "ling", 3),
        ("tɑ\u{304}", "ta", 1),
    ] {
        assert_eq!(Syllable::parse(text), Some(syllable(letters, tone)), "{text:?}");
    }
    for text in ["", "ling", "nǐhǎo", "lǐng ", " lǐng", "lǐ1", "\u{30c}", "zhuàngs", "лǐ", "街道"]
    {
        assert_eq!(Syllable::parse(text), None, "{text:?}");
    }
}

#[test]
fn packing_is_reversible() {
    for (letters, tone) in [("a", 1), ("zhuang", 4), ("zzzzzz", 5), ("lve", 4)] {
        let syllable = syllable(letters, tone);
        assert_eq!((&syllable.letters()[..], syllable.tone()), (letters, tone));
    }
    assert_eq!(Syllable::new("zhuangs", 1), None);
    assert_eq!(Syllable::new("ling", 0), None);
    assert_eq!(Syllable::new("Ling", 3), None);
    assert_eq!(Syllable::new("", 3), None);
}

#[test]
fn known_readings() {
    let readings = Readings::full();
    for (c, read) in [
        ('领', "lǐng"),
        ('学', "xué"),
        ('行', "xíng háng"),
        ('发', "fā fà"), // 發 and 髮
        ('里', "lǐ"),
        ('着', "zháo zhuó zhù"), // 著 too
        ('干', "gān gàn"),
        ('绿', "lǜ lù"),
        ('㑇', "zhòu"),
    ] {
        for text in read.split(' ') {
            assert!(readings.has(c, Syllable::parse(text).unwrap()), "{c} {text}");
        }
    }
    assert!(!readings.has('好', Syllable::parse("lǐng").unwrap()));
    assert!(!readings.has('領', Syllable::parse("lǐng").unwrap()), "keyed by folded characters");
}

#[test]
fn the_most_frequent_comes_first() {
    let readings = Readings::full();
    for (c, first) in
        [('行', syllable("xing", 2)), ('的', syllable("de", 5)), ('发', syllable("fa", 1))]
    {
        assert_eq!(readings.of(c).next(), Some(first), "{c}");
    }
}

#[test]
fn one_encoding_for_the_same_readings() {
    let readings = Readings::full();
    let mut bytes = Vec::new();
    readings.encode(&mut bytes);
    assert!(bytes == include_bytes!("../../../tables/readings.bin"));
    assert_eq!(Readings::decode(&bytes), Ok(readings));

    let pairs =
        [('领', syllable("ling", 3)), ('学', syllable("xue", 2)), ('领', syllable("ling", 3))];
    let few = Readings::from_pairs(pairs);
    assert_eq!(few.iter().collect::<Vec<_>>(), [pairs[1], pairs[0]]);
    assert_eq!(few, Readings::from_pairs(pairs.into_iter().rev()));

    let mut bytes = Vec::new();
    Readings::default().encode(&mut bytes);
    assert_eq!(Readings::decode(&bytes), Ok(Readings::default()));
}

#[test]
fn damaged_bytes_are_errors_or_other_readings() {
    let readings = Readings::full();
    let few = Readings::from_pairs(readings.iter().filter(|(c, _)| "行领学着得".contains(*c)));
    let mut bytes = Vec::new();
    few.encode(&mut bytes);
    for len in 0..bytes.len() {
        assert!(Readings::decode(&bytes[..len]).is_err(), "{len}");
    }
    for at in 0..bytes.len() {
        for flip in [1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            if let Ok(readings) = Readings::decode(&damaged) {
                assert!(readings.iter().all(|(c, syllable)| readings.has(c, syllable)));
            }
        }
    }
}
