//! What can be copied: the rows of the menu that asks for it.

use super::{Model, page::Page, redaction::Scope};

/// Something to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// What is selected, or the entry at the cursor, as lines.
    Lines,
    /// The same in sentences.
    Sentences,
    /// The same as the API's JSON.
    Json,
    /// The ticket's link in the inbox.
    Link,
    /// The command that opens this view.
    Command,
    /// All that is shown, or what is selected, as a table in Markdown.
    Markdown,
    /// The same with names replaced.
    Nameless,
}

impl Wanted {
    /// All of them, as the menu tells them.
    pub const ALL: [Self; 7] =
        [Self::Lines, Self::Sentences, Self::Json, Self::Link, Self::Command, Self::Markdown, Self::Nameless];

    /// Whether entries are taken, not what stands round them.
    #[must_use]
    pub fn is_of_entries(self) -> bool {
        !matches!(self, Self::Link | Self::Command)
    }

    /// Its name in the menu.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Sentences => "sentence",
            Self::Json => "JSON",
            Self::Link => "inbox link",
            Self::Command => "command",
            Self::Markdown => "Markdown",
            Self::Nameless => "redacted",
        }
    }
}

impl Model {
    /// Asks what is to be copied.
    pub fn open_menu(&mut self) {
        self.cover(Page::Menu { marked: 0 });
    }

    /// What is marked in the menu.
    #[must_use]
    pub fn menu_mark(&self) -> Option<Wanted> {
        match self.page {
            Some(Page::Menu { marked }) => Wanted::ALL.get(marked).copied(),
            _ => None,
        }
    }

    /// Moves the mark, down when positive; stops at both ends.
    pub fn step_menu(&mut self, by: isize) {
        if let Some(Page::Menu { marked }) = &mut self.page {
            *marked = marked.saturating_add_signed(by).min(Wanted::ALL.len() - 1);
        }
    }

    /// What a row of the menu would copy, in words.
    #[must_use]
    pub fn wanted_words(&self, wanted: Wanted) -> String {
        let selected = self.selected().map(|selected| self.reader.timeline().count_in(selected));
        let count = selected.unwrap_or_else(|| self.reader.timeline().shown());
        if wanted.is_of_entries() && count == 0 {
            return "there is no entry here".to_owned();
        }
        let here = || match selected {
            Some(1) => "the selected entry".to_owned(),
            Some(count) => format!("the {count} selected entries"),
            None => "the entry at the cursor".to_owned(),
        };
        match wanted {
            Wanted::Lines => format!("{}, a line each", here()),
            Wanted::Sentences => format!("{}, in sentences", here()),
            Wanted::Json => {
                let hidden = if self.personal { "with e-mail and ids" } else { "without e-mail and ids" };
                format!("{}, {hidden}", here())
            }
            Wanted::Link => self.inbox_link().map_or_else(str::to_owned, |link| link.as_str().to_owned()),
            Wanted::Command => {
                self.command().map_or_else(str::to_owned, |command| command.as_str().to_owned())
            }
            Wanted::Markdown | Wanted::Nameless => {
                let names = match (wanted, self.redaction_scope()) {
                    (Wanted::Nameless, Scope::Everyone) => ", names replaced",
                    (Wanted::Nameless, Scope::Clients) => ", clients' names replaced",
                    _ => "",
                };
                let shown = self.reader.timeline().shown();
                let what = match selected {
                    Some(_) => here(),
                    None if shown == 1 => "the one entry shown".to_owned(),
                    None => format!("all {shown} entries shown"),
                };
                format!("{what}, as a table{names}")
            }
        }
    }
}
