//! The whole vocabulary: what can happen ([`Message`]) and what is to be done about it ([`Effect`]).

mod effect;

use chrono::{DateTime, Utc};
use ratatui::layout::Size;

use crate::model::{
    entry::Entry,
    failure::Failure,
    log::EntryId,
    narrowing::{Lift, Narrowing},
    query::{Generation, TicketNumber, Window},
    search::Wish,
    taking::{Delivery, Told},
    ticket::Ticket,
    time_words::Moment,
    visit::Visit,
    wanted::Wanted,
};

pub use self::effect::{Effect, NotSaved, Timer};
pub use crate::model::input::Edit;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The program starts.
    Start,
    /// The terminal has this size now.
    Resized(Size),
    /// What the clock says; comes before whatever depends on it.
    Clock(DateTime<Utc>),
    /// The user asks for something.
    Asked(Action),
    /// A key was pressed that asks for nothing: somebody is there.
    UnboundKey,
    /// The answer to [`Effect::FetchLog`].
    Log {
        /// The generation it was asked for.
        generation: Generation,
        /// The window it was asked for.
        window: Window,
        /// The entries, newest first, or why there are none.
        answer: Result<Vec<Entry>, Failure>,
    },
    /// What is read goes on: from the next answer on they speak of what has come so far.
    Paused,
    /// What is read has brought newer entries than it had when it was asked last.
    Grew,
    /// The same with older ones: what was taken for the end is none.
    WentOn,
    /// What is read has ended: what has come so far is all.
    Ended,
    /// Another file took the place of the one that is read: from the next answer on they speak of that.
    Replaced,
    /// The answer to [`Effect::FetchTicket`].
    Ticket {
        /// The ticket it was asked for.
        ticket: TicketNumber,
        /// The ticket, or why there is none.
        answer: Result<Ticket, Failure>,
    },
    /// The answer to [`Effect::FetchTickets`].
    Tickets(Result<Vec<(TicketNumber, Ticket)>, Failure>),
    /// The answer to [`Effect::FindVisits`]: the tickets looked at lately, the last one first.
    Visits(Vec<Visit>),
    /// The answer to [`Effect::FindVisit`], where there was a visit.
    Visit(Visit),
    /// A wait is over.
    Waited(Timer),
    /// Text that the user pasted, for the line that is typed.
    Pasted(String),
    /// [`Effect::Quit`] was asked for in the middle of text that nobody typed.
    NotQuit,
    /// What became of [`Effect::Copy`].
    Copied(Delivery),
    /// What became of [`Effect::Save`].
    Saved(Result<Told, NotSaved>),
    /// This is to be copied.
    Take(Wanted),
    /// What is shown or selected is to be written to the file of this name.
    Write(String),
    /// [`Effect::Suspend`] is not possible: nobody could continue the process.
    NotSuspended,
    /// [`Effect::LookOn`], after whatever else was waiting.
    LookOn,
    /// A time to jump to, from the command line.
    GoTo(Moment),
    /// The command line asks to look for something.
    Find(Wish),
    /// The command line asks to follow.
    Follow,
    /// To an entry that is shown: it is named instead of pointed at.
    GoToEntry(EntryId),
    /// What is to narrow the view from now on, in one step.
    Narrow(Box<Narrowing>),
}

/// What a user can ask for. Every key stands for one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// A digit of how often the motion after it is to be made.
    Digit(u8),
    /// Move by lines, down when positive.
    Step(i16),
    /// Move by half a screen, down when positive.
    HalfPage(i16),
    /// Move by a screen, down when positive.
    Page(i16),
    /// To the newest entry.
    Newest,
    /// To the oldest entry.
    Oldest,
    /// The entry on a page of its own, or the lines of a fold; in a panel, done.
    Enter,
    /// Put the neighbours at the cursor on one line again.
    Fold,
    /// Close what is on top.
    Close,
    /// Show or hide the detail pane.
    ToggleDetail,
    /// Make the detail pane higher by so many lines, lower when negative.
    Pane(i16),
    /// Fields or raw JSON.
    ToggleRaw,
    /// Show or mask personal data.
    TogglePersonal,
    /// Replace names by aliases, or show them again.
    ToggleNames,
    /// The next (older, positive) or previous entry, on the entry's own page.
    OtherEntry(i16),
    /// Open the filter panel.
    OpenFilter,
    /// Show ages in the place of times, or times again.
    ToggleAges,
    /// Show times in universal time, or in the zone of the settings again.
    ToggleZone,
    /// In the filter panel: tick or untick the row.
    Tick,
    /// In the filter panel: tick all rows.
    TickAll,
    /// In the filter panel: untick all rows.
    TickNone,
    /// In the filter panel: tick this row alone.
    TickOnly,
    /// In the filter panel: go to a row by its name.
    FindRow,
    /// In the filter panel: choose the preset of this number.
    Preset(u8),
    /// Hide the type of the entry at the cursor.
    HideType,
    /// Show the type of the entry at the cursor alone, or all types again.
    OnlyType,
    /// Show the entries of whoever acted at the cursor alone, or everybody's again.
    OnlyPerson,
    /// Type a text that entries must have.
    TypePhrase,
    /// Take all narrowing off, or put it on again.
    ToggleNarrowing,
    /// Narrow to the time from the entry at the cursor on.
    SinceHere,
    /// Narrow to the time up to the entry at the cursor.
    UntilHere,
    /// Lift one part of what narrows the view.
    Lift(Lift),
    /// Take the last step of narrowing back.
    UndoNarrowing,
    /// Bring the head up to date, try again what failed.
    Refresh,
    /// Begin or end following: the head is asked for again and again.
    Follow,
    /// Load everything.
    LoadAll,
    /// Show every action with its keys.
    OpenPalette,
    /// Paint the screen anew.
    Repaint,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Take up the view that a dropped line left behind.
    Resume,
    /// To the newest entry of the next older (positive) or newer day.
    Day(i16),
    /// To the next long silence, down when positive.
    Silence(i16),
    /// Type a time to jump to.
    TypeTime,
    /// A change to the line that is typed.
    Edit(Edit),
    /// Back to where the last jump began.
    Back,
    /// The first of two keys that lead back, or the second.
    HalfBack,
    /// To the newest entry that was seen at an earlier look.
    LastSeen,
    /// Type what to look for.
    Search,
    /// To the next hit, down when positive.
    Hit(i16),
    /// While a search is typed: plain text or a regular expression.
    Syntax,
    /// While a search is typed: an earlier one, the one before when negative.
    Recall(i8),
    /// Copy the line at the cursor, or what is selected.
    Copy,
    /// Ask what to copy.
    CopyMenu,
    /// Begin or end selecting.
    Select,
    /// Write what is shown or selected to a file.
    SaveAs,
    /// Send it to the pager.
    Browse,
    /// Show and copy the ticket's link in the inbox.
    InboxLink,
    /// Choose another ticket.
    ChooseTicket,
    /// Cancel what runs, else quit.
    Interrupt,
    /// Close what is on top; on the timeline, quit.
    CloseOrQuit,
    /// Quit.
    Quit,
}

impl Action {
    /// The same so many times, where it is a motion; `None` for all others.
    #[must_use]
    pub fn times(self, count: i16) -> Option<Self> {
        let by = |by: i16| by.saturating_mul(count);
        Some(match self {
            Self::Step(one) => Self::Step(by(one)),
            Self::HalfPage(one) => Self::HalfPage(by(one)),
            Self::Page(one) => Self::Page(by(one)),
            Self::OtherEntry(one) => Self::OtherEntry(by(one)),
            Self::Day(one) => Self::Day(by(one)),
            Self::Silence(one) => Self::Silence(by(one)),
            Self::Hit(one) => Self::Hit(by(one)),
            Self::Pane(one) => Self::Pane(by(one)),
            _ => return None,
        })
    }
}
