//! Keys: those of a user, counts before motions, the footer, and what the documents say of them.

use ratatui::layout::Size;
use ticketlog::{
    keys,
    message::Effect,
    model::{
        Setup,
        keymap::{Binding, Context, Key, Keymap},
        saved_view::Resume,
    },
};

use crate::story::Story;

const README: &str = include_str!("../../README.md");

fn bound(context: Context, name: &str, keys: &[&str]) -> Binding {
    let described = context.actions().find(|described| described.name == name).unwrap();
    Binding { context, described, keys: keys.iter().map(|key| Key::named(key).unwrap()).collect() }
}

fn with(layer: &[Binding]) -> Story {
    let mut keymap = keys::defaults().unwrap();
    keymap.bind(layer);
    let setup = Story::setup(Size { width: 80, height: 24 }, Resume::Nothing);
    Story::told(190, Setup { keys: keymap, ..setup }, Vec::new())
}

fn footer(story: &Story) -> String {
    story.screen().pop().unwrap_or_default()
}

#[test]
fn keys_of_a_user_work_and_are_told_everywhere() {
    let mut story = with(&[
        bound(Context::List, "older", &["e"]),
        bound(Context::List, "filter", &[]),
        bound(Context::List, "actions", &["w"]),
        bound(Context::List, "refresh", &["f5"]),
    ]);
    story.settle().keys("ee");
    assert_eq!(story.at(), Some(187));
    story.keys("j?f");
    assert_eq!(story.at(), Some(187));
    assert!(story.model.palette.is_none() && story.model.filter.is_none());
    assert_eq!(footer(&story), "e k move  enter entry  tab pane  / search  t time  y copy  w help  q quit");
    story.keys("wrefresh");
    assert!(story.shows("▌f5  "), "{:#?}", story.screen());
    story.keys("<esc>wfilter<enter>");
    assert!(story.model.filter.is_some(), "an action without a key is run from the list");
}

#[test]
fn a_count_repeats_a_motion_and_is_told_while_it_is_typed() {
    let mut story = Story::new(190);
    story.settle().keys("12");
    assert!(
        footer(&story).starts_with("12 times  esc forgets it  j k ctrl-d ctrl-u space b J K ) ("),
        "{}",
        footer(&story)
    );
    assert!(!footer(&story).contains(" n"), "nothing is looked for");
    story.keys("j");
    assert_eq!(story.at(), Some(177));
    assert!(footer(&story).starts_with("j k move"), "{}", footer(&story));
    story.keys("5kj");
    assert_eq!(story.at(), Some(181), "once");
    story.keys("04j");
    assert_eq!(story.at(), Some(177), "a count does not begin with 0");
    story.keys("10k");
    assert_eq!(story.at(), Some(187));
}

#[test]
fn a_count_is_forgotten_by_esc_and_by_what_is_no_motion() {
    let mut story = Story::new(190);
    story.settle().keys("/entry 15<enter>");
    let at = story.at();
    story.keys("7<esc>j");
    assert_eq!(story.at(), at.map(|at| at - 1));
    assert!(story.shows("loaded"), "the search is still there");
    for keys in ["7!j", "7<tab>j", "7?<esc>j"] {
        let at = story.at();
        story.keys(keys);
        assert_eq!(story.at(), at.map(|at| at - 1), "{keys}");
    }
}

#[test]
fn a_large_count_is_capped_and_makes_no_burst_of_requests() {
    let mut story = Story::new(10_000);
    story.settle();
    let before = story.requests.len();
    story.keys("99999999");
    assert!(footer(&story).starts_with("9999 times"), "{}", footer(&story));
    for motion in ["j", "9999J", "9999 ", "9999)", "9999k", "9999K", "9999("] {
        story.keys(motion);
        let open = story.asked.iter().filter(|effect| matches!(effect, Effect::FetchLog { .. })).count();
        assert!(open <= 2, "{motion}: {open}");
    }
    assert!(story.requests.len() - before <= 8, "{} requests", story.requests.len() - before);
}

#[test]
fn a_count_goes_over_days_and_hits() {
    let mut story = Story::new(190);
    story.settle().keys("A").rest();
    let (mut once, mut counted) = (Vec::new(), Vec::new());
    story.keys("gJJJ");
    once.push(story.at());
    story.keys("K");
    once.push(story.at());
    story.keys("g3J");
    counted.push(story.at());
    story.keys("1K");
    counted.push(story.at());
    story.keys("g/entry 1<enter>gnnn");
    once.push(story.at());
    story.keys("NN");
    once.push(story.at());
    story.keys("g3n");
    counted.push(story.at());
    story.keys("2N");
    counted.push(story.at());
    assert_eq!(once, counted);
}

#[test]
fn digits_of_the_panel_are_its_presets() {
    let mut story = Story::new(190);
    story.settle().keys("f2");
    assert_eq!(story.model.count, None);
    assert!(!story.model.reader.narrowing().is_everything());
    story.keys("0j");
    assert_eq!(story.model.count, None);
}

#[test]
fn the_footer_tells_only_what_works_now() {
    let mut story = Story::sized(190, 200, 24);
    story.settle();
    assert!(!footer(&story).contains("next hit") && footer(&story).contains("? help"), "{}", footer(&story));
    story.keys("/entry<enter>");
    assert!(footer(&story).contains("n next hit"), "{}", footer(&story));
    story.keys("<esc>");
    assert!(!footer(&story).contains("next hit"), "{}", footer(&story));
    let mut empty = Story::sized(0, 200, 24);
    empty.settle();
    assert!(!footer(&empty).contains("enter entry"), "{}", footer(&empty));
    story.keys("?");
    assert_eq!(footer(&story), "enter run  down next  up previous  esc leave");
}

#[test]
fn the_footer_never_grows_wider_than_the_screen() {
    for width in 20..120 {
        let mut story = Story::sized(190, width, 12);
        story.settle();
        for keys in ["", "f", "<esc><enter>", "<esc>?", "<esc>/x<enter>", "99"] {
            story.keys(keys);
            assert!(footer(&story).chars().count() <= usize::from(width), "{width} {}", footer(&story));
        }
    }
}

/// A bar would end the cell of a table.
fn unescaped(word: &str) -> String {
    word.replace("\\|", "|")
}

/// The rows of the tables of keys: the context, the name of an action, its keys.
fn documented() -> Vec<(Context, String, Vec<String>)> {
    let chapter = README.split("\n## ").find(|chapter| chapter.starts_with("Keys\n")).unwrap();
    let mut context = Context::List;
    let mut rows = Vec::new();
    for line in chapter.lines() {
        let named =
            Context::ALL.into_iter().find(|named| line.contains(&format!("`[keys.{}]`", named.name())));
        context = named.unwrap_or(context);
        if !line.starts_with("| `") {
            continue;
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        let groups = |cell: &str| -> Vec<Vec<String>> {
            let words = |group: &str| group.split('`').skip(1).step_by(2).map(unescaped).collect();
            cell.split(" · ").map(words).collect()
        };
        let (actions, keys) = (groups(cells[0]), groups(cells[1]));
        assert_eq!(actions.len(), keys.len(), "{line}");
        rows.extend(actions.into_iter().flatten().zip(keys).map(|(name, keys)| (context, name, keys)));
    }
    rows
}

#[test]
fn the_readme_and_the_keys_agree() {
    let keymap: Keymap = keys::defaults().unwrap();
    let documented = documented();
    let names = |context, name: &str| {
        let row = keymap.rows(context).iter().find(|row| row.described.name == name);
        row.map(|row| row.keys().iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    for (context, name, keys) in &documented {
        assert_eq!(
            names(*context, name).as_ref(),
            Some(keys),
            "README.md says this of {name} in {context:?}"
        );
    }
    for context in Context::ALL {
        for row in keymap.rows(context) {
            let name = row.described.name;
            let keys = names(context, name).unwrap();
            let told = documented.iter().any(|(_, told, told_keys)| told == name && *told_keys == keys);
            assert!(told, "README.md does not tell {name} of {context:?}: {keys:?}");
        }
    }
}
