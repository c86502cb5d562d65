//! Layers of keys.

use super::*;

fn binding(context: Context, name: &str, keys: &[&str]) -> Binding {
    let described = context.actions().find(|described| described.name == name).unwrap();
    Binding { context, described, keys: keys.iter().map(|key| Key::named(key).unwrap()).collect() }
}

fn asks(keymap: &Keymap, context: Context, key: &str) -> Option<Action> {
    keymap.action(context, Key::named(key).unwrap())
}

#[test]
fn a_layer_changes_what_it_names_and_takes_its_keys_from_the_rest() {
    let mut keymap = Keymap::default();
    keymap.bind(&[
        binding(Context::List, "older", &["j", "down"]),
        binding(Context::List, "filter", &["f"]),
        binding(Context::List, "refresh", &["r"]),
        binding(Context::Page, "down", &["j"]),
    ]);
    keymap.bind(&[binding(Context::List, "older", &["n", "f"]), binding(Context::List, "refresh", &[])]);
    let older = Some(Action::Step(1));
    assert_eq!(asks(&keymap, Context::List, "n"), older);
    assert_eq!(asks(&keymap, Context::List, "f"), older, "taken from the filter");
    assert_eq!(asks(&keymap, Context::List, "j"), None);
    assert_eq!(asks(&keymap, Context::List, "r"), None, "unbound");
    assert_eq!(asks(&keymap, Context::Page, "j"), older, "another context stays");
    assert_eq!(keymap.on_list(Action::Step(1)), "n");
    assert_eq!(keymap.on_list(Action::Refresh), ":refresh", "what has no key is run by its name");
    assert_eq!(keymap.key(Context::List, Action::OpenFilter), None);
}

#[test]
fn ctrl_c_stays_whatever_a_layer_says() {
    let mut keymap = Keymap::default();
    keymap.bind(&[binding(Context::List, "cancel", &[]), binding(Context::Input, "cancel", &["ctrl-g"])]);
    for context in [Context::List, Context::Input] {
        assert_eq!(asks(&keymap, context, "ctrl-c"), Some(Action::Interrupt));
    }
    assert_eq!(asks(&keymap, Context::Input, "ctrl-g"), Some(Action::Interrupt));
}

#[test]
fn an_action_stands_once_in_a_context_and_its_name_is_one_for_files() {
    for context in Context::ALL {
        let mut names: Vec<&str> = context.actions().map(|described| described.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{context:?}");
        let plain =
            |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(names.iter().all(plain), "{names:?}");
    }
}
