//! What a typed line leads to.

use super::{
    Doing, Linear, PAGE, Then, Turn, begin_to_follow,
    command::{self, Command},
    entry::quoted,
    help, narrow,
    pages::Older,
    status, stop_following,
};
use crate::{
    message::{Action, Message},
    model::{
        Model,
        pattern::{Pattern, Syntax},
        saved_view::Resume,
        search::Wish,
        text::{Line, Untrusted},
        time_words,
        wanted::Wanted,
    },
};

/// The most entries that a word asks for.
const MOST: usize = 100_000;

impl Linear {
    /// Whether a line may be typed while a command is under way: it ends following.
    #[must_use]
    pub fn is_following(&self) -> bool {
        matches!(self.doing, Some(Doing::Follow(_)))
    }

    /// Takes a typed line; to be called while nothing is under way, or while following.
    pub fn hear(&mut self, model: &Model, typed: &str) -> Turn {
        let mut turn = Turn::default();
        (self.is_over, self.says_loading) = (true, true);
        self.told.forget();
        if self.is_following() {
            self.doing = None;
            stop_following(&mut turn);
            turn.own(model, "Following ended.");
        }
        if typed.trim().is_empty() {
            return turn;
        }
        // Somebody is there, and what was said has been read.
        turn.messages.push(Message::UnboundKey);
        match command::parse(typed) {
            Ok((command, rest)) => self.obey(model, command, rest, &mut turn),
            Err(near) => {
                let word = typed.split_whitespace().next().unwrap_or_default();
                let mut line = Line::own("There is no word ");
                line.append(quoted(word, model.charset));
                line.push_own(".");
                if narrow::one(&model.catalogue, word).is_some() {
                    // The name of a type, in whatever number.
                    line.push_own(" Did you mean only ");
                    line.append(Untrusted::new(word).one_line(40, model.charset));
                    line.push_own("?");
                } else if let Some(near) = near {
                    line.push_own(&format!(" Did you mean {near}?"));
                }
                line.push_own(" help tells all of them.");
                turn.say(model, &line);
            }
        }
        turn
    }

    fn obey(&mut self, model: &Model, command: Command, rest: &str, turn: &mut Turn) {
        match command {
            Command::Older => {
                if let Some(left) = count(model, rest, turn) {
                    self.doing = Some(Doing::Older(Older { left, is_asked: false, is_first: true }));
                }
            }
            Command::Newer => self.doing = count(model, rest, turn).map(|count| Doing::Newer(count, false)),
            Command::Act(action, then) => self.act(action, then, turn),
            Command::Entry => self.entry(model, rest, turn),
            Command::Time => match time_words::parse(rest, model.time_words()) {
                Some(moment) => {
                    turn.messages.push(Message::GoTo(moment));
                    self.doing = Some(Doing::Wait(Then::Page));
                }
                None => turn.own(
                    model,
                    "That is no time. Give one such as 14:02, yesterday, -3d, friday or 2023-03-01 10:00.",
                ),
            },
            Command::Only => self.only(model, rest, turn),
            Command::Hide => self.hide(model, rest, turn),
            Command::Person => self.person(model, rest, turn),
            Command::Text => self.text(model, rest, turn),
            Command::All => self.all(model, turn),
            Command::Undo if model.reader.has_narrowed() => {
                self.act(Action::UndoNarrowing, Then::Narrowed, turn);
            }
            Command::Undo => self.act(Action::UndoNarrowing, Then::Nothing, turn),
            Command::Find => self.find(model, rest, turn),
            Command::Follow => self.doing = Some(begin_to_follow(model, turn)),
            Command::Resume if matches!(model.resume, Resume::Offer(_)) => {
                self.act(Action::Resume, Then::Opened, turn);
            }
            Command::Resume => turn.own(model, "No line dropped here."),
            Command::Personal => {
                turn.messages.push(Message::Asked(Action::TogglePersonal));
                let now = if model.personal { "masked" } else { "shown" };
                turn.own(model, &format!("E-mail addresses and ids are {now} now."));
            }
            Command::Redact => {
                turn.messages.push(Message::Asked(Action::ToggleNames));
                let now = if model.redacts().is_some() { "shown" } else { "replaced" };
                turn.own(model, &format!("Names are {now} from now on."));
            }
            Command::Copy => self.copy(model, rest, turn),
            Command::Take(wanted) => self.take(Message::Take(wanted), turn),
            Command::Save if rest.is_empty() => turn.own(model, "To which file? Such as save log.md."),
            Command::Save => self.take(Message::Write(rest.to_owned()), turn),
            Command::Status => status::tell(model, turn),
            Command::Help => help::tell(model, turn),
            Command::Quit => turn.messages.push(Message::Asked(Action::Quit)),
        }
    }

    fn act(&mut self, action: Action, then: Then, turn: &mut Turn) {
        turn.messages.push(Message::Asked(action));
        self.doing = Some(Doing::Wait(then));
    }

    /// Copies the line of an entry. The cursor goes there: what is told next goes on from it.
    fn copy(&mut self, model: &Model, typed: &str, turn: &mut Turn) {
        if !typed.is_empty() {
            let number = typed.parse::<usize>();
            let Some(id) = number.ok().and_then(|number| model.reader.timeline().numbered(number)) else {
                return turn.own(model, "Which entry? Such as copy 12; they are numbered as they are told.");
            };
            self.go_to(model, id, turn);
        }
        self.take(Message::Take(Wanted::Lines), turn);
    }

    fn take(&mut self, message: Message, turn: &mut Turn) {
        turn.messages.push(message);
        (self.doing, self.says_loading) = (Some(Doing::Wait(Then::Taken)), false);
    }

    fn entry(&mut self, model: &Model, typed: &str, turn: &mut Turn) {
        let shown = model.reader.timeline().shown();
        match typed.parse::<usize>().map(|number| model.reader.timeline().numbered(number)) {
            Ok(Some(id)) => self.whole(model, id, turn),
            Ok(None) if model.reader.log().total().is_some() => {
                turn.own(model, &format!("There is no such entry: {shown} are shown."));
            }
            Ok(None) => {
                let words = format!("{shown} entries are loaded and shown; older and load-all read more.");
                turn.own(model, &words);
            }
            Err(_) => turn.own(model, "Which entry? Such as entry 12."),
        }
    }

    fn find(&mut self, model: &Model, typed: &str, turn: &mut Turn) {
        let expression = typed.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
        let (source, syntax) = expression.map_or((typed, Syntax::Plain), |source| (source, Syntax::Regex));
        if source.is_empty() {
            return turn.own(model, "Find what? Such as find refund, or find /refund.*late/.");
        }
        match Pattern::new(source, syntax) {
            Ok(pattern) => {
                turn.messages.push(Message::Find(Wish { pattern, stays: false }));
                self.doing = Some(Doing::Wait(Then::Hit));
            }
            Err(fault) => turn.own(model, &format!("This cannot be looked for: {}.", fault.words())),
        }
    }
}

/// How many entries are asked for.
fn count(model: &Model, typed: &str, turn: &mut Turn) -> Option<usize> {
    if typed.is_empty() {
        return Some(PAGE);
    }
    let count = typed.parse().ok().filter(|count| (1..=MOST).contains(count));
    if count.is_none() {
        turn.own(model, "How many? Such as older 50.");
    }
    count
}
