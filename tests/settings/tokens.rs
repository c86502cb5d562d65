//! Which file or program a refresh token comes from.

use ticketlog::settings::TokenSource;

use super::{Account, Look, Purpose, World};

fn source(user: &str, host: &str) -> Result<Option<(String, String)>, String> {
    let world = World::new(user, host);
    assert_eq!(world.problems(), Vec::<String>::new());
    let settings = world.settings(&Account::default(), &Look::default(), Purpose::Look)?;
    Ok(settings.token_source.map(|source| {
        let named = match source.value {
            TokenSource::File(path) => path.display().to_string(),
            TokenSource::Command(words) => words.join("|"),
        };
        (world.short(&named), world.short(&source.origin.to_string()))
    }))
}

fn named(named: &str, origin: &str) -> (String, String) {
    (named.to_owned(), origin.to_owned())
}

#[test]
fn the_nearest_place_that_names_either_counts() {
    let (file, command) = ("token_file = \"t\"\n", "token_command = [\"pass\", \"show x\"]\n");
    let profile = "default_profile = \"a\"\n[profiles.a]\n";
    assert_eq!(source("", ""), Ok(None));
    assert_eq!(source(file, command), Ok(Some(named("user/ticketlog/t", "user:1"))));
    assert_eq!(source(command, file), Ok(Some(named("pass|show x", "user:1"))));
    assert_eq!(source("", file), Ok(Some(named("host/ticketlog/t", "host:1"))));
    assert_eq!(source(&format!("{file}{profile}{command}"), ""), Ok(Some(named("pass|show x", "user:4"))));
    assert_eq!(source(file, &format!("{profile}{command}")), Ok(Some(named("pass|show x", "host:3"))));
    let both = source(&format!("{file}{command}"), "");
    assert_eq!(
        both,
        Err("user:2:1: token_command and token_file stand side by side; remove one of them.".to_owned())
    );
}

#[test]
fn a_program_with_a_path_is_meant_from_the_file_and_its_words_stay_as_they_are() {
    for (written, meant) in [
        ("[\"pass\"]", "pass"),
        ("[\"./get\", \"./x\", \"~\"]", "user/ticketlog/./get|./x|~"),
        ("[\"bin/get\"]", "user/ticketlog/bin/get"),
        ("[\"/usr/bin/get\"]", "/usr/bin/get"),
    ] {
        assert_eq!(
            source(&format!("token_command = {written}"), ""),
            Ok(Some(named(meant, "user:1"))),
            "{written}"
        );
    }
}

#[test]
fn what_no_program_can_be_is_told_with_its_place() {
    for (written, told) in [
        (
            "\"pass show\"",
            "a list of words is needed, such as [\"pass\", \"show\", \"ticketlog\"], not a text",
        ),
        ("[1]", "a list of words is needed, such as [\"pass\", \"show\", \"ticketlog\"], not a list"),
        ("[]", "the name of a program is needed, such as [\"pass\", \"show\", \"ticketlog\"]"),
        ("[\"\"]", "the name of a program is needed, such as [\"pass\", \"show\", \"ticketlog\"]"),
        (
            "[\"a\", \"\\u0000\"]",
            "the name of a program is needed, such as [\"pass\", \"show\", \"ticketlog\"]",
        ),
        (
            "[\"~/get\"]",
            "no shell reads this, so ~ means nothing here; write the whole name, or one beside this file",
        ),
    ] {
        let problems = World::new(&format!("token_command = {written}"), "").problems();
        assert_eq!(problems, [format!("user:1:17: token_command: {told}.")], "{written}");
    }
    let problems = World::new("refresh_token = \"CANARY\"", "").problems();
    assert!(problems[0].contains("use ticketlog auth login, token_file or token_command"), "{problems:?}");
    assert!(!problems[0].contains("CANARY"));
}
