//! What the words of a command say, and views that have none.

use std::{
    ffi::OsString,
    os::unix::ffi::OsStringExt as _,
    process::{Command, Stdio},
};

use ticketlog::model::{
    narrowing::{Kinds, Narrowing, Person},
    share::Opening,
    subject::Subject,
    text::Untrusted,
    types::{Naming, TypeChoice},
};

use super::views::{Reading, catalogue, parsed, reopened};

#[test]
fn a_real_shell_reads_the_words_back() {
    let sign = "it's $(id) `id` \\ \"x\" * ~ ; | & < > # ! {a,b} æ";
    let quoted = ticketlog::model::share::quoted(sign);
    let script = format!("printf '%s' {quoted}");
    let output = Command::new("/bin/sh").args(["-c", &script]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), sign);
}

#[test]
fn a_file_and_a_sample_are_opened_as_they_were_and_a_pipe_has_no_command() {
    let mut reading = Reading::open(Narrowing::everything(&catalogue()), Vec::new());
    reading.model.taking.opening = Opening::Demo;
    let command = reading.model.command().unwrap();
    assert!(command.as_str().starts_with("ticketlog --demo 4478963 --at "), "{}", command.as_str());
    let line = parsed(command.as_str());
    assert!(line.open.demo && line.open.ticket.is_some());
    for (name, shown) in [("log.ndjson", "log.ndjson"), ("-x y.json", "'./-x y.json'")] {
        reading.model.subject = Subject::File(Untrusted::new(name));
        reading.model.taking.opening = Opening::File(name.into());
        let command = reading.model.command().unwrap();
        assert!(
            command.as_str().starts_with(&format!("ticketlog open {shown} --at ")),
            "{}",
            command.as_str()
        );
        parsed(command.as_str());
    }
    reading.model.taking.opening = Opening::Pipe;
    assert!(reading.model.command().unwrap_err().contains("pipe"));
}

#[test]
fn a_view_without_a_type_is_opened_without_one() {
    let mut narrowing = Narrowing::everything(&catalogue());
    narrowing.types.none();
    let mut reading = Reading::open(narrowing.clone(), Vec::new());
    let command = reading.model.command().unwrap();
    assert!(command.as_str().contains(" --types none"), "{}", command.as_str());
    let (again, other) = reopened(command.as_str());
    assert_eq!(again, narrowing);
    assert_eq!((again.types.query(), other.at()), (None, None));
    // A type that is called so is named by its own name.
    let calls = Naming { word: Some("none".to_owned()), ..Naming::of("reply_created") };
    reading.model.catalogue = catalogue().extended(vec![calls], Vec::new()).unfolded();
    let mut choice = TypeChoice::everything(&reading.model.catalogue);
    choice.set(&[Untrusted::new("reply_created")], &[], false);
    reading.model.reader.begin(Narrowing { types: choice, ..narrowing });
    let command = reading.model.command().unwrap();
    assert!(command.as_str().contains(" --types reply_created"), "{}", command.as_str());
}

#[test]
fn a_view_that_no_flag_can_say_a_part_of_has_no_command() {
    let open = |narrowing| Reading::open(narrowing, Vec::new()).model.command();
    let all = || Narrowing::everything(&catalogue());
    let nobody = open(Narrowing { kinds: Kinds::only(&[]), ..all() });
    assert_eq!(nobody.unwrap_err(), "no kind of actor is shown, which no flag can say");
    for shows_others in [false, true] {
        let mut narrowing = all();
        let odd = [Untrusted::new("a, b\n")];
        narrowing.types.learn(odd.iter());
        let (shown, hidden): (&[Untrusted], &[Untrusted]) =
            if shows_others { (&[], &odd) } else { (&odd, &[]) };
        narrowing.types.set(shown, hidden, shows_others);
        assert_eq!(open(narrowing).unwrap_err(), "no flag can name these types");
    }
}

#[test]
fn a_name_of_a_file_that_cannot_be_typed_gives_no_command_for_another_file() {
    let odd = ["a\nb", "a\u{1b}[2Jb", "a\u{202e}b", "a\u{2028}b"].map(OsString::from);
    for name in odd.into_iter().chain([OsString::from_vec(b"a\xffb".to_vec())]) {
        let mut reading = Reading::open(Narrowing::everything(&catalogue()), Vec::new());
        reading.model.taking.opening = Opening::Account(vec!["--config".into(), name.clone()]);
        let why = "a name in it cannot be typed: it has no command";
        assert_eq!(reading.model.command().unwrap_err(), why, "{name:?}");
        reading.model.subject = Subject::File(Untrusted::new("a"));
        reading.model.taking.opening = Opening::File(name.clone());
        assert_eq!(reading.model.command().unwrap_err(), why, "{name:?}");
    }
}

#[test]
fn somebody_who_is_called_me_is_named_all_the_same() {
    for name in ["me", " me\n", "\"me\"", "\"", "\"\"", "Me", "meg"] {
        let person = Some(Person::named(name).unwrap());
        let reading = Reading::open(Narrowing { person, ..Narrowing::everything(&catalogue()) }, Vec::new());
        let (again, _) = reopened(reading.model.command().unwrap().as_str());
        let named = Person::named(name.trim()).unwrap();
        assert_eq!(again.person, Some(named), "{name:?}");
    }
}
