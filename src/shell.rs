//! The thin shell round the machine: keys, answers and signals become messages, effects become tasks, the model
//! becomes bytes. One loop on one thread; draws once per burst of messages and never on a timer.

mod effects;
#[cfg(debug_assertions)]
mod faults;
mod job;
mod keeper;
mod scrolling;
mod signals;
pub mod table;

use std::{fs::File, io, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use crossterm::event::Event;
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub use self::scrolling::ScrollChoice;
use self::{
    effects::Effects,
    job::Stopping,
    keeper::Keeper,
    scrolling::Scrolling,
    signals::{Signalled, Signals},
};
use crate::{
    api, keys,
    layout::LARGEST,
    message::{Effect, Message},
    model::{
        Model, Setup, page::KeyLine, query::TicketNumber, saved_view::Resume, text::Charset,
        types::Catalogue, zone::Zone,
    },
    state::Store,
    term::{
        colours::Colours,
        deadline,
        hangup::{self, HUNG_UP},
        input::{self, Burst},
        screen::{Screen, ScrollUse},
        session::{self, Session},
        writer::{WriteOutcome, Writer},
    },
    theme::Theme,
    update::update,
    view::{self, RowCache},
};

/// What the full-screen program needs.
#[derive(Debug)]
pub struct Options {
    /// The ticket to open.
    pub ticket: TicketNumber,
    /// How to reach the API.
    pub api: api::Options,
    /// The known action types.
    pub catalogue: Catalogue,
    /// The zone that times are shown in.
    pub zone: Zone,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// Which colours the terminal shows.
    pub colours: Colours,
    /// Whether moved rows are sent as scrolls.
    pub scroll: ScrollChoice,
    /// The terminal that keys come from.
    pub keyboard: File,
    /// What a dropped line left behind.
    pub resume: Resume,
    /// Where the view is kept when the line drops.
    pub store: Option<Store>,
}

/// How the program ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: u8,
    /// What to say on standard error, when nothing was ever loaded; printable ASCII.
    pub sentence: Option<String>,
}

/// The longest time that leaving waits for a frame under way.
const LAST_FRAME: Duration = Duration::from_millis(200);

/// What the clock says.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where time enters the program")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Runs the full-screen program on the terminal of standard output until the user leaves.
///
/// # Errors
/// When the terminal cannot be taken or written to.
pub async fn run(options: Options) -> io::Result<Outcome> {
    let signals = Signals::new()?;
    let keeper = Arc::new(Keeper::new(options.store));
    let save = || {
        let keeper = Arc::clone(&keeper);
        move || keeper.save()
    };
    // Before the terminal is taken: one that takes nothing keeps us there.
    deadline::watch(save())?;
    let session = Session::enter(options.keyboard)?;
    hangup::watch(session.ends()?, save())?;
    let setup = Setup {
        ticket: options.ticket,
        catalogue: options.catalogue,
        zone: options.zone,
        charset: options.charset,
        size: session.size(),
        now: now(),
        keys: keys::lines().into_iter().map(|(keys, does)| KeyLine { keys, does: does.to_owned() }).collect(),
        resume: options.resume,
    };
    let (sender, messages) = unbounded_channel();
    let (written, frames) = unbounded_channel();
    let (typed, input) = unbounded_channel();
    let writer = Writer::start(session.output()?, move |outcome| drop(written.send(outcome)))?;
    let (told, scrolls) = unbounded_channel();
    let scrolling = Scrolling::new(options.scroll, |name| std::env::var(name).ok(), told);
    let [_, keyboard] = session.ends()?;
    input::start(keyboard, move |burst| typed.send(burst).is_ok())?;
    let colours = options.colours;
    let theme = if colours == Colours::None { Theme::mono() } else { Theme::terminal() };
    let program = Program {
        screen: Screen::new(clamp(setup.size), colours),
        model: Model::new(setup),
        effects: Effects::new(options.api, sender),
        session,
        writer,
        scrolling,
        theme,
        rows: RowCache::default(),
        keeper,
        dirty: true,
        #[cfg(debug_assertions)]
        faults: faults::Faults::at_start(),
    };
    program.run(Inbox { messages, frames, input, scrolls, signals }).await
}

/// Everything that can happen outside the model.
struct Inbox {
    messages: UnboundedReceiver<Message>,
    frames: UnboundedReceiver<WriteOutcome>,
    input: UnboundedReceiver<Burst>,
    scrolls: UnboundedReceiver<ScrollUse>,
    signals: Signals,
}

struct Program {
    session: Session,
    model: Model,
    screen: Screen,
    writer: Writer,
    scrolling: Scrolling,
    effects: Effects,
    theme: Theme,
    rows: RowCache,
    keeper: Arc<Keeper>,
    dirty: bool,
    #[cfg(debug_assertions)]
    faults: faults::Faults,
}

impl Program {
    async fn run(mut self, mut inbox: Inbox) -> io::Result<Outcome> {
        let mut leave = self.take([Message::Start]);
        self.scrolling.ask();
        while leave.is_none() {
            #[cfg(debug_assertions)]
            self.go_wrong()?;
            leave = tokio::select! {
                message = inbox.messages.recv() => {
                    let more = std::iter::from_fn(|| inbox.messages.try_recv().ok());
                    self.take(message.into_iter().chain(more))
                }
                burst = inbox.input.recv() => match burst {
                    Some(Ok(events)) => self.take_events(events),
                    // No more keys: the terminal is gone, or we have been cut off from it.
                    Some(Err(_)) | None => Some(self.hung_up()),
                },
                outcome = inbox.frames.recv() => {
                    self.wrote(outcome.as_ref());
                    None
                }
                Some(scroll) = inbox.scrolls.recv() => {
                    self.screen.set_scroll(scroll);
                    None
                }
                signal = inbox.signals.next() => match signal {
                    Signalled::Leave(code) => Some(code),
                    Signalled::HungUp => Some(self.hung_up()),
                    Signalled::Stop => self.suspend(Stopping::Process),
                    Signalled::Continued => self.go_on(),
                    Signalled::Resized => {
                        self.scrolling.ask();
                        self.take([Message::Resized(self.session.size())])
                    }
                },
            };
        }
        Ok(self.leave(leave.unwrap_or_default()))
    }

    #[cfg(debug_assertions)]
    fn go_wrong(&mut self) -> io::Result<()> {
        if self.model.reader.all().is_answered() { self.faults.after_entries() } else { Ok(()) }
    }

    /// Takes a burst of messages, draws once, then starts what they asked for: the picture never waits for a task.
    fn take(&mut self, messages: impl IntoIterator<Item = Message>) -> Option<u8> {
        let mut effects = update(&mut self.model, Message::Clock(now()));
        for message in messages {
            effects.extend(update(&mut self.model, message));
        }
        self.dirty = true;
        self.finish(effects)
    }

    fn take_events(&mut self, events: Vec<Event>) -> Option<u8> {
        let mut effects = update(&mut self.model, Message::Clock(now()));
        for event in events {
            // The context is asked for each key anew: the key before it may have opened a panel.
            if let Some(message) = self.message(&event) {
                effects.extend(update(&mut self.model, message));
                if effects.iter().any(|effect| matches!(effect, Effect::Quit(_) | Effect::Suspend)) {
                    break;
                }
                self.dirty = true;
            }
        }
        self.finish(effects)
    }

    /// What an event asks for. Sizes come with their signal, so that none is missed before the first key is awaited.
    fn message(&self, event: &Event) -> Option<Message> {
        let Event::Key(key) = event else { return None };
        keys::action(view::context(&self.model), key).map(Message::Asked)
    }

    fn finish(&mut self, effects: Vec<Effect>) -> Option<u8> {
        let mut leave = None;
        let mut later = Vec::new();
        for effect in effects {
            match effect {
                Effect::Quit(code) => leave = leave.or(Some(code)),
                Effect::Suspend => leave = leave.or(self.suspend(Stopping::Job)),
                Effect::Repaint => {
                    self.screen.resize(clamp(self.model.size));
                    self.dirty = true;
                }
                other => later.push(other),
            }
        }
        self.draw();
        self.keeper.note(self.model.saved_view());
        if leave.is_none() {
            for effect in later {
                self.effects.run(effect);
            }
        }
        leave
    }

    /// Sends what changed, unless a frame is still under way: then its end draws the newest state.
    fn draw(&mut self) {
        if !self.dirty || !self.writer.is_idle() {
            return;
        }
        self.dirty = false;
        let size = clamp(self.model.size);
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: size.width, height: size.height });
        view::draw_again(&self.model, &self.theme, &mut self.rows, &mut buffer);
        let bytes = self.screen.frame(&buffer, None);
        if !bytes.is_empty() {
            self.writer.submit(bytes);
        }
    }

    fn wrote(&mut self, outcome: Option<&WriteOutcome>) {
        if !matches!(outcome, Some(WriteOutcome::Written { .. })) {
            self.screen.invalidate();
        }
        self.draw();
    }

    /// Stops like any other program on Ctrl-Z: the terminal is given back first. SIGCONT tells of the end.
    fn suspend(&mut self, who: Stopping) -> Option<u8> {
        if job::is_orphaned() {
            return self.take([Message::NotSuspended]);
        }
        session::restore();
        job::stop(who);
        None
    }

    /// Others had the terminal while the process was stopped: it is taken again, in the size it has now.
    fn go_on(&mut self) -> Option<u8> {
        if self.session.take().is_err() {
            return Some(self.hung_up());
        }
        self.take([Message::Resized(self.session.size())])
    }

    /// The line has dropped: keeps the view.
    fn hung_up(&self) -> u8 {
        self.keeper.save();
        HUNG_UP
    }

    fn leave(self, code: u8) -> Outcome {
        self.writer.finish(LAST_FRAME);
        drop(self.session);
        let sentence = self.model.never_loaded().map(|failure| failure.sentence.escaped());
        if let (0, Some(view)) = (code, &self.model.taken_up) {
            self.keeper.forget(view);
        }
        Outcome { code, sentence }
    }
}

fn clamp(size: Size) -> Size {
    Size { width: size.width.min(LARGEST.width), height: size.height.min(LARGEST.height) }
}
