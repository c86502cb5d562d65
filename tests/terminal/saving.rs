//! Writing what is shown to a file.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{FileTypeExt, PermissionsExt},
};

use crate::{copying::World, pty::Terminal};

fn start(world: &World) -> Terminal {
    let folder = world.path.split(':').next().unwrap().to_owned();
    world.start("", &[("HOME", &folder)])
}

fn leave(mut terminal: Terminal) {
    terminal.keys("Q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_file_is_its_owners_alone_and_what_was_written_is_told() {
    let world = World::new();
    let mut terminal = start(&world);
    terminal.keys("e").sees("file: ").keys("~/out.ndjson\r").sees("wrote 7 entries (all) with ");
    let mode = fs::metadata(world.file("out.ndjson")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(world.text("out.ndjson").lines().count(), 7);
    leave(terminal);
    let file = world.file("out.ndjson");
    let mut terminal = Terminal::start(80, 24, &["open", file.to_str().unwrap()], &[]);
    terminal.sees("7 entries");
    leave(terminal);
}

#[test]
fn personal_data_in_a_file_is_told_before_and_after() {
    let world = World::new();
    let mut terminal = start(&world);
    terminal.keys("Pe").sees("file:").sees(".txt, personal data is shown: P hides it").keys("~/out.csv\r");
    terminal.sees("wrote 7 entries (all) with ").sees(" names, personal data shown, to ~/out.csv");
    assert!(world.text("out.csv").contains("actor_email"));
    terminal
        .keys("Pe")
        .until("the question", |screen| screen.contains("file:") && !screen.contains("personal"));
    terminal.keys("~/masked.csv\r").sees(" names to ~/masked.csv");
    assert!(!world.text("masked.csv").contains("actor_email"));
    leave(terminal);
}

#[test]
fn where_all_names_are_replaced_no_personal_data_is_left() {
    let world = World::new();
    let folder = world.path.split(':').next().unwrap().to_owned();
    let log = format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"));
    for (flag, told) in [
        ("--redact", "with names replaced to ~/"),
        ("--redact=clients", "with names replaced, personal data shown, to ~/"),
    ] {
        let mut terminal = Terminal::start(100, 24, &["open", &log, flag], &[("HOME", &folder)]);
        let file = format!("~/out{flag}.csv");
        terminal.sees("7 entries").keys("Pe").sees("file:").keys(&format!("{file}\r")).sees(told).sees(&file);
        leave(terminal);
    }
}

#[test]
fn a_file_that_is_there_stays_until_force_is_asked_for() {
    let world = World::new();
    fs::write(world.file("out.md"), "mine").unwrap();
    fs::write(world.file("kept.md"), "kept").unwrap();
    std::os::unix::fs::symlink(world.file("kept.md"), world.file("link.md")).unwrap();
    let mut terminal = start(&world);
    terminal.keys(":w ~/out.md\r").sees("is there already; ! at the end writes over it");
    assert_eq!(world.text("out.md"), "mine");
    terminal.keys("\r").sees("is there already").keys("!\r").sees("wrote 7 entries");
    assert!(world.text("out.md").contains('|'));
    terminal.keys("e~/link.md\r").sees("is there already");
    assert_eq!(world.text("kept.md"), "kept");
    terminal.keys("!\r").sees("wrote 7 entries");
    assert!(world.text("kept.md").contains('|'), "behind the link, not in its place");
    assert!(fs::symlink_metadata(world.file("link.md")).unwrap().is_symlink());
    let mode = fs::metadata(world.file("kept.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    leave(terminal);
}

#[test]
fn what_is_no_file_is_written_as_it_is_and_leaving_waits_for_its_reader() {
    let world = World::new();
    let pipe = world.file("pipe.ndjson");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
    let mut terminal = start(&world);
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    terminal.keys("e~/pipe.ndjson!\r").sees("wrote 7 entries");
    // What takes the place of a pipe leaves whoever reads it waiting for ever.
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    let told = reader.join().unwrap();
    assert_eq!(told.lines().count(), 7);
    terminal
        .keys("e~/pipe.ndjson\r")
        .keys("Q")
        .sees("Waiting until the file is written. Ctrl-C leaves at once.");
    assert_eq!(fs::read_to_string(&pipe).unwrap().lines().count(), 7);
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_folder_that_is_missing_or_not_ours_is_told_and_leaves_nothing() {
    let world = World::new();
    fs::create_dir(world.file("closed")).unwrap();
    fs::create_dir(world.file("folder.md")).unwrap();
    fs::set_permissions(world.file("closed"), Permissions::from_mode(0o500)).unwrap();
    let mut terminal = start(&world);
    terminal.keys("e~/missing/out.md\r").sees("not written: ~/missing/out.md: there is no such folder");
    terminal.keys("e~/folder.md!\r").sees("not written: ~/folder.md: it is a folder");
    // Whoever may do anything may write there too.
    if !rustix::process::geteuid().is_root() {
        terminal.keys("e~/closed/out.md\r").sees("not written: ~/closed/out.md: you may not write there");
        assert_eq!(fs::read_dir(world.file("closed")).unwrap().count(), 0);
    }
    leave(terminal);
}

#[test]
fn a_full_disk_is_told_and_leaves_no_part_of_a_file() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let world = World::new();
    // No file of more than nothing may be made by what is started here.
    let log = format!("{}/tests/data/files/newest.ndjson", env!("CARGO_MANIFEST_DIR"));
    let script = format!(r#"trap '' XFSZ; ulimit -f 0; "$T" open {log}; echo "ended $?""#);
    let folder = world.path.split(':').next().unwrap().to_owned();
    let mut terminal = Terminal::script(&script, &[("HOME", &folder)]);
    terminal.sees("7 entries").keys("e~/out.md\r").sees("not written: ~/out.md: ");
    assert!(!world.file("out.md").exists());
    terminal.keys("Q").sees("ended 0");
    terminal.end();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
