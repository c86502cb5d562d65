use std::os::unix::fs::{PermissionsExt, symlink};

use std::fs;

use super::*;
use crate::model::{
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
    assert_eq!(store.load(at(NOW)), None);
    store.save(&view(), at(NOW)).unwrap();
    assert_eq!(store.load(at(NOW)), Some(view()));
    assert_eq!(store.load(at("2026-02-02T11:59:59Z")), Some(view()));
    assert_eq!(store.load(at("2026-02-02T12:00:01Z")), None);
    let without = SavedView { entry: None, ..view() };
    store.save(&without, at(NOW)).unwrap();
    assert_eq!(store.load(at(NOW)), Some(without));
}

#[test]
fn file_and_folder_are_private_and_nothing_else_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    store.save(&view(), at(NOW)).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store.folder), 0o700);
    assert_eq!(mode(&store.folder.join(store.view_name())), 0o600);
    assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 1);
}

#[test]
fn what_is_broken_foreign_or_no_file_is_as_if_it_were_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    let path = store.folder.join(store.view_name());
    let whole = fs::read_to_string(&path).unwrap();
    let half = whole.get(..whole.len() / 2).unwrap().to_owned();
    for text in ["", "{}", "null", &half, &whole.replace("\"version\":1", "\"version\":2")] {
        fs::write(&path, text).unwrap();
        assert_eq!(store.load(at(NOW)), None, "{text}");
    }
    fs::write(&path, format!("{whole}{}", " ".repeat(300_000))).unwrap();
    assert_eq!(store.load(at(NOW)), None, "too large");
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, &whole).unwrap();
    fs::remove_file(&path).unwrap();
    symlink(&elsewhere, &path).unwrap();
    assert_eq!(store.load(at(NOW)), None, "a link");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(store.load(at(NOW)), None, "a folder");
}

#[test]
fn only_the_view_that_was_taken_up_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.save(&view(), at(NOW)).unwrap();
    store.forget(&SavedView { ticket: 1, ..view() });
    assert!(store.load(at(NOW)).is_some());
    store.forget(&view());
    assert!(store.load(at(NOW)).is_none());
}

#[test]
fn the_folder_is_the_setting_or_the_users_state_folder() {
    let find = |api: &str, pairs: &[(&str, &str)]| {
        let var =
            |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Store::find(api, var).map(|store| store.folder.join(store.view_name()).to_str().unwrap().to_owned())
    };
    assert_eq!(find("demo", &[]), None);
    assert_eq!(find("demo", &[("HOME", "relative"), ("XDG_STATE_HOME", "relative")]), None);
    let home = ("HOME", "/home/a");
    assert_eq!(find("demo", &[home]).unwrap(), "/home/a/.local/state/ticketlog/view-demo.json");
    let xdg = ("XDG_STATE_HOME", "/s");
    assert_eq!(find("demo", &[home, xdg]).unwrap(), "/s/ticketlog/view-demo.json");
    let ours = ("TICKETLOG_STATE", "/t");
    assert_eq!(find("demo", &[home, xdg, ours]).unwrap(), "/t/view-demo.json");
    let (one, other) = (find("https://a", &[ours]), find("https://b", &[ours]));
    assert_ne!(one, other, "views of two APIs are kept apart");
}
