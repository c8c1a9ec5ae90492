//! Sorting in little code.
//!
//! The standard library's sorts are fast on large slices and large in a module: a fifth of the whole
//! engine, if each type gets its own. A heap sorts what there is as well, and all of it as numbers.

use std::collections::BinaryHeap;

/// `keys` in ascending order.
#[inline(never)]
pub(crate) fn sorted(keys: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(keys).into_sorted_vec()
}

/// `numbers` in ascending order, each once.
#[inline(never)]
pub(crate) fn distinct(numbers: &[u32]) -> Vec<u32> {
    if numbers.is_sorted_by(|one, next| one < next) {
        return numbers.to_vec();
    }
    let mut keys = Vec::new();
    for &number in numbers {
        keys.push(u64::from(number));
    }
    let mut distinct = Vec::with_capacity(keys.len());
    for key in sorted(keys) {
        if distinct.last() != Some(&(key as u32)) {
            distinct.push(key as u32);
        }
    }
    distinct
}
