//! The keys that ship, and the sentences about a file that is wrong.

use toml::de::DeTable;

use super::*;
use crate::model::keymap::key::NAMED;

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

fn press(context: Context, event: &KeyEvent) -> Option<Action> {
    action(&defaults().unwrap(), context, event)
}

#[test]
fn the_same_key_follows_its_context() {
    let space = key(KeyCode::Char(' '), KeyModifiers::NONE);
    assert_eq!(press(Context::List, &space), Some(Action::Page(1)));
    assert_eq!(press(Context::Filter, &space), Some(Action::Tick));
    assert_eq!(press(Context::Input, &space), Some(Action::Edit(Edit::Insert(' '))));
    let capital = key(KeyCode::Char('G'), KeyModifiers::SHIFT);
    assert_eq!(press(Context::List, &capital), Some(Action::Oldest));
    let half = key(KeyCode::Char('d'), KeyModifiers::CONTROL);
    assert_eq!(press(Context::List, &half), Some(Action::HalfPage(1)));
    let shifted = key(KeyCode::Down, KeyModifiers::SHIFT);
    assert_eq!(press(Context::List, &shifted), Some(Action::Step(1)), "nothing is bound to it with Shift");
}

#[test]
fn unknown_keys_and_releases_ask_for_nothing() {
    let mut release = key(KeyCode::Char('j'), KeyModifiers::NONE);
    release.kind = KeyEventKind::Release;
    assert_eq!(press(Context::List, &release), None);
    for code in [KeyCode::Insert, KeyCode::Null, KeyCode::Char('\u{7f}'), KeyCode::CapsLock] {
        assert_eq!(press(Context::List, &key(code, KeyModifiers::NONE)), None);
    }
    assert_eq!(press(Context::List, &key(KeyCode::Char('q'), KeyModifiers::ALT)), None);
}

#[test]
fn every_action_has_a_key_where_it_means_something() {
    let keymap = defaults().unwrap();
    for context in Context::ALL {
        for row in keymap.rows(context) {
            assert!(!row.keys().is_empty(), "{context:?} {}", row.described.name);
            for key in row.keys() {
                assert_eq!(keymap.action(context, *key), Some(row.described.action), "{context:?} {key}");
            }
        }
    }
}

/// What a terminal or a program in between keeps for itself: flow control, the prefixes of GNU screen and tmux.
const TAKEN: [&str; 4] = ["ctrl-a", "ctrl-b", "ctrl-s", "ctrl-q"];

/// Characters that need `AltGr`, or are dead keys, on keyboards of Europe.
const ALT_GR: &str = "[]{}|\\@~^`#$";

#[test]
fn every_action_has_a_key_that_arrives_from_every_keyboard() {
    let keymap = defaults().unwrap();
    for context in Context::ALL {
        for row in keymap.rows(context) {
            let arrives = |key: &Key| {
                let hard = key.character().is_some_and(|c| ALT_GR.contains(c) || !c.is_ascii());
                !TAKEN.contains(&key.to_string().as_str()) && !hard
            };
            let reached = row.keys().iter().any(arrives);
            assert!(reached, "{context:?} {}: {}", row.described.name, row.names());
        }
    }
}

#[test]
fn the_essential_is_on_letters_without_shift_or_on_named_keys() {
    let keymap = defaults().unwrap();
    // On keyboards of the north `/`, `?` and `=` are typed with Shift, and desktops take function keys.
    let essential = [
        "older",
        "newer",
        "page-down",
        "page-up",
        "newest",
        "oldest",
        "open-entry",
        "detail-pane",
        "filter",
        "hide-type",
        "only-person",
        "narrowing-on-off",
        "undo-narrowing",
        "search",
        "next-hit",
        "jump-to-time",
        "copy",
        "save-as",
        "inbox-link",
        "refresh",
        "actions",
        "close",
        "close-or-quit",
    ];
    let easy = |key: &Key| match key.character() {
        Some(c) => c.is_ascii_lowercase() || c == ' ',
        None => NAMED.contains(&key.to_string().as_str()),
    };
    for name in essential {
        let row = keymap.rows(Context::List).iter().find(|row| row.described.name == name).unwrap();
        assert!(row.keys().iter().any(easy), "{name}: {}", row.names());
    }
    for (context, name) in [
        (Context::Page, "actions"),
        (Context::Filter, "toggle"),
        (Context::Filter, "find-row"),
        (Context::Filter, "narrowing-on-off"),
        (Context::Filter, "actions"),
    ] {
        let row = keymap.rows(context).iter().find(|row| row.described.name == name).unwrap();
        assert!(row.keys().iter().any(easy), "{context:?} {name}: {}", row.names());
    }
}

fn refusals(text: &str) -> Vec<String> {
    let table = DeTable::parse(text).unwrap();
    let (_, refused) = read(table.get_ref());
    refused.into_iter().map(|(_, sentence)| sentence).collect()
}

#[test]
fn what_is_wrong_is_said_with_what_was_probably_meant() {
    for (text, sentence) in [
        ("[lst]\nolder = 'j'", "unknown section \"lst\"; did you mean list?"),
        ("[\"\\u001b[2J\"]", "unknown section \"<1B>[2J\"; list, page, filter, input and choose are known"),
        ("older = ['n']", "older stands in a section: [keys.list]"),
        ("quit = ['n']", "quit stands in a section: [keys.list] or [keys.page] or [keys.filter]"),
        ("[list]\noldr = ['n']", "unknown action \"oldr\"; did you mean older?"),
        ("[list]\nhalf_page_down = 'e'", "unknown action \"half_page_down\"; did you mean half-page-down?"),
        ("[list]\nfrobnicate = 'e'", "unknown action \"frobnicate\"; ticketlog shows all of them with ?"),
        ("[list]\ntoggle = ['n']", "toggle is no action of [keys.list]; it belongs to [keys.filter]"),
        ("[list]\nolder = ['cntrl-d']", "unknown key \"cntrl-d\"; did you mean ctrl-d?"),
        ("[list]\nolder = ['page-down']", "unknown key \"page-down\"; did you mean pgdn?"),
        ("[list]\nolder = ['ctrl+d']", "unknown key \"ctrl+d\"; did you mean ctrl-d?"),
        ("[list]\nolder = ['']", "unknown key \"(empty)\"; keys are written as j, G, space, f1 or ctrl-d"),
        ("[list]\nolder = 5", "keys are a list such as [\"j\", \"down\"], or \"none\""),
        ("[list]\nolder = ['j', 5]", "keys are a list such as [\"j\", \"down\"], or \"none\""),
        ("list = 5", "keys are written as [keys.list] and an action a line"),
        ("[input]\naccept = 'j'", "j is text while a line is typed; bind a key such as f2 or ctrl-g"),
        ("[list]\nolder = 'ctrl-c'", "ctrl-c always cancels what runs, else quits; bind another key"),
        (
            "[list]\nrefresh = 'e'\nolder = ['n', 'e']",
            "e is bound to refresh in [keys.list] already; one key asks for one thing",
        ),
    ] {
        assert_eq!(refusals(text), [sentence], "{text}");
    }
    for text in [
        "[list]\nolder = 'n'\nnewer = []\n[page]\ndown = 'n'",
        "[list]\nolder = ['n', 'n']\nnext-hit = 'none'",
    ] {
        assert_eq!(refusals(text), Vec::<String>::new(), "{text}");
    }
}
