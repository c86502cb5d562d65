//! Keys that the files bind, over those that ship.

use super::{
    Setting,
    files::{Files, origin},
    origin::{Origin, Place, Problem},
};
use crate::{
    keys,
    model::keymap::{Binding, Context, Keymap},
};

/// Which key asks for what, and what the files say of it.
#[derive(Debug)]
pub struct Keys {
    /// All keys.
    pub map: Keymap,
    /// What the files bind, in the order of the actions.
    pub(super) bound: Vec<Setting<Binding>>,
}

impl Keys {
    /// Puts the keys together.
    pub(super) fn read(files: &Files) -> Result<Self, Problem> {
        let mut map = keys::defaults()
            .map_err(|sentence| Problem::at(Origin::Default, format!("the built-in keys: {sentence}")))?;
        let mut bound: Vec<Setting<Binding>> = Vec::new();
        for layer in files.keys() {
            let bindings: Vec<Binding> = layer.iter().map(|(binding, _)| binding.clone()).collect();
            map.bind(&bindings);
            for (binding, place) in layer {
                bound.retain(|Setting { value: before, .. }| {
                    (before.context, before.described) != (binding.context, binding.described)
                });
                bound.push(Setting { value: binding.clone(), origin: origin(place) });
            }
        }
        map.check().map_err(|(context, sentence)| match to_blame(files, context) {
            Some(place) => Problem::at(origin(place), sentence),
            None => Problem::of_all(sentence),
        })?;
        Ok(Self { map, bound })
    }
}

/// The last line that binds or unbinds something in a context.
fn to_blame(files: &Files, context: Context) -> Option<&Place> {
    let mut placed = files.keys().rev().flat_map(|layer| layer.iter().rev());
    placed.find(|(binding, _)| binding.context == context).map(|(_, place)| place)
}
