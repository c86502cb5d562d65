//! Names of one's own for action types, and presets of one's own.

use ticketlog::{
    assets,
    model::{text::Untrusted, types::Role},
};

use super::World;

fn problems(text: &str) -> Vec<String> {
    World::new(text, "").problems()
}

#[test]
fn files_name_types_and_presets_and_the_users_file_goes_first() {
    let host = r#"
        labels.ticket_merged = "united"
        types.call_logged = { label = "call logged", group = "reply", role = "message" }
        presets.calls = { only = ["call_logged"] }
        presets.quiet = { without = ["reads"] }
    "#;
    let user = r#"
        [labels]
        ticket_read = "seen"
        ticket_merged = "merged"
        [types.call_logged]
        word = "call"
        [presets.calls]
        only = ["call_logged", "note"]
    "#;
    let world = World::new(user, host);
    assert_eq!(world.problems(), [""; 0]);
    let (types, presets) = world.plain().vocabulary;
    let catalogue = assets::action_types().unwrap().extended(types, presets);
    let named = |name: &str| catalogue.get(&Untrusted::new(name)).unwrap().clone();
    assert_eq!((named("ticket_read").word.as_str(), named("ticket_read").group.as_str()), ("seen", "reads"));
    assert_eq!(
        (named("ticket_merged").word.as_str(), named("ticket_merged").label.as_str()),
        ("merged", "merged")
    );
    let call = named("call_logged");
    assert_eq!(
        (call.word.as_str(), call.label.as_str(), call.group.as_str()),
        ("call", "call logged", "reply")
    );
    assert_eq!(call.role, Role::Message);
    let presets: Vec<&str> = catalogue.presets().iter().map(|preset| preset.name.as_str()).collect();
    assert_eq!(presets, ["everything", "conversation", "changes", "status and owner", "calls", "quiet"]);
    assert_eq!(catalogue.named("seen"), Ok(Untrusted::new("ticket_read")));
}

#[test]
fn what_is_wrong_in_them_is_told_with_its_place() {
    for (text, sentence) in [
        ("labels = 3", "labels are written as [labels]"),
        ("[labels]\nx = 3", "this is a text of 1 to 40 characters"),
        ("types.x = 3", "types are written as [types.NAME]"),
        ("[types.x]\nword = 'much too long'", "this is a text of 1 to 8 characters"),
        ("[types.x]\nrole = 'red'", "role is one of quiet, message, change, owner, other"),
        ("[types.x]\ncolour = 'red'", "unknown key \"colour\"; a type has word, label, group and role"),
        ("[presets.x]", "the preset \"x\" has one key, only or without"),
        ("[presets.x]\nonly = []", "only is a list of types or groups"),
        ("[presets.x]\nshow = ['reply']", "unknown key \"show\"; a preset has only or without"),
        ("[preset.x]\nonly = ['reply']", "unknown key \"preset\"; did you mean presets?"),
        ("[profiles.x]\nlabels = {}", "unknown key \"labels\""),
    ] {
        let problems = problems(text);
        assert!(problems.len() == 1 && problems[0].contains(sentence), "{text}: {problems:?}");
    }
}
