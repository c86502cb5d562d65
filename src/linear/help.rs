//! The words of the prompt, a line each.

use super::{Turn, command::WORDS};
use crate::model::Model;

pub(super) fn tell(model: &Model, turn: &mut Turn) {
    for word in WORDS {
        let name = word.names.first().copied().unwrap_or_default();
        let gap = if word.takes.is_empty() { "" } else { " " };
        turn.own(model, &format!("{name}{gap}{}: {}.", word.takes, word.does));
    }
    turn.own(model, "Ctrl-C stops what is under way, and quits at the prompt. Ctrl-D quits.");
}
