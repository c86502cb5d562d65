//! The linear mode: the same model told in sentences, one below the other, for screen readers, very bad lines and
//! recorded terminals. No boxes, no colours, no cursor that moves.
//!
//! Pure: [`Linear::hear`] turns a typed line into messages, [`Linear::look`] turns what the model became into
//! sentences. A command that must wait for the network stays under way until the model has what it needs. The shell
//! reads the lines, runs the effects and prints. Whatever a stranger wrote comes out cleaned, and never in the first
//! column: it cannot pass for a line of ours.
//!
//! `command` knows the words, `pages` walks from entry to entry, `entry` tells one, `told` has the rest of the
//! sentences, `taken` those about copying, `landing` those about the end of a jump.

mod answer;
mod command;
mod entry;
mod help;
mod landing;
mod narrow;
mod pages;
mod status;
mod taken;
mod told;

use self::{
    pages::{Older, Place},
    told::Told,
};
use crate::{
    message::{Action, Message},
    model::{Model, Summary, follow::Following, log::EntryId, text::Line},
};

/// What is shown at the start and by a page.
const PAGE: usize = 10;

/// The narrowest terminal that text is wrapped for.
const NARROWEST: u16 = 24;

/// What continues a sentence on the next line.
const INDENT: &str = "    ";

/// What is to be printed, and what the model is to be told.
#[derive(Debug, Default)]
pub struct Turn {
    /// Lines that fit the terminal, but for a text to be selected by hand: printable, without their ends.
    pub said: Vec<String>,
    /// For the model, in this order; then it is looked at again.
    pub messages: Vec<Message>,
}

impl Turn {
    /// Says a sentence, wrapped; what follows the first line is indented.
    fn say(&mut self, model: &Model, sentence: &Line) {
        let width = usize::from(model.size.width.max(NARROWEST) - 1);
        let words = crate::model::text::Untrusted::new(sentence.plain());
        // Cleaned already: nothing is escaped a second time.
        let lines = words.block(width - INDENT.len(), crate::model::text::Charset::Unicode);
        for (at, line) in lines.iter().enumerate() {
            let indent = if at > 0 { INDENT } else { "" };
            self.said.push(format!("{indent}{}", line.plain().trim_end()));
        }
    }

    fn own(&mut self, model: &Model, sentence: &str) {
        self.say(model, &Line::own(sentence));
    }
}

/// What a command waits for, and what is told then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The ticket is opened: what it is, and its first page.
    Opened,
    /// A page from the cursor on.
    Page,
    /// A page that ends at the cursor.
    End,
    /// The newest page.
    Newest,
    /// The hit at the cursor.
    Hit,
    /// What narrows the view, and a page of it.
    Narrowed,
    /// How fresh it all is.
    Fresh,
    /// What became of what was to be copied or written.
    Taken,
    /// What there is to say anyway.
    Nothing,
}

/// A command under way.
#[derive(Debug, Clone, Copy)]
enum Doing {
    Wait(Then),
    Older(Older),
    /// So many newer entries; whether they were asked for.
    Newer(usize, bool),
    /// Arrivals are told as they come; the newest entry told.
    Follow(Option<EntryId>),
}

/// The mode: what it has told, and which command is under way. See the module.
#[derive(Debug)]
pub struct Linear {
    doing: Option<Doing>,
    place: Place,
    told: Told,
    /// The command is over, and what there is to say beside it has not been said.
    is_over: bool,
    says_loading: bool,
    follows: bool,
}

impl Linear {
    /// The mode at its start: the ticket is being opened, to be followed then or not.
    #[must_use]
    pub fn new(follows: bool) -> Self {
        Self {
            doing: Some(Doing::Wait(Then::Opened)),
            place: Place::default(),
            told: Told::default(),
            is_over: true,
            says_loading: true,
            follows,
        }
    }

    /// Whether no command is under way: a prompt asks for the next one.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.doing.is_none()
    }

    /// The model has changed: what there is to say of it, and what to ask for next.
    pub fn look(&mut self, model: &Model) -> Turn {
        let mut turn = Turn::default();
        if let Some(doing) = self.doing.take() {
            self.doing = self.go_on(model, doing, &mut turn);
        }
        let waits = matches!(self.doing, Some(Doing::Wait(_) | Doing::Older(_) | Doing::Newer(..)));
        if waits && turn.messages.is_empty() && std::mem::take(&mut self.says_loading) {
            turn.own(model, "Loading.");
        }
        if (self.doing.is_none() || self.is_following()) && turn.messages.is_empty() {
            self.told.numbers(model, &mut turn);
        }
        if self.doing.is_none() && turn.messages.is_empty() && std::mem::take(&mut self.is_over) {
            self.told.beside(model, &mut turn);
        }
        turn
    }

    fn go_on(&mut self, model: &Model, doing: Doing, turn: &mut Turn) -> Option<Doing> {
        match doing {
            Doing::Wait(then) if runs(model, then) => {
                self.told.failure(model, turn);
                Some(doing)
            }
            Doing::Wait(then) => self.tell(model, then, turn),
            Doing::Older(older) => self.go_older(model, older, turn).map(Doing::Older),
            Doing::Newer(count, asked) => {
                self.go_newer(model, count, asked, turn).then_some(Doing::Newer(count, true))
            }
            Doing::Follow(known) => self.follow(model, known, turn),
        }
    }

    fn tell(&mut self, model: &Model, then: Then, turn: &mut Turn) -> Option<Doing> {
        match then {
            Then::Opened => {
                status::subject(model, turn);
                status::zone(model, turn);
                let before = turn.said.len();
                self.page(model, turn);
                if std::mem::take(&mut self.follows) {
                    return Some(begin_to_follow(model, turn));
                }
                if turn.said.len() > before {
                    turn.own(model, "Type help for the words, quit to leave.");
                }
            }
            Then::Page => self.page(model, turn),
            Then::Newest => self.page_from_top(model, turn),
            Then::End => self.page_to_here(model, turn),
            Then::Hit => self.hit(model, turn),
            Then::Narrowed => {
                status::narrowing(model, turn);
                self.page(model, turn);
            }
            Then::Fresh => status::freshness(model, turn),
            Then::Taken => taken::tell(model, turn),
            Then::Nothing => {}
        }
        None
    }

    /// Ctrl-C: gives up what is under way. `None` where nothing is: then it is to quit.
    pub fn stop(&mut self, model: &Model) -> Option<Turn> {
        let doing = self.doing.take()?;
        let mut turn = Turn::default();
        match doing {
            Doing::Follow(_) => stop_following(&mut turn),
            // Closes nothing else: no panel and no page is ever open here.
            _ if is_cancelled_by_closing(model) => turn.messages.push(Message::Asked(Action::Close)),
            _ => {}
        }
        turn.own(model, "Stopped.");
        self.is_over = true;
        Some(turn)
    }
}

fn begin_to_follow(model: &Model, turn: &mut Turn) -> Doing {
    turn.own(model, "Following: new entries are told as they come. Enter stops.");
    // To follow from the command line has begun already.
    if model.follow.following() == Following::Off {
        turn.messages.push(Message::Asked(Action::Follow));
    }
    Doing::Follow(model.reader.timeline().numbered(1))
}

fn stop_following(turn: &mut Turn) {
    // Where it pauses, the first key lets it go on.
    turn.messages.extend([Message::UnboundKey, Message::Asked(Action::Follow)]);
}

/// Closing without anything to close would end the search.
fn is_cancelled_by_closing(model: &Model) -> bool {
    let reader = &model.reader;
    let is_on_the_way = reader.progress().is_some() || reader.loads_all() || reader.searches_on();
    is_on_the_way || reader.retries_at().is_some() || model.seek.is_some()
}

/// Whether what a command waits for is still to come.
fn runs(model: &Model, then: Then) -> bool {
    let reader = &model.reader;
    let (log, retries) = (reader.asked_log(), reader.retries_at().is_some());
    let is_stuck = log.failure().is_some() && !retries;
    let is_on_the_way = reader.progress().is_some() || reader.loads_all() || reader.searches_on();
    let is_looking = reader.looks_on() || (model.seek.is_some() && !is_stuck);
    let asks = match then {
        Then::Opened => {
            let is_asked = model.subject.ticket().is_some() && model.summary == Summary::Asked;
            is_asked || log.is_asking() || retries
        }
        Then::Narrowed | Then::Fresh | Then::Newest => reader.is_settling() || log.is_asking() || retries,
        Then::Taken => model.taking.told.is_none(),
        Then::Page | Then::End | Then::Hit | Then::Nothing => false,
    };
    is_on_the_way || is_looking || asks
}
