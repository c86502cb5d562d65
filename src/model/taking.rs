//! What is taken from the screen to somewhere else: which entries, and what became of it.

mod words;

use super::{
    Model, Notice,
    entry::Entry,
    failure::Failure,
    gathered::{Aliases, Gathered},
    json::Personal,
    log::EntryId,
    page::Page,
    query::Generation,
    share::Opening,
    snippet::Snippet,
    text::Untrusted,
    timeline::{Item, Stretch},
    wanted::Wanted,
};

/// What is taken, and what became of what was taken last.
#[derive(Debug, Default)]
pub struct Taking {
    /// Where selecting began.
    anchor: Option<(Generation, EntryId)>,
    /// What became of it, while [`Notice::Taken`] says so.
    pub told: Option<Told>,
    /// What is to be selected by hand.
    by_hand: Option<Snippet>,
    /// What is below the page that covers the list.
    below: Option<Page>,
    /// What was asked for last.
    pub wanted: Option<Wanted>,
    /// What people were called in that.
    pub aliases: Option<Aliases>,
    /// What is copied without names as soon as everybody has a number.
    pub(super) awaits: Option<Box<Gathered>>,
    /// Whether the name of a file that is there already is asked for again.
    pub asks_again: bool,
    /// The name of a file that is there already.
    pub taken_name: Option<String>,
    /// How the program was opened.
    pub opening: Opening,
    /// The community that the account is of.
    pub community: Option<String>,
}

/// The way that something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The program of the setting `copy_command`.
    Command,
    /// tmux, which hands it on to its terminal.
    Tmux,
    /// A tmux that keeps it for itself.
    OldTmux,
    /// The terminal, by OSC 52.
    Terminal,
}

impl Route {
    /// Who takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Command => "copy_command",
            Self::Tmux | Self::OldTmux => "tmux",
            Self::Terminal => "the terminal",
        }
    }

    /// What follows `sent`: where it went, never that it arrived.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Command => "to your copy_command",
            Self::Tmux => "to tmux; paste where your terminal allows it",
            Self::OldTmux => "to this tmux alone, which is too old to hand it on",
            Self::Terminal => "to your terminal; paste where it allows it",
        }
    }
}

/// Why something is to be selected by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByHand {
    /// The setting says so.
    Asked,
    /// The terminal has no clipboard.
    NoClipboard,
    /// It is more than is known to reach a terminal.
    TooLarge,
    /// The program that was to take it did not, for this reason.
    Failed(Route, Untrusted),
}

/// What became of what was to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It was sent; whether it arrived nobody knows.
    Sent(Route, Snippet),
    /// It was not.
    ByHand(ByHand, Snippet),
}

/// What the footer says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// So many characters went this way.
    Sent(Route, usize),
    /// This link went this way.
    SentLink(Route, Snippet),
    /// So many characters stand on a page.
    ByHand(ByHand, usize),
    /// So many lines are more than a page has room for.
    TooMuch(usize),
    /// So many entries are more than can be copied.
    TooMany(usize),
    /// There is no entry at the cursor.
    NoEntry,
    /// What was selected is not in the list that is shown now.
    SelectionLost,
    /// Nothing was copied: it was given up, or for this reason.
    NotCopied(Option<Box<Failure>>),
    /// It cannot be had, for this reason.
    Cannot(&'static str),
    /// A file was written.
    Wrote {
        /// Entries in it.
        entries: usize,
        /// Whether that is all there is.
        is_whole: bool,
        /// Different names in it.
        names: usize,
        /// What people are called in it, where names are replaced.
        aliases: Option<Aliases>,
        /// Whether personal data is in it.
        personal: Personal,
        /// What it is called.
        file: Untrusted,
    },
    /// No file was written, for this reason.
    NotWritten(Untrusted),
    /// There was no pager, for this reason.
    NoPager(Untrusted),
    /// This pager ended in this way.
    PagerFailed(Untrusted),
}

/// The most bytes on a page from which text is selected by hand.
const MOST_BY_HAND: usize = 64 * 1024;

impl Model {
    /// Begins to select at the cursor, or ends that.
    pub fn toggle_selection(&mut self) {
        let here = self.reader.timeline().cursor();
        self.taking.anchor = match (self.selected(), here) {
            (None, Some(Item::Entry(id))) => Some((self.reader.log().generation(), id)),
            _ => None,
        };
    }

    /// Ends selecting; false where nothing is selected.
    pub fn end_selection(&mut self) -> bool {
        let is_selected = self.selected().is_some();
        self.taking.anchor = None;
        is_selected
    }

    /// Ends selecting where another list stands there, as one of other types, and says so unless more is to be said.
    pub fn lose_selection(&mut self) {
        let is_another = |(generation, _)| generation != self.reader.log().generation();
        // Not below the panel of types: the key that closes it would take the words away.
        if self.filter.is_none() && self.taking.anchor.is_some_and(is_another) {
            self.taking.anchor = None;
            if self.notice.is_none() {
                self.tell_taken(Told::SelectionLost);
            }
        }
    }

    /// What is selected: from where it began to the cursor. A log of other types has other entries.
    #[must_use]
    pub fn selected(&self) -> Option<Stretch> {
        let (generation, id) = self.taking.anchor?;
        let log = self.reader.log();
        (generation == log.generation()).then(|| self.reader.timeline().stretch(log, id)).flatten()
    }

    /// The entries that are selected, newest first, and whether some that are not loaded lie between them.
    #[must_use]
    pub fn selected_entries(&self) -> Option<(Vec<&Entry>, bool)> {
        let (ids, has_hole) = self.reader.timeline().entries_in(self.selected()?);
        Some((ids.into_iter().filter_map(|id| self.reader.log().entry(id)).collect(), has_hole))
    }

    /// Whether something waits to be copied without names.
    #[must_use]
    pub fn awaits_numbers(&self) -> bool {
        self.taking.awaits.is_some()
    }

    /// Takes what became of something that was to be copied.
    pub fn take_delivery(&mut self, delivery: Delivery) {
        let told = match delivery {
            Delivery::Sent(route, link) if self.taking.wanted == Some(Wanted::Link) => {
                Told::SentLink(route, link)
            }
            Delivery::Sent(route, text) => Told::Sent(route, text.characters()),
            Delivery::ByHand(_, text) if text.as_str().len() > MOST_BY_HAND => {
                Told::TooMuch(text.as_str().lines().count())
            }
            Delivery::ByHand(why, text) => {
                let characters = text.characters();
                self.taking.by_hand = Some(text);
                self.cover(Page::Text { scroll: 0 });
                Told::ByHand(why, characters)
            }
        };
        self.tell_taken(told);
    }

    /// What follows the name of what was copied, where numbers were held back from those in it.
    #[must_use]
    pub fn without_numbers(&self) -> &'static str {
        if self.taking.aliases == Some(Aliases::Unnumbered) { " (without numbers)" } else { "" }
    }

    /// Says what became of it, until the next key.
    pub fn tell_taken(&mut self, told: Told) {
        self.taking.told = Some(told);
        self.notice = Some(Notice::Taken);
    }

    /// Puts a page over the list or over an entry's own page, which is there again afterwards.
    pub(super) fn cover(&mut self, page: Page) {
        match self.page {
            Some(below @ Page::Entry { .. }) => self.taking.below = Some(below),
            None => self.taking.below = None,
            Some(Page::Menu { .. } | Page::Text { .. }) => {}
        }
        self.page = Some(page);
    }

    /// What is to be selected by hand.
    #[must_use]
    pub fn text_by_hand(&self) -> Option<&Snippet> {
        self.taking.by_hand.as_ref()
    }

    /// Closes what covers the list; false where nothing does. What was on the screen before a text is there again.
    pub fn close_page(&mut self) -> bool {
        let (page, below) = (self.page.take(), self.taking.below.take());
        self.taking.by_hand = None;
        self.page = below.filter(|_| matches!(page, Some(Page::Menu { .. } | Page::Text { .. })));
        page.is_some()
    }
}
