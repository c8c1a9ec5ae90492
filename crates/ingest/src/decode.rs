//! Bytes to text: UTF-8 where it is UTF-8, else what the file declares, else what it looks like.
//!
//! A byte order mark counts before all else. UTF-16 without one is known by its zeros, which no other
//! text has, and by what it decodes to.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file, with `\n` as its only line end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// What it was read as; none for proper UTF-8.
    pub(crate) encoding: Option<&'static str>,
    /// Whether some bytes became U+FFFD.
    pub(crate) malformed: bool,
}

/// The text of a file's bytes; none where they are no text. `html` says whether a `<meta charset>` or
/// the encoding of an XML declaration counts.
pub(crate) fn decode(bytes: Vec<u8>, html: bool) -> Option<Text> {
    let (text, encoding, malformed) = if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        let (text, malformed) = encoding.decode_without_bom_handling(&bytes[length..]);
        (text.into_owned(), encoding, malformed)
    } else if let Some((text, encoding)) = utf16(&bytes) {
        (text, encoding, false)
    } else {
        match String::from_utf8(bytes) {
            Ok(text) if !is_escaped(text.as_bytes()) => (text, UTF_8, false),
            Ok(text) => other(text.as_bytes(), html),
            Err(error) => other(error.as_bytes(), html),
        }
    };
    if is_binary(&text) {
        return None;
    }
    let encoding = (encoding != UTF_8 || malformed).then_some(encoding.name());
    Some(Text { text: with_line_feeds(text), encoding, malformed })
}

/// UTF-16 without a mark: it has zeros, since no text is without spaces, line ends and ASCII, and read in
/// the right order nearly all of it is in common scripts.
fn utf16(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    if !bytes.len().is_multiple_of(2) || !head.contains(&0) {
        return None;
    }
    let plausible = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        let common = text.chars().filter(|&c| is_common(c)).count();
        let all = text.chars().count();
        (common * 20 >= all * 19).then_some((common, encoding))
    };
    let little = plausible(UTF_16LE);
    let (_, encoding) = [plausible(UTF_16BE), little].into_iter().flatten().max_by_key(|b| b.0)?;
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed).then(|| (text.into_owned(), encoding))
}

/// Whether a character is one that texts mostly consist of.
fn is_common(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{2026}'
        | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FA5}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF5E}')
}

/// ISO-2022 shifts between character sets in ASCII alone.
fn is_escaped(bytes: &[u8]) -> bool {
    bytes.contains(&0x1b) && bytes.windows(2).any(|pair| pair == b"\x1b$")
}

/// Text that is not UTF-8, or not wholly.
fn other(bytes: &[u8], html: bool) -> (String, &'static Encoding, bool) {
    let declared = if html { declared(bytes) } else { None };
    let encoding = match declared {
        _ if is_nearly_utf8(bytes) => UTF_8,
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Deny)
        }
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), encoding, malformed)
}

/// Whether a file is UTF-8 but for a few bytes, as where pieces were cut and joined.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad > 0 && good >= 20 * bad
}

/// The encoding that a page declares within its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let lower = head.to_ascii_lowercase();
    let xml = lower.strip_prefix(b"<?xml").and_then(|xml| xml.split(|&b| b == b'?').next());
    let of_xml = xml.and_then(|xml| labelled(xml, b"encoding"));
    of_xml.or_else(|| labelled(&lower, b"charset"))
}

/// The encoding whose label stands behind `key` and an equals sign.
fn labelled(head: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.windows(key.len()).position(|window| window == key) {
        rest = &rest[at + key.len()..];
        let label = rest.trim_ascii_start();
        let Some(label) = label.strip_prefix(b"=") else { continue };
        let label = label.trim_ascii_start();
        let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
        let end = label.iter().position(|b| b" \t\n\r\"'/>;".contains(b)).unwrap_or(label.len());
        match Encoding::for_label(&label[..end]) {
            // A page that can be read so far as ASCII is no UTF-16, whatever it says.
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => return Some(UTF_8),
            Some(encoding) => return Some(encoding),
            None => {}
        }
    }
    None
}

/// Text has no NUL and few control characters.
fn is_binary(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(8192)];
    let control = |byte: u8| matches!(byte, 0..=8 | 0xB | 0xE..=0x1A | 0x1C..=0x1F);
    let controls: usize = head.iter().map(|&byte| usize::from(control(byte))).sum();
    controls * 20 > head.len() || text.as_bytes().contains(&0)
}

fn with_line_feeds(text: String) -> String {
    if text.as_bytes().contains(&b'\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, GB18030, GBK, SHIFT_JIS};

    const SIMPLIFIED: &str = "这个村的图书馆每天早上九点开门，晚上八点关门。借书需要带上身份证。";
    const TRADITIONAL: &str = "這個村的圖書館每天早上九點開門，晚上八點關門。借書需要帶上身分證。";
    const JAPANESE: &str = "村の図書館は毎朝九時に開きます。本を借りるには身分証明書が必要です。";
    const KOREAN: &str = "마을 도서관은 매일 아침 아홉 시에 문을 엽니다. 신분증을 가져오세요.";

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable);
        bytes.into_owned()
    }

    fn text(text: &str, encoding: Option<&'static str>) -> Option<Text> {
        Some(Text { text: text.to_owned(), encoding, malformed: false })
    }

    #[test]
    fn utf8() {
        assert_eq!(decode("中\r\n文\r字".into(), false), text("中\n文\n字", None));
        assert_eq!(decode("\u{feff}中".into(), false), text("中", None));
        assert_eq!(decode(Vec::new(), true), text("", None));
    }

    #[test]
    fn utf16_with_a_mark() {
        let bytes =
            |order: fn(u16) -> [u8; 2]| "\u{feff}中a".encode_utf16().flat_map(order).collect();
        assert_eq!(decode(bytes(u16::to_le_bytes), false), text("中a", Some("UTF-16LE")));
        assert_eq!(decode(bytes(u16::to_be_bytes), true), text("中a", Some("UTF-16BE")));
    }

    #[test]
    fn utf16_without_a_mark() {
        for original in [SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN] {
            let original = format!("{original}\nab");
            for (name, order) in [
                ("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2]),
                ("UTF-16BE", u16::to_be_bytes),
            ] {
                let bytes: Vec<u8> = original.encode_utf16().flat_map(order).collect();
                assert_eq!(decode(bytes, false), text(&original, Some(name)));
            }
        }
        // A zero among bytes is no UTF-16.
        assert_eq!(decode(b"PK\x03\x04\0\0\x08\x11\x9a\xfe".to_vec(), false), None);
    }

    #[test]
    fn every_encoding_declared() {
        let cases = [
            (SIMPLIFIED, GB18030, "gb18030"),
            (SIMPLIFIED, GBK, "gb2312"),
            (TRADITIONAL, BIG5, "big5"),
            (JAPANESE, SHIFT_JIS, "Shift_JIS"),
            (KOREAN, EUC_KR, "euc-kr"),
        ];
        for (original, encoding, label) in cases {
            for declaration in [
                format!("<meta charset={label}>"),
                format!("<?xml version=\"1.0\" encoding=\"{label}\"?>"),
            ] {
                let page = format!("{declaration}<p>{original}</p>");
                let expected = text(&page, Some(encoding.name()));
                assert_eq!(decode(encoded(&page, encoding), true), expected);
            }
        }
    }

    #[test]
    fn detected() {
        let cases =
            [(SIMPLIFIED, GBK), (TRADITIONAL, BIG5), (JAPANESE, SHIFT_JIS), (KOREAN, EUC_KR)];
        for (original, encoding) in cases {
            let expected = text(original, Some(encoding.name()));
            assert_eq!(decode(encoded(original, encoding), false), expected);
        }
        let rare = format!("{SIMPLIFIED}㐂");
        assert_eq!(decode(encoded(&rare, GB18030), false).unwrap().text, rare);
    }

    #[test]
    fn declared_in_html() {
        for charset in ["<meta charset=big5>", "<META content='text/html; charset = \"Big5\"'>"] {
            let page = format!("{charset}<p>開門</p>");
            assert_eq!(decode(encoded(&page, BIG5), true), text(&page, Some("Big5")));
        }
        let wrong = "<meta charset=gb2312><p>图书馆</p>";
        assert_eq!(decode(wrong.into(), true), text(wrong, None));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = SIMPLIFIED.repeat(3).into_bytes();
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(bytes, false).unwrap();
        assert!(decoded.text.starts_with(SIMPLIFIED) && decoded.text.ends_with('\u{fffd}'));
        assert!(decoded.malformed && decoded.encoding == Some("UTF-8"));
    }

    #[test]
    fn binary() {
        assert_eq!(decode(b"PK\x03\x04\0\0".to_vec(), false), None);
        assert_eq!(decode(vec![1; 100], false), None);
    }
}
