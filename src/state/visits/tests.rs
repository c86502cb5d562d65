use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    sync::Barrier,
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::model::saved_view::SavedEntry;

fn store(folder: &Path) -> Store {
    let folder = folder.join("of/its/own").to_str().unwrap().to_owned();
    Store::find("demo", |name| (name == "TICKETLOG_STATE").then(|| folder.clone())).unwrap()
}

fn at(minute: i64) -> DateTime<Utc> {
    time("2023-12-13T22:11:52.7825391Z").unwrap() + TimeDelta::minutes(minute)
}

/// Looked at in this minute, with the entry of another one as the newest seen.
fn visit(ticket: TicketNumber, looked: i64, entry: i64) -> Visit {
    let entry = SavedEntry { time: at(entry), fingerprint: u64::MAX };
    Visit { ticket, looked: at(looked), seen: Some(Seen { entry, at: at(looked) }) }
}

#[test]
fn a_visit_comes_back_as_it_was_and_the_last_one_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!((store.visit(7), store.visits()), (None, Vec::new()));
    let empty = Visit { seen: None, ..visit(443_484_636_000, 5, 0) };
    for visit in [visit(7, 3, 2), empty, visit(8, 4, 1)] {
        store.keep(visit).unwrap();
    }
    assert_eq!(store.visit(7), Some(visit(7, 3, 2)));
    assert_eq!(store.visits(), [empty, visit(8, 4, 1), visit(7, 3, 2)]);
}

#[test]
fn files_are_private_and_hold_numbers_times_and_a_hash_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.keep(visit(7, 3, 2)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store.folder), 0o700);
    let files: Vec<_> = fs::read_dir(&store.folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files, [store.folder.join("visit-demo-7.json")]);
    assert_eq!(mode(&files[0]), 0o600);
    assert_eq!(
        fs::read_to_string(&files[0]).unwrap(),
        r#"{"version":1,"ticket":7,"looked":"2023-12-13T22:14:52.782539100Z","entry":{"time":"2023-12-13T22:13:52.782539100Z","fingerprint":"ffffffffffffffff"},"seen":"2023-12-13T22:14:52.782539100Z"}"#
    );
}

#[test]
fn what_was_seen_never_moves_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.keep(visit(7, 9, 8)).unwrap();
    store.keep(visit(7, 20, 3)).unwrap();
    let kept = store.visit(7).unwrap();
    assert_eq!((kept.looked, kept.seen), (at(20), visit(7, 9, 8).seen), "the time belongs to the entry");
    store.keep(visit(7, 5, 12)).unwrap();
    let kept = store.visit(7).unwrap();
    assert_eq!((kept.looked, kept.seen), (at(20), visit(7, 5, 12).seen));
    store.keep(Visit { seen: None, ..visit(7, 30, 0) }).unwrap();
    assert_eq!(store.visit(7).unwrap().seen, visit(7, 5, 12).seen);
}

#[test]
fn of_many_instances_on_one_folder_each_visit_counts_and_the_newest_entry_wins() {
    const INSTANCES: i64 = 8;
    const ROUNDS: i64 = 25;
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let begin = Barrier::new(8);
    thread::scope(|scope| {
        for instance in 0..INSTANCES {
            let (store, begin) = (&store, &begin);
            scope.spawn(move || {
                begin.wait();
                for round in 0..ROUNDS {
                    // Up and down, so that the newest is not the last one written.
                    let entry = (instance * 7 + round * 11) % 100;
                    let shared = visit(1, round, entry);
                    while store.keep(shared).is_err() {}
                    assert!(store.visit(1).unwrap().seen.unwrap().entry.time >= at(entry));
                    while store.keep(visit(100 + instance.unsigned_abs(), round, round)).is_err() {}
                }
            });
        }
    });
    assert_eq!(store.visits().len(), 9);
    let newest = (0..INSTANCES).flat_map(|i| (0..ROUNDS).map(move |r| (i * 7 + r * 11) % 100)).max().unwrap();
    let kept = store.visit(1).unwrap();
    assert_eq!((kept.looked, kept.seen.unwrap().entry.time), (at(ROUNDS - 1), at(newest)));
    assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 9, "nothing is left behind");
}

#[test]
fn an_instance_that_holds_the_lock_for_ever_costs_a_visit_and_not_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.keep(visit(7, 1, 1)).unwrap();
    let _held = store.lock().unwrap().unwrap();
    assert!(store.keep(visit(7, 2, 2)).is_err());
    assert_eq!(store.visit(7), Some(visit(7, 1, 1)));
}

#[test]
fn what_is_broken_foreign_or_no_file_is_as_if_it_were_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.keep(visit(7, 3, 2)).unwrap();
    let path = store.folder.join(store.visit_name(7));
    let whole = fs::read_to_string(&path).unwrap();
    let half = whole.get(..whole.len() / 2).unwrap().to_owned();
    let other_version = whole.replace("\"version\":1", "\"version\":2");
    let other_ticket = whole.replace("\"ticket\":7", "\"ticket\":8");
    let no_time = whole.replace("22:14", "22:94");
    for text in ["", "{}", "null", "\u{0}", &half, &other_version, &other_ticket, &no_time] {
        fs::write(&path, text).unwrap();
        assert_eq!((store.visit(7), store.visits().len()), (None, 0), "{text}");
        store.keep(visit(8, 1, 1)).unwrap();
        assert_eq!(store.visits(), [visit(8, 1, 1)], "the others are there");
        fs::remove_file(store.folder.join(store.visit_name(8))).unwrap();
    }
    fs::write(&path, format!("{whole}{}", " ".repeat(300_000))).unwrap();
    assert_eq!(store.visit(7), None, "too large");
    store.keep(visit(7, 1, 1)).unwrap();
    assert_eq!(store.visit(7), Some(visit(7, 1, 1)), "and is replaced");
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, &whole).unwrap();
    fs::remove_file(&path).unwrap();
    symlink(&elsewhere, &path).unwrap();
    assert_eq!((store.visit(7), store.visits().len()), (None, 0), "a link");
    store.keep(visit(7, 1, 1)).unwrap();
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), whole, "what it led to is untouched");
    assert!(!fs::symlink_metadata(&path).unwrap().is_symlink());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!((store.visit(7), store.visits().len()), (None, 0), "a folder");
}

#[test]
fn names_that_are_not_ours_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.keep(visit(7, 3, 2)).unwrap();
    let whole = fs::read_to_string(store.folder.join(store.visit_name(7))).unwrap();
    for name in
        ["visit-demo-.json", "visit-demo-7.json.orig", "visit-demo--7.json", "visit-other-7.json", "x"]
    {
        fs::write(store.folder.join(name), &whole).unwrap();
    }
    assert_eq!(store.visits(), [visit(7, 3, 2)]);
}

#[test]
fn the_oldest_beyond_two_hundred_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    fs::create_dir_all(&store.folder).unwrap();
    fs::write(store.folder.join("view-demo.json"), "{}").unwrap();
    fs::write(store.folder.join("visit-other-1.json"), "{}").unwrap();
    let day = std::time::Duration::from_hours(24);
    let long_ago = std::time::SystemTime::UNIX_EPOCH + day * 19_000;
    for ticket in 1..=205_u64 {
        store.keep(visit(ticket, 0, 0)).unwrap();
        let file = fs::File::options().write(true).open(store.folder.join(store.visit_name(ticket))).unwrap();
        file.set_modified(long_ago + day * u32::try_from(ticket).unwrap()).unwrap();
    }
    store.keep(visit(300, 1, 1)).unwrap();
    let mut kept: Vec<u64> = store.visits().iter().map(|visit| visit.ticket).collect();
    kept.sort_unstable();
    assert_eq!(kept, (7..=205).chain([300]).collect::<Vec<_>>());
    assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 202, "other files are none of ours");
}
