//! Reading one ticket's log: the logs of the queries in use, the narrowing, the list, and what to ask for.
//!
//! The log of all types is never dropped; a narrower one stands beside it while it is used. Called by `update`
//! alone; asks through [`Fetch`]es that `update` turns into effects.

mod announcing;
mod answers;
mod days;
mod head;
mod journey;
mod leaving;
mod loading;
mod look;
mod narrowing;
mod notice;
mod raw;
mod reading;
mod retrying;
mod room;
mod searching;
mod unasked;
mod underway;
mod window;

use chrono::{DateTime, Utc};

pub use self::narrowing::Change;
pub use self::notice::{Barred, Landed, Notice, Progress};
use self::{announcing::Tops, journey::Journey, leaving::Left, leaving::shown, searching::Typing};
use super::{
    backoff::Backoff,
    entry::Entry,
    follow::Heard,
    log::{EntryId, Log},
    narrowing::{History, Narrowing},
    query::{Generation, Query, Window},
    timeline::{Bookmark, Folding, LongSilence, Need, Timeline},
    types::{Catalogue, TypeChoice},
};

/// After so many answers that show nothing new, paging waits for the user: a narrowing that hides everything
/// must not read a log of a million entries behind their back.
const MOST_BARREN: u8 = 4;

/// A window to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Comes back with the answer.
    pub generation: Generation,
    /// Which types.
    pub query: Query,
    /// Which places.
    pub window: Window,
}

/// How fresh the picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Nothing has come yet.
    Waiting,
    /// The head was last read then.
    AsOf(DateTime<Utc>),
    /// Requests have failed since then.
    OfflineSince(DateTime<Utc>),
}

/// Reads one ticket's log. See the module.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts about reading that do not exclude each other")]
pub struct Reader {
    all: Log,
    narrow: Option<Log>,
    left: Option<Box<Left>>,
    narrowing: History,
    timeline: Timeline,
    newest_generation: Generation,
    /// Requests given up without a change of the narrowing, until somebody asks.
    cancelled: Option<Generation>,
    /// The server gives all types, whatever is asked.
    ignores_types: bool,
    /// A choice of types that has yet to rest, by the generation that it is settled with.
    settling: Option<Generation>,
    barren: u8,
    /// The newest entry of each log in use when it was last on the screen.
    tops: Tops,
    /// All that ever arrived while reading, and those of them that were shown.
    arrivals: u64,
    shown_arrivals: u64,
    backoff: Backoff,
    /// What failed was the head.
    head_failed: bool,
    /// The server has asked to be left alone until then.
    asked_to_wait: Option<DateTime<Utc>>,
    /// A poll is under way.
    polls: bool,
    /// What became of the last poll, until somebody asks.
    heard: Option<Heard>,
    /// Everything is being loaded.
    loads_all: bool,
    /// More is read until something is found.
    searches_on: bool,
    typing: Option<Typing>,
    /// The newest entry that the user has looked at.
    looked: Option<(Generation, EntryId)>,
    changed: bool,
    head_read: Option<DateTime<Utc>>,
    offline_since: Option<DateTime<Utc>>,
    has_loaded: bool,
    /// What is read goes on: its end is the end so far.
    is_open: bool,
    journey: Option<Journey>,
    /// Requests that have led to where the jump under way has been so far, and those made to read there.
    requests: u32,
    /// The jump that has led to the oldest entry, where the user has done nothing since.
    to_oldest: Option<Journey>,
    /// Where the last jump began.
    back: Option<Bookmark>,
    notice: Option<Notice>,
}

impl Reader {
    /// A reader of a log of which nothing is known.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        Self {
            all: Log::new(Query::All, Generation::default()),
            narrow: None,
            left: None,
            narrowing: History::new(Narrowing::everything(catalogue)),
            timeline: Timeline::default(),
            newest_generation: Generation::default(),
            cancelled: None,
            ignores_types: false,
            settling: None,
            barren: 0,
            tops: Tops::default(),
            arrivals: 0,
            shown_arrivals: 0,
            backoff: Backoff::default(),
            head_failed: false,
            asked_to_wait: None,
            polls: false,
            heard: None,
            loads_all: false,
            searches_on: false,
            typing: None,
            looked: None,
            changed: false,
            head_read: None,
            offline_since: None,
            has_loaded: false,
            is_open: false,
            journey: None,
            requests: 0,
            to_oldest: None,
            back: None,
            notice: None,
        }
    }

    /// Folds neighbours from now on, and tells silences of this length.
    pub fn fold(&mut self, folding: Folding, silence: LongSilence) {
        self.timeline = Timeline::folding(folding, silence);
    }

    /// The same while a log is read: the place is kept.
    pub fn refold(&mut self, folding: Folding) {
        self.timeline.refold(folding);
        self.renew_timeline();
    }

    /// A reader of another log. Its generations go on from this one's, so that late answers are not mixed up.
    #[must_use]
    pub fn anew(&self, catalogue: &Catalogue) -> Self {
        let generation = self.newest_generation.next();
        let all = Log::new(Query::All, generation);
        let backoff = Backoff::new(self.backoff.seed());
        Self { all, newest_generation: generation, backoff, ..Self::new(catalogue) }
    }

    /// The log of all types.
    #[must_use]
    pub fn all(&self) -> &Log {
        &self.all
    }

    /// The list.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Which types are wanted.
    #[must_use]
    pub fn choice(&self) -> &TypeChoice {
        &self.narrowing().types
    }

    /// What narrows the view.
    #[must_use]
    pub fn narrowing(&self) -> &Narrowing {
        self.narrowing.current()
    }

    /// How fresh the picture is.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        match (self.offline_since, self.head_read) {
            (Some(since), _) => Freshness::OfflineSince(since),
            (None, Some(at)) => Freshness::AsOf(at),
            (None, None) => Freshness::Waiting,
        }
    }

    /// Whether any answer ever brought a page.
    #[must_use]
    pub fn has_loaded(&self) -> bool {
        self.has_loaded
    }

    /// The entry at the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Entry> {
        self.timeline.current(self.log())
    }

    /// Whether the log was found changed, not only longer, and was read again.
    #[must_use]
    pub fn was_reread(&self) -> bool {
        self.changed
    }

    /// Whether paging has stopped because answers showed nothing new.
    #[must_use]
    pub fn is_waiting_for_user(&self) -> bool {
        self.barren >= MOST_BARREN
    }

    /// The opening request.
    pub fn open(&mut self) -> Vec<Fetch> {
        self.ask_head()
    }

    /// What to fetch next: what is missing on the screen, then one screen ahead. Whatever moves the list asks that.
    pub fn wants(&mut self) -> Vec<Fetch> {
        self.note_seen();
        if self.asks_nothing() {
            return Vec::new();
        }
        if !self.asked_log().is_answered() {
            return self.ask_head();
        }
        self.go_on_leaving();
        let needs = self.needs();
        let log = self.narrow.as_mut().unwrap_or(&mut self.all);
        let owed = log.ask_owed().into_iter().chain(log.ask_behind()).chain(log.ask_raw_owed());
        let sought = log.ask_seek();
        let needed = needs.into_iter().filter_map(|need| match need {
            Need::Below(run) => log.ask_older(run),
            Need::Above(run) => log.ask_newer(run),
        });
        let mut windows: Vec<Window> = owed.chain(sought).chain(needed).collect();
        if self.loads_all {
            windows.extend(self.ask_missing());
            self.note_all_loaded();
        }
        self.log_mut().note_rest();
        self.end_reading();
        windows.into_iter().map(|window| self.fetch(window)).collect()
    }

    /// Moves in the list and fetches what comes near.
    pub fn travel(&mut self, how: impl FnOnce(&mut Timeline, &Log)) -> Vec<Fetch> {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        how(&mut self.timeline, log);
        self.barren = 0;
        self.seek_end_from_gap();
        self.wants()
    }

    /// Takes the height of the list, without asking for anything.
    pub fn set_height(&mut self, height: usize) {
        let log = shown(self.left.as_deref(), self.narrow.as_ref(), &self.all);
        self.timeline.set_height(height, log);
        self.note_seen();
    }

    fn fetch(&self, window: Window) -> Fetch {
        Fetch { generation: self.asked_log().asks_as(), query: self.asked_log().query().clone(), window }
    }
}
