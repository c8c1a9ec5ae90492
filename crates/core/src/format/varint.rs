//! LEB128 varints: seven bits a byte, least significant first, the high bit set on all but the last.

use crate::Error;

/// Appends `value` as a varint of 1–5 bytes.
pub fn write_u32(out: &mut Vec<u8>, value: u32) {
    write_u64(out, u64::from(value));
}

/// Appends `value` as a varint of 1–10 bytes.
pub fn write_u64(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A bounds-checked reading position in the bytes of one structure.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    position: usize,
    structure: &'static str,
}

impl<'a> Cursor<'a> {
    /// Starts at the first of `bytes`; errors will name `structure`.
    pub fn new(bytes: &'a [u8], structure: &'static str) -> Self {
        Cursor { bytes, position: 0, structure }
    }

    /// The error that says this structure is damaged.
    #[cold]
    pub fn damaged(&self) -> Error {
        Error::Damaged { structure: self.structure }
    }

    /// Bytes read so far.
    pub fn position(&self) -> usize {
        self.position
    }

    /// True when all bytes have been read.
    pub fn is_empty(&self) -> bool {
        self.position >= self.bytes.len()
    }

    /// Bytes still to read: the most items a sound count can announce.
    pub fn remaining(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// One byte.
    #[inline]
    pub fn u8(&mut self) -> Result<u8, Error> {
        let byte = *self.bytes.get(self.position).ok_or_else(|| self.damaged())?;
        self.position += 1;
        Ok(byte)
    }

    /// One varint that fits 32 bits. Not inlined: a fifth of a small engine would be this.
    #[inline(never)]
    pub fn u32(&mut self) -> Result<u32, Error> {
        let value = self.u64()?;
        u32::try_from(value).map_err(|_| self.damaged())
    }

    /// The same for what is read by the million, where most varints have one byte.
    #[inline]
    pub(crate) fn hot_u32(&mut self) -> Result<u32, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(u32::from(byte))
            }
            _ => self.u32(),
        }
    }

    /// One varint.
    #[inline(never)]
    pub fn u64(&mut self) -> Result<u64, Error> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// A count of items that each take at least one byte: never more than the bytes left, so that
    /// nothing is allocated on the word of damaged bytes.
    #[inline(never)]
    pub fn count(&mut self) -> Result<usize, Error> {
        let count = self.u32()? as usize;
        if count > self.remaining() { Err(self.damaged()) } else { Ok(count) }
    }

    /// The next `len` bytes.
    #[inline(never)]
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let end = self.position.checked_add(len).ok_or_else(|| self.damaged())?;
        let bytes = self.bytes.get(self.position..end).ok_or_else(|| self.damaged())?;
        self.position = end;
        Ok(bytes)
    }
}

/// Bytes that the first `count` varints of `bytes` take.
pub(crate) fn varints_len(bytes: &[u8], count: u32) -> Option<usize> {
    let mut left = count;
    for (at, byte) in bytes.iter().enumerate() {
        left -= u32::from(*byte < 0x80);
        if left == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let values = [0, 1, 127, 128, 300, 16_383, 16_384, u64::from(u32::MAX), u64::MAX];
        let mut out = Vec::new();
        values.iter().for_each(|&v| write_u64(&mut out, v));
        let mut cursor = Cursor::new(&out, "test");
        for v in values {
            assert_eq!(cursor.u64(), Ok(v));
        }
        assert!(cursor.is_empty());
    }

    #[test]
    fn overlong_and_cut_varints_are_errors() {
        for bytes in [&[0x80][..], &[0xff; 5], &[0xff, 0xff, 0xff, 0xff, 0x1f], &[]] {
            assert!(Cursor::new(bytes, "test").u32().is_err(), "{bytes:?}");
        }
        assert!(Cursor::new(&[0xff; 11], "test").u64().is_err());
        assert!(Cursor::new(&[9, 1], "test").count().is_err());
    }
}
