//! Lines as they are copied: what the list tells, without its cuts, with seconds and zone.

use crate::model::{
    Model,
    entry::{Entry, Time},
    snippet::Snippet,
    text::Line,
    timeline::Folded,
};

/// The longest field of a line, in cells.
const LONGEST: usize = 2_000;

/// Stands below what was selected over entries that are not loaded.
const HOLE: &str = "(entries between are not loaded, so they are left out)";

/// The longest name.
const NAME: usize = 200;

impl Model {
    /// The lines of what is selected, else the one at the cursor; `None` where no entry is.
    #[must_use]
    pub fn lines_to_copy(&self) -> Option<Snippet> {
        if let Some((entries, has_hole)) = self.selected_entries() {
            let lines = entries.into_iter().map(|entry| self.line_to_copy(&self.shown_entry(entry)).plain());
            let lines: Vec<String> = lines.chain(has_hole.then(|| HOLE.to_owned())).collect();
            return (!lines.is_empty()).then(|| Snippet::lines(lines));
        }
        let timeline = self.reader.timeline();
        let fold = timeline.fold_here(self.reader.log()).filter(|fold| !fold.is_open && self.page.is_none());
        if let Some(fold) = fold {
            let shown = self.shown_entry(fold.entry);
            return Some(Snippet::line(&self.fold_to_copy(Folded { entry: &shown, ..fold })));
        }
        self.reader.current().map(|entry| Snippet::line(&self.line_to_copy(&self.shown_entry(entry))))
    }

    /// What is selected, else the entry at the cursor, in sentences.
    #[must_use]
    pub fn sentences_to_copy(&self) -> Option<Snippet> {
        let (entries, has_hole) =
            self.selected_entries().unwrap_or_else(|| (self.reader.current().into_iter().collect(), false));
        let lines: Vec<String> = entries
            .into_iter()
            .map(|entry| self.sentence_to_copy(&self.shown_entry(entry)).plain())
            .collect();
        let lines: Vec<String> = lines.into_iter().chain(has_hole.then(|| HOLE.to_owned())).collect();
        (!lines.is_empty()).then(|| Snippet::lines(lines))
    }

    /// `2023-12-13 23:11:52 Oslo: Garrick Ollivander sent a reply`
    fn sentence_to_copy(&self, entry: &Entry) -> Line {
        let mut line = match &entry.time {
            Time::At(stamp) => Line::own(&self.zone.second(stamp.instant())),
            Time::Unreadable(text) => text.one_line(NAME, self.charset),
        };
        line.push_own(": ");
        match &entry.actor {
            Some(actor) => line.append(actor.name.one_line(NAME, self.charset)),
            None => line.push_own("(nobody named)"),
        }
        line.push_own(" ");
        line.append(match &entry.flaw {
            Some(_) => entry.what_line(&self.catalogue, LONGEST, self.charset),
            None => entry.sentence().one_line(LONGEST, self.charset),
        });
        line
    }

    /// `2023-12-13 23:11:52 Oslo  reply→  Garrick Ollivander  sent a reply`
    #[must_use]
    pub fn line_to_copy(&self, entry: &Entry) -> Line {
        let mut line = self.when_and_what_kind(entry);
        if let Some(actor) = &entry.actor {
            line.push_own("  ");
            line.append(actor.name.one_line(NAME, self.charset));
        }
        line.push_own("  ");
        line.append(entry.what_line(&self.catalogue, LONGEST, self.charset));
        line
    }

    /// `2023-12-13 23:01:12 Oslo  read  6 reads by 3 people`
    fn fold_to_copy(&self, fold: Folded<'_>) -> Line {
        let more = if fold.may_grow { "+" } else { "" };
        let mut line = self.when_and_what_kind(fold.entry);
        line.push_own(&format!("  {}{more} reads by ", fold.count));
        match &fold.entry.actor {
            Some(actor) if fold.people == 1 => line.append(actor.name.one_line(NAME, self.charset)),
            _ => line.push_own(&format!("{}{more} people", fold.people)),
        }
        line
    }

    fn when_and_what_kind(&self, entry: &Entry) -> Line {
        let mut line = match &entry.time {
            Time::At(stamp) => Line::own(&self.zone.second(stamp.instant())),
            Time::Unreadable(text) => text.one_line(NAME, self.charset),
        };
        line.push_own("  ");
        let mut word = entry.word_line(&self.catalogue, NAME, self.charset).plain();
        word.truncate(word.trim_end().len());
        line.append(crate::model::text::Untrusted::new(word).one_line(NAME, self.charset));
        line
    }
}
