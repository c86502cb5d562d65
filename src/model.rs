//! Everything a frame depends on. Pure: no clock, no environment, no terminal, no network.

pub mod backoff;
pub mod chooser;
pub mod counted;
pub mod entry;
pub mod failure;
pub mod finder;
pub mod follow;
pub mod gathered;
pub mod input;
pub mod json;
pub mod keymap;
mod leaving;
pub mod log;
pub mod narrowing;
mod notice;
mod obstacle;
pub mod page;
pub mod palette;
mod pane;
pub mod panel;
pub mod passage;
pub mod pattern;
mod placeholder;
pub mod query;
pub mod reader;
pub mod redaction;
pub mod remembered;
pub mod roll;
pub mod saved_view;
pub mod search;
pub mod sentence;
mod setup;
pub mod share;
mod shown;
pub mod snippet;
pub mod stamp;
pub mod subject;
mod summary;
pub mod taking;
pub mod text;
pub mod ticket;
pub mod time_words;
pub mod timeline;
pub mod times;
pub mod types;
pub mod visit;
pub mod wanted;
pub mod zone;

use chrono::{DateTime, Utc};
use ratatui::layout::Size;

use self::{
    chooser::Chooser,
    failure::Failure,
    follow::Follow,
    input::Input,
    keymap::{Context, Keymap},
    log::MAX_REQUESTS,
    page::Page,
    palette::Palette,
    panel::FilterPanel,
    reader::Reader,
    remembered::Habits,
    roll::Roll,
    saved_view::{Resume, SavedView, Seek},
    search::{SearchLine, Searches, Wish},
    shown::Replacing,
    subject::Subject,
    taking::Taking,
    text::Charset,
    ticket::Links,
    timeline::{Folding, LongSilence},
    times::{Form, Times},
    types::Catalogue,
    visit::Attention,
    zone::Zone,
};
pub use self::{notice::Notice, setup::Setup, summary::Summary};
use crate::{layout::DETAIL_FROM, message::Effect};

/// Whether the ticket itself was asked for and has not been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TicketRequest {
    Idle,
    Pending,
}

/// Everything a frame depends on.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub struct Model {
    /// What is read.
    pub subject: Subject,
    /// What is known of the ticket itself.
    pub summary: Summary,
    /// Its log.
    pub reader: Reader,
    /// How many requests for it may be under way at once.
    pub max_requests: usize,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone that times are shown in now.
    pub zone: Zone,
    /// How the list tells times.
    pub times: Times,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// The size of the terminal.
    pub size: Size,
    /// What the clock said last.
    pub now: DateTime<Utc>,
    ticket_request: TicketRequest,
    /// Whether the detail pane is open.
    pub detail: bool,
    /// How high somebody wants it to be; else as the screen suggests.
    pane: Option<u16>,
    /// How long nothing must have happened for a rule to say so.
    silence: LongSilence,
    /// Whether personal data is shown.
    pub personal: bool,
    /// Whose names are replaced: see [`Model::shown_entry`].
    replacing: Replacing,
    /// What is read of the log so that aliases have numbers.
    pub roll: Roll,
    /// What covers the list.
    pub page: Option<Page>,
    /// The filter panel below the list, while it is open.
    pub filter: Option<FilterPanel>,
    /// The line that is typed: a time to jump to, what to look for, or the answer to [`Model::chooser`].
    pub input: Option<Input>,
    /// How a search is typed, while [`Model::input`] is one.
    pub search: Option<SearchLine>,
    /// What is to be looked for once there is something to look at.
    pub wish: Option<Wish>,
    /// What was looked for before.
    pub searches: Searches,
    /// The list of every action, while it is open.
    pub palette: Option<Palette>,
    /// The question which ticket to open, while it is asked.
    pub chooser: Option<Chooser>,
    /// Which inbox links may be opened with the account in use.
    pub links: Links,
    /// What of the ticket has been on the screen.
    pub attention: Attention,
    /// How often the next motion is to be made, as far as it is typed.
    pub count: Option<i16>,
    /// The key before was the first of the two that lead back.
    pub half_back: bool,
    /// Which key asks for what.
    pub keys: Keymap,
    /// What a dropped line left behind and nobody has taken up yet.
    pub resume: Resume,
    /// The view that was taken up: its place was reached.
    pub taken_up: Option<SavedView>,
    /// The way back to the entry of a view, until it is found.
    pub seek: Option<Seek>,
    /// What was worth remembering at the start.
    begun: Habits,
    /// Somebody has asked for something since the start: by a key, or to take a view up.
    used: bool,
    /// Why the last request failed, as long as no answer has come.
    failed: Option<Failure>,
    /// A word to the user, until the next key.
    pub notice: Option<Notice>,
    /// What is taken from the screen to somewhere else.
    pub taking: Taking,
    /// Whether and when the head is asked for again.
    pub follow: Follow,
    /// The user has left: nothing is asked for any more.
    pub leaves: bool,
}

impl Model {
    /// The state before the first message.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let is_resumed = matches!(setup.resume, Resume::Open(_));
        let mut model = Self {
            summary: Summary::before(&setup.subject),
            subject: setup.subject,
            reader: Reader::new(&setup.catalogue),
            max_requests: MAX_REQUESTS,
            catalogue: setup.catalogue,
            zone: setup.zone,
            times: Times::new(setup.zone, Form::default()),
            charset: setup.charset,
            size: setup.size,
            now: setup.now,
            ticket_request: TicketRequest::Idle,
            detail: setup.size.height >= DETAIL_FROM,
            pane: None,
            silence: LongSilence::default(),
            personal: false,
            replacing: Replacing::default(),
            roll: Roll::default(),
            page: None,
            filter: None,
            input: None,
            search: None,
            wish: None,
            searches: Searches::default(),
            palette: None,
            chooser: None,
            links: Links::Any,
            attention: Attention::since(setup.now),
            count: None,
            half_back: false,
            keys: setup.keys,
            resume: setup.resume,
            taken_up: None,
            seek: None,
            begun: Habits::default(),
            used: is_resumed,
            failed: None,
            notice: None,
            taking: Taking::default(),
            follow: Follow::default(),
            leaves: false,
        };
        model.fold();
        model.fit_list();
        model
    }

    /// Folds what the catalogue says, day by day in the zone.
    pub(in crate::model) fn fold(&mut self) {
        self.reader.fold(Folding::new(&self.catalogue, self.zone), self.silence);
    }

    /// Rules stand where nothing happened for so long: to be called before the first message.
    pub fn tell_silences(&mut self, silence: LongSilence) {
        self.silence = silence;
        self.fold();
        self.fit_list();
    }

    /// Shows times in another zone from now on; its days are others.
    pub fn set_zone(&mut self, zone: Zone) {
        self.zone = zone;
        self.reader.refold(Folding::new(&self.catalogue, zone));
    }

    /// What words about times refer to.
    #[must_use]
    pub fn time_words(&self) -> time_words::Now {
        let cursor = self.reader.timeline().home().and_then(entry::Entry::stamp);
        time_words::Now { clock: self.now, cursor: cursor.map(|stamp| stamp.instant()), zone: self.zone }
    }

    /// Whether nobody has asked for anything yet but the start.
    #[must_use]
    pub fn is_unused(&self) -> bool {
        !self.used
    }

    /// What the keys act on.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.input {
            _ if self.chooser.is_some() || self.palette.is_some() => Context::Choose,
            Some(_) => Context::Input,
            None => self.context_below(),
        }
    }

    /// Whether something covers the list.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.page.is_some() || self.chooser.is_some() || self.palette.is_some()
    }

    /// Asks for the ticket itself, unless the answer is awaited already.
    pub fn ask_ticket(&mut self) -> Option<Effect> {
        let ticket = self.subject.ticket()?;
        let before = std::mem::replace(&mut self.ticket_request, TicketRequest::Pending);
        (before == TicketRequest::Idle).then_some(Effect::FetchTicket(ticket))
    }
}
