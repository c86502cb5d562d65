//! Keys on the timeline.

use super::{asked, refit};
use crate::{
    message::{Action, Effect},
    model::{
        Model,
        input::{Input, Prompt},
        log::EntryId,
        page::Page,
        reader::Notice,
        taking::Told,
        timeline::{Direction, Leap, Timeline},
    },
};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = super::filter::narrow(model, action) {
        return effects;
    }
    let page = isize::try_from(model.areas().body.height.max(1)).unwrap_or(1);
    let fetches = match action {
        Action::Step(by) => model.reader.travel(|list, log| list.step(log, by.into())),
        Action::HalfPage(by) => {
            model.reader.travel(|list, log| list.step(log, isize::from(by) * (page / 2).max(1)))
        }
        Action::Page(by) => {
            model.reader.travel(|list, log| list.step(log, isize::from(by) * (page - 1).max(1)))
        }
        Action::Newest => model.reader.to_newest(),
        Action::Oldest => model.reader.to_oldest(),
        Action::Back | Action::HalfBack => model.reader.go_back(),
        Action::Day(by) => model.reader.by_days(by, model.zone),
        Action::Silence(by) => {
            let direction = if by < 0 { Direction::Newer } else { Direction::Older };
            let mut leap =
                || model.reader.leap(|list, log| list.to_silence(log, direction), Notice::NoSilence);
            let _ = (0..by.unsigned_abs()).all(|_| leap() == Leap::Done);
            model.reader.wants()
        }
        Action::LastSeen => model.reader.to_last_seen(),
        Action::Search => return super::search::open(model),
        Action::Hit(by) => model.reader.next_hit(by),
        Action::ChooseTicket => return super::chooser::open(model),
        Action::SaveAs | Action::Browse => return super::taking::act(model, action),
        Action::Select => {
            model.toggle_selection();
            if model.selected().is_none() && model.reader.current().is_none() {
                model.tell_taken(Told::NoEntry);
            }
            return Vec::new();
        }
        Action::TypePhrase => {
            model.input = Some(Input::asking(Prompt::Phrase));
            return Vec::new();
        }
        Action::TypeTime => {
            model.input = Some(Input::default());
            return Vec::new();
        }
        Action::Fold => model.reader.travel(Timeline::fold),
        Action::Enter if model.reader.timeline().is_folded() => model.reader.travel(Timeline::unfold),
        Action::Enter => {
            if model.reader.current().is_some() {
                model.page = Some(Page::Entry { scroll: 0, raw: false });
            }
            return Vec::new();
        }
        Action::ToggleDetail => {
            model.detail = !model.detail;
            return refit(model);
        }
        Action::Pane(by) => {
            model.resize_pane(by);
            return refit(model);
        }
        Action::OpenFilter => return super::filter::open(model),
        _ => return Vec::new(),
    };
    asked(model, fetches)
}

/// To an entry that is named.
pub(super) fn go_to(model: &mut Model, id: EntryId) -> Vec<Effect> {
    model.stop_seek();
    let fetches = model.reader.travel(|list, log| list.stand_on(log, id));
    asked(model, fetches)
}
