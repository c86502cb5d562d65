//! That aliases have no numbers yet, and how far the log has been read for them; or that there are none.

use super::number;
use crate::{
    message::Action,
    model::{Model, roll::Numbers, text::Line},
};

/// The longest reason.
const LONGEST: usize = 300;

/// `numbers follow: 1,240 read`
pub(super) fn follow(model: &Model) -> Option<String> {
    let Numbers::Follow(entries) = model.numbers()? else { return None };
    Some(match entries {
        _ if model.reader.is_open() => "numbers follow when all has come".to_owned(),
        0 => "numbers follow".to_owned(),
        entries => format!("numbers follow: {} read", number(entries)),
    })
}

/// `no numbers, H twice tries again: The server answered with 500.`
pub(super) fn missing(model: &Model) -> Option<Line> {
    let Numbers::Missing(failure) = model.numbers()? else { return None };
    let key = model.keys.on_list(Action::ToggleNames);
    let mut line = Line::own(&format!("no numbers, {key} twice tries again: "));
    line.append(model.shown_failure(failure).one_line(LONGEST, model.charset));
    Some(line)
}

/// `copying without names: 1,240 entries read  esc gives up`
pub(super) fn copying(model: &Model) -> String {
    let stop = model.keys.on_list(Action::Close);
    format!("copying without names: {} entries read  {stop} gives up", number(model.roll.entries()))
}
