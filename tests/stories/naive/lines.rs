//! What folds, in the plainest form: groups of neighbours, found anew each time.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ticketlog::model::{entry::Entry, timeline::Row};

use super::{Beside, has, text};

impl Beside {
    /// Opens the fold at the cursor, or closes it.
    pub fn fold(&mut self, by: usize) {
        if by.is_multiple_of(2) {
            self.open();
            self.story.keys("<enter>");
            if self.story.model.page.is_some() {
                self.story.keys("<esc>");
            }
            return;
        }
        let generation = self.story.model.reader.log().generation();
        let here = self.story.model.reader.current().map(text);
        // An entry that has no neighbours in this narrowing is no fold: what it opened in another stays open.
        let is_at_cursor = |group: &Vec<String>| here.as_ref().is_some_and(|at| group.contains(at));
        for group in self.groups().into_iter().filter(|group| group.len() > 1 && is_at_cursor(group)) {
            self.opened.retain(|(of, at)| *of != generation || !group.contains(at));
        }
        self.story.keys("<left>");
    }

    /// Opens what is folded; an entry with a line of its own has nothing to open.
    fn open(&mut self) {
        let reader = &self.story.model.reader;
        let Some(here) = reader.current().map(text) else { return };
        if self.lines().iter().any(|line| line.len() > 1 && line.contains(&here)) {
            self.opened.insert((reader.log().generation(), here));
        }
    }

    pub fn search(&mut self, by: usize) {
        let keys = ["n", "N", "/garrick<enter>", "/entry 3<enter>", "<esc>"][by % 5];
        if keys == "<esc>" {
            self.leave();
        }
        self.story.keys(keys);
        match by % 5 {
            2 => self.sought = Some("garrick"),
            3 => self.sought = Some("entry 3"),
            4 => {
                // It may have stopped a jump alone; nothing is gone to either way.
                self.sought = self.sought.filter(|_| self.story.model.reader.timeline().finder().is_some());
                return;
            }
            _ => {}
        }
        self.open_hit();
    }

    /// What is gone to as a hit is seen.
    pub fn open_hit(&mut self) {
        let here = self.story.model.reader.current();
        if self.sought.zip(here).is_some_and(|(sought, here)| has(here, sought)) {
            self.open();
        }
    }

    /// What is shown, in groups of neighbours that fold.
    fn groups(&self) -> Vec<Vec<String>> {
        let zone = self.story.model.zone;
        let key = |entry: &Entry| {
            let is_read = entry.action_type.raw_for_export() == "ticket_read";
            let actor = entry.actor.as_ref().filter(|_| is_read && entry.flaw.is_none())?;
            Some((zone.local(entry.stamp()?.instant()).date(), actor.is_bot))
        };
        let mut groups: Vec<Vec<String>> = Vec::new();
        for run in self.story.model.reader.log().runs() {
            let mut above = None;
            for entry in run.iter().filter(|entry| self.now.shows(entry)) {
                let here = key(entry);
                match groups.last_mut().filter(|_| here.is_some() && here == above) {
                    Some(group) => group.push(text(entry)),
                    None => groups.push(vec![text(entry)]),
                }
                above = here;
            }
        }
        groups
    }

    /// The same with those taken apart that are open.
    fn lines(&self) -> Vec<Vec<String>> {
        let generation = self.story.model.reader.log().generation();
        let is_open = |text: &String| self.opened.contains(&(generation, text.clone()));
        let apart = |group: Vec<String>| -> Vec<Vec<String>> {
            if group.iter().any(is_open) {
                return group.into_iter().map(|text| vec![text]).collect();
            }
            vec![group]
        };
        self.groups().into_iter().flat_map(apart).collect()
    }

    /// The lines on the screen are a stretch of those of the naive model, and the cursor is on its own.
    pub fn check_lines(&self) -> Result<(), TestCaseError> {
        let reader = &self.story.model.reader;
        let (log, lines) = (reader.log(), self.lines());
        prop_assert_eq!(reader.timeline().lines(), lines.len(), "{:#?}", self.story.screen());
        let mut rows = Vec::new();
        let mut on_cursor = Vec::new();
        for row in reader.timeline().rows(log) {
            let (newest, count, people, cursor) = match row {
                Row::Entry { entry, cursor, .. } => (text(entry), 1, 1, cursor),
                Row::Fold { fold, cursor } => (text(fold.entry), fold.count, fold.people, cursor),
                Row::Rule(_) | Row::Tail { .. } => continue,
            };
            if cursor {
                on_cursor.push(rows.len());
            }
            rows.push((newest, count, people));
        }
        let Some((first, ..)) = rows.first() else { return Ok(()) };
        let from = lines.iter().position(|line| line[0] == *first);
        let from = from.ok_or_else(|| TestCaseError::fail(format!("{first} begins no line")))?;
        let stretch = &lines[from..(from + rows.len()).min(lines.len())];
        let people = |line: &[String]| {
            let by = |entry: &&Entry| line.contains(&text(entry));
            let all = self.story.server.iter().filter(by).filter_map(|entry| entry.actor.as_ref());
            all.map(|actor| actor.id.raw_for_export()).collect::<BTreeSet<_>>().len().max(1)
        };
        let expected: Vec<_> =
            stretch.iter().map(|line| (line[0].clone(), line.len(), people(line))).collect();
        prop_assert_eq!(rows, expected, "{:#?}", self.story.screen());
        if let Some(here) = reader.current() {
            let place = stretch.iter().position(|line| line.contains(&text(here)));
            prop_assert_eq!(place.into_iter().collect::<Vec<_>>(), on_cursor, "{:#?}", self.story.screen());
        }
        Ok(())
    }
}
