//! The thin shell round the machine: keys, answers and signals become messages, effects become tasks, the model
//! becomes bytes. One loop on one thread; draws once per burst of messages and never on a timer.

mod effects;
mod signals;
pub mod table;

use std::{io, time::Duration};

use chrono::{DateTime, Utc};
use crossterm::event::Event;
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use self::{
    effects::Effects,
    signals::{Signalled, Signals},
};
use crate::{
    api, keys,
    layout::LARGEST,
    message::{Effect, Message},
    model::{
        Model, Setup, page::KeyLine, query::TicketNumber, text::Charset, time_words::Moment,
        types::Catalogue, zone::Zone,
    },
    term::{
        colours::Colours,
        input::{self, Burst},
        screen::Screen,
        session::{self, Session},
        writer::{WriteOutcome, Writer},
    },
    theme::Theme,
    update::update,
    view,
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
    /// The time to jump to at the start.
    pub at: Option<Moment>,
    /// The zone that times are shown in.
    pub zone: Zone,
    /// Which characters may reach the terminal.
    pub charset: Charset,
    /// Which colours the terminal shows.
    pub colours: Colours,
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
    let session = Session::enter()?;
    let setup = Setup {
        ticket: options.ticket,
        catalogue: options.catalogue,
        zone: options.zone,
        charset: options.charset,
        size: session.size(),
        now: now(),
        keys: keys::lines().into_iter().map(|(keys, does)| KeyLine { keys, does: does.to_owned() }).collect(),
    };
    let (sender, messages) = unbounded_channel();
    let (written, frames) = unbounded_channel();
    let (typed, input) = unbounded_channel();
    let writer = Writer::start(session.output()?, move |outcome| drop(written.send(outcome)))?;
    input::start(move |burst| typed.send(burst).is_ok())?;
    let at = options.at;
    let colours = options.colours;
    let theme = if colours == Colours::None { Theme::mono() } else { Theme::terminal() };
    let program = Program {
        screen: Screen::new(clamp(setup.size), colours),
        model: Model::new(setup),
        effects: Effects::new(options.api, sender),
        session,
        writer,
        theme,
        dirty: true,
    };
    program.run(Inbox { messages, frames, input, signals }, at).await
}

/// Everything that can happen outside the model.
struct Inbox {
    messages: UnboundedReceiver<Message>,
    frames: UnboundedReceiver<WriteOutcome>,
    input: UnboundedReceiver<Burst>,
    signals: Signals,
}

struct Program {
    session: Session,
    model: Model,
    screen: Screen,
    writer: Writer,
    effects: Effects,
    theme: Theme,
    dirty: bool,
}

impl Program {
    async fn run(mut self, mut inbox: Inbox, at: Option<Moment>) -> io::Result<Outcome> {
        let mut leave = self.take([Message::Start].into_iter().chain(at.map(Message::GoTo)));
        while leave.is_none() {
            leave = tokio::select! {
                message = inbox.messages.recv() => {
                    let more = std::iter::from_fn(|| inbox.messages.try_recv().ok());
                    self.take(message.into_iter().chain(more))
                }
                burst = inbox.input.recv() => match burst {
                    Some(Ok(events)) => self.take_events(events),
                    Some(Err(error)) => return Err(error),
                    None => Some(self.model.exit_code()),
                },
                outcome = inbox.frames.recv() => {
                    self.wrote(outcome.as_ref());
                    None
                }
                signal = inbox.signals.next() => match signal {
                    Signalled::Leave(code) => Some(code),
                    Signalled::Resized => self.take([Message::Resized(self.session.size())]),
                },
            };
        }
        Ok(self.leave(leave.unwrap_or_default()))
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
                Effect::Suspend => self.suspend(),
                Effect::Repaint => {
                    self.screen.resize(clamp(self.model.size));
                    self.dirty = true;
                }
                other => later.push(other),
            }
        }
        self.draw();
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
        view::draw(&self.model, &self.theme, &mut buffer);
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

    /// Stops like any other program on Ctrl-Z: the terminal is given back first and taken again after.
    fn suspend(&mut self) {
        session::restore();
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP);
        let _ = self.session.take();
        self.model.size = self.session.size();
        self.model.fit_list();
        self.screen.resize(clamp(self.model.size));
        self.dirty = true;
    }

    fn leave(self, code: u8) -> Outcome {
        self.writer.finish(LAST_FRAME);
        drop(self.session);
        let sentence = self.model.never_loaded().map(|failure| failure.sentence.escaped());
        Outcome { code, sentence }
    }
}

fn clamp(size: Size) -> Size {
    Size { width: size.width.min(LARGEST.width), height: size.height.min(LARGEST.height) }
}
