//! The table of keys agrees with itself.

use super::*;

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

#[test]
fn a_key_means_one_thing_in_each_context() {
    for context in [Context::List, Context::Page, Context::Filter, Context::Input, Context::Choose] {
        let mut own: Vec<&str> = Vec::new();
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(&context)) {
            own.extend(binding.keys);
        }
        let count = own.len();
        own.sort_unstable();
        own.dedup();
        assert_eq!(own.len(), count, "{context:?}");
    }
}

#[test]
fn the_same_key_follows_its_context() {
    let space = key(KeyCode::Char(' '), KeyModifiers::NONE);
    assert_eq!(action(Context::List, &space), Some(Action::Page(1)));
    assert_eq!(action(Context::Filter, &space), Some(Action::Tick));
    let capital = key(KeyCode::Char('G'), KeyModifiers::SHIFT);
    assert_eq!(action(Context::List, &capital), Some(Action::Oldest));
    assert_eq!(
        action(Context::List, &key(KeyCode::Char('d'), KeyModifiers::CONTROL)),
        Some(Action::HalfPage(1))
    );
}

#[test]
fn unknown_keys_and_releases_ask_for_nothing() {
    let mut release = key(KeyCode::Char('j'), KeyModifiers::NONE);
    release.kind = KeyEventKind::Release;
    assert_eq!(action(Context::List, &release), None);
    for code in [KeyCode::Insert, KeyCode::Null, KeyCode::Char('\u{7f}'), KeyCode::CapsLock] {
        assert_eq!(action(Context::List, &key(code, KeyModifiers::NONE)), None);
    }
    assert_eq!(action(Context::List, &key(KeyCode::Char('q'), KeyModifiers::ALT)), None);
}

#[test]
fn every_action_of_the_table_is_told_on_the_page_of_keys() {
    for binding in BINDINGS {
        let told = BINDINGS.iter().any(|b| b.action == binding.action && !b.does.is_empty())
            || matches!(binding.action, Action::Enter | Action::Preset(6..=9));
        assert!(told, "{:?}", binding.action);
    }
}
