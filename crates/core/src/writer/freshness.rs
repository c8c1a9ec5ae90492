//! Newer documents before older ones: at build time, as weights, so that a search needs no clock and
//! no column.

use super::IndexWriter;
use crate::Weight;

/// The field that has a document's date, as ISO 8601 writes it: a year, a month or a day.
const FIELD: &str = "date";
/// What the oldest documents lose of their weight.
const SHARE: f64 = 0.5;

impl IndexWriter {
    /// Lets documents count less as they are older than the newest: so many days older, three quarters,
    /// twice as many, five eighths, never less than half. One without a `date` among its
    /// [`facets`](crate::Document::facets) counts as one of that age. 0, the default, lets age be.
    pub fn set_freshness(&mut self, half_life_days: u32) {
        self.half_life_days = half_life_days;
    }

    /// Weighs all documents by their age; to be called once, when all are there.
    pub(super) fn weigh_by_age(&mut self) {
        // Of several dates the latest.
        let mut days = vec![f64::NEG_INFINITY; self.weights.len()];
        for (doc, date) in self.columns.entries(FIELD) {
            let known = &mut days[doc as usize];
            *known = known.max(day(date).unwrap_or(f64::NEG_INFINITY));
        }
        let newest = days.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let half_life = f64::from(self.half_life_days);
        if half_life == 0.0 || !newest.is_finite() {
            return;
        }
        for (weight, day) in self.weights.iter_mut().zip(days) {
            let age = if day.is_finite() { newest - day } else { half_life };
            let factor = 1.0 - SHARE + SHARE * libm::exp2(-age / half_life);
            *weight = Weight::new((f64::from(weight.value()) * factor) as f32);
        }
    }
}

/// The day of a date, counted from the year 0 in months of the same length: close enough to weigh by.
fn day(date: &str) -> Option<f64> {
    let mut parts = date.split(['-', 'T', ' ']);
    let mut next = |least: u32, most: u32| match parts.next() {
        None => Some(least),
        Some(part) => part.parse().ok().filter(|number| (least..=most).contains(number)),
    };
    let (year, month, day) = (next(0, 9999)?, next(1, 12)?, next(1, 31)?);
    Some(f64::from(year) * 365.25 + f64::from(month - 1) * 30.4375 + f64::from(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_rise_with_dates() {
        let dates = [
            "1999",
            "2023-01-31",
            "2023-02",
            "2023-02-28",
            "2023-03-01",
            "2023-12-31",
            "2024-01-01T08:00",
        ];
        let days: Vec<f64> = dates.iter().map(|date| day(date).expect(date)).collect();
        assert!(days.is_sorted_by(|one, next| one < next), "{days:?}");
        assert!((days[3] - days[1] - 28.0).abs() < 3.0);
        for date in ["", "soon", "2023-13", "2023-00-01", "2023-01-32", "99999"] {
            assert_eq!(day(date), None, "{date}");
        }
    }
}
