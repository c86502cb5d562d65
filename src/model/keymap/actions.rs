//! Every action that a key can stand for: its name in files, in the list of actions and in the documents, and what is
//! said of it. One table; the keys are data and stand elsewhere.

use super::Context;
use crate::{
    message::{Action, Edit},
    model::narrowing::Lift,
};

/// An action, where it means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Where.
    pub contexts: &'static [Context],
    /// Its name.
    pub name: &'static str,
    /// What is asked for.
    pub action: Action,
    /// What that does.
    pub does: &'static str,
    /// The heading that it stands under in the list of actions.
    pub group: Group,
    /// Its word in the footer, and how soon it is left out when there is no room: higher goes first.
    pub hint: Option<(&'static str, u8)>,
}

/// What belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Going somewhere.
    Move,
    /// Choosing rows.
    Choose,
    /// Looking closer.
    Look,
    /// Showing less.
    Narrow,
    /// Looking for something.
    Find,
    /// Taking something elsewhere.
    Take,
    /// The ticket as a whole.
    Ticket,
    /// Typing.
    Type,
    /// The program.
    Program,
}

impl Group {
    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Choose => "choose",
            Self::Look => "look closer",
            Self::Narrow => "narrow",
            Self::Find => "find",
            Self::Take => "take with you",
            Self::Ticket => "ticket",
            Self::Type => "type",
            Self::Program => "program",
        }
    }
}

const LIST: &[Context] = &[Context::List];
const PAGE: &[Context] = &[Context::Page];
const FILTER: &[Context] = &[Context::Filter];
const INPUT: &[Context] = &[Context::Input];
const CHOOSE: &[Context] = &[Context::Choose];
const BELOW: &[Context] = &[Context::Page, Context::Filter];
const NARROWING: &[Context] = &[Context::List, Context::Filter];
const READING: &[Context] = &[Context::List, Context::Page, Context::Filter];
const LIST_AND_PAGE: &[Context] = &[Context::List, Context::Page];
const PAGES: &[Context] = &[Context::List, Context::Page, Context::Filter, Context::Choose];
const TYPED: &[Context] = &[Context::Input, Context::Choose];
const ALL: &[Context] = &Context::ALL;

const fn row(
    group: Group,
    contexts: &'static [Context],
    name: &'static str,
    action: Action,
    does: &'static str,
) -> Described {
    Described { contexts, name, action, does, group, hint: None }
}

const fn shown(described: Described, word: &'static str, left_out: u8) -> Described {
    Described { hint: Some((word, left_out)), ..described }
}

use Group::{Choose, Find, Look, Move, Narrow, Program, Take, Ticket, Type};

/// Every action. The order is that of the footer and of the list of actions; of two that a context has for one thing,
/// such as closing it, the first is told.
pub const ACTIONS: &[Described] = &[
    row(Move, LIST, "older", Action::Step(1), "one line down, to older entries"),
    row(Move, LIST, "newer", Action::Step(-1), "one line up, to newer entries"),
    row(Move, BELOW, "down", Action::Step(1), "one line down"),
    row(Move, BELOW, "up", Action::Step(-1), "one line up"),
    row(Move, READING, "half-page-down", Action::HalfPage(1), "half a screen down"),
    row(Move, READING, "half-page-up", Action::HalfPage(-1), "half a screen up"),
    row(Move, PAGES, "page-down", Action::Page(1), "a screen down"),
    row(Move, PAGES, "page-up", Action::Page(-1), "a screen up"),
    row(Move, LIST, "newest", Action::Newest, "to the newest entry"),
    row(Move, LIST, "oldest", Action::Oldest, "to the oldest, loading only that"),
    row(Move, BELOW, "top", Action::Newest, "to the top"),
    row(Move, BELOW, "bottom", Action::Oldest, "to the bottom"),
    row(Move, LIST, "next-day", Action::Day(1), "to the next older day"),
    row(Move, LIST, "previous-day", Action::Day(-1), "to the next newer day"),
    row(Move, LIST, "next-silence", Action::Silence(1), "below the next long silence"),
    row(Move, LIST, "previous-silence", Action::Silence(-1), "up to the next long silence"),
    shown(row(Choose, FILTER, "toggle", Action::Tick, "show or hide this row"), "toggle", 1),
    shown(row(Choose, FILTER, "show-all", Action::TickAll, "all types and kinds of actor"), "all", 3),
    shown(row(Choose, FILTER, "show-none", Action::TickNone, "no type"), "none", 4),
    shown(row(Choose, FILTER, "only-this", Action::TickOnly, "only this row"), "only this", 2),
    shown(row(Choose, FILTER, "find-row", Action::FindRow, "find a row by its name"), "find", 5),
    row(Choose, FILTER, "preset-1", Action::Preset(1), "everything"),
    row(Choose, FILTER, "preset-2", Action::Preset(2), "the conversation: replies and notes"),
    row(Choose, FILTER, "preset-3", Action::Preset(3), "the changes: all but reads"),
    row(Choose, FILTER, "preset-4", Action::Preset(4), "status and owner"),
    row(Choose, FILTER, "preset-5", Action::Preset(5), "the first preset of your own"),
    row(Choose, FILTER, "preset-6", Action::Preset(6), "the second preset of your own"),
    row(Choose, FILTER, "preset-7", Action::Preset(7), "the third preset of your own"),
    row(Choose, FILTER, "preset-8", Action::Preset(8), "the fourth preset of your own"),
    row(Choose, FILTER, "preset-9", Action::Preset(9), "the fifth preset of your own"),
    shown(row(Choose, FILTER, "done", Action::Enter, "close the panel, keep what it says"), "done", 0),
    shown(row(Choose, CHOOSE, "accept", Action::Enter, "open the ticket, run the action"), "open", 0),
    shown(row(Choose, CHOOSE, "down", Action::Step(1), "one row down"), "next", 2),
    shown(row(Choose, CHOOSE, "up", Action::Step(-1), "one row up"), "previous", 3),
    shown(row(Look, LIST, "open-entry", Action::Enter, "the entry on its own page"), "entry", 1),
    shown(row(Look, LIST, "detail-pane", Action::ToggleDetail, "the detail pane on and off"), "pane", 4),
    row(Look, LIST, "pane-taller", Action::Pane(1), "one line more for the detail pane"),
    row(Look, LIST, "pane-shorter", Action::Pane(-1), "one line less for the detail pane"),
    shown(row(Look, LIST, "raw-json", Action::ToggleRaw, "the entry's fields or raw JSON"), "json", 6),
    row(Look, LIST, "fold", Action::Fold, "fold the reads of one row again"),
    row(Look, LIST, "ages", Action::ToggleAges, "ages, or times again"),
    row(Look, READING, "universal-time", Action::ToggleZone, "universal time, or your zone"),
    shown(row(Look, PAGE, "older-entry", Action::OtherEntry(1), "the next older entry"), "older entry", 3),
    shown(row(Look, PAGE, "newer-entry", Action::OtherEntry(-1), "the next newer entry"), "newer entry", 4),
    shown(row(Look, PAGE, "raw-json", Action::ToggleRaw, "fields or raw JSON"), "fields or json", 2),
    row(Look, PAGE, "back-to-list", Action::Enter, "close the page"),
    row(Look, READING, "personal-data", Action::TogglePersonal, "e-mail and ids shown or masked"),
    row(Look, READING, "redact", Action::ToggleNames, "names replaced, or shown again"),
    shown(row(Narrow, LIST, "filter", Action::OpenFilter, "choose types, actors, presets"), "filter", 2),
    row(Narrow, LIST, "hide-type", Action::HideType, "hide the type at the cursor"),
    row(Narrow, LIST, "only-type", Action::OnlyType, "only this type; again: all types"),
    row(Narrow, LIST, "only-person", Action::OnlyPerson, "only this person; again: everybody"),
    row(Narrow, LIST, "only-text", Action::TypePhrase, "only entries with a text"),
    row(Narrow, LIST, "since-here", Action::SinceHere, "nothing older than this entry"),
    row(Narrow, LIST, "until-here", Action::UntilHere, "nothing newer than this entry"),
    row(Narrow, LIST, "all-types", Action::Lift(Lift::Types), "all types again"),
    row(Narrow, LIST, "all-actors", Action::Lift(Lift::Kinds), "all kinds of actor again"),
    row(Narrow, LIST, "any-time", Action::Lift(Lift::Span), "no window of time any more"),
    row(Narrow, NARROWING, "narrowing-on-off", Action::ToggleNarrowing, "all narrowing off, and on again"),
    row(Narrow, NARROWING, "undo-narrowing", Action::UndoNarrowing, "one step of narrowing back"),
    shown(row(Find, LIST, "search", Action::Search, "look for something as you type"), "search", 3),
    shown(row(Find, LIST, "next-hit", Action::Hit(1), "to the next hit, down"), "next hit", 4),
    row(Find, LIST, "previous-hit", Action::Hit(-1), "to the next hit, up"),
    shown(row(Find, LIST, "jump-to-time", Action::TypeTime, "to a time: 14:02, yesterday, -3d"), "time", 3),
    row(Find, LIST, "back", Action::Back, "back to where the last jump began"),
    row(Find, LIST, "back-if-twice", Action::HalfBack, "the same, pressed twice"),
    row(Find, LIST, "last-seen", Action::LastSeen, "to what you saw at your last look"),
    shown(row(Take, LIST_AND_PAGE, "copy", Action::Copy, "copy the line, or what is selected"), "copy", 4),
    row(Take, LIST_AND_PAGE, "copy-menu", Action::CopyMenu, "choose what to copy"),
    row(Take, LIST, "select", Action::Select, "select from here; again: no more"),
    row(Take, LIST, "save-as", Action::SaveAs, "write what is shown to a file"),
    row(Take, LIST, "pager", Action::Browse, "what is shown, in your pager"),
    row(Take, LIST_AND_PAGE, "inbox-link", Action::InboxLink, "the ticket's inbox link"),
    shown(row(Ticket, LIST, "refresh", Action::Refresh, "refresh, or try again what failed"), "refresh", 7),
    row(Ticket, BELOW, "refresh", Action::Refresh, "refresh, or try again what failed"),
    row(Ticket, LIST, "follow", Action::Follow, "new entries come by themselves"),
    row(Ticket, LIST, "load-all", Action::LoadAll, "load everything"),
    row(Ticket, LIST, "other-ticket", Action::ChooseTicket, "open another ticket"),
    row(Ticket, LIST, "resume", Action::Resume, "take up what a dropped line left"),
    row(Ticket, CHOOSE, "resume", Action::Resume, "take up what a dropped line left"),
    shown(row(Type, INPUT, "accept", Action::Enter, "done: go there, keep it"), "go", 0),
    row(Type, INPUT, "regex", Action::Syntax, "in a search: plain or an expression"),
    row(Type, INPUT, "earlier", Action::Recall(-1), "in a search: the one before"),
    row(Type, INPUT, "later", Action::Recall(1), "in a search: the one after"),
    row(Type, TYPED, "erase", Action::Edit(Edit::Erase), "erase the character before"),
    row(Type, TYPED, "erase-next", Action::Edit(Edit::Delete), "erase the character at the cursor"),
    row(Type, TYPED, "erase-word", Action::Edit(Edit::EraseWord), "erase a word"),
    row(Type, TYPED, "erase-to-start", Action::Edit(Edit::EraseToStart), "erase to the start"),
    row(Type, TYPED, "left", Action::Edit(Edit::Left), "one character to the left"),
    row(Type, TYPED, "right", Action::Edit(Edit::Right), "one character to the right"),
    row(Type, TYPED, "start", Action::Edit(Edit::Start), "to the start of the line"),
    row(Type, TYPED, "end", Action::Edit(Edit::End), "to the end of the line"),
    shown(row(Program, LIST, "actions", Action::OpenPalette, "every action with its keys"), "help", 0),
    shown(row(Program, BELOW, "actions", Action::OpenPalette, "every action with its keys"), "help", 6),
    row(Program, NARROWING, "close", Action::Close, "close what is on top, end a search"),
    shown(row(Program, PAGE, "close", Action::Close, "close the page"), "close", 1),
    shown(row(Program, INPUT, "close", Action::Close, "leave what is typed"), "cancel", 1),
    shown(row(Program, CHOOSE, "close", Action::Close, "leave without choosing"), "leave", 1),
    shown(row(Program, LIST, "close-or-quit", Action::CloseOrQuit, "quit"), "quit", 5),
    row(Program, BELOW, "close-or-quit", Action::CloseOrQuit, "close what is on top"),
    row(Program, READING, "quit", Action::Quit, "quit"),
    row(Program, ALL, "cancel", Action::Interrupt, "cancel what runs, else quit"),
    row(Program, ALL, "repaint", Action::Repaint, "paint the screen anew"),
    row(Program, ALL, "suspend", Action::Suspend, "suspend, fg goes on"),
];
