//! When the entries of a generated log happened, and how many there are.
//!
//! Times rise strictly with the ordinal: steps are seconds apart, so cutting a fraction never swaps two of them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    ROUND, of,
    steps::{STEPS, Step},
};
use crate::demo::entry::Moment;

/// When the logs that have an end, end: the evening of the reference's example.
const END: i64 = 1_702_504_800;
const HOUR: u64 = 3_600;
const YEAR: u64 = 8_766 * HOUR;
/// A round that is shorter would put steps closer than three seconds.
const SHORTEST_ROUND: u64 = HOUR / 6;
const LONGEST_ROUND: u64 = 60 * HOUR;
const SILENCE: u64 = 9 * 24 * HOUR;
/// A new entry of the growing log comes this often.
const BEAT: TimeDelta = TimeDelta::seconds(4);
/// What the growing log holds when the server starts.
const BASE: u64 = 120;
/// Seconds between those.
const BASE_STEP: u64 = 420;

/// How many entries, and when.
#[derive(Debug, Clone)]
pub(in crate::demo) enum Pace {
    /// A log that stands still.
    Still {
        /// How many entries.
        count: u64,
        /// When the ticket was created.
        start: DateTime<Utc>,
        /// The length of a round in seconds.
        round: u64,
        /// A silence of nine days comes after this many rounds.
        rounds_between_silences: u64,
    },
    /// A log that grows by an entry every four seconds.
    Growing {
        /// When the server started.
        origin: DateTime<Utc>,
    },
}

impl Pace {
    /// `count` entries spread over about this many years up to December 2023.
    pub(in crate::demo) fn over_years(count: u64, years: u64) -> Self {
        let rounds = count.div_ceil(ROUND).max(1);
        let round = (years * YEAR / rounds).clamp(SHORTEST_ROUND, LONGEST_ROUND);
        let rounds_between_silences = (rounds / 12).max(4);
        let length = rounds * round + rounds / rounds_between_silences * SILENCE;
        let end = DateTime::from_timestamp(END, 0).unwrap_or_default();
        Self::Still { count, start: end - seconds(length), round, rounds_between_silences }
    }

    /// How many entries there are now.
    pub(super) fn count(&self, now: DateTime<Utc>) -> u64 {
        match self {
            Self::Still { count, .. } => *count,
            Self::Growing { origin } => BASE + beats(now - origin),
        }
    }

    /// When the entry with this ordinal happened, and how many digits of its fraction are written.
    pub(super) fn moment(&self, ordinal: u64) -> Moment {
        let digits = *of(&[7, 7, 6, 7, 2, 7, 0, 7], scatter(ordinal));
        match self {
            Self::Still { start, round, rounds_between_silences, .. } => {
                let Some(after) = ordinal.checked_sub(1) else {
                    return Moment { at: *start, digits: 2 };
                };
                let number = after / ROUND;
                let begin = number * round + number / rounds_between_silences * SILENCE;
                let step = *of(&STEPS, after % ROUND);
                // A reply and its consequence share the jitter and write all digits, or they could change places.
                let cause = ordinal - u64::from(step.consequence);
                let pair = step.consequence || of(&STEPS, (after + 1) % ROUND).consequence;
                let at = *start + seconds(begin) + within_round(step, *round, scatter(cause));
                Moment { at, digits: if pair { 7 } else { digits } }
            }
            Self::Growing { origin } => Moment { at: *origin + since_origin(ordinal), digits },
        }
    }

    /// What the ticket is called.
    pub(super) const fn title(&self) -> &'static str {
        match self {
            Self::Still { .. } => "Floo powder, a standing order",
            Self::Growing { .. } => "Letters keep coming through the chimney",
        }
    }
}

fn within_round(step: Step, round: u64, chance: u64) -> TimeDelta {
    let thousandth = round * 1_000; // in microseconds
    let jitter = chance % (5 * thousandth);
    let micros = u64::from(step.after) * thousandth + jitter;
    let late = if step.consequence { TimeDelta::nanoseconds(120_596_000) } else { TimeDelta::zero() };
    TimeDelta::microseconds(micros.cast_signed()) + TimeDelta::nanoseconds(100) + late
}

/// The growing log's entries before the start are minutes apart, those after it four seconds.
fn since_origin(ordinal: u64) -> TimeDelta {
    match ordinal.checked_sub(BASE - 1) {
        Some(beats) => TimeDelta::milliseconds((beats * 4_000).cast_signed()),
        None => -seconds((BASE - 1 - ordinal) * BASE_STEP + scatter(ordinal) % (BASE_STEP / 2)),
    }
}

fn beats(elapsed: TimeDelta) -> u64 {
    u64::try_from(elapsed.num_milliseconds() / BEAT.num_milliseconds()).unwrap_or(0)
}

fn seconds(count: u64) -> TimeDelta {
    TimeDelta::try_seconds(count.cast_signed()).unwrap_or(TimeDelta::MAX)
}

/// A number that looks random and is always the same (the finaliser of `splitmix64`).
pub(super) const fn scatter(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
