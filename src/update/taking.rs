//! Keys that take something from the screen to somewhere else.

use crate::{
    message::Effect,
    model::{Model, taking::Told},
};

/// Copies what is selected, or the line at the cursor.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(text) = model.lines_to_copy() else {
        model.tell_taken(Told::NoEntry);
        return Vec::new();
    };
    vec![Effect::Copy(text)]
}
