//! Numbers as text, without the machinery of formatting, which would come to a thirtieth of an engine.

/// `number` in base `radix`, at most 16, with zeros in front where there are fewer than `least` digits.
pub(crate) fn digits(mut number: u64, radix: u64, least: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < least {
        digits.push(b"0123456789abcdef"[(number % radix) as usize]);
        number /= radix;
    }
    let mut text = String::with_capacity(digits.len());
    for &digit in digits.iter().rev() {
        text.push(char::from(digit));
    }
    text
}

/// `number` as people write it.
pub(crate) fn decimal(number: u64) -> String {
    digits(number, 10, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_formatting_has_it() {
        for number in [0, 7, 10, 255, 4096, 90_017, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
            assert_eq!(digits(number, 16, 16), format!("{number:016x}"));
        }
    }
}
