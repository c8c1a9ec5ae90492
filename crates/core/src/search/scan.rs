//! Passing through a text, as bytes, to where a few characters may stand.

/// Characters that are looked for: twelve bits of each, which tell it from most others.
///
/// Those of a character of three or four bytes are its lowest.
#[derive(Clone, Debug)]
pub(super) struct Wanted([u64; 64]);

impl Wanted {
    pub(super) fn none() -> Self {
        Wanted([0; 64])
    }

    /// Adds the character of these bits.
    pub(super) fn add(&mut self, key: usize) {
        self.0[key >> 6 & 63] |= 1 << (key & 63);
    }

    /// Whether there is one of these bits.
    #[inline]
    pub(super) fn has(&self, key: usize) -> bool {
        self.0[key >> 6 & 63] >> (key & 63) & 1 == 1
    }

    /// Hands each place in `text` where one of them may stand, with its bits, to `visit`, as long as
    /// that gives true.
    #[inline(never)]
    pub(super) fn scan(&self, text: &[u8], visit: &mut dyn FnMut(usize, usize) -> bool) {
        let mut rest = text;
        loop {
            // Nearly all are passed by here: characters of three bytes, and ASCII.
            while let [0xe0..0xf0, a, b, behind @ ..] = rest
                && !self.may_have(*a, *b)
            {
                rest = behind;
            }
            while let [letter @ 0..0x80, behind @ ..] = rest
                && !self.may_have(*letter, *letter)
            {
                rest = behind;
            }
            if rest.is_empty() {
                return;
            }
            let (len, a, b) = character(rest);
            if self.may_have(a, b) && !visit(text.len() - rest.len(), bits(a, b)) {
                return;
            }
            rest = &rest[len..];
        }
    }

    #[inline]
    fn may_have(&self, a: u8, b: u8) -> bool {
        self.0[usize::from(a & 63)] >> (b & 63) & 1 == 1
    }
}

/// The bits of the character that `text`, not empty, starts with.
pub(super) fn key(text: &[u8]) -> usize {
    let (_, a, b) = character(text);
    bits(a, b)
}

/// The bytes of the character that `text`, not empty, starts with, and the two that have its bits.
#[inline]
fn character(text: &[u8]) -> (usize, u8, u8) {
    match *text {
        [lead, ..] if lead < 0xc0 => (1, lead, lead),
        [lead, tail, ..] if lead < 0xe0 => (2, lead, tail),
        [lead, a, b, ..] if lead < 0xf0 => (3, a, b),
        [_, _, a, b, ..] => (4, a, b),
        _ => (1, 0, 0),
    }
}

fn bits(a: u8, b: u8) -> usize {
    usize::from(a & 63) << 6 | usize::from(b & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `wanted` may stand in `text`, until `most` places are seen.
    fn places(wanted: &Wanted, text: &[u8], most: usize) -> Vec<usize> {
        let mut places = Vec::new();
        wanted.scan(text, &mut |at, bits| {
            assert_eq!(bits, key(&text[at..]), "{at}");
            places.push(at);
            places.len() < most
        });
        places
    }

    #[test]
    fn every_place_of_a_character_is_met_and_no_other_that_its_bits_tell_apart() {
        let text = "ab文明é實文xа文𠮷野a😀，ｶﾞ文";
        for c in text.chars() {
            let mut wanted = Wanted::none();
            wanted.add(key(c.to_string().as_bytes()));
            let alike = |other: char| wanted.has(key(other.to_string().as_bytes()));
            let naive: Vec<usize> =
                text.char_indices().filter(|&(_, other)| alike(other)).map(|(at, _)| at).collect();
            assert!(naive.contains(&text.find(c).expect("it is there")));
            assert_eq!(places(&wanted, text.as_bytes(), usize::MAX), naive, "{c}");
            assert_eq!(places(&wanted, text.as_bytes(), 1), naive[..1], "{c}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_passed_through() {
        let mut all = Wanted::none();
        (0..1 << 12).for_each(|key| all.add(key));
        for bytes in [&[0xe6, 0x96][..], &[0xff; 9], &[0x80, 0xf0, 0x9f], &[]] {
            places(&all, bytes, usize::MAX);
            places(&Wanted::none(), bytes, usize::MAX);
        }
    }
}
