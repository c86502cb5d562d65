//! For random logs, narrowings, folds and searches the view is what a naive model shows: one that knows nothing of
//! indexes or queries, and looks at every entry each time.

mod lines;
mod shown;

use std::{collections::BTreeSet, sync::Arc};

use chrono::TimeDelta;
use proptest::prelude::*;
use ticketlog::model::{
    entry::{ActorKind, Entry, Time},
    narrowing::{Bound, Span},
    query::Generation,
    reader::Notice,
    stamp::Stamp,
    text::Untrusted,
    time_words::{Moment, Unit},
};

use self::shown::{Naive, has};
use crate::story::{Story, entry, start};

const TYPES: [&str; 7] = [
    "ticket_read",
    "reply_created",
    "note_created",
    "ticket_status_changed",
    "tag_added",
    "something_new",
    "other_thing",
];

/// A story beside its naive model.
struct Beside {
    story: Story,
    now: Naive,
    /// Entries whose folds are open, each in its log.
    opened: BTreeSet<(Generation, String)>,
    /// What is looked for.
    sought: Option<&'static str>,
    aside: Option<Naive>,
    past: Vec<Naive>,
}

impl Beside {
    fn change(&mut self, change: impl FnOnce(&mut Naive)) {
        let before = self.now.clone();
        change(&mut self.now);
        if self.now != before {
            self.past.extend(self.aside.take());
            self.past.push(before);
        }
    }

    fn step(&mut self, step: (u8, usize)) {
        // What esc, another narrowing or a jump stops goes nowhere.
        let is_jump = matches!(step, (11, by) if by % 4 == 1) || matches!(step, (12, by) if by % 4 == 3);
        let searched = self.story.model.reader.searches_on() && !is_jump;
        self.act(step);
        let reader = &self.story.model.reader;
        if searched && !reader.searches_on() && reader.notice() != Some(&Notice::SearchStopped) {
            self.open_hit();
        }
    }

    /// While a query is left esc would go back to that.
    fn leave(&mut self) {
        if self.story.model.reader.is_leaving() {
            self.step((17, 0));
        }
    }

    fn act(&mut self, (op, by): (u8, usize)) {
        let here = self.story.model.reader.current().cloned();
        let name = here.as_ref().map(|entry| entry.action_type.raw_for_export().to_owned());
        match op {
            0 => {
                self.story.keys("x");
                self.change(|now| match (&mut now.only, name) {
                    (Some(only), Some(name)) => drop(only.remove(&name)),
                    (None, Some(name)) => drop(now.hidden.insert(name)),
                    _ => {}
                });
            }
            1 => {
                self.story.keys("X");
                self.change(|now| {
                    let Some(name) = name else { return };
                    let only = Some(BTreeSet::from([name]));
                    now.hidden.clear();
                    now.only = if now.only == only { None } else { only };
                });
            }
            2 => {
                self.story.keys("p");
                let id = here.and_then(|entry| Some(entry.actor?.id.raw_for_export().to_owned()));
                self.change(|now| now.person = if now.person.is_some() { None } else { id });
            }
            3 => {
                self.story.keys("=");
                if let Some(aside) = self.aside.take() {
                    self.now = aside;
                } else if !self.now.is_everything() {
                    self.aside = Some(std::mem::take(&mut self.now));
                }
            }
            4 => {
                self.story.keys("u");
                if let Some(before) = self.aside.take().or_else(|| self.past.pop()) {
                    self.now = before;
                }
            }
            5 => self.narrow_kinds(by),
            6 => self.narrow_text(by),
            7 => self.narrow_span(by),
            8 => {
                self.story.keys("f3<enter>");
                self.change(|now| {
                    (now.hidden, now.only) = (BTreeSet::from(["ticket_read".to_owned()]), None);
                });
            }
            9 => {
                self.story.keys("f2<enter>");
                let types = ["reply_created", "note_created"].map(str::to_owned);
                self.change(|now| (now.hidden, now.only) = (BTreeSet::new(), Some(types.into())));
            }
            10 => drop(self.story.arrive(by % 4)),
            11 => drop(self.story.keys(["r", "G", "g", "A"][by % 4])),
            12 => drop(self.story.keys(["j", "<c-d>", "k", "J"][by % 4])),
            13 => drop(self.story.answer()),
            14 => self.story.wake(),
            15 => self.fold(by),
            16 => self.search(by),
            _ => drop(self.story.rest()),
        }
    }

    fn narrow_kinds(&mut self, by: usize) {
        let kinds = [ActorKind::Team, ActorKind::Client, ActorKind::Bot, ActorKind::Other];
        let typed = ["by the team", "by clients", "by bots", "by others"];
        let find = ["team", "clients", "bots", "others"][by % 4];
        self.story.keys("f/").keys(find).keys("<enter>");
        assert!(self.story.shows(typed[by % 4]));
        self.story.keys("<space><enter>");
        self.change(|now| {
            if !now.kinds.remove(&kinds[by % 4]) {
                now.kinds.insert(kinds[by % 4]);
            }
        });
    }

    fn narrow_text(&mut self, by: usize) {
        let typed = ["entry 1", "!entry 2", "garrick", "!read", "", "/reply|entry 3/"][by % 6];
        self.story.keys("&").keys(typed).keys("<enter>");
        let text = typed.trim_start_matches('!');
        let texts = if typed.starts_with('/') { vec!["reply", "entry 3"] } else { vec![text] };
        let wanted = (!text.is_empty()).then(|| (texts, text != typed));
        self.change(|now| now.text = wanted);
    }

    fn narrow_span(&mut self, by: usize) {
        let end = |minutes: usize| start() + TimeDelta::minutes(i64::try_from(minutes).unwrap());
        let since = (!by.is_multiple_of(3)).then(|| end(by % 97 * 5));
        let until = (!by.is_multiple_of(2)).then(|| end(by % 97 * 5 + by % 41));
        let zone = self.story.model.zone;
        let moment = |at| Moment { at, unit: Unit::Instant };
        let span = Span {
            since: since.map(|at| Bound::from(moment(at), zone)),
            until: until.map(|at| Bound::up_to(moment(at))),
        };
        self.story.model.reader.narrow(|narrowing| narrowing.span = span);
        self.change(|now| now.span = (since, until));
    }

    /// The view is what the naive model shows of what is loaded.
    fn check(&self) -> Result<(), TestCaseError> {
        let reader = &self.story.model.reader;
        let log = reader.log();
        let all = log.runs().iter().flat_map(ticketlog::model::log::Run::iter);
        let expected: Vec<_> = all.filter(|entry| self.now.shows(entry)).map(text).collect();
        let shown: Vec<_> = reader.timeline().entries().map(|id| text(log.entry(id).unwrap())).collect();
        prop_assert_eq!(&shown, &expected, "{:?}", self.now);
        prop_assert_eq!(reader.timeline().shown(), expected.len());
        if let Some(here) = reader.current() {
            prop_assert!(self.now.shows(here), "the cursor is on a hidden entry");
        }
        prop_assert_eq!(reader.narrowing().is_everything(), self.now.is_everything());
        if let (Some(sought), Some(found)) = (self.sought, reader.timeline().found()) {
            let all = log.runs().iter().flat_map(ticketlog::model::log::Run::iter);
            let hits = all.filter(|entry| self.now.shows(entry) && has(entry, sought)).count();
            prop_assert!(found.complete && found.hits == hits, "{found:?}, {hits} times {sought}");
        }
        self.check_lines()
    }

    /// With everything loaded the view is what the naive model shows of what the server holds.
    fn check_whole(&mut self) -> Result<(), TestCaseError> {
        self.leave();
        self.story.keys("<esc><esc>").rest();
        self.story.keys("rA").rest();
        self.check()?;
        let is_chosen = self.story.model.reader.choice().query().is_some();
        let is_readable = self.story.server.iter().all(|entry| entry.stamp().is_some());
        if is_chosen && (is_readable || self.now.span == (None, None)) {
            let reader = &self.story.model.reader;
            let server = self.story.server.iter().rev();
            let expected: Vec<_> = server.filter(|entry| self.now.shows(entry)).map(text).collect();
            let shown: Vec<_> =
                reader.timeline().entries().map(|id| text(reader.log().entry(id).unwrap())).collect();
            prop_assert_eq!(shown, expected, "{:?} {:?}", self.now, self.story.requests);
        }
        Ok(())
    }
}

fn text(entry: &Entry) -> String {
    entry.action.raw_for_export().to_owned()
}

/// An entry of the log of the server: type, actor, minutes since the one before, whether its time can be read.
type Made = (usize, usize, i64, bool);

fn server(made: &[Made]) -> Vec<Entry> {
    let mut at = start();
    let made = made.iter().enumerate().map(|(n, (kind, actor, minutes, readable))| {
        at += TimeDelta::minutes(*minutes);
        let mut entry = entry(n);
        entry.action_type = Untrusted::new(*TYPES.get(*kind).unwrap_or(&TYPES[0]));
        entry.time = Time::At(Stamp::parse(&at.to_rfc3339()).unwrap());
        if !readable {
            entry.time = Time::Unreadable(Untrusted::new("soon"));
        }
        match (actor % 5, entry.actor.clone()) {
            (0, _) => entry.actor = None,
            (1, Some(user)) => {
                let mut user = (*user).clone();
                user.status = Untrusted::new("partner");
                user.is_bot = false;
                user.id = Untrusted::new("user-9");
                entry.actor = Some(Arc::new(user));
            }
            _ => {}
        }
        entry
    });
    made.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_view_is_what_a_naive_model_shows(
        made in prop::collection::vec((0..11_usize, 0..5_usize, 0..12_i64, prop::bool::weighted(0.99)), 0..160),
        steps in prop::collection::vec((0..18_u8, 0..1000_usize), 1..30),
    ) {
        let mut story = Story::new(0);
        story.server = server(&made);
        story.settle();
        let mut beside = Beside {
            story,
            now: Naive::default(),
            opened: BTreeSet::new(),
            sought: None,
            aside: None,
            past: Vec::new(),
        };
        for step in steps {
            beside.step(step);
            beside.check()?;
        }
        beside.check_whole()?;
    }
}
