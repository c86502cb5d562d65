//! The thin shell round the machine: keys, answers and signals become messages, effects become tasks, the model
//! becomes bytes. One loop on one thread; draws once per burst of messages and never on a timer.

mod copying;
mod effects;
pub mod export;
#[cfg(debug_assertions)]
mod faults;
mod job;
mod keeper;
pub mod linear;
mod paging;
pub mod passage;
pub mod placing;
mod program;
mod saving;
mod scrolling;
mod signals;
mod suspending;
pub mod table;
mod typing;
mod underway;

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    io,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use ratatui::layout::Size;
use tokio::sync::mpsc::unbounded_channel;

pub use self::{copying::CopyChoice, scrolling::ScrollChoice};
use self::{
    copying::Copying,
    effects::Effects,
    keeper::Keeper,
    program::{Inbox, Program, clamp},
    scrolling::Scrolling,
    signals::Signals,
    underway::Underway,
};
use crate::{
    api::{self, Trace},
    file::Archive,
    message::Message,
    model::{
        Model, Setup, follow::Follow, keymap::Keymap, narrowing::Narrowing, redaction::Scope,
        remembered::Remembered, saved_view::Resume, search::Wish, share::Opening, subject::Subject,
        text::Charset, ticket::Links, time_words::Moment, timeline::LongSilence, times::Times,
        types::Catalogue,
    },
    state::Store,
    term::{colours::Colours, deadline, hangup, input, screen::Screen, session::Session, writer::Writer},
    theme::Theme,
    view::RowCache,
};

/// What the full-screen program needs.
#[derive(Debug)]
pub struct Options {
    /// What to open.
    pub subject: Subject,
    /// Where its entries come from.
    pub origin: Origin,
    /// Where requests are written down.
    pub trace: Option<Trace>,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The time to jump to at the start.
    pub at: Option<Moment>,
    /// What to look for at the start.
    pub find: Option<Wish>,
    /// How the list tells times, and in which zone.
    pub times: Times,
    /// How long nothing must have happened for a rule to say so.
    pub silence: LongSilence,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// Which colours the terminal shows.
    pub colours: Colours,
    /// What everything looks like.
    pub theme: Theme,
    /// Whether moved rows are sent as scrolls.
    pub scroll: ScrollChoice,
    /// How text is copied.
    pub copy: CopyChoice,
    /// How the program was opened, for the command that opens a view.
    pub opening: Opening,
    /// The community that the account is of.
    pub community: Option<String>,
    /// The terminal that keys come from.
    pub keyboard: File,
    /// Which key asks for what.
    pub keys: Keymap,
    /// How the head is asked for again while following.
    pub follow: Follow,
    /// Whether to follow from the start.
    pub follows: bool,
    /// What a dropped line left behind.
    pub resume: Resume,
    /// Where what is worth keeping is kept; nothing is where there is none.
    pub store: Option<Store>,
    /// Which inbox links may be opened with the account.
    pub links: Links,
    /// What narrows the view from the start.
    pub narrowing: Narrowing,
    /// Whose names are replaced from the start.
    pub redact: Option<Scope>,
    /// How many requests for a log may be under way at once.
    pub max_requests: usize,
    /// Says a sentence on standard error, where the terminal has been given back already.
    pub tell: fn(&str),
    /// What is remembered of the last time, as far as the command line leaves it room.
    pub remembered: Remembered,
}

/// Where entries come from.
#[derive(Debug)]
pub enum Origin {
    /// The server.
    Api(api::Options),
    /// A file; no server is asked for anything.
    File(Archive),
}

/// How the program ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: u8,
    /// What to say on standard error, when nothing was ever loaded; printable ASCII.
    pub sentence: Option<String>,
    /// What to say on standard error beside it: this look could not be kept, or something did not come about while the
    /// user left; printable ASCII.
    pub remarks: Vec<String>,
}

/// Another number for every run: the standard library seeds its hashers from the system's randomness.
fn seed() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

/// What the clock says.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where time enters the program")]
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    #[cfg(debug_assertions)]
    let now = faults::clock(now);
    now
}

/// Runs the full-screen program on the terminal of standard output until the user leaves.
///
/// # Errors
/// When the terminal cannot be taken or written to.
pub async fn run(options: Options) -> io::Result<Outcome> {
    or_hung_up(open(options).await)
}

/// A terminal that is gone already while it is being taken has hung up.
fn or_hung_up(outcome: io::Result<Outcome>) -> io::Result<Outcome> {
    match outcome {
        Err(error) if input::is_hang_up(&error) => {
            Ok(Outcome { code: hangup::HUNG_UP, sentence: None, remarks: Vec::new() })
        }
        outcome => outcome,
    }
}

async fn open(mut options: Options) -> io::Result<Outcome> {
    let signals = Signals::new()?;
    let keeper = Arc::new(Keeper::new(options.store.take()));
    // Before the terminal is taken: one that takes nothing keeps us there.
    deadline::watch(deadline::Interrupt::Ends, keeper.saving())?;
    let keyboard = options.keyboard.try_clone()?;
    job::wait_for_foreground(&keyboard);
    let session = Session::enter(keyboard)?;
    hangup::watch(session.ends()?, keeper.saving())?;
    let (sender, messages) = unbounded_channel();
    let (written, frames) = unbounded_channel();
    let (typed, input) = unbounded_channel();
    let output = session.output()?;
    #[cfg(debug_assertions)]
    let faults = faults::Faults::at_start();
    #[cfg(debug_assertions)]
    let output = faults.output(output);
    let writer = Writer::start(output, move |outcome| drop(written.send(outcome)))?;
    let (told, scrolls) = unbounded_channel();
    let scrolling = Scrolling::new(options.scroll, |name| std::env::var(name).ok(), told);
    let [_, keyboard] = session.ends()?;
    input::start(keyboard, move |burst| {
        #[cfg(debug_assertions)]
        faults::before_input();
        typed.send(burst).is_ok()
    })?;
    let (paged, pagers) = unbounded_channel();
    let colours = options.colours;
    let theme = if colours == Colours::None { options.theme.without_colours() } else { options.theme };
    let copying = Copying::new(options.copy.clone(), true, |name| std::env::var(name).ok(), sender.clone());
    let (tell, underway) = (options.tell, Underway::default());
    let (model, origin, wishes) = model(options, session.size()?);
    let program = Program {
        screen: Screen::new(clamp(model.size), colours),
        model,
        effects: Effects::new(origin, Arc::clone(&keeper), underway.clone(), sender),
        session,
        writer,
        scrolling,
        copying,
        underway,
        tell,
        paging: None,
        paged,
        theme,
        rows: RowCache::default(),
        buffer: ratatui::buffer::Buffer::default(),
        keeper,
        dirty: true,
        rings: false,
        failed_frames: 0,
        #[cfg(debug_assertions)]
        faults,
    };
    program.run(Inbox { messages, frames, input, scrolls, pagers, signals }, wishes).await
}

/// The model at the start, where its entries come from, and what the command line asks for beside the ticket.
fn model(options: Options, size: Size) -> (Box<Model>, (Origin, Option<Trace>), Vec<Message>) {
    let setup = Setup {
        subject: options.subject,
        catalogue: options.catalogue,
        zone: options.times.home(),
        charset: options.charset,
        size,
        now: now(),
        keys: options.keys,
        resume: options.resume,
    };
    let follow = options.follows.then_some(Message::Follow);
    let find = options.find.map(Message::Find);
    let wishes = options.at.map(Message::GoTo).into_iter().chain(find).chain(follow).collect();
    let mut model = Box::new(Model::new(setup));
    model.follow = options.follow;
    model.times = options.times;
    model.tell_silences(options.silence);
    model.links = options.links;
    model.taking.opening = options.opening;
    model.taking.community = options.community;
    model.reader.set_seed(seed());
    model.roll.set_seed(seed());
    if let Some(scope) = options.redact {
        model.replace_names(scope);
    }
    model.max_requests = options.max_requests;
    model.reader.begin(options.narrowing);
    model.recall(options.remembered);
    (model, (options.origin, options.trace), wishes)
}
