//! Writing what is shown to a file: asking for its name, and what became of it.

use super::gathering;
use crate::{
    export::Format,
    message::{Effect, NotSaved},
    model::{
        Model,
        input::{Input, Prompt},
        taking::Told,
        text::Untrusted,
    },
};

/// Asks for the name of a file.
pub(in crate::update) fn name_file(model: &mut Model) -> Vec<Effect> {
    model.taking.taken_name = None;
    model.input = Some(Input::asking(Prompt::File));
    Vec::new()
}

/// Writes to the file that was typed. A name without a known ending, or one that is there already, stays to be corrected.
pub(in crate::update) fn save(model: &mut Model) -> Vec<Effect> {
    let typed = model.input.as_ref().map(Input::text).unwrap_or_default();
    // Once more the same name is no other wish.
    if format(&typed).is_none() || model.taking.taken_name.as_ref() == Some(&typed) {
        return Vec::new();
    }
    model.input = None;
    write(model, &typed)
}

/// Writes to a file: a `!` at the end of its name writes over one that is there.
pub(in crate::update) fn write(model: &mut Model, typed: &str) -> Vec<Effect> {
    (model.taking.asks_again, model.taking.told) = (true, None);
    let told = match format(typed).map(|format| gathering::parcel(model, format)) {
        Some(Some(parcel)) => {
            let (name, is_forced) = name(typed);
            return vec![Effect::Save { name: name.to_owned(), is_forced, parcel: Box::new(parcel) }];
        }
        Some(None) => Told::Cannot("no entry is shown"),
        None => Told::Cannot("the name must end with .md, .csv, .json, .ndjson or .txt"),
    };
    model.tell_taken(told);
    Vec::new()
}

/// The same where nobody can be asked again.
pub(in crate::update) fn write_or_tell(model: &mut Model, typed: &str) -> Vec<Effect> {
    let effects = write(model, typed);
    model.taking.asks_again = false;
    effects
}

/// The file was written or not. Where one of this name is there, it is asked again.
pub(in crate::update) fn saved(model: &mut Model, outcome: Result<Told, NotSaved>) {
    match outcome {
        Ok(told) => model.tell_taken(told),
        Err(NotSaved::Exists(name))
            if model.taking.asks_again && model.input.is_none() && !model.is_covered() =>
        {
            model.input = Some(Input::of(Prompt::File, &name));
            model.taking.taken_name = Some(name);
        }
        Err(NotSaved::Exists(name)) => {
            model.tell_taken(Told::NotWritten(Untrusted::new(format!(
                "{name} is there already; {name}! writes over it"
            ))));
        }
        Err(NotSaved::Failed(why)) => model.tell_taken(Told::NotWritten(why)),
    }
}

/// The name of a file, and whether one of that name is to be written over.
fn name(typed: &str) -> (&str, bool) {
    let typed = typed.trim();
    typed.strip_suffix('!').map_or((typed, false), |name| (name.trim_end(), true))
}

/// The format by the ending of a name.
pub(in crate::update) fn format(typed: &str) -> Option<Format> {
    Format::of_file(name(typed).0)
}
