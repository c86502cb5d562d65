//! The loop: whatever happens becomes messages, the model becomes frames, effects are started. One thread; draws
//! once per burst and never on a timer. Called by [`super::run`].

use std::{io, sync::Arc, time::Duration};

use crossterm::event::{Event, KeyEventKind};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

#[cfg(debug_assertions)]
use super::faults::Faults;
use super::{
    Outcome,
    copying::Copying,
    effects::Effects,
    job::Stopping,
    keeper::Keeper,
    now,
    paging::{Paged, Paging},
    scrolling::Scrolling,
    signals::{Signalled, Signals},
    typing,
    underway::{Deed, Underway, undone},
};
use crate::{
    keys,
    layout::LARGEST,
    message::{Effect, Message},
    model::Model,
    term::{
        hangup::HUNG_UP,
        input::{self, Burst},
        screen::{Screen, ScrollUse},
        session::Session,
        writer::{WriteOutcome, Writer},
    },
    theme::Theme,
    update::update,
    view::{self, RowCache},
};

/// Rings the terminal's bell.
const BELL: u8 = 0x07;

/// The longest time that leaving waits for a frame under way.
const LAST_FRAME: Duration = Duration::from_millis(200);

/// How often a frame that the terminal did not take is painted anew before something else happens.
const MOST_RETRIES: u8 = 8;

/// Everything that can happen outside the model.
pub(super) struct Inbox {
    pub(super) messages: UnboundedReceiver<Message>,
    pub(super) frames: UnboundedReceiver<WriteOutcome>,
    pub(super) input: UnboundedReceiver<Burst>,
    pub(super) scrolls: UnboundedReceiver<ScrollUse>,
    pub(super) pagers: UnboundedReceiver<Paged>,
    pub(super) signals: Signals,
}

pub(super) struct Program {
    pub(super) session: Session,
    // On the heap: a future that holds it would be copied with it.
    pub(super) model: Box<Model>,
    pub(super) screen: Screen,
    pub(super) writer: Writer,
    pub(super) scrolling: Scrolling,
    pub(super) copying: Copying,
    /// What leaving waits for.
    pub(super) underway: Underway,
    /// Says a sentence on standard error.
    pub(super) tell: fn(&str),
    /// Another program has the terminal.
    pub(super) paging: Option<Paging>,
    pub(super) paged: UnboundedSender<Paged>,
    pub(super) effects: Effects,
    pub(super) theme: Theme,
    pub(super) rows: RowCache,
    pub(super) buffer: Buffer,
    pub(super) keeper: Arc<Keeper>,
    pub(super) dirty: bool,
    /// The bell is to be rung with the next frame.
    pub(super) rings: bool,
    /// How many frames the terminal did not take, one after the other.
    pub(super) failed_frames: u8,
    #[cfg(debug_assertions)]
    pub(super) faults: Faults,
}

impl Program {
    /// Runs until the user leaves. `wishes` follow the start: what the command line asks for beside the ticket.
    ///
    /// # Errors
    /// When the keys cannot be read or the terminal cannot be taken again, though it is there.
    pub(super) async fn run(mut self, mut inbox: Inbox, wishes: Vec<Message>) -> io::Result<Outcome> {
        let mut leave = self.take([Message::Start].into_iter().chain(wishes));
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
                    Some(Ok(events)) => self.take_events(&events),
                    Some(Err(error)) if !input::is_hang_up(&error) => return Err(error),
                    // No more keys: the terminal is gone, or we have been cut off from it.
                    Some(Err(_)) | None => Some(self.hung_up()),
                },
                Some(outcome) = inbox.frames.recv() => {
                    self.wrote(&outcome);
                    None
                }
                Some(scroll) = inbox.scrolls.recv() => {
                    self.screen.set_scroll(scroll);
                    None
                }
                Some(event) = inbox.pagers.recv() => self.take_paged(event)?,
                signal = inbox.signals.next() => match signal {
                    Signalled::Leave(code) => Some(code),
                    Signalled::HungUp => Some(self.hung_up()),
                    Signalled::Stop => self.suspend(Stopping::Process),
                    Signalled::Continued => self.go_on()?,
                    Signalled::Resized => {
                        self.scrolling.ask();
                        self.take(self.session.size().ok().map(Message::Resized))
                    }
                },
            };
        }
        Ok(self.leave(leave.unwrap_or_default(), &mut inbox).await)
    }

    #[cfg(debug_assertions)]
    fn go_wrong(&mut self) -> io::Result<()> {
        // Not before they are drawn: a frame may have been under way when they came.
        let shown = self.model.reader.all().is_answered() && !self.dirty;
        if shown { self.faults.after_entries() } else { Ok(()) }
    }

    /// Takes a burst of messages, draws once, then starts what they asked for: the picture never waits for a task.
    pub(super) fn take(&mut self, messages: impl IntoIterator<Item = Message>) -> Option<u8> {
        let mut effects = update(&mut self.model, Message::Clock(now()));
        for message in messages {
            effects.extend(update(&mut self.model, message));
        }
        self.dirty = true;
        self.finish(effects)
    }

    fn take_events(&mut self, events: &[Event]) -> Option<u8> {
        #[cfg(debug_assertions)]
        self.faults.after_keys();
        let mut effects = update(&mut self.model, Message::Clock(now()));
        for (at, event) in events.iter().enumerate() {
            // The context is asked for each key anew: the key before it may have opened a panel.
            let Some(message) = self.message(event) else { continue };
            let asked = update(&mut self.model, message);
            let quits = asked.iter().any(|effect| matches!(effect, Effect::Quit(_)));
            if quits && typing::is_pasted(events, at) {
                // Nobody typed the rest either.
                effects.extend(update(&mut self.model, Message::NotQuit));
                self.dirty = true;
                break;
            }
            let last = quits || asked.contains(&Effect::Suspend);
            effects.extend(asked);
            if last {
                break;
            }
            self.dirty = true;
        }
        self.finish(effects)
    }

    /// What an event asks for. Sizes come with their signal, so that none is missed before the first key is awaited.
    fn message(&self, event: &Event) -> Option<Message> {
        match event {
            Event::Key(key) => match keys::action(&self.model.keys, self.model.context(), key) {
                Some(action) => Some(Message::Asked(action)),
                None => (key.kind != KeyEventKind::Release).then_some(Message::UnboundKey),
            },
            Event::Paste(text) => Some(Message::Pasted(text.clone())),
            _ => None,
        }
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
                Effect::Bell => self.rings = true,
                // At once: what it sends to the terminal goes behind the frame that is drawn below.
                Effect::Copy(text) => self.copying.copy(text, self.underway.begin(Deed::Copy)),
                Effect::Browse(parcel) => self.browse(&parcel),
                other => later.push(other),
            }
        }
        // First: whoever drops the line at what they see must find just that again.
        self.keeper.note(&self.model);
        self.draw();
        // What is written is waited for; of the rest nobody would hear.
        later.retain(|effect| leave.is_none() || matches!(effect, Effect::Save { .. }));
        for effect in later {
            self.effects.run(effect);
        }
        leave
    }

    /// Sends what changed, unless a frame is still under way: then its end draws the newest state.
    fn draw(&mut self) {
        if !self.dirty || !self.writer.is_idle() || self.paging.is_some() {
            return;
        }
        self.dirty = false;
        let size = clamp(self.model.size);
        self.buffer.resize(Rect { x: 0, y: 0, width: size.width, height: size.height });
        let cursor = view::draw_again(&self.model, &self.theme, &mut self.rows, &mut self.buffer);
        self.screen.set_joined(self.model.joined_rows());
        let mut bytes = self.screen.frame(&self.buffer, cursor);
        if std::mem::take(&mut self.rings) {
            bytes.push(BELL);
        }
        bytes.append(&mut self.copying.take_bytes());
        if !bytes.is_empty() {
            self.writer.submit(bytes);
        }
    }

    /// A frame has ended. One that was not taken whole is painted anew, a few times at once, then with whatever comes
    /// next: a terminal that takes nothing any more must not keep us busy.
    fn wrote(&mut self, outcome: &WriteOutcome) {
        match outcome {
            WriteOutcome::Written { .. } => self.failed_frames = 0,
            WriteOutcome::Failed(_) => {
                self.failed_frames = self.failed_frames.saturating_add(1);
                self.screen.invalidate();
                self.dirty |= self.failed_frames <= MOST_RETRIES;
            }
        }
        self.draw();
    }

    /// The line has dropped: keeps the view.
    pub(super) fn hung_up(&self) -> u8 {
        self.keeper.save();
        HUNG_UP
    }

    async fn leave(mut self, code: u8, inbox: &mut Inbox) -> Outcome {
        // A copy whose frame was not drawn any more.
        self.writer.submit_last(self.copying.take_bytes());
        self.writer.finish(LAST_FRAME);
        // What is typed from here on is the shell's.
        input::pause();
        drop(self.session);
        // On a line that has dropped nobody is there to be told.
        let unkept = self.keeper.keep_visits();
        let unkept = self.keeper.remember(&self.model).or(unkept).filter(|_| code != HUNG_UP);
        let sentence = self.model.never_loaded().map(|failure| failure.sentence.escaped());
        if let (0, Some(view)) = (code, &self.model.taken_up) {
            self.keeper.forget(view);
        }
        self.keeper.close();
        let code = self.underway.finish(code, &mut inbox.signals, self.tell).await;
        let remarks = unkept.into_iter().chain(undone(&mut inbox.messages)).collect();
        Outcome { code, sentence, remarks }
    }
}

/// The part of a terminal that is drawn on.
pub(super) fn clamp(size: Size) -> Size {
    Size { width: size.width.min(LARGEST.width), height: size.height.min(LARGEST.height) }
}
