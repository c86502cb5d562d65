//! One list of every action: what can be done here and now first, each with its keys, found by word or by key.
//!
//! The line itself is [`Model::input`]. A ticket's number or link and `q` with its kin are taken as they are, before
//! any action. Where the words of no action fit, what is offered is a guess: Enter asks whether it is meant.

mod matching;

use self::matching::{Guesses, Wanted};
use super::{
    Model,
    input::{Input, Prompt},
    keymap::{Bound, Context, Group},
    query::TicketNumber,
    subject::Subject,
    ticket,
};
use crate::message::Action;

/// The list while it is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    /// The row at the cursor; the first one where it is not among the rows.
    marked: Option<Choice>,
    /// What was marked by hand, or is asked about: Enter runs it, a guess or not.
    confirmed: Option<Choice>,
    /// Why what was chosen does nothing.
    pub wrong: Option<String>,
}

/// What Enter would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Open this ticket.
    Ticket(TicketNumber),
    /// Quit.
    Quit,
    /// Write what is shown to the file that is typed.
    Write,
    /// The action of this name in a context.
    Action(Context, &'static str, Action),
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub enum PaletteRow<'a> {
    /// What the rows below have in common.
    Heading(&'static str),
    /// What is typed, taken as it is.
    Literal(Choice),
    /// An action.
    Action(Listed<'a>),
}

/// An action in the list.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Where it means something.
    pub context: Context,
    /// The action with its keys.
    pub bound: &'a Bound,
    /// Why it cannot be run now.
    pub obstacle: Option<&'static str>,
}

/// Actions under a heading.
type Section<'a> = (Option<&'static str>, Vec<Listed<'a>>);

impl PaletteRow<'_> {
    /// What it stands for; nothing for a heading.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        match self {
            Self::Heading(_) => None,
            Self::Literal(choice) => Some(*choice),
            Self::Action(Listed { context, bound, .. }) => {
                Some(Choice::Action(*context, bound.described.name, bound.described.action))
            }
        }
    }
}

impl Model {
    /// Opens the list.
    pub fn open_palette(&mut self) {
        self.input = Some(Input::asking(Prompt::Action));
        self.palette = Some(Palette::default());
    }

    /// Closes it.
    pub fn close_palette(&mut self) {
        (self.input, self.palette) = (None, None);
    }

    /// What is typed has changed: the first row is marked. It is looked up when somebody asks for it, not for every
    /// key of a burst.
    pub fn retype_palette(&mut self) {
        if let Some(palette) = &mut self.palette {
            *palette = Palette::default();
        }
    }

    /// Something other than a key may change which rows come first: what is marked stays marked.
    pub fn hold_palette_mark(&mut self) {
        if self.palette.as_ref().is_some_and(|palette| palette.marked.is_none()) {
            let marked = self.palette_mark();
            if let Some(palette) = &mut self.palette {
                palette.marked = marked;
            }
        }
    }

    /// Moves the mark by so many rows, down when positive. Stops at both ends.
    pub fn step_palette(&mut self, by: isize) {
        let choices = self.palette_choices();
        let marked = self.palette_mark();
        let at = choices.iter().position(|choice| Some(*choice) == marked).unwrap_or_default();
        let to = at.saturating_add_signed(by).min(choices.len().saturating_sub(1));
        if let Some(palette) = &mut self.palette {
            let marked = choices.get(to).copied();
            *palette = Palette { marked, confirmed: marked, wrong: None };
        }
    }

    /// What Enter would do.
    #[must_use]
    pub fn palette_mark(&self) -> Option<Choice> {
        let choices = self.palette_choices();
        let marked = self.palette.as_ref().and_then(|palette| palette.marked);
        marked.filter(|marked| choices.contains(marked)).or_else(|| choices.first().copied())
    }

    fn palette_choices(&self) -> Vec<Choice> {
        self.palette_rows().iter().filter_map(PaletteRow::choice).collect()
    }

    /// Every row that fits what is typed.
    #[must_use]
    pub fn palette_rows(&self) -> Vec<PaletteRow<'_>> {
        let typed = self.typed();
        let mut rows: Vec<PaletteRow> = literal(&typed).map(PaletteRow::Literal).into_iter().collect();
        let (wanted, mut sections) = self.palette_found(&typed);
        // Whoever types a key or all of a name means that one, even if it cannot be run.
        sections.sort_by_key(|(_, listed)| !listed.first().is_some_and(|first| wanted.is_meant(first)));
        for (heading, listed) in sections {
            match heading {
                Some(heading) => headed(&mut rows, heading, listed),
                None if typed.trim().is_empty() => grouped(&mut rows, &listed),
                None => rows.extend(listed.into_iter().map(PaletteRow::Action)),
            }
        }
        rows
    }

    /// What fits, as parts of words and scattered letters only where nothing else does.
    fn palette_found(&self, typed: &str) -> (Wanted, Vec<Section<'_>>) {
        let mut wanted = Wanted::new(typed);
        for guesses in [Guesses::None, Guesses::Parts, Guesses::Letters] {
            wanted.guess(guesses);
            let sections = self.palette_sections(&mut wanted);
            if !sections.is_empty() {
                return (wanted, sections);
            }
        }
        (wanted, Vec::new())
    }

    /// Whether Enter is to ask first: no word of what is marked was typed. From then on it is confirmed.
    pub fn ask_for_guess(&mut self, choice: Choice) -> bool {
        let Choice::Action(_, name, _) = choice else { return false };
        let is_guess = self.palette_found(&self.typed()).0.guesses();
        let enter = self.keys.in_context(Context::Choose, Action::Enter).to_owned();
        let Some(palette) = &mut self.palette else { return false };
        if !is_guess || palette.confirmed == Some(choice) {
            return false;
        }
        palette.confirmed = Some(choice);
        palette.wrong = Some(format!("no action is called so; {enter} again runs {name}"));
        true
    }

    /// What fits: here and now, here but not now, elsewhere; each with its heading. None is empty.
    fn palette_sections(&self, wanted: &mut Wanted) -> Vec<Section<'_>> {
        let here = self.context_below();
        let all = self.keys.rows(here).iter().map(|bound| {
            let obstacle = self.obstacle(here, bound.described.action);
            Listed { context: here, bound, obstacle }
        });
        let (now, later): (Vec<Listed>, Vec<Listed>) =
            wanted.best(all).into_iter().partition(|listed| listed.obstacle.is_none());
        let mut sections = vec![(None, now), (Some("not now"), later)];
        let mut told: Vec<&str> = self.keys.rows(here).iter().map(|bound| bound.described.name).collect();
        for context in Context::ALL.into_iter().filter(|context| *context != here) {
            let bounds = self.keys.rows(context).iter().filter(|bound| !told.contains(&bound.described.name));
            let others: Vec<&Bound> = bounds.collect();
            told.extend(others.iter().map(|bound| bound.described.name));
            let obstacle = Some(context.place());
            let listed = others.into_iter().map(|bound| Listed { context, bound, obstacle });
            sections.push((obstacle, wanted.best(listed)));
        }
        sections.retain(|(_, listed)| !listed.is_empty());
        sections
    }

    /// What the keys act on when nothing is typed or chosen.
    #[must_use]
    pub fn context_below(&self) -> Context {
        match (&self.page, &self.filter) {
            (Some(_), _) => Context::Page,
            (None, Some(_)) => Context::Filter,
            (None, None) => Context::List,
        }
    }

    /// Why what is marked cannot be done, in a sentence; `None` when it can.
    #[must_use]
    pub fn palette_obstacle(&self, choice: Choice) -> Option<String> {
        let here = self.context_below();
        match choice {
            Choice::Quit => None,
            Choice::Write => self.obstacle(here, Action::SaveAs).map(str::to_owned),
            Choice::Ticket(_) => {
                if let Subject::File(_) = self.subject {
                    return Some("a file is open; a ticket is opened by ticketlog NUMBER".to_owned());
                }
                let link = ticket::name(self.typed().trim()).ok()?.link?;
                (!self.links.admit(&link)).then(|| {
                    "the link is not of this account's community: leave, then ticketlog LINK".to_owned()
                })
            }
            Choice::Action(context, name, _) if context != here => {
                Some(format!("{name} works {}", context.place()))
            }
            Choice::Action(context, name, action) => {
                self.obstacle(context, action).map(|why| format!("{name} does nothing now: {why}"))
            }
        }
    }
}

/// What is typed, taken as it is.
fn literal(typed: &str) -> Option<Choice> {
    match typed.trim() {
        // As in editors: there is nothing here that could be written first, or be lost.
        "q" | "q!" | "qa" | "qa!" | "wq" | "wqa" | "x" | "x!" | "xa" | "quit!" => Some(Choice::Quit),
        typed if file_name(typed).is_some() => Some(Choice::Write),
        typed => ticket::parse(typed).ok().map(Choice::Ticket),
    }
}

/// The name behind `w`, as in vi.
#[must_use]
pub fn file_name(typed: &str) -> Option<&str> {
    let name = typed.trim().strip_prefix("w ")?.trim();
    (!name.is_empty()).then_some(name)
}

fn headed<'a>(rows: &mut Vec<PaletteRow<'a>>, heading: &'static str, listed: Vec<Listed<'a>>) {
    rows.push(PaletteRow::Heading(heading));
    rows.extend(listed.into_iter().map(PaletteRow::Action));
}

/// By group, in the order in which the groups begin.
fn grouped<'a>(rows: &mut Vec<PaletteRow<'a>>, listed: &[Listed<'a>]) {
    let mut groups: Vec<Group> = Vec::new();
    for group in listed.iter().map(|listed| listed.bound.described.group) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for group in groups {
        let of_group =
            listed.iter().filter(|listed| listed.bound.described.group == group).copied().collect();
        headed(rows, group.heading(), of_group);
    }
}
