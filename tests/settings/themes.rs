//! Themes of the configuration, and which one is chosen.

use ratatui::style::{Color, Modifier, Style};
use ticketlog::{
    cli::{Account, Look},
    settings::{Purpose, Settings},
    theme::{Role, Theme},
};

use super::World;

fn chosen(settings: &Settings) -> (&str, String) {
    (&settings.theme.value, settings.theme.origin.to_string())
}

fn flag(world: &World, name: &str) -> Result<Settings, String> {
    let look = Look { theme: Some(name.to_owned()), ..Look::default() };
    world.settings(&Account::default(), &look, Purpose::Look)
}

#[test]
fn the_flag_goes_before_the_file_before_the_ground_that_the_terminal_names() {
    let light = || World::new("", "").with("COLORFGBG", "0;15");
    assert_eq!(chosen(&World::new("", "").plain()), ("terminal", "default".to_owned()));
    assert_eq!(chosen(&light().plain()), ("light", "COLORFGBG".to_owned()));
    let file = World::new("theme = 'mono'", "").with("COLORFGBG", "0;15");
    assert_eq!(file.plain().theme.value, "mono");
    let dark = flag(&file, "dark").unwrap();
    assert_eq!(chosen(&dark), ("dark", "--theme".to_owned()));
    assert_eq!(chosen(&flag(&file, "auto").unwrap()), ("light", "COLORFGBG".to_owned()));
    assert_eq!(chosen(&flag(&World::new("", ""), "auto").unwrap()), ("terminal", "--theme".to_owned()));
}

#[test]
fn a_theme_of_ones_own_changes_what_it_names_and_the_host_may_have_some_too() {
    let user = "theme = 'mine'\n[themes.mine]\nchange = '#010203 bold'\n[themes.dark]\nowner = 'plain'";
    let host = "[themes.mine]\nchange = 'red'\nfound = 'black on yellow'\n[themes.house]\nrule = '117'";
    let world = World::new(user, host);
    assert_eq!(world.problems(), Vec::<String>::new());
    let mine = world.plain().styles;
    assert_eq!(mine.style(Role::Change), Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::BOLD));
    assert_eq!(mine.style(Role::Found), Style::new().fg(Color::Black).bg(Color::Yellow));
    assert_eq!(mine.style(Role::Owner), Theme::terminal().style(Role::Owner));
    let dark = flag(&world, "dark").unwrap().styles;
    assert_eq!(dark.style(Role::Owner), Style::new());
    assert_eq!(dark.style(Role::Change), Style::new().fg(Color::Rgb(0xff, 0xd7, 0x5f)));
    assert_eq!(flag(&world, "house").unwrap().styles.style(Role::Rule), Style::new().fg(Color::Indexed(117)));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_was_meant() {
    for (text, problem) in [
        ("themes = 1", ":1:10: themes are written as [themes.NAME]"),
        ("[themes]\ndark = 'red'", ":2:1: themes are written as [themes.NAME]"),
        ("[themes.'a b']\nrule = 'dim'", ":1:9: \"a b\" is no name of a theme"),
        ("[themes.auto]\nrule = 'dim'", ":1:9: \"auto\" is no name of a theme"),
        (
            "[themes.a]\ntext = 'dim'",
            ":2:1: unknown role \"text\"; roles are message, change, owner, quiet, other, marker, title, news, \
             failure, rule, cursor, found",
        ),
        ("[themes.a]\nrules = 'dim'", ":2:1: unknown role \"rules\"; did you mean rule?"),
        ("[themes.a]\nrule = 7", ":2:8: a style is a text, such as \"cyan bold\""),
        ("[themes.a]\nrule = 'pink'", ":2:8: \"pink\" is neither a colour"),
        ("[themes.a]\nmarker = 'red'", ":2:10: a marker is underlined or reversed"),
        ("theme = 'sunny'", ":1:1: there is no theme \"sunny\"; there are auto, dark, light, mono, terminal"),
    ] {
        let world = World::new(text, "");
        let refused = || world.settings(&Account::default(), &Look::default(), Purpose::Look).unwrap_err();
        let told = world.problems().into_iter().next().unwrap_or_else(refused);
        assert!(told.contains(problem), "{text}: {told}");
    }
}
