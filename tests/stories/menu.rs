//! The question what to copy, writing to files, the pager, and the inbox link.

use ticketlog::{
    export::Ending,
    message::{Effect, Message, NotSaved},
    model::{
        entry::Place,
        json::Personal,
        narrowing::{Kinds, Narrowing},
        share::Opening,
        snippet::Snippet,
        taking::{Delivery, Route, Told},
        text::Untrusted,
    },
};

use crate::{
    story::Story,
    taking::{copied, footer, open},
};

/// The rows of the menu, without the margin.
fn menu(story: &Story) -> Vec<String> {
    story.screen()[3..9].iter().map(|row| row.chars().skip(1).collect()).collect()
}

#[test]
fn the_menu_says_what_each_of_its_rows_would_copy() {
    let mut story = open();
    story.model.taking.opening = Opening::Account(vec!["--profile".into(), "acme".into()]);
    story.model.taking.community = Some("acme".to_owned());
    story.keys("jY");
    let rows = menu(&story);
    assert!(rows[0].starts_with("line         the entry at the cursor, a line each"), "{rows:#?}");
    assert!(rows[2].ends_with("without e-mail and ids"), "{rows:#?}");
    assert!(rows[3].ends_with("https://inbox.socialboards.com/acme/tickets?ticketId=4478963"), "{rows:#?}");
    assert!(rows[4].contains("ticketlog 4478963 --profile acme --at 2023-08-04T03:40:00Z"), "{rows:#?}");
    assert!(rows[5].contains("entries shown, as a table"), "{rows:#?}");
    story.keys("<esc>Vjj<enter><esc>Y");
    assert!(menu(&story)[0].contains("the 3 selected entries"), "{:#?}", menu(&story));
}

#[test]
fn where_no_entry_is_shown_the_menu_offers_none() {
    for keys in ["fn<enter>Y", "jVjfn<enter>Y"] {
        let mut story = open();
        story.keys(keys);
        let rows = menu(&story);
        for row in [0, 1, 2, 5] {
            assert!(rows[row].ends_with("  there is no entry here"), "{keys}: {rows:#?}");
        }
        story.keys("<enter>");
        assert!(footer(&story).contains("no entry"), "{}", footer(&story));
    }
}

#[test]
fn a_view_without_a_kind_of_actor_says_why_it_has_no_command() {
    let mut story = open();
    let narrowing = story.model.reader.narrowing().clone();
    story.model.taking.opening = Opening::Demo;
    story.model.reader.begin(Narrowing { kinds: Kinds::only(&[]), ..narrowing });
    story.open();
    story.settle();
    story.keys("Y");
    let why = "no kind of actor is shown, which no flag can say";
    assert_eq!(menu(&story)[4].trim_end(), format!("command      {why}"));
    story.keys("jjjj<enter>");
    assert!(footer(&story).starts_with(why), "{}", footer(&story));
}

#[test]
fn each_row_of_the_menu_copies_what_it_says() {
    let mut story = open();
    story.model.taking.community = Some("acme".to_owned());
    let mut take = |row: usize| {
        story.keys("Y").keys(&"j".repeat(row)).keys("<enter>");
        assert!(story.model.page.is_none());
        copied(&story).to_owned()
    };
    assert!(take(0).contains("  entry 189"));
    assert!(take(1).ends_with("Oslo: Garrick Ollivander entry 189"));
    let json = take(2);
    assert!(json.contains("\"n\":189") && !json.contains("someone@example.org"), "{json}");
    assert_eq!(take(3), "https://inbox.socialboards.com/acme/tickets?ticketId=4478963");
    assert!(take(4).starts_with("ticketlog 4478963 --at 2023-08-04T03:45:00Z"));
    let markdown = take(5);
    assert!(markdown.contains("#4478963") && markdown.matches("entry ").count() >= 50, "{markdown}");
    assert!(!markdown.contains("someone@example.org"));
    story.keys("PYjj<enter>");
    assert!(copied(&story).contains("someone@example.org"), "{}", copied(&story));
}

#[test]
fn what_is_selected_goes_as_an_array_as_sentences_and_as_a_table_of_itself() {
    let mut story = open();
    story.keys("jVj").keys("Yjj<enter>");
    let json = copied(&story).to_owned();
    assert!(json.starts_with('[') && json.contains("\"n\":188") && json.contains("\"n\":187"), "{json}");
    story.keys("Yj<enter>");
    assert_eq!(copied(&story).lines().count(), 2);
    story.keys("YG<enter>").settle();
    let markdown = copied(&story);
    assert_eq!(markdown.matches("entry 18").count(), 2, "{markdown}");
    assert!(markdown.contains("a selection"), "{markdown}");
}

#[test]
fn a_menu_over_an_entrys_page_leads_back_to_it() {
    let mut story = open();
    story.keys("<enter>");
    let page = story.screen();
    story.keys("Y<esc>");
    assert_eq!(story.screen(), page);
    story.keys("Y<enter>");
    assert_eq!(story.screen(), page);
    assert!(copied(&story).contains("entry 189"));
    story.keys("<esc><esc>");
    assert!(story.model.page.is_none());
}

#[test]
fn without_a_community_the_link_says_which_setting_is_missing() {
    let mut story = open();
    story.keys("o");
    assert!(footer(&story).contains("set community in the configuration"), "{}", footer(&story));
    assert!(!story.others.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    story.model.taking.community = Some("acme".to_owned());
    story.keys("o");
    let link = Snippet::text(copied(&story));
    story.tell(Message::Copied(Delivery::Sent(Route::Tmux, link)));
    let footer = footer(&story);
    assert!(
        footer.starts_with("https://inbox.socialboards.com/acme/tickets?ticketId=4478963: sent to tmux"),
        "{footer}"
    );
}

/// The file that was asked to be written last: its name, whether by force, and its text.
fn written(story: &Story) -> (String, bool, String) {
    let saved = story.others.iter().rev().find_map(|effect| match effect {
        Effect::Save { name, is_forced, parcel } => Some((name.clone(), *is_forced, parcel.text())),
        _ => None,
    });
    saved.unwrap_or_else(|| panic!("nothing was written"))
}

#[test]
fn what_is_shown_is_written_in_the_format_of_the_names_ending() {
    for (name, begins) in [
        ("a.md", "#"),
        ("a.json", "[\n"),
        ("a.ndjson", "{"),
        ("dir/a.CSV", ""),
        ("a.b.txt", "#4478963, newest first"),
    ] {
        for ask in [format!("e{name}<enter>"), format!(":w {name}<enter>")] {
            let mut story = open();
            story.keys(&ask);
            let (told, is_forced, text) = written(&story);
            assert_eq!((told.as_str(), is_forced), (name, false), "{ask}");
            assert!(text.starts_with(begins) && text.contains("189"), "{ask}: {text}");
            assert!(!text.contains("someone@example.org"), "{ask}");
            assert!(story.model.input.is_none());
        }
    }
    let mut story = open();
    story.keys("jVjea.txt<enter>");
    let (_, _, text) = written(&story);
    assert_eq!(text.matches("  entry 18").count(), 2, "{text}");
}

#[test]
fn what_stands_for_a_stretch_that_cannot_be_read_is_in_no_json_and_makes_it_incomplete() {
    for (name, holds) in
        [("a.json", false), ("a.ndjson", false), ("a.csv", true), ("a.md", true), ("a.txt", true)]
    {
        let mut story = Story::new(3);
        story.server[0].flaw = Some(Untrusted::new("line 3 is cut off"));
        story.server[0].place = Place::of_no_entry(7);
        // An entry, whatever is told of it.
        story.server[1].flaw = Some(Untrusted::new("line 2 is odd"));
        story.settle().keys(&format!("e{name}<enter>"));
        let (_, _, text) = written(&story);
        let Some(Effect::Save { parcel, .. }) = story.others.last() else { panic!("nothing was written") };
        let why = Untrusted::new("the file cannot be read whole");
        assert_eq!(parcel.tally.ending, Ending::Incomplete(why), "{name}");
        let is_there = text.contains("entry 0") || text.contains("is cut off");
        assert_eq!((parcel.tally.shown, is_there), (if holds { 3 } else { 2 }, holds), "{name}: {text}");
    }
}

#[test]
fn a_name_without_a_known_ending_stays_to_be_corrected() {
    for name in ["a", ".md", "a.exe", "dir.md/a", "a.md/"] {
        let mut story = open();
        story.keys("e").keys(name).keys("<enter>");
        assert!(story.model.input.is_some(), "{name}");
        assert!(footer(&story).contains(".md .csv .json .ndjson .txt"), "{}", footer(&story));
        assert!(story.others.is_empty(), "{name}");
        story.keys("<esc>:w ").keys(name).keys("<enter>");
        assert!(footer(&story).contains("must end with .md"), "{}", footer(&story));
    }
}

#[test]
fn a_file_that_is_there_is_asked_about_and_written_over_by_force_alone() {
    let mut story = open();
    story.keys("ea.md<enter>");
    story.tell(Message::Saved(Err(NotSaved::Exists("a.md".to_owned()))));
    assert!(footer(&story).contains("file: a.md"), "{}", footer(&story));
    assert!(footer(&story).contains("is there already; ! at the end writes over it"), "{}", footer(&story));
    story.keys("<enter>");
    assert!(!written(&story).1, "a second time is no wish");
    assert!(footer(&story).contains("is there already"), "{}", footer(&story));
    story.keys("!<enter>");
    assert_eq!((written(&story).0.as_str(), written(&story).1), ("a.md", true));
    story.tell(Message::Saved(Ok(Told::Wrote {
        entries: 50,
        is_whole: false,
        names: 3,
        aliases: None,
        personal: Personal::Masked,
        file: Untrusted::new("a.md"),
    })));
    assert!(
        footer(&story).starts_with("wrote 50 entries (not all) with 3 names to a.md"),
        "{}",
        footer(&story)
    );
}

#[test]
fn the_pager_gets_the_table_of_what_is_shown_or_selected() {
    let mut story = open();
    story.keys("jVj|");
    let text = story.others.iter().find_map(|effect| match effect {
        Effect::Browse(parcel) => Some(parcel.text()),
        _ => None,
    });
    assert_eq!(text.unwrap().matches("  entry 18").count(), 2);
    let mut story = Story::new(0);
    story.settle().keys("|");
    assert!(footer(&story).contains("no entry is shown"));
}

#[test]
fn a_file_is_not_said_to_be_whole_unless_everything_is_loaded() {
    let mut story = open();
    story.keys("ea.md<enter>");
    assert!(written(&story).2.contains("not complete"), "{}", written(&story).2);
    story.keys("A").rest();
    story.keys("ea.md<enter>");
    let text = written(&story).2;
    assert!(text.contains("190 entries") && !text.contains("not complete"), "{text}");
}

#[test]
fn quitting_after_a_jump_or_a_narrowing_asks_for_nothing_but_to_quit() {
    let mut story = open();
    story.keys("t2023-08-03 13:00<enter>").rest().keys("x").rest();
    story.others.clear();
    story.keys("Q");
    assert_eq!(story.others, [Effect::Quit(0)]);
}
