//! The detail pane below the list: the entry at the cursor in a few lines. Called by the view, which knows the room.

use super::kind_of;
use crate::{
    message::Action,
    model::{
        Model,
        entry::{Entry, Label, Time},
        text::{Charset, Line, Untrusted},
        zone::ago,
    },
};

impl Model {
    /// The lines of the detail pane: type, actor, time; the sentence; the time as given; what is included. A
    /// sentence that has no room ends in an ellipsis; the entry's own page has all of it.
    #[must_use]
    pub fn detail_lines(&self, entry: &Entry, width: usize, height: usize) -> Vec<Line> {
        let entry = &*self.shown_entry(entry);
        let mut lines = vec![self.detail_head(entry, width)];
        if let Some(flaw) = &entry.flaw {
            let mut line = Line::own("unreadable: ");
            line.append(flaw.one_line(width.saturating_sub(line.cells()).max(1), self.charset));
            line.fit(width, self.charset);
            lines.push(line);
        }
        let last: Vec<Line> =
            self.given_line(entry, width).into_iter().chain(self.included_line(entry, width)).collect();
        let room = height.saturating_sub(lines.len() + last.len()).max(1);
        let mut sentence = entry.sentence().block(width, self.charset);
        if sentence.len() > room {
            sentence.truncate(room);
            if let Some(end) = sentence.last_mut() {
                let sign = if self.charset == Charset::Ascii { "~" } else { "…" };
                let more = format!(" {sign} {} shows all", self.keys.on_list(Action::Enter));
                end.fit(width.saturating_sub(more.chars().count()), self.charset);
                end.push_own(&more);
                end.fit(width, self.charset);
            }
        }
        lines.extend(sentence);
        lines.extend(last);
        lines
    }

    /// The time as the server gave it; with its date where that is another day than in the zone shown.
    fn given_line(&self, entry: &Entry, width: usize) -> Option<Line> {
        let Time::At(stamp) = &entry.time else { return None };
        let same_day = stamp.date() == self.zone.local(stamp.instant()).date();
        let given = if same_day { stamp.exact() } else { stamp.exact_with_date() };
        let mut line = Line::own(&format!("{given} {} {}", self.dot(), ago(stamp.instant(), self.now)));
        line.fit(width, self.charset);
        Some(line)
    }

    fn detail_head(&self, entry: &Entry, width: usize) -> Line {
        let mut line = entry.action_type.one_line(width, self.charset);
        line.push_own("  ");
        if let Some(actor) = &entry.actor {
            line.append(actor.name.name(30, self.charset));
            line.append(kind_of(actor, self.charset));
            line.push_own("  ");
        }
        match &entry.time {
            Time::At(stamp) => {
                let full = self.zone.full(stamp.instant());
                let fits = line.cells() + full.len() <= width;
                line.push_own(&if fits { full } else { self.zone.second(stamp.instant()) });
            }
            Time::Unreadable(text) => line.append(text.one_line(30, self.charset)),
        }
        line.fit(width, self.charset);
        line
    }

    fn included_line(&self, entry: &Entry, width: usize) -> Option<Line> {
        let included = entry.included.as_ref()?;
        let mut line = Line::default();
        let users = included.users.iter().map(|user| &user.name);
        let tags = included.tags.iter().map(|label: &Label| &label.name);
        let categories = included.categories.iter().map(|label: &Label| &label.name);
        let groups: [(&str, Vec<&Untrusted>); 3] =
            [("names ", users.collect()), ("tags ", tags.collect()), ("category ", categories.collect())];
        for (word, names) in groups.into_iter().filter(|(_, names)| !names.is_empty()) {
            line.push_own(if line.cells() > 0 { "  " } else { "" });
            line.push_own(word);
            for (at, name) in names.into_iter().enumerate() {
                line.push_own(if at > 0 { ", " } else { "" });
                line.append(name.one_line(40, self.charset));
            }
        }
        line.fit(width, self.charset);
        Some(line)
    }
}
