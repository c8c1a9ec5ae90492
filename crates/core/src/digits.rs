//! Numbers as text, without the machinery of formatting, which would come to a thirtieth of an engine.

/// `number` in base `radix`, from 2 to 16, with zeros in front where there are fewer than `least`
/// digits, at most 64.
pub(crate) fn digits(mut number: u64, radix: u64, least: usize) -> String {
    let mut digits = [b'0'; 64];
    let mut from = digits.len();
    while number > 0 || digits.len() - from < least {
        from -= 1;
        digits[from] = b"0123456789abcdef"[(number % radix) as usize];
        number /= radix;
    }
    let mut text = String::with_capacity(digits.len() - from);
    for &digit in &digits[from..] {
        text.push(char::from(digit));
    }
    text
}

/// `number` as people write it.
pub fn decimal(number: u64) -> String {
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
