//! A log that is a function from the index: a million entries cost nothing.
//!
//! The oldest entry creates the ticket; after it the same [`STEPS`] come round and round, so the n-th entry of any
//! set of types is arithmetic, and no request ever scans. Ordinals count from the oldest entry (0), places from the
//! newest, as `skip` does. When the entries happened is [`Pace`]'s business.

mod pace;
mod steps;

use chrono::{DateTime, Utc};

use super::{
    cast::{Cast, Category, Person, Tag},
    deed::{Deed, Language},
    entry::Row,
    state::{About, State, Ticket},
};
pub(super) use pace::Pace;
use steps::{Actor, STEPS, What};

/// How many steps a round has.
const ROUND: u64 = STEPS.len() as u64;

/// A generated log.
#[derive(Debug)]
pub(super) struct Cycle {
    pace: Pace,
    agents: Vec<Person>,
    clients: Vec<Person>,
    bot: Person,
    categories: Vec<Category>,
    tags: Vec<Tag>,
}

impl Cycle {
    /// A log at this pace, by the people of the cast.
    pub(super) fn new(pace: Pace, cast: &Cast) -> Result<Self, String> {
        let people =
            |keys: &[&str]| keys.iter().map(|key| cast.person(key).cloned()).collect::<Result<_, _>>();
        let categories = ["sales", "orders", "legal"].iter().map(|key| cast.category(key).cloned());
        let tags = ["price", "vip", "promised", "law"].iter().map(|key| cast.tag(key).cloned());
        Ok(Self {
            pace,
            agents: people(&["garrick", "luna", "percy", "arthur", "minerva", "pomona"])?,
            clients: people(&["harry", "ginny", "neville"])?,
            bot: cast.person("hedwig")?.clone(),
            categories: categories.collect::<Result<_, _>>()?,
            tags: tags.collect::<Result<_, _>>()?,
        })
    }

    /// The entries of these types (none: all) at places `skip..skip + take`, newest first.
    pub(super) fn page(&self, now: DateTime<Utc>, types: &[String], skip: u64, take: u64) -> Vec<Row> {
        let chosen = Chosen::new(types);
        let total = chosen.among(self.pace.count(now));
        let from = skip.min(total);
        let to = skip.saturating_add(take).min(total);
        (from..to).filter_map(|place| chosen.ordinal(total - 1 - place)).map(|it| self.row(it)).collect()
    }

    fn row(&self, ordinal: u64) -> Row {
        let (actor, deed) = self.deed(ordinal);
        Row::new(self.pace.moment(ordinal), actor, &deed, Language::English)
    }

    /// Who did what at this ordinal.
    fn deed(&self, ordinal: u64) -> (&Person, Deed<'_>) {
        let Some(after) = ordinal.checked_sub(1) else {
            return (of(&self.clients, 0), Deed::Created);
        };
        let round = after / ROUND;
        let step = of(&STEPS, after % ROUND);
        let actor = self.actor(step.actor, round);
        let deed = match step.what {
            What::Reads => Deed::Read,
            What::Takes => Deed::Assigned(actor),
            What::Notes => Deed::Noted,
            What::Tags => Deed::Tagged(of(&self.tags, round)),
            What::Untags => Deed::Untagged(of(&self.tags, round)),
            What::Moves => {
                let from = of(&self.categories, round);
                Deed::Category { from: Some(from), to: of(&self.categories, round + 1) }
            }
            What::SetsField => Deed::Field { name: "Follow-up".into(), value: (round + 1).to_string() },
            What::Replies => Deed::Replied,
            What::Waits => Deed::Status { from: "Open", to: "Pending" },
            What::Reopens => Deed::Status { from: "Pending", to: "Open" },
        };
        (actor, deed)
    }

    fn actor(&self, actor: Actor, round: u64) -> &Person {
        match actor {
            Actor::Agent => of(&self.agents, round),
            Actor::Colleague => of(&self.agents, round + 1),
            Actor::Third => of(&self.agents, round + 2),
            Actor::Client => of(&self.clients, pace::scatter(round)),
            Actor::Bot => &self.bot,
        }
    }

    /// The ticket as its newest entry leaves it.
    pub(super) fn ticket(&self, id: u64, now: DateTime<Utc>) -> Ticket {
        let count = self.pace.count(now);
        let mut state = State::new(Language::English);
        state.category = Some(of(&self.categories, 0));
        // Every round sets all that a round can set.
        for ordinal in count.saturating_sub(2 * ROUND)..count {
            state.apply(&self.deed(ordinal).1);
        }
        let replies = Chosen::new(&["reply_created".to_owned()]);
        state.replies = replies.among(count);
        let last = state.replies.checked_sub(1).and_then(|last| replies.ordinal(last)).unwrap_or_default();
        let time = |ordinal| self.pace.moment(ordinal).written_by(self.deed(ordinal).0);
        let about = About {
            id,
            title: self.pace.title(),
            message: "An order that never ends.",
            source: "email",
            author: of(&self.clients, 0),
            created: time(0),
            last_activity: time(last),
        };
        Ticket::new(about, &state, Language::English)
    }
}

/// Which entries a request asks for.
struct Chosen {
    created: bool,
    /// Places in the round, ascending.
    steps: Vec<u64>,
}

impl Chosen {
    fn new(types: &[String]) -> Self {
        let wanted = |it: &str| types.is_empty() || types.iter().any(|chosen| chosen == it);
        let steps = (0..).zip(&STEPS).filter(|(_, step)| wanted(step.what.action_type())).map(|(at, _)| at);
        Self { created: wanted("ticket_created"), steps: steps.collect() }
    }

    /// How many of the `count` oldest entries are chosen.
    fn among(&self, count: u64) -> u64 {
        let Some(after) = count.checked_sub(1) else {
            return 0;
        };
        let per_round = self.steps.len() as u64;
        let rest = self.steps.iter().filter(|step| **step < after % ROUND).count() as u64;
        u64::from(self.created) + after / ROUND * per_round + rest
    }

    /// The ordinal of the n-th chosen entry, counted from the oldest (0).
    fn ordinal(&self, n: u64) -> Option<u64> {
        if self.created && n == 0 {
            return Some(0);
        }
        let n = n - u64::from(self.created);
        let round = n.checked_div(self.steps.len() as u64)?;
        let step = self.steps.get(usize::try_from(n % self.steps.len() as u64).ok()?)?;
        Some(1 + round * ROUND + step)
    }
}

/// The n-th of a list that is never empty, beginning anew at its end.
fn of<T>(list: &[T], n: u64) -> &T {
    let at = usize::try_from(n % list.len() as u64).unwrap_or_default();
    &list[at]
}

#[cfg(test)]
mod tests;
