//! The loop of the linear mode: lines from the terminal in its own mode, sentences to it. Nothing is taken from the
//! terminal, so nothing has to be given back.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
    sync::Arc,
};

use ratatui::layout::Size;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{
    Options, Outcome,
    copying::Copying,
    effects::Effects,
    job,
    keeper::Keeper,
    model, now, or_hung_up,
    signals::{Signalled, Signals},
    underway::{Deed, Underway, undone},
};
use crate::{
    linear::{Linear, Turn},
    message::{Effect, Message},
    model::Model,
    term::{
        deadline, hangup,
        input::is_hang_up,
        lines::{self, Typed},
        session,
    },
    update::update,
};

/// Asks for the next line.
const PROMPT: &str = "> ";

/// What stands for the height of a screen: so much is read ahead as a list of ten rows reads.
const HEIGHT: u16 = 13;

/// The width where the terminal tells none.
const WIDTH: u16 = 80;

/// 128 and the number of SIGINT.
const INTERRUPTED: u8 = 128 + 2;

/// Reads in the linear mode until the user leaves.
///
/// # Errors
/// When the terminal cannot be read or written to.
pub async fn run(options: Options) -> io::Result<Outcome> {
    or_hung_up(open(options).await)
}

async fn open(mut options: Options) -> io::Result<Outcome> {
    let signals = Signals::new()?;
    let keeper = Arc::new(Keeper::new(options.store.take()));
    deadline::watch(deadline::Interrupt::IsHeard, keeper.saving())?;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let keyboard = options.keyboard.try_clone()?;
    hangup::watch([out.try_clone()?, options.keyboard.try_clone()?], keeper.saving())?;
    let (sender, messages) = unbounded_channel();
    let (typed, lines) = unbounded_channel();
    lines::start(options.keyboard.try_clone()?, move |line| typed.send(line).is_ok())?;
    let width = session::width(&out).filter(|width| *width > 0).unwrap_or(WIDTH);
    let linear = Linear::new(options.follows);
    let copying = Copying::new(options.copy.clone(), false, |name| std::env::var(name).ok(), sender.clone());
    let (tell, underway) = (options.tell, Underway::default());
    let (model, origin, wishes) = model(options, Size { width, height: HEIGHT });
    let effects = Effects::new(origin, Arc::clone(&keeper), underway.clone(), sender);
    let program = Program {
        linear,
        model,
        effects,
        copying,
        underway,
        tell,
        keeper,
        out,
        keyboard,
        ahead: VecDeque::new(),
        is_asking: false,
    };
    program.run(messages, lines, signals, wishes).await
}

struct Program {
    linear: Linear,
    // On the heap: a future that holds it would be copied with it.
    model: Box<Model>,
    effects: Effects,
    copying: Copying,
    underway: Underway,
    tell: fn(&str),
    keeper: Arc<Keeper>,
    out: File,
    keyboard: File,
    /// Lines that were typed while a command was under way.
    ahead: VecDeque<String>,
    /// The prompt stands at the end of what was printed.
    is_asking: bool,
}

impl Program {
    async fn run(
        mut self,
        mut messages: UnboundedReceiver<Message>,
        mut lines: UnboundedReceiver<Typed>,
        mut signals: Signals,
        wishes: Vec<Message>,
    ) -> io::Result<Outcome> {
        let mut leave = self.take([Message::Start].into_iter().chain(wishes))?;
        while leave.is_none() {
            leave = tokio::select! {
                message = messages.recv() => {
                    let more = std::iter::from_fn(|| messages.try_recv().ok());
                    self.take(message.into_iter().chain(more))?
                }
                line = lines.recv() => self.typed(line)?,
                signal = signals.next() => self.signalled(signal)?,
            };
        }
        Ok(self.leave(leave.unwrap_or_default(), &mut signals, &mut messages).await)
    }

    fn typed(&mut self, line: Option<Typed>) -> io::Result<Option<u8>> {
        match line {
            Some(Typed::Line(line)) => {
                // Its end was shown by the terminal.
                self.is_asking = false;
                self.ahead.push_back(line);
                self.go_on()
            }
            // An end on a terminal that is gone is its hang-up.
            Some(Typed::End) | None if hangup::is_gone(&self.keyboard) => Ok(Some(self.hung_up())),
            Some(Typed::End) | None => Ok(Some(self.model.exit_code())),
            Some(Typed::Failed(error)) if is_hang_up(&error) => Ok(Some(self.hung_up())),
            Some(Typed::Failed(error)) => Err(error),
        }
    }

    fn signalled(&mut self, signal: Signalled) -> io::Result<Option<u8>> {
        match signal {
            Signalled::Leave(INTERRUPTED) => {
                self.ahead.clear();
                let Some(turn) = self.linear.stop(&self.model) else { return Ok(Some(INTERRUPTED)) };
                self.end_line()?;
                self.follow_up(turn)
            }
            Signalled::Leave(code) => Ok(Some(code)),
            Signalled::HungUp => Ok(Some(self.hung_up())),
            Signalled::Stop => {
                if !job::is_orphaned() {
                    job::stop(job::Stopping::Process);
                }
                Ok(None)
            }
            // What was written meanwhile was the shell's.
            Signalled::Continued => {
                self.is_asking = false;
                self.ask().map(|()| None)
            }
            Signalled::Resized => {
                let width = session::width(&self.out).filter(|width| *width > 0).unwrap_or(WIDTH);
                self.take([Message::Resized(Size { width, height: HEIGHT })])
            }
        }
    }

    /// Takes a burst of messages and says what they changed.
    fn take(&mut self, messages: impl IntoIterator<Item = Message>) -> io::Result<Option<u8>> {
        if let Some(code) = self.tell(messages) {
            return Ok(Some(code));
        }
        let turn = self.linear.look(&self.model);
        self.follow_up(turn)
    }

    /// Says what a turn says and does what it asks for, until there is nothing left to do.
    fn follow_up(&mut self, mut turn: Turn) -> io::Result<Option<u8>> {
        loop {
            self.print(&turn.said)?;
            let is_last = turn.messages.is_empty();
            if let Some(code) = self.tell(std::mem::take(&mut turn.messages)) {
                return Ok(Some(code));
            }
            if is_last && turn.said.is_empty() {
                return self.go_on();
            }
            turn = self.linear.look(&self.model);
        }
    }

    /// Takes the next line that was typed, where one may be taken; else asks for one.
    fn go_on(&mut self) -> io::Result<Option<u8>> {
        if self.linear.is_idle() || self.linear.is_following() {
            if let Some(line) = self.ahead.pop_front() {
                let turn = self.linear.hear(&self.model, &line);
                return self.follow_up(turn);
            }
            self.ask()?;
        }
        Ok(None)
    }

    fn tell(&mut self, messages: impl IntoIterator<Item = Message>) -> Option<u8> {
        let mut effects = update(&mut self.model, Message::Clock(now()));
        for message in messages {
            effects.extend(update(&mut self.model, message));
        }
        self.keeper.note(&self.model);
        for effect in effects {
            match effect {
                Effect::Quit(code) => return Some(code),
                Effect::Copy(text) => self.copying.copy(text, self.underway.begin(Deed::Copy)),
                other => self.effects.run(other),
            }
        }
        None
    }

    fn print(&mut self, said: &[String]) -> io::Result<()> {
        if said.is_empty() {
            return Ok(());
        }
        self.end_line()?;
        let text: String = said.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        self.out.write_all(text.as_bytes())
    }

    /// Nothing is asked for while following, and once at a time.
    fn ask(&mut self) -> io::Result<()> {
        if self.is_asking || !self.linear.is_idle() {
            return Ok(());
        }
        self.is_asking = true;
        self.out.write_all(PROMPT.as_bytes())
    }

    fn end_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_asking) { self.out.write_all(b"\n") } else { Ok(()) }
    }

    /// The line has dropped: keeps the view.
    fn hung_up(&self) -> u8 {
        self.keeper.save();
        hangup::HUNG_UP
    }

    async fn leave(
        mut self,
        code: u8,
        signals: &mut Signals,
        messages: &mut UnboundedReceiver<Message>,
    ) -> Outcome {
        // A terminal that is gone needs nothing.
        let _ = self.end_line();
        let unkept = self.keeper.keep_visits();
        let unkept = self.keeper.remember(&self.model).or(unkept).filter(|_| code != hangup::HUNG_UP);
        let sentence = self.model.never_loaded().map(|failure| failure.sentence.escaped());
        if let (0, Some(view)) = (code, &self.model.taken_up) {
            self.keeper.forget(view);
        }
        self.keeper.close();
        let code = self.underway.finish(code, signals, self.tell).await;
        let remarks = unkept.into_iter().chain(undone(messages)).collect();
        Outcome { code, sentence, remarks }
    }
}
