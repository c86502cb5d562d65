//! The narrowing that flags ask for, judged before anything is opened.

use ticketlog::{
    cli::{Kind, Narrow},
    model::{
        entry::ActorKind,
        narrowing::{Bound, Kinds, ME, Narrowing, Person, Phrase, Span, literal_name},
        text::{Charset, Untrusted},
        time_words::Moment,
        types::{Catalogue, NO_TYPE, TypeChoice},
    },
    settings::Settings,
};

use crate::{Refusal, reading::moment, say};

/// The longest word that is quoted.
const LONGEST: usize = 60;

/// The narrowing, and where to begin reading: at the end of the window of time, where it has one.
pub(super) fn narrowing(
    flags: &Narrow,
    catalogue: &Catalogue,
    settings: &Settings,
) -> Result<(Narrowing, Option<Moment>), Refusal> {
    narrowing_named("--types", flags, catalogue, settings)
}

/// The same where another flag names the types.
pub(super) fn narrowing_named(
    flag: &str,
    flags: &Narrow,
    catalogue: &Catalogue,
    settings: &Settings,
) -> Result<(Narrowing, Option<Moment>), Refusal> {
    let mut narrowing = Narrowing::everything(catalogue);
    choose_types(flag, flags, catalogue, &mut narrowing.types)?;
    narrowing.person = flags.actor.as_deref().map(|name| person(name, settings)).transpose()?;
    if !flags.kind.is_empty() {
        let kinds: Vec<ActorKind> = flags.kind.iter().copied().map(actor_kind).collect();
        narrowing.kinds = Kinds::only(&kinds);
    }
    let zone = settings.zone.value;
    let time = |flag, text: &Option<String>| text.as_deref().map(|text| moment(flag, text, zone)).transpose();
    let (since, until) = (time("--since", &flags.since)?, time("--until", &flags.until)?);
    narrowing.span =
        Span { since: since.map(|since| Bound::from(since, zone)), until: until.map(Bound::up_to) };
    if let (Some(since), Some(until)) = (narrowing.span.since, narrowing.span.until)
        && since.at() > until.at()
    {
        return Err(Refusal::new(2, "--since is later than --until, so nothing is between them."));
    }
    if let Some(text) = &flags.grep {
        narrowing.phrase = Phrase::parse(text, catalogue)
            .map_err(|fault| Refusal::new(2, format!("--grep: {}.", clean(fault.words()))))?;
        if narrowing.phrase.is_none() {
            return Err(Refusal::new(
                2,
                "--grep has no text. Give one, /TEXT/ for a regular expression, or !TEXT.",
            ));
        }
    }
    Ok((narrowing, until))
}

fn choose_types(
    flag: &str,
    flags: &Narrow,
    catalogue: &Catalogue,
    choice: &mut TypeChoice,
) -> Result<(), Refusal> {
    let (flag, given, hides) = match flags.hide.as_slice() {
        [] => (flag, &flags.types, false),
        _ => ("--hide", &flags.hide, true),
    };
    let words = || given.iter().map(String::as_str).filter(|word| !word.trim().is_empty());
    let is_none = |word: &str| word.trim().eq_ignore_ascii_case(NO_TYPE);
    if flag == "--types" && words().any(is_none) {
        if !words().all(is_none) {
            return Err(Refusal::new(2, "--types: none stands alone. Leave it out, or the other types."));
        }
        choice.none();
        return Ok(());
    }
    let types: Vec<Untrusted> = words().map(|word| named(flag, word, catalogue)).collect::<Result<_, _>>()?;
    match (types.as_slice(), given.as_slice()) {
        ([], []) => {}
        ([], _) => {
            let sentence = format!("{flag} names no type. Give words such as reply,status.");
            return Err(Refusal::new(2, sentence));
        }
        (types, _) => {
            for name in types {
                if let Some(near) = catalogue.near(name) {
                    let shown = |name: &Untrusted| name.one_line(LONGEST, Charset::Ascii).plain();
                    let (word, near) = (shown(name), shown(near));
                    say(&format!(
                        "{flag}: \"{word}\" is not known and used as it stands. Did you mean {near}?"
                    ));
                }
            }
            choice.learn(types.iter());
            let (shown, hidden): (&[Untrusted], &[Untrusted]) =
                if hides { (&[], types) } else { (types, &[]) };
            choice.set(shown, hidden, hides);
        }
    }
    Ok(())
}

fn named(flag: &str, word: &str, catalogue: &Catalogue) -> Result<Untrusted, Refusal> {
    catalogue.named(word).map_err(|near| {
        let meant = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        let words: Vec<&str> = catalogue.iter().map(|known| known.word.as_str()).collect();
        let (quoted, words) = (clean(word), words.join(", "));
        let sentence = format!("{flag}: \"{quoted}\" is no action type.{meant} Words are {words}");
        Refusal::new(2, format!("{sentence}; a name of the API has an underscore."))
    })
}

fn person(name: &str, settings: &Settings) -> Result<Person, Refusal> {
    let name = match (name.trim(), &settings.me) {
        ("", _) => {
            return Err(Refusal::new(2, "--actor has no name. Give a part of one, such as --actor garrick."));
        }
        (ME, Some(me)) => &me.value,
        (ME, None) => {
            let sentence =
                "--actor me: no setting says who you are. Give a name, or set me in the configuration.";
            return Err(Refusal::new(2, sentence));
        }
        (name, _) => literal_name(name).unwrap_or(name),
    };
    Person::named(name).map_err(|fault| Refusal::new(2, format!("--actor: {}.", clean(fault.words()))))
}

fn actor_kind(kind: Kind) -> ActorKind {
    match kind {
        Kind::Team => ActorKind::Team,
        Kind::Client => ActorKind::Client,
        Kind::Bot => ActorKind::Bot,
        Kind::Other => ActorKind::Other,
    }
}

pub(super) fn clean(text: &str) -> String {
    Untrusted::new(text).one_line(LONGEST, Charset::Ascii).plain()
}
