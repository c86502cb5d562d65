//! Which actions can be done now: for the footer, which tells no other, and for the list of actions, which tells them
//! first. An action that cannot is no error: done all the same, it says why.

use super::{
    Model, keymap::Context, narrowing::Narrowing, page::Page, reader::Reader, saved_view::Resume,
    subject::Subject,
};
use crate::message::Action;

impl Model {
    /// Why an action would do nothing now in a context where it means something; `None` when it can be done.
    #[must_use]
    pub fn obstacle(&self, context: Context, action: Action) -> Option<&'static str> {
        let (is_so, why) = match action {
            Action::Hit(_) => (self.reader.timeline().pattern().is_none(), "nothing is looked for yet"),
            Action::Resume => (!self.has_offer(context), "no line dropped here"),
            Action::Preset(number) => {
                (usize::from(number) > self.catalogue.presets().len(), "there are not so many presets")
            }
            Action::ToggleNarrowing => {
                (is_wide(&self.reader) && !self.reader.is_narrowing_off(), "nothing narrows the view")
            }
            Action::Lift(lift) => {
                let mut parts = self.reader.narrowing().lifts();
                (!parts.any(|part| part == lift), "nothing like that narrows the view")
            }
            Action::UndoNarrowing => (!self.reader.has_narrowed(), "no narrowing to undo"),
            Action::OnlyPerson if self.reader.narrowing().person.is_some() => return None,
            Action::OtherEntry(_)
            | Action::ToggleRaw
            | Action::Copy
            | Action::CopyMenu
            | Action::InboxLink
                if matches!(self.page, Some(Page::Text { .. })) =>
            {
                (true, "a text is to be selected by hand")
            }
            Action::OtherEntry(_) | Action::ToggleRaw if matches!(self.page, Some(Page::Menu { .. })) => {
                (true, "it is asked what to copy")
            }
            Action::SaveAs | Action::Browse => (self.reader.timeline().shown() == 0, "no entry is shown"),
            Action::Select => {
                let can = self.selected().is_some() || self.reader.current().is_some();
                (!can, "no entry is at the cursor")
            }
            Action::Copy
            | Action::HideType
            | Action::OnlyType
            | Action::OnlyPerson
            | Action::SinceHere
            | Action::UntilHere => (self.reader.current().is_none(), "no entry is at the cursor"),
            Action::Enter | Action::ToggleRaw if context == Context::List => {
                (self.reader.current().is_none(), "no entry is at the cursor")
            }
            Action::ChooseTicket => (matches!(self.subject, Subject::File(_)), "a file is open"),
            Action::Back | Action::HalfBack => (!self.reader.has_way_back(), "no jump leads back"),
            Action::Fold => {
                let fold = self.reader.timeline().fold_here(self.reader.log());
                (fold.is_none_or(|fold| !fold.is_open), "no unfolded reads are at the cursor")
            }
            Action::LastSeen => {
                (self.reader.timeline().last_seen().is_none(), "nothing is kept of an earlier look at this")
            }
            Action::LoadAll => (
                self.reader.loads_all() || self.reader.asked_log().total().is_some(),
                "everything is loaded, or being loaded",
            ),
            Action::Close if context == Context::List => {
                (!self.has_something_to_stop(), "nothing is to be closed")
            }
            Action::Syntax | Action::Recall(_) => (self.search.is_none(), "for a search alone"),
            _ => return None,
        };
        is_so.then_some(why)
    }

    /// The question which ticket offers it in a row of its own; the list of actions does not.
    fn has_offer(&self, context: Context) -> bool {
        let is_asked = context != Context::Choose || self.chooser.is_some();
        is_asked && matches!(self.resume, Resume::Offer(_))
    }

    fn has_something_to_stop(&self) -> bool {
        let reader = &self.reader;
        let runs = reader.progress().is_some() || reader.loads_all() || reader.retries_at().is_some();
        runs || self.selected().is_some() || self.seek.is_some() || reader.timeline().pattern().is_some()
    }
}

fn is_wide(reader: &Reader) -> bool {
    Narrowing::is_everything(reader.narrowing())
}
