//! Reads a ticket's story from a script such as `assets/demo/4478963.txt`.
//!
//! A script is told oldest first, a line an entry: time in UTC, who, what. The reader keeps the ticket's
//! [`State`], so `status Pending` becomes a sentence that names the status before it, and a story cannot contradict
//! itself. It refuses what it does not understand, naming the line; it is called once, when the server starts.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    cast::{Cast, Person},
    deed::{Deed, Language},
    entry::{Moment, Row},
    state::{About, State, Ticket},
};

/// A story that was read.
#[derive(Debug)]
pub(super) struct Story {
    /// Newest first.
    pub(super) rows: Vec<Row>,
    /// The ticket as the last entry leaves it.
    pub(super) ticket: Ticket,
}

/// Reads a script; the error names the line.
pub(super) fn read(id: u64, script: &str, cast: &Cast) -> Result<Story, String> {
    let mut reader = Reader::new(cast);
    for (index, line) in script.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            reader.line(line).map_err(|error| format!("assets/demo/{id}.txt:{}: {error}", index + 1))?;
        }
    }
    reader.finish(id).ok_or_else(|| format!("assets/demo/{id}.txt: nobody creates the ticket"))
}

struct Reader<'a> {
    cast: &'a Cast,
    language: Language,
    title: &'a str,
    message: &'a str,
    source: &'a str,
    day: NaiveDate,
    last: Option<Moment>,
    author: Option<&'a Person>,
    created: String,
    last_activity: String,
    state: State<'a>,
    rows: Vec<Row>,
}

impl<'a> Reader<'a> {
    fn new(cast: &'a Cast) -> Self {
        Self {
            cast,
            language: Language::English,
            title: "",
            message: "",
            source: "",
            day: NaiveDate::MIN,
            last: None,
            author: None,
            created: String::new(),
            last_activity: String::new(),
            state: State::new(Language::English),
            rows: Vec::new(),
        }
    }

    fn line(&mut self, line: &'a str) -> Result<(), String> {
        let (word, rest) = split(line);
        match word {
            "language" => {
                self.language = match rest {
                    "en" => Language::English,
                    "no" => Language::Norwegian,
                    _ => return Err(format!("`{rest}` is not a language of ours (en, no)")),
                };
                self.state = State::new(self.language);
            }
            "title" => self.title = rest,
            "message" => self.message = rest,
            "source" => self.source = rest,
            "on" => self.day = rest.parse().map_err(|_| format!("`{rest}` is not a day"))?,
            time => {
                let (who, what) = split(rest);
                let moment = self.moment(time)?;
                let actor = self.cast.person(who)?;
                self.entry(moment, actor, what)?;
            }
        }
        Ok(())
    }

    /// The time of an entry; it keeps as many digits as the script writes, and must be later than the last.
    fn moment(&mut self, text: &str) -> Result<Moment, String> {
        let at: NaiveDateTime = format!("{}T{text}", self.day)
            .parse()
            .map_err(|_| format!("`{text}` is not a time of the day"))?;
        let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = u8::try_from(digits).map_err(|_| format!("`{text}` has too many digits"))?;
        let moment = Moment { at: at.and_utc(), digits };
        if self.last.is_some_and(|last| last >= moment) {
            return Err(format!("`{text}` is not later than the entry before"));
        }
        self.last = Some(moment);
        Ok(moment)
    }

    fn entry(&mut self, moment: Moment, actor: &'a Person, what: &'a str) -> Result<(), String> {
        let deed = self.deed(what)?;
        let time = moment.written_by(actor);
        if matches!(deed, Deed::Created) {
            self.author = Some(actor);
            self.created.clone_from(&time);
        }
        if matches!(deed, Deed::Created | Deed::Replied) {
            self.last_activity = time;
        }
        self.state.apply(&deed);
        self.rows.push(Row::new(moment, actor, &deed, self.language));
        Ok(())
    }

    fn deed(&self, what: &'a str) -> Result<Deed<'a>, String> {
        let (verb, rest) = split(what);
        Ok(match verb {
            "creates" => Deed::Created,
            "reads" => Deed::Read,
            "replies" => Deed::Replied,
            "notes" => Deed::Noted,
            "status" => self.status(rest)?,
            "assigns" => Deed::Assigned(self.cast.person(rest)?),
            "unassigns" if self.state.assignee.is_some() => Deed::Unassigned,
            "category" => Deed::Category { from: self.state.category, to: self.cast.category(rest)? },
            "tags" => Deed::Tagged(self.cast.tag(rest)?),
            "untags" => {
                let tag = self.cast.tag(rest)?;
                if !self.state.tags.contains_key(tag.name.as_str()) {
                    return Err(format!("the ticket does not have the tag `{rest}`"));
                }
                Deed::Untagged(tag)
            }
            "field" => {
                let (name, value) = rest.split_once('=').ok_or("write a field as `name = value`")?;
                Deed::Field { name: name.trim().into(), value: value.trim().into() }
            }
            "spam" => Deed::Spam,
            "unspam" => Deed::NotSpam,
            "does" => {
                let (action_type, sentence) = split(rest);
                Deed::Other { action_type, sentence }
            }
            _ => return Err(format!("nobody can do `{what}` now")),
        })
    }

    fn status(&self, to: &'a str) -> Result<Deed<'a>, String> {
        if !self.language.labels().iter().any(|(label, _)| *label == to) {
            return Err(format!("`{to}` is not a status"));
        }
        if self.state.status == to {
            return Err(format!("the status is `{to}` already"));
        }
        Ok(Deed::Status { from: self.state.status, to })
    }

    fn finish(mut self, id: u64) -> Option<Story> {
        self.rows.reverse();
        let about = About {
            id,
            title: self.title,
            message: self.message,
            source: self.source,
            author: self.author?,
            created: self.created,
            last_activity: self.last_activity,
        };
        Some(Story { rows: self.rows, ticket: Ticket::new(about, &self.state, self.language) })
    }
}

/// The first word, and the rest without the blanks between.
fn split(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    (word, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(lines: &str) -> String {
        let script = format!("on 2023-10-02\n10:00:00 harry creates\n{lines}");
        read(7, &script, &Cast::embedded().unwrap()).unwrap_err()
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        assert_eq!(
            complaint("10:00:01 voldemort reads"),
            "assets/demo/7.txt:3: cast.json has no person `voldemort`"
        );
        assert_eq!(
            complaint("10:00:01 luna apparates"),
            "assets/demo/7.txt:3: nobody can do `apparates` now"
        );
    }

    #[test]
    fn a_story_that_contradicts_itself_is_refused() {
        for line in ["luna status Open", "luna untags vip", "luna unassigns", "luna status Gone"] {
            assert!(complaint(&format!("10:00:01 {line}")).starts_with("assets/demo/7.txt:3: "), "{line}");
        }
        assert!(complaint("09:59:59 luna reads").contains("not later"));
    }
}
