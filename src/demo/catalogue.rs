//! Which sample tickets there are, by number.
//!
//! | ticket | what |
//! |---|---|
//! | 255762 | the five entries of the reference's example |
//! | 4478963 | a story of 190 entries over weeks |
//! | 4484618 | a story in Norwegian, with the two entries of the reference page |
//! | 4484636 | 10,000 entries |
//! | 1000000 | a million entries |
//! | 666 | hostile text |
//! | 4484700 | grows by an entry every four seconds |
//! | 1 | as many entries as asked for |

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    cast::Cast,
    cycle::{Cycle, Pace},
    deed::Language,
    entry::Row,
    hostile,
    state::{About, State, Ticket},
    story,
};

/// The most entries that ticket 1 can have: more would lie before the telegraph.
pub(super) const MOST_ENTRIES: u64 = 100_000_000;

/// All sample tickets.
#[derive(Debug)]
pub(super) struct Catalogue(BTreeMap<u64, Sample>);

#[derive(Debug)]
enum Sample {
    /// Written down, newest first.
    Written { rows: Vec<Row>, ticket: Box<Ticket> },
    /// A function from the index.
    Generated(Box<Cycle>),
}

impl Catalogue {
    /// Reads the scripts; `origin` is when the growing ticket begins to grow.
    pub(super) fn new(entries: Option<u64>, origin: DateTime<Utc>) -> Result<Self, String> {
        let cast = Cast::embedded()?;
        let mut samples = BTreeMap::from([
            (255_762, reference(&cast)?),
            (666, hostile_sample(&cast)?),
            (4_478_963, told(4_478_963, include_str!("../../assets/demo/4478963.txt"), &cast)?),
            (4_484_618, told(4_484_618, include_str!("../../assets/demo/4484618.txt"), &cast)?),
            (4_484_636, generated(Pace::over_years(10_000, 3), &cast)?),
            (1_000_000, generated(Pace::over_years(1_000_000, 15), &cast)?),
            (4_484_700, generated(Pace::Growing { origin }, &cast)?),
        ]);
        match entries {
            Some(count) if count > MOST_ENTRIES => {
                return Err(format!("ticket 1 can have at most {MOST_ENTRIES} entries, not {count}"));
            }
            Some(count) => {
                samples.insert(1, generated(Pace::over_years(count, 3), &cast)?);
            }
            None => {}
        }
        Ok(Self(samples))
    }

    /// A page of a ticket's log, newest first: the entries of these types (none: all), `take` after `skip`.
    /// `None` when there is no such ticket.
    pub(super) fn page(
        &self,
        id: u64,
        now: DateTime<Utc>,
        types: &[String],
        skip: u64,
        take: u64,
    ) -> Option<Vec<Row>> {
        Some(match self.0.get(&id)? {
            Sample::Written { rows, .. } => {
                let skip = usize::try_from(skip).unwrap_or(usize::MAX);
                let take = usize::try_from(take).unwrap_or(usize::MAX);
                let chosen = rows.iter().filter(|row| types.is_empty() || types.contains(&row.action_type));
                chosen.skip(skip).take(take).cloned().collect()
            }
            Sample::Generated(cycle) => cycle.page(now, types, skip, take),
        })
    }

    /// A ticket as its newest entry leaves it.
    pub(super) fn ticket(&self, id: u64, now: DateTime<Utc>) -> Option<Ticket> {
        Some(match self.0.get(&id)? {
            Sample::Written { ticket, .. } => Ticket::clone(ticket),
            Sample::Generated(cycle) => cycle.ticket(id, now),
        })
    }

    /// All tickets, or those of them whose numbers are given; the one with the newest reply first.
    pub(super) fn tickets(&self, ids: Option<&[u64]>, now: DateTime<Utc>) -> Vec<Ticket> {
        let wanted = |id: &&u64| ids.is_none_or(|ids| ids.contains(id));
        let mut tickets: Vec<_> =
            self.0.keys().filter(wanted).filter_map(|id| self.ticket(*id, now)).collect();
        tickets.sort_by_cached_key(|ticket| {
            std::cmp::Reverse(DateTime::parse_from_rfc3339(&ticket.last_thread_element_creation_time).ok())
        });
        tickets
    }
}

fn told(id: u64, script: &str, cast: &Cast) -> Result<Sample, String> {
    let story = story::read(id, script, cast)?;
    Ok(Sample::Written { rows: story.rows, ticket: Box::new(story.ticket) })
}

fn generated(pace: Pace, cast: &Cast) -> Result<Sample, String> {
    Cycle::new(pace, cast).map(|cycle| Sample::Generated(Box::new(cycle)))
}

/// Ticket 255762, word for word.
fn reference(cast: &Cast) -> Result<Sample, String> {
    let entries: Vec<Value> = serde_json::from_str(include_str!("../../assets/demo/255762.json"))
        .map_err(|error| format!("assets/demo/255762.json: {error}"))?;
    let text = |entry: Option<&Value>, field: &str| {
        entry.and_then(|entry| entry.get(field)).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let row = |entry: &Value| Row {
        action_type: text(Some(entry), "actionType"),
        json: entry.to_string().into_bytes(),
    };
    let mut state = State::new(Language::English);
    state.status = "Pending";
    state.assignee = Some(cast.person("garrick")?);
    state.category = Some(cast.category("sales")?);
    state.replies = 1;
    let about = About {
        id: 255_762,
        title: "My wand hums at night",
        message: "Is that normal for holly and phoenix feather?",
        source: "email",
        author: cast.person("harry")?,
        created: text(entries.last(), "time"),
        last_activity: text(
            entries.iter().find(|it| text(Some(it), "actionType") == "reply_created"),
            "time",
        ),
    };
    let ticket = Box::new(Ticket::new(about, &state, Language::English));
    Ok(Sample::Written { rows: entries.iter().map(row).collect(), ticket })
}

fn hostile_sample(cast: &Cast) -> Result<Sample, String> {
    let rows = hostile::rows();
    let mut author = cast.person("neville")?.clone();
    author.name = "Mallory\u{1b}[2J\u{202e}".into();
    let about = About {
        id: 666,
        title: &hostile::title(),
        message: "\u{1b}c",
        source: "email",
        author: &author,
        created: "2023-06-06T04:00:00+00:00".into(),
        last_activity: "2023-06-06T06:06:06+00:00".into(),
    };
    let ticket = Box::new(Ticket::new(about, &State::new(Language::English), Language::English));
    Ok(Sample::Written { rows, ticket })
}
