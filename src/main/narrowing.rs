//! The narrowing that flags ask for, judged before anything is opened.

use ticketlog::{
    cli::Narrow,
    model::{
        narrowing::Narrowing,
        text::{Charset, Untrusted},
        types::Catalogue,
    },
};

use crate::Refusal;

/// The longest word that is quoted.
const LONGEST: usize = 60;

pub(super) fn narrowing(flags: &Narrow, catalogue: &Catalogue) -> Result<Narrowing, Refusal> {
    let mut narrowing = Narrowing::everything(catalogue);
    let words = flags.types.iter().map(String::as_str).filter(|word| !word.trim().is_empty());
    let types: Vec<Untrusted> = words.map(|word| named(word, catalogue)).collect::<Result<_, _>>()?;
    match (types.as_slice(), flags.types.as_slice()) {
        ([], []) => {}
        ([], _) => return Err(Refusal::new(2, "--types names no type. Give words such as reply,status.")),
        (types, _) => {
            narrowing.types.learn(types.iter());
            narrowing.types.set(types, &[], false);
        }
    }
    Ok(narrowing)
}

fn named(word: &str, catalogue: &Catalogue) -> Result<Untrusted, Refusal> {
    catalogue.named(word).map_err(|near| {
        let meant = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        let words: Vec<&str> = catalogue.iter().map(|known| known.word.as_str()).collect();
        let quoted = Untrusted::new(word).one_line(LONGEST, Charset::Ascii).plain();
        Refusal::new(
            2,
            format!(
                "--types: \"{quoted}\" is no action type.{meant} Words are {}; a name of the API has an underscore.",
                words.join(", ")
            ),
        )
    })
}
