use std::os::unix::fs::{PermissionsExt, symlink};

use std::{fs, sync::Barrier, thread, time::Duration};

use super::*;
use crate::model::{
    remembered::{Habits, Remembered},
    saved_view::{SavedTypes, SavedView},
    text::Untrusted,
};

fn store(folder: &std::path::Path) -> Store {
    let folder = folder.join("of/its/own").to_str().unwrap().to_owned();
    Store::find("demo", |name| (name == "TICKETLOG_STATE").then(|| folder.clone())).unwrap()
}

fn view() -> SavedView {
    let names = |names: &[&str]| names.iter().map(|name| Untrusted::new(*name)).collect();
    SavedView {
        ticket: 443_484_636_000,
        types: SavedTypes {
            ticked: names(&["reply_created"]),
            unticked: names(&["ticket_read"]),
            unlisted: true,
        },
        entry: Some(SavedEntry { time: at("2023-12-13T22:11:52.7825391Z"), fingerprint: u64::MAX }),
    }
}

fn at(text: &str) -> DateTime<Utc> {
    time(text).unwrap()
}

const NOW: &str = "2026-02-01T12:00:00Z";

#[test]
fn a_view_comes_back_as_it_was_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!(store.newest_view(at(NOW)), None);
    store.save(&view(), at(NOW)).unwrap();
    assert_eq!(store.newest_view(at(NOW)), Some(view()));
    assert_eq!(store.newest_view(at("2026-02-02T11:59:59Z")), Some(view()));
    assert_eq!(store.newest_view(at("2026-02-02T12:00:01Z")), None);
    let without = SavedView { entry: None, ..view() };
    store.save(&without, at(NOW)).unwrap();
    assert_eq!(store.newest_view(at(NOW)), Some(without));
}

#[test]
fn file_and_folder_are_private_and_nothing_else_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    store.save(&view(), at(NOW)).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store.folder), 0o700);
    assert_eq!(mode(&store.folder.join(store.view_name(view().ticket))), 0o600);
    assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 1);
}

#[test]
fn what_is_broken_foreign_or_no_file_is_as_if_it_were_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    let path = store.folder.join(store.view_name(view().ticket));
    let whole = fs::read_to_string(&path).unwrap();
    let half = whole.get(..whole.len() / 2).unwrap().to_owned();
    for text in ["", "{}", "null", &half, &whole.replace("\"version\":1", "\"version\":2")] {
        fs::write(&path, text).unwrap();
        assert_eq!(store.newest_view(at(NOW)), None, "{text}");
    }
    fs::write(&path, format!("{whole}{}", " ".repeat(300_000))).unwrap();
    assert_eq!(store.newest_view(at(NOW)), None, "too large");
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, &whole).unwrap();
    fs::remove_file(&path).unwrap();
    symlink(&elsewhere, &path).unwrap();
    assert_eq!(store.newest_view(at(NOW)), None, "a link");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(store.newest_view(at(NOW)), None, "a folder");
}

#[test]
fn only_the_view_that_was_taken_up_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    store.forget(&SavedView { ticket: 1, ..view() });
    store.forget(&SavedView { entry: None, ..view() });
    assert!(store.newest_view(at(NOW)).is_some());
    store.forget(&view());
    assert!(store.newest_view(at(NOW)).is_none());
}

fn of(ticket: u64) -> SavedView {
    SavedView { ticket, ..view() }
}

#[test]
fn each_ticket_has_a_view_of_its_own_and_the_newest_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&of(7), at("2026-02-01T12:00:02Z")).unwrap();
    store.save(&of(8), at("2026-02-01T12:00:03Z")).unwrap();
    store.save(&of(9), at("2026-02-01T12:00:01Z")).unwrap();
    for ticket in [7, 8, 9] {
        assert_eq!(store.view(ticket, at(NOW)), Some(of(ticket)));
    }
    assert_eq!(store.view(1, at(NOW)), None);
    assert_eq!(store.newest_view(at(NOW)), Some(of(8)));
    store.forget(&of(8));
    assert_eq!(store.newest_view(at(NOW)), Some(of(7)), "the others are still there");
    let name = |ticket| store.folder.join(store.view_name(ticket));
    fs::rename(name(7), name(1)).unwrap();
    assert_eq!(store.view(1, at(NOW)), None, "a file that speaks of another ticket");
}

#[test]
fn many_windows_that_drop_at_once_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let begin = Barrier::new(20);
    thread::scope(|scope| {
        for ticket in 1..=20 {
            let (store, begin) = (&store, &begin);
            scope.spawn(move || {
                begin.wait();
                store.save(&of(ticket), at(NOW)).unwrap();
            });
        }
    });
    for ticket in 1..=20 {
        assert_eq!(store.view(ticket, at(NOW)), Some(of(ticket)));
    }
    assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 20, "nothing is left behind");
}

#[test]
fn leaving_in_order_never_forgets_what_another_window_saves_in_that_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let newer = SavedView { entry: None, ..view() };
    for _ in 0..300 {
        store.save(&view(), at(NOW)).unwrap();
        let begin = Barrier::new(2);
        thread::scope(|scope| {
            scope.spawn(|| {
                begin.wait();
                store.forget(&view());
            });
            begin.wait();
            store.save(&newer, at(NOW)).unwrap();
        });
        assert_eq!(store.newest_view(at(NOW)), Some(newer.clone()));
    }
}

#[test]
fn an_instance_that_holds_the_lock_for_ever_costs_no_view() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    let _held = store.lock().unwrap().unwrap();
    store.save(&of(7), at(NOW)).unwrap();
    assert_eq!(store.view(7, at(NOW)), Some(of(7)));
    store.forget(&view());
    assert_eq!(store.view(view().ticket, at(NOW)), Some(view()));
}

/// Makes a file as old as that.
fn age(store: &Store, name: &str, age: Duration) {
    let file = fs::File::options().write(true).open(store.folder.join(name)).unwrap();
    let written = file.metadata().unwrap().modified().unwrap();
    file.set_modified(written - age).unwrap();
}

#[test]
fn views_beyond_fifty_or_a_day_are_swept_and_nothing_else() {
    const HOUR: Duration = Duration::from_hours(1);
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    for ticket in 1..=55_u32 {
        store.save(&of(ticket.into()), at(NOW)).unwrap();
        age(&store, &store.view_name(ticket.into()), HOUR * (60 - ticket) / 3);
    }
    fs::write(store.folder.join("view-other-1.json"), "{}").unwrap();
    age(&store, "view-other-1.json", 48 * HOUR);
    let kept = || (1..=60).filter(|ticket| store.folder.join(store.view_name(*ticket)).exists());
    store.save(&of(60), at(NOW)).unwrap();
    assert_eq!(kept().collect::<Vec<_>>(), (7..=55).chain([60]).collect::<Vec<_>>());
    age(&store, &store.view_name(7), 25 * HOUR);
    store.save(&of(60), at(NOW)).unwrap();
    assert_eq!(kept().collect::<Vec<_>>(), (8..=55).chain([60]).collect::<Vec<_>>());
    assert!(store.folder.join("view-other-1.json").exists());
}

#[test]
fn what_changed_in_a_run_is_remembered_and_what_another_wrote_meanwhile_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!(store.remembered(), Remembered::default());
    let begun = Habits::default();
    store.remember(&begun, &begun).unwrap();
    assert!(!store.folder.exists(), "nothing changed");
    store.remember(&begun, &Habits { ages: true, ..Habits::default() }).unwrap();
    store.remember(&begun, &Habits { utc: true, ..Habits::default() }).unwrap();
    store.remember(&begun, &Habits { pane: Some(9), ..Habits::default() }).unwrap();
    let remembered = Remembered { ages: true, utc: true, preset: None, pane: Some(9) };
    assert_eq!(store.remembered(), remembered);
    let file = store.folder.join("remembered-demo.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // As it was written before panes had a height.
    fs::write(&file, r#"{"version":1,"preset":null,"ages":true,"utc":true}"#).unwrap();
    assert_eq!(store.remembered(), Remembered { pane: None, ..remembered });
    for broken in ["", "{}", r#"{"version":2,"preset":null,"ages":true,"utc":true}"#] {
        fs::write(&file, broken).unwrap();
        assert_eq!(store.remembered(), Remembered::default(), "{broken}");
    }
}

#[test]
fn what_an_instance_left_half_written_is_swept_after_an_hour() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    let names = [".new-a1B2c3", ".new-d4E5f6", "new-a1B2c3", ".news"];
    for name in names {
        fs::write(store.folder.join(name), "{").unwrap();
    }
    for name in names.into_iter().filter(|name| *name != ".new-d4E5f6") {
        age(&store, name, Duration::from_mins(61));
    }
    symlink("/nowhere", store.folder.join(".new-link")).unwrap();
    store.save(&view(), at(NOW)).unwrap();
    let exists = |name: &str| fs::symlink_metadata(store.folder.join(name)).is_ok();
    assert!(!exists(".new-a1B2c3"));
    assert!(exists(".new-d4E5f6"), "somebody may still be writing it");
    assert!(exists("new-a1B2c3") && exists(".news") && exists(".new-link"), "not ours");
    age(&store, ".new-d4E5f6", Duration::from_mins(61));
    let visit = crate::model::visit::Visit { ticket: 7, looked: at(NOW), seen: None };
    store.keep(visit).unwrap();
    assert!(!exists(".new-d4E5f6"), "on leaving in order too");
}

#[test]
fn the_folder_is_the_setting_or_the_users_state_folder() {
    let find = |api: &str, pairs: &[(&str, &str)]| {
        let var =
            |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Store::find(api, var)
            .map(|store| store.folder.join(store.view_name(view().ticket)).to_str().unwrap().to_owned())
    };
    assert_eq!(find("demo", &[]), None);
    assert_eq!(find("demo", &[("HOME", "relative"), ("XDG_STATE_HOME", "relative")]), None);
    let (home, name) = (("HOME", "/home/a"), "view-demo-443484636000.json");
    assert_eq!(find("demo", &[home]).unwrap(), format!("/home/a/.local/state/ticketlog/{name}"));
    let xdg = ("XDG_STATE_HOME", "/s");
    assert_eq!(find("demo", &[home, xdg]).unwrap(), format!("/s/ticketlog/{name}"));
    let ours = ("TICKETLOG_STATE", "/t");
    assert_eq!(find("demo", &[home, xdg, ours]).unwrap(), format!("/t/{name}"));
    let (one, other) = (find("https://a", &[ours]), find("https://b", &[ours]));
    assert_ne!(one, other, "views of two APIs are kept apart");
}
