//! Whether a difference between two runs could be chance.

use oorandom::Rand64;

/// How often signs are drawn.
pub(super) const ROUNDS: u32 = 10_000;
const SEED: u128 = 1;

/// The p-value of a paired randomisation test, two-sided: were there no difference between the runs,
/// each query's could as well have the other sign; how often are signs drawn by lot as far from zero
/// in their sum as the real ones?
///
/// The least that can come out is one over [`ROUNDS`] + 1.
pub(super) fn p_value(differences: &[f64]) -> f64 {
    let differences: Vec<f64> = differences.iter().copied().filter(|&d| d != 0.0).collect();
    let observed = differences.iter().sum::<f64>().abs();
    // Sums in another order differ in their last digits.
    let as_far = observed - 1e-9;
    let mut random = Rand64::new(SEED);
    let mut further = 0;
    for _ in 0..ROUNDS {
        let mut sum = 0.0;
        for part in differences.chunks(64) {
            let signs = random.rand_u64();
            for (place, difference) in part.iter().enumerate() {
                sum += if signs >> place & 1 == 0 { *difference } else { -difference };
            }
        }
        further += u32::from(sum.abs() >= as_far);
    }
    f64::from(further + 1) / f64::from(ROUNDS + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_difference_is_chance() {
        assert_eq!(p_value(&[]), 1.0);
        assert_eq!(p_value(&[0.0; 100]), 1.0);
        assert!(p_value(&[0.5, -0.5, 0.25, -0.25]) > 0.9);
    }

    #[test]
    fn few_differences_give_the_share_of_their_signs() {
        // Of the 16 ways to draw four signs, two are as far from zero as all the same.
        assert!((p_value(&[0.1; 4]) - 2.0 / 16.0).abs() < 0.01);
    }

    #[test]
    fn many_of_one_sign_are_no_chance() {
        assert!(p_value(&[0.01; 50]) < 0.001);
    }
}
