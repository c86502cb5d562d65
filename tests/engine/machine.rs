//! Random steps, invariants after every one. The seed of a failure is printed: `ENGINE_SEED` runs that life again alone,
//! with the last `TAIL` steps told, and `ENGINE_BASE` lives all those that begin with one.
//!
//! Seen to fail, and by which promise:
//!
//! - windows that do not overlap: a failure that its key leaves;
//! - an answer that is believed to lie where it was asked for: entries out of order;
//! - runs joined by their numbers: entries missing after a change was read;
//! - entries dropped to be counted anew, or because the log was read again, and nothing said: what was loaded vanishes
//!   without a word;
//! - a log that is read again without one of its entries: a run that is no stretch of the log;
//! - an edited head that takes one unchanged entry with it: an entry missing after the change was read;
//! - a jump that asks for every probe twice or lands an entry off, and an answer that moves the cursor.

use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::{life::Life, server::Manners};

/// Steps in all; a life ends by quitting after a few hundred.
const STEPS: usize = 10_000;

/// The steps of one life.
const LIFE: usize = 250;

pub struct Dice(TestRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    pub fn below(&mut self, limit: usize) -> usize {
        use proptest::prelude::Rng as _;
        usize::try_from(self.0.next_u64() % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// Lives that failed once and do not any more.
const MENDED: [u64; 26] = [
    2_343_374_730_375_978_342,
    12_112_981_432_052_037_394,
    495_724_998_412_544_354,
    14_485_847_140_771_909_524,
    10_943_264_458_189_458_450,
    6_545_253_292_958_791_199,
    16_564_008_190_857_272_834,
    17_193_330_887_597_219_106,
    15_638_106_916_687_314_208,
    7_123_135_377_866_029_897,
    14_357_232_775_576_533_748,
    467_834_095_818_014_254,
    12_080_860_770_348_140_327,
    2_001_006_011,
    2_007_006_023,
    8_171_753_053_695_404_693,
    4_232_003_848_718_725_420,
    3_025,
    6_023,
    11_010,
    8_202_598_186_813_855_052,
    16_252_397_836_517_178_752,
    3_981_141_464_030_133_040,
    15_790_790_044_869_233_938,
    6_183_838_436_846_113_040,
    9_430_847_919_234_109_194,
];

/// The same of lives that read what changed after a while in any case.
const MENDED_SINCE: [u64; 27] = [
    50_027,
    3_738_092_802_691_641_948,
    13_660_050_351_316_388_371,
    15_805_621_968_878_678_313,
    948_101_882_563_722_629,
    18_015_598_563_096_073_321,
    11_456_428_269_619_529_946,
    11_901_136_015_116_933_263,
    1_315_534_360_589_122_404,
    17_175_981_321_140_375_596,
    188_885_652_521_207_508,
    3_473_088_672_556_801_665,
    4_931_905_298_988_555_549,
    5_212_951_154_347_317_483,
    6_282_202_407_043_990_932,
    8_187_669_493_527_517_278,
    15_598_561_202_709_279_278,
    6_448_940_900_414_871_924,
    17_019_529_158_412_025_881,
    13_073_954_327_255_632_429,
    8_124_337_667_996_186_850,
    10_251_462_798_122_085_982,
    7_673_858_744_979_452_613,
    4_743_247_905_367_994_760,
    1_592_455_685_717_436_277,
    3_939_766_648_762_272_607,
    14_587_869_303_596_727_151,
];

/// The seeds of so many lives: those from `ENGINE_BASE` on, or the one of a failure.
///
/// They are the same in every run unless asked for: the last 150 random bases all passed, but these two lives of earlier ones
/// fail and are not mended: `14572921593745151715` and `927415154470648391` (a way home that ends on the line that its entry
/// had, not on the one of its neighbour meanwhile: whether that or the promise about lines is wrong is open).
pub fn seeds(count: usize) -> Vec<u64> {
    if let Ok(seed) = std::env::var("ENGINE_SEED") {
        return vec![seed.parse().unwrap()];
    }
    let base: u64 = std::env::var("ENGINE_BASE").map_or(0, |base| base.parse().unwrap());
    (0..count as u64).map(|life| base.wrapping_add(life)).collect()
}

fn live(seed: u64) {
    let mut dice = Dice::new(seed);
    let manners = Manners {
        most: (dice.below(6) == 0).then(|| [7, 10, 25, 30, 49][dice.below(5)]),
        ignores_types: dice.below(6) == 0,
        ignores_take: dice.below(8) == 0,
        repeats: dice.below(16) == 0,
        is_unordered: dice.below(8) == 0,
        short_once: (dice.below(4) == 0).then(|| [1, 2, 12, 25, 30, 49][dice.below(6)]),
    };
    let mut life = Life::new([0, 1, 3, 49, 50, 51, 190, 700][dice.below(8)], manners);
    life.catches_up = !MENDED.contains(&seed);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        for _ in 0..LIFE {
            life.step(&mut dice);
            life.check();
        }
        match dice.below(8) {
            // Takes as long as four lives.
            0 => {
                life.read_to_the_start();
                life.end();
            }
            1 => {
                life.load_to_the_start();
                life.end();
            }
            2..=4 => life.leave(),
            _ => life.end(),
        }
    }));
    if result.is_err() {
        let from = life.trace.len().saturating_sub(std::env::var("TAIL").map_or(40, |t| t.parse().unwrap()));
        panic!(
            "ENGINE_SEED={seed} fails after {} steps:\n{}",
            life.trace.len(),
            life.trace[from..].join("\n")
        );
    }
}

/// P11: arrivals between any two answers, up to more than two pages.
/// P22: anything in any order, with every promise looked at after every step.
#[test]
fn ten_thousand_random_steps_break_no_promise() {
    for seed in seeds(STEPS / LIFE) {
        live(seed);
    }
}

#[test]
fn lives_that_failed_once_do_so_no_more() {
    MENDED.into_iter().chain(MENDED_SINCE).for_each(live);
}
