//! Chance that can be repeated.

use std::ops::Range;

use proptest::{
    prelude::Rng,
    test_runner::{RngAlgorithm, TestRng},
};

pub struct Dice(TestRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// Others, told by these alone, which stay as they are: what is drawn of them leaves what a seed makes as it was.
    pub fn others(&self) -> Self {
        let mut copy = self.0.clone();
        Self::new(!copy.next_u64())
    }

    pub fn up_to(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % end
    }

    pub fn within(&mut self, range: Range<u32>) -> u32 {
        range.start + self.0.next_u32() % (range.end - range.start)
    }

    /// One time in so many.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.up_to(times) == 0
    }

    pub fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.up_to(all.len())]
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.up_to(at + 1));
        }
    }
}

/// The seeds of so many logs: others in every run, or the one of a failure.
pub fn seeds(count: usize) -> Vec<u64> {
    if let Ok(seed) = std::env::var("REDACTION_SEED") {
        return vec![seed.parse().unwrap()];
    }
    let mut dice = TestRng::from_seed(RngAlgorithm::ChaCha, &first());
    (0..count).map(|_| dice.next_u64()).collect()
}

fn first() -> [u8; 32] {
    use std::hash::{BuildHasher, RandomState};
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&RandomState::new().hash_one(0).to_le_bytes());
    bytes
}
