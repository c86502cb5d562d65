//! `[keys]` of the configuration: over those that ship, with the place of what is wrong.

use ticketlog::{
    message::Action,
    model::keymap::{Context, Key},
    settings::Row,
};

use super::World;

fn asks(world: &World, context: Context, key: &str) -> Option<Action> {
    world.plain().keys.map.action(context, Key::named(key).unwrap())
}

#[test]
fn a_file_changes_what_it_names_and_the_users_goes_before_the_hosts() {
    let world = World::new(
        "[keys.list]\nolder = ['n', 'down']\nrefresh = 'none'",
        "[keys.list]\nolder = ['m']\nfollow = ['n', 'w']\n[keys.page]\ndown = 'e'",
    );
    assert_eq!(world.problems(), Vec::<String>::new());
    assert_eq!(asks(&world, Context::List, "n"), Some(Action::Step(1)), "the user's");
    assert_eq!(asks(&world, Context::List, "w"), Some(Action::Follow), "what is left of the host's");
    assert_eq!(asks(&world, Context::List, "m"), None, "the user's goes before the host's");
    assert_eq!(asks(&world, Context::List, "r"), None, "unbound");
    assert_eq!(asks(&world, Context::List, "j"), None, "replaced");
    assert_eq!(asks(&world, Context::List, "k"), Some(Action::Step(-1)), "not named");
    assert_eq!(asks(&world, Context::Page, "e"), Some(Action::Step(1)), "the host's");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let world = World::new("time_zone = 'UTC'\n\n[keys.list]\noldr = 'n'\nnewer = ['k', 'cntrl-e']\n", "");
    assert_eq!(
        world.problems(),
        [
            "user:4:1: unknown action \"oldr\"; did you mean older?",
            "user:5:15: unknown key \"cntrl-e\"; did you mean ctrl-e?",
        ]
    );
    assert_eq!(
        World::new("keys = 5", "").problems(),
        ["user:1:8: keys are written as [keys.list] and an action a line."]
    );
    assert_eq!(
        World::new("[key.list]", "").problems(),
        ["user:1:2: unknown key \"key\"; did you mean keys?"]
    );
    let bound_twice = "[keys.list]\nrefresh = ['e']\nfollow = ['w', 'e']";
    assert_eq!(
        World::new(bound_twice, "").problems(),
        ["user:3:16: e is bound to refresh in [keys.list] already; one key asks for one thing."]
    );
}

#[test]
fn something_must_quit_and_something_must_close() {
    let refused = |text: &str| {
        let world = World::new(text, "");
        assert_eq!(world.problems(), Vec::<String>::new());
        world
            .settings(
                &ticketlog::cli::Account::default(),
                &ticketlog::cli::Look::default(),
                ticketlog::settings::Purpose::Look,
            )
            .unwrap_err()
    };
    assert_eq!(
        refused("[keys.list]\nclose-or-quit = 'none'\nquit = 'none'"),
        "user:3:1: no key quits on the list any more; bind close-or-quit or quit."
    );
    assert_eq!(
        refused("[keys.list]\nolder = ['q', 'Q']"),
        "user:2:1: no key quits on the list any more; bind close-or-quit or quit."
    );
    assert_eq!(
        refused("[keys.filter]\ndone = 'none'\nclose-or-quit = 'none'\nclose = 'none'"),
        "user:4:1: no key closes it in the filter panel any more; bind done or close or close-or-quit."
    );
    assert_eq!(
        refused("[keys.input]\nerase = 'esc'"),
        "user:2:1: no key closes it while a line is typed any more; bind close."
    );
    // One way is enough.
    World::new("[keys.list]\nclose-or-quit = 'none'", "").plain();
}

#[test]
fn config_show_tells_what_the_files_bind() {
    let rows = |world: &World| -> Vec<(String, String, String)> {
        let rows = world.plain().rows().into_iter().filter(|row| row.key.starts_with("keys"));
        rows.map(|Row { key, value, origin }| (key.into_owned(), value, world.short(&origin))).collect()
    };
    let row = |key: &str, value: &str, origin: &str| (key.to_owned(), value.to_owned(), origin.to_owned());
    assert_eq!(rows(&World::new("", "")), [row("keys", "as shipped", "default")]);
    let world = World::new(
        "[keys.list]\nolder = ['n', 'down']\n",
        "[keys.list]\nolder = 'm'\n[keys.page]\nquit = 'none'",
    );
    assert_eq!(
        rows(&world),
        [row("keys.page.quit", "none", "host:4"), row("keys.list.older", "n down", "user:2")]
    );
}
