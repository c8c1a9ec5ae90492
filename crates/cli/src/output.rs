//! What is printed, and how: JSON as it is, text with colours where a terminal shows them.

use anstyle::{AnsiColor, Style};
use anyhow::{Context, Result};
use serde::Serialize;
use std::io::{self, Write};

/// What stands out.
pub(crate) const STRONG: Style = Style::new().bold();
/// What stands back.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What was searched for.
pub(crate) const HIGHLIGHT: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Prints `value` as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    let mut line = serde_json::to_string(value)?;
    line.push('\n');
    // Not through `anstream`, which would take control characters for part of an escape sequence.
    raw(line.as_bytes())
}

/// Prints `text`, without its colours unless a terminal shows them.
pub(crate) fn text(text: &str) -> Result<()> {
    write(anstream::stdout().lock(), text.as_bytes())
}

/// Prints bytes as they are.
pub(crate) fn raw(bytes: &[u8]) -> Result<()> {
    write(io::stdout().lock(), bytes)
}

fn write(mut out: impl Write, bytes: &[u8]) -> Result<()> {
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.context("the output cannot be written; check where it leads")
}

/// Prints an error and its causes.
pub(crate) fn error(error: &anyhow::Error) {
    let mut message = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        // Some errors tell their cause already.
        if !message.contains(&cause) {
            message.push_str(&format!("\n  because: {cause}"));
        }
    }
    // Where even this cannot be written, the exit code must do.
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {message}");
}

/// Says on the error output what is going on.
pub(crate) fn note(message: &str) {
    // Nothing depends on it being read.
    let _ = writeln!(anstream::stderr(), "{FAINT}{message}{FAINT:#}");
}

/// Whether the reading end of the output is gone, as with `| head`.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let cause = cause.downcast_ref::<io::Error>();
        cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Text of a document as one line that cannot steer the terminal: control characters and
/// changes of direction are taken out.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c if c.is_control() => line.push(char::REPLACEMENT_CHARACTER),
            c => line.push(c),
        }
    }
    line
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of bytes, for reading.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 999, 1_000, 123_456, 1_234_567];
        assert_eq!(numbers.map(grouped), ["0", "999", "1,000", "123,456", "1,234,567"]);
    }

    #[test]
    fn a_line_cannot_steer_the_terminal() {
        assert_eq!(one_line("三级\n\n组织\t体系"), "三级 组织 体系");
        assert_eq!(
            one_line("\u{1b}[2J\u{202e}引领\u{7f}\u{9b}1m"),
            "\u{fffd}[2J引领\u{fffd}\u{fffd}1m"
        );
    }
}
