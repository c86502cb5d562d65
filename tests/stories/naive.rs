//! For random logs, narrowings, folds and searches the view is what a naive model shows: one that knows nothing of
//! indexes or queries, and looks at every entry each time.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use ticketlog::model::{
    entry::{ActorKind, Entry, Time},
    narrowing::{Bound, Span},
    query::Generation,
    stamp::Stamp,
    text::Untrusted,
    time_words::{Moment, Unit},
    timeline::Row,
};

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

/// What narrows the view, in the plainest form.
#[derive(Debug, Clone, PartialEq, Default)]
struct Naive {
    hidden: BTreeSet<String>,
    only: Option<BTreeSet<String>>,
    kinds: BTreeSet<ActorKind>,
    person: Option<String>,
    span: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    /// One of these texts, or none of them.
    text: Option<(Vec<&'static str>, bool)>,
}

impl Naive {
    fn shows(&self, entry: &Entry) -> bool {
        let name = entry.action_type.raw_for_export();
        let of_type = self.only.as_ref().map_or(!self.hidden.contains(name), |only| only.contains(name));
        let kind = entry.actor_kind().unwrap_or(ActorKind::Other);
        let id = entry.actor.as_ref().map(|actor| actor.id.raw_for_export());
        let of_person = self.person.as_deref().is_none_or(|person| id == Some(person));
        let at = entry.stamp().map(|stamp| stamp.instant());
        let (since, until) = self.span;
        let in_span = at.is_none_or(|at| since.is_none_or(|s| at >= s) && until.is_none_or(|u| at <= u));
        let with_text = self
            .text
            .as_ref()
            .is_none_or(|(texts, negated)| texts.iter().any(|text| has(entry, text)) != *negated);
        of_type && !self.kinds.contains(&kind) && of_person && in_span && with_text
    }

    fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a text in small letters stands in what is shown of an entry.
fn has(entry: &Entry, text: &str) -> bool {
    let (name, action) = (entry.action_type.raw_for_export(), entry.action.raw_for_export());
    let actor = entry.actor.as_ref().map_or("", |actor| actor.name.raw_for_export());
    [name, action, actor, word(name)].iter().any(|words| words.to_lowercase().contains(text))
}

fn word(name: &str) -> &str {
    match name {
        "ticket_read" => "read",
        "reply_created" => "reply",
        "note_created" => "note",
        "ticket_status_changed" => "status",
        "tag_added" => "tag",
        "something_new" => "something new",
        _ => "other thing",
    }
}

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
        let searched = self.story.model.reader.searches_on();
        self.act(step);
        if searched && !self.story.model.reader.searches_on() {
            self.open_hit();
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

    /// Opens the fold at the cursor, or closes it.
    fn fold(&mut self, by: usize) {
        if by.is_multiple_of(2) {
            self.open();
            self.story.keys("<enter>");
            if self.story.model.page.is_some() {
                self.story.keys("<esc>");
            }
            return;
        }
        let generation = self.story.model.reader.log().generation();
        let here = self.story.model.reader.current().map(text);
        for group in
            self.groups().into_iter().filter(|group| here.as_ref().is_some_and(|at| group.contains(at)))
        {
            self.opened.retain(|(of, at)| *of != generation || !group.contains(at));
        }
        self.story.keys("<left>");
    }

    /// Opens what is folded; an entry with a line of its own has nothing to open.
    fn open(&mut self) {
        let reader = &self.story.model.reader;
        let Some(here) = reader.current().map(text) else { return };
        if self.lines().iter().any(|line| line.len() > 1 && line.contains(&here)) {
            self.opened.insert((reader.log().generation(), here));
        }
    }

    fn search(&mut self, by: usize) {
        let keys = ["n", "N", "/garrick<enter>", "/entry 3<enter>", "<esc>"][by % 5];
        self.story.keys(keys);
        match by % 5 {
            2 => self.sought = Some("garrick"),
            3 => self.sought = Some("entry 3"),
            4 if self.story.model.reader.timeline().finder().is_none() => self.sought = None,
            _ => {}
        }
        self.open_hit();
    }

    /// What is gone to as a hit is seen.
    fn open_hit(&mut self) {
        let here = self.story.model.reader.current();
        if self.sought.zip(here).is_some_and(|(sought, here)| has(here, sought)) {
            self.open();
        }
    }

    /// What is shown, in groups of neighbours that fold.
    fn groups(&self) -> Vec<Vec<String>> {
        let zone = self.story.model.zone;
        let key = |entry: &Entry| {
            let is_read = entry.action_type.raw_for_export() == "ticket_read";
            let actor = entry.actor.as_ref().filter(|_| is_read && entry.flaw.is_none())?;
            Some((zone.local(entry.stamp()?.instant()).date(), actor.is_bot))
        };
        let mut groups: Vec<Vec<String>> = Vec::new();
        for run in self.story.model.reader.log().runs() {
            let mut above = None;
            for entry in run.iter().filter(|entry| self.now.shows(entry)) {
                let here = key(entry);
                match groups.last_mut().filter(|_| here.is_some() && here == above) {
                    Some(group) => group.push(text(entry)),
                    None => groups.push(vec![text(entry)]),
                }
                above = here;
            }
        }
        groups
    }

    /// The same with those taken apart that are open.
    fn lines(&self) -> Vec<Vec<String>> {
        let generation = self.story.model.reader.log().generation();
        let is_open = |text: &String| self.opened.contains(&(generation, text.clone()));
        let apart = |group: Vec<String>| match group.iter().any(is_open) {
            true => group.into_iter().map(|text| vec![text]).collect(),
            false => vec![group],
        };
        self.groups().into_iter().flat_map(apart).collect()
    }

    /// The lines on the screen are a stretch of those of the naive model, and the cursor is on its own.
    fn check_lines(&self) -> Result<(), TestCaseError> {
        let reader = &self.story.model.reader;
        let (log, lines) = (reader.log(), self.lines());
        prop_assert_eq!(reader.timeline().lines(), lines.len(), "{:#?}", self.story.screen());
        let mut rows = Vec::new();
        let mut on_cursor = Vec::new();
        for row in reader.timeline().rows(log) {
            let (newest, count, people, cursor) = match row {
                Row::Entry { entry, cursor, .. } => (text(entry), 1, 1, cursor),
                Row::Fold { fold, cursor } => (text(fold.entry), fold.count, fold.people, cursor),
                Row::Rule(_) | Row::Tail { .. } => continue,
            };
            if cursor {
                on_cursor.push(rows.len());
            }
            rows.push((newest, count, people));
        }
        let Some((first, ..)) = rows.first() else { return Ok(()) };
        let from = lines.iter().position(|line| line[0] == *first);
        let from = from.ok_or_else(|| TestCaseError::fail(format!("{first} begins no line")))?;
        let stretch = &lines[from..(from + rows.len()).min(lines.len())];
        let people = |line: &[String]| {
            let by = |entry: &&Entry| line.contains(&text(entry));
            let all = self.story.server.iter().filter(by).filter_map(|entry| entry.actor.as_ref());
            all.map(|actor| actor.id.raw_for_export()).collect::<BTreeSet<_>>().len().max(1)
        };
        let expected: Vec<_> =
            stretch.iter().map(|line| (line[0].clone(), line.len(), people(line))).collect();
        prop_assert_eq!(rows, expected, "{:#?}", self.story.screen());
        if let Some(here) = reader.current() {
            let place = stretch.iter().position(|line| line.contains(&text(here)));
            prop_assert_eq!(place.into_iter().collect::<Vec<_>>(), on_cursor, "{:#?}", self.story.screen());
        }
        Ok(())
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
