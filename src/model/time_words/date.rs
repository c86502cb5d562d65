//! Days and times of day, each by itself.

use chrono::{Datelike, Days, Month, NaiveDate, NaiveTime, Weekday};

use super::Unit;

/// How many years a day without one is looked for: the last one, as a log has no future. Nine of them hold a
/// 29 February.
const YEARS: std::ops::RangeInclusive<i32> = 0..=8;

/// `14:02`, `14:02:30`
pub(super) fn clock(word: &str) -> Option<(NaiveTime, Unit)> {
    let parts: Vec<u32> = numbers(word, ':')?;
    match parts.as_slice() {
        [hour, minute] => Some((NaiveTime::from_hms_opt(*hour, *minute, 0)?, Unit::Minute)),
        [hour, minute, second] => Some((NaiveTime::from_hms_opt(*hour, *minute, *second)?, Unit::Second)),
        _ => None,
    }
}

/// A day in one word or as it is written: with or without its weekday, which is to be true, and its year.
pub(super) fn day(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    match words {
        [word] => named(word, today),
        [day, month] => of_year(number(day)?, self::month(month)?, None, today),
        [day, month, year] if day.starts_with(|c: char| c.is_ascii_digit()) => {
            of_year(number(day)?, self::month(month)?, Some(number(year)?), today)
        }
        [weekday, rest @ ..] => {
            let weekday: Weekday = weekday.parse().ok()?;
            day(rest, today).filter(|day| rest.len() > 1 && day.weekday() == weekday)
        }
        [] => None,
    }
}

/// `today`, `yesterday`, `friday` (the last one), `2023-03-01`, `13.12.`, `13.12.2023`
fn named(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        _ => {}
    }
    if let Ok(weekday) = word.parse::<Weekday>() {
        let back = (today.weekday().days_since(weekday) + 6) % 7 + 1;
        return today.checked_sub_days(Days::new(back.into()));
    }
    if let Some([year, month, day]) = numbers(word, '-').as_deref() {
        return of_year(*day, *month, Some(*year), today);
    }
    match numbers(word.strip_suffix('.').unwrap_or(word), '.')?.as_slice() {
        [day, month, year] => of_year(*day, *month, Some(*year), today),
        [day, month] => of_year(*day, *month, None, today),
        _ => None,
    }
}

fn of_year(day: u32, month: u32, year: Option<u32>, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| year > 999),
        None => YEARS.into_iter().find_map(|back| {
            let date = NaiveDate::from_ymd_opt(today.year() - back, month, day)?;
            (date <= today).then_some(date)
        }),
    }
}

fn month(word: &str) -> Option<u32> {
    word.parse::<Month>().ok().map(|month| month.number_from_month())
}

/// `13`, `13.`
fn number(word: &str) -> Option<u32> {
    match numbers(word.strip_suffix('.').unwrap_or(word), '.')?.as_slice() {
        [number] => Some(*number),
        _ => None,
    }
}

fn numbers(word: &str, between: char) -> Option<Vec<u32>> {
    word.split(between)
        .map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| digits)
        })
        .collect()
}
