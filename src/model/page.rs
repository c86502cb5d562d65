//! What can stand over the list: the entry's own page, a text to be selected by hand, or the question what to copy.

mod by_hand;
mod detail;

use std::sync::Arc;

use super::{
    Model,
    entry::{ActorKind, Entry, Time, User},
    json::{Layout, Personal},
    keymap::Context,
    text::{Charset, Line, Untrusted},
    zone::ago,
};
use crate::message::Action;

/// What covers the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The entry at the cursor.
    Entry {
        /// Its first line on the screen.
        scroll: usize,
        /// Raw JSON instead of fields.
        raw: bool,
    },
    /// The question what to copy.
    Menu {
        /// The row at the mark.
        marked: usize,
    },
    /// A text to be selected by hand.
    Text {
        /// Its first line on the screen.
        scroll: usize,
    },
}

/// The width of the names of fields on an entry's page.
const FIELD: usize = 12;

/// The most cells of a person's name.
const NAME: usize = 2_000;

impl Model {
    /// The lines of the page that covers the list, wrapped to the width of the screen.
    #[must_use]
    pub fn page_lines(&self) -> Vec<Line> {
        let width = usize::from(self.areas().body.width).saturating_sub(2);
        match self.page {
            Some(Page::Entry { raw, .. }) => match self.reader.current() {
                Some(entry) if raw => self.raw_lines(entry, width),
                Some(entry) => {
                    let key = self.keys.on_list(Action::TogglePersonal);
                    self.field_lines(entry, width, &format!("hidden, {key} shows it"))
                }
                None => self.missing_lines(width),
            },
            Some(Page::Text { .. }) => self.lines_by_hand(),
            Some(Page::Menu { .. }) | None => Vec::new(),
        }
    }

    /// The first line of the page on the screen, never beyond its end.
    #[must_use]
    pub fn page_scroll(&self) -> usize {
        match self.page {
            Some(Page::Entry { scroll, .. } | Page::Text { scroll }) => scroll.min(self.most_scroll()),
            Some(Page::Menu { .. }) | None => 0,
        }
    }

    /// Scrolls the page that covers the list, down when positive; stops at both ends.
    pub fn scroll_page(&mut self, by: isize) {
        let to = self.page_scroll().saturating_add_signed(by).min(self.most_scroll());
        if let Some(Page::Entry { scroll, .. } | Page::Text { scroll }) = &mut self.page {
            *scroll = to;
        }
    }

    fn most_scroll(&self) -> usize {
        self.page_lines().len().saturating_sub(usize::from(self.areas().body.height))
    }

    /// What stands on an entry's page where no entry is loaded.
    fn missing_lines(&self, width: usize) -> Vec<Line> {
        let Some(failure) = self.reader.asked_log().failure() else {
            return vec![Line::own("not loaded yet")];
        };
        let mut lines = self.shown_failure(failure).block(width, self.charset);
        lines.push(Line::own(&format!("{} tries again", self.keys.on_list(Action::Refresh))));
        lines
    }

    fn raw_lines(&self, entry: &Entry, width: usize) -> Vec<Line> {
        let mask = if self.personal { Personal::Shown } else { Personal::Masked };
        let Some(json) = self.shown_entry(entry).json(mask, Layout::Indented) else {
            let words = if entry.raw.is_some() {
                "This entry's JSON cannot be read, so the names in it cannot be replaced."
            } else if entry.is_unread() {
                "The entry is larger than 8 MiB and was not read, so there is no JSON to show."
            } else if self.reader.log().is_asking_raw() {
                "The entry's JSON was not kept; it is being asked for again."
            } else {
                return self.untold_lines(width);
            };
            return Untrusted::new(words).block(width, self.charset);
        };
        Untrusted::new(json).block(width, self.charset)
    }

    /// What stands there where an entry's JSON was asked for again and did not come.
    fn untold_lines(&self, width: usize) -> Vec<Line> {
        let key = |action| self.keys.in_context(Context::Page, action);
        let again = format!(
            "Close this, press {}, then {} asks again.",
            key(Action::Refresh),
            key(Action::ToggleRaw)
        );
        let Some(failure) = self.reader.asked_log().failure() else {
            let moved = format!("The entry's JSON was not kept, and the log has moved since. {again}");
            return Untrusted::new(moved).block(width, self.charset);
        };
        let own = |words: &str| Untrusted::new(words).block(width, self.charset);
        let mut lines = own("The entry's JSON was not kept, and asking for it again failed:");
        lines.extend(self.shown_failure(failure).block(width, self.charset));
        lines.extend(own(&again));
        lines
    }

    /// An entry's fields, wrapped to a width. Personal data is shown or stands there as `hidden`.
    #[must_use]
    pub fn field_lines(&self, entry: &Entry, width: usize, hidden: &str) -> Vec<Line> {
        let entry = &*self.shown_entry(entry);
        let mut fields = Fields { lines: Vec::new(), width, charset: self.charset };
        if let Some(flaw) = &entry.flaw {
            fields.text("unreadable", flaw);
        }
        let mask = if self.personal { Personal::Shown } else { Personal::Masked };
        fields.text("what", &entry.sentence_as(mask));
        fields.text("type", &entry.action_type);
        match &entry.time {
            Time::At(stamp) => {
                fields.own("when", &self.zone.full(stamp.instant()));
                let assumed = if stamp.is_assumed_utc() { " (no offset given, read as UTC)" } else { "" };
                fields.own("as given", &format!("{}{assumed}", stamp.exact_with_date()));
                fields.own("", &ago(stamp.instant(), self.now));
            }
            Time::Unreadable(text) => fields.text("when", text),
        }
        match &entry.actor {
            Some(actor) => self.person(&mut fields, "who", actor, hidden),
            None => fields.own("who", "nobody named"),
        }
        if let Some(included) = &entry.included {
            for user in &included.users {
                self.person(&mut fields, "names", user, hidden);
            }
            included.tags.iter().for_each(|tag| fields.text("tag", &tag.name));
            included.categories.iter().for_each(|category| fields.text("category", &category.name));
        }
        fields.lines
    }

    fn person(&self, fields: &mut Fields, name: &str, user: &Arc<User>, hidden: &str) {
        let mut line = user.name.name(NAME, self.charset);
        line.append(kind_of(user, self.charset));
        fields.wrapped(name, &line);
        let hidden = Untrusted::new(hidden);
        let personal = [
            ("e-mail", user.email.as_ref()),
            ("identifier", user.custom_identifier.as_ref()),
            ("id", Some(&user.id)),
        ];
        for (name, value) in personal {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.text(name, if self.personal { value } else { &hidden });
            }
        }
    }

    /// The dot between two facts on one line.
    #[must_use]
    pub fn dot(&self) -> &'static str {
        if self.charset == Charset::Ascii { "-" } else { "·" }
    }
}

/// ` (team)`; other kinds by the server's own word.
fn kind_of(user: &User, charset: Charset) -> Line {
    let mut line = Line::own(" (");
    match user.kind() {
        ActorKind::Team => line.push_own("team"),
        ActorKind::Client => line.push_own("client"),
        ActorKind::Bot => line.push_own("bot"),
        ActorKind::Other => line.append(user.status.one_line(20, charset)),
    }
    line.push_own(")");
    line
}

/// Lines with the names of fields at the left.
struct Fields {
    lines: Vec<Line>,
    width: usize,
    charset: Charset,
}

impl Fields {
    fn room(&self) -> usize {
        self.width.saturating_sub(FIELD).max(1)
    }

    fn own(&mut self, name: &str, text: &str) {
        self.wrapped(name, &Line::own(text));
    }

    fn wrapped(&mut self, name: &str, line: &Line) {
        self.lines(name, line.wrapped(self.room(), self.charset));
    }

    fn text(&mut self, name: &str, text: &Untrusted) {
        self.lines(name, text.block(self.room(), self.charset));
    }

    fn lines(&mut self, name: &str, lines: Vec<Line>) {
        let mut name = name;
        for line in lines {
            self.line(name, line);
            name = "";
        }
    }

    fn line(&mut self, name: &str, rest: Line) {
        let mut line = Line::own(name);
        line.pad(FIELD);
        line.append(rest);
        line.fit(self.width, self.charset);
        self.lines.push(line);
    }
}
