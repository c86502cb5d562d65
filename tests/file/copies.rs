//! A file that holds the same words more than once: two exports put together, lines that say the same. Every line is an
//! entry, on the screen and in the printed table.

use std::{fmt::Write, fs, path::Path, time::Duration};

use tempfile::TempDir;
use ticketlog::{
    assets,
    file::Archive,
    message::Action,
    model::{log::Run, narrowing::Narrowing, text::Charset, zone::Zone},
    shell::{passage::Source, table::Table},
};

use crate::program::Program;

/// Entries of these numbers, a line each.
fn lines(numbers: impl Iterator<Item = usize>) -> String {
    numbers.fold(String::new(), |mut text, n| {
        let (day, minute) = (1 + n / 1_440, n % 1_440);
        let time = format!("2024-01-{day:02}T{:02}:{:02}:00Z", minute / 60, minute % 60);
        let _ = writeln!(text, r#"{{"actionType":"note","actionString":"entry {n}","time":"{time}"}}"#);
        text
    })
}

/// The same stretches, as files.
fn files(folder: &Path) -> Vec<(&'static str, std::path::PathBuf, usize)> {
    let down = |from: usize, to: usize| (to..=from).rev();
    let files = [
        ("two equal lines at the border of a page", lines(down(101, 52).chain([52]).chain(down(51, 1))), 102),
        ("one line over and over", lines(std::iter::repeat_n(7, 120)), 120),
        (
            "a block of equal lines in the middle",
            lines(down(200, 101).chain([100; 200]).chain(down(99, 1))),
            399,
        ),
        ("one export twice", lines(down(80, 1).chain(down(80, 1))), 160),
        ("one export three times", lines(down(60, 1).chain(down(60, 1)).chain(down(60, 1))), 180),
        ("short ones", lines(down(30, 1).chain(down(30, 1)).chain(down(30, 1))), 90),
        ("an older export, then a newer one", lines(down(60, 1).chain(down(80, 1))), 140),
        ("a newer one, then an older one", lines(down(200, 1).chain(down(150, 1))), 350),
        ("oldest first, twice", lines((1..=90).chain(1..=90)), 180),
    ];
    let file = |(name, text, count): (&'static str, String, usize)| {
        let path = folder.join(format!("{count}-{}", text.len()));
        fs::write(&path, text).unwrap();
        (name, path, count)
    };
    files.into_iter().map(file).collect()
}

fn loaded(program: &Program) -> usize {
    program.model.reader.log().runs().iter().map(Run::len).sum()
}

#[test]
fn every_line_is_loaded_whichever_way_the_end_is_reached() {
    let folder = TempDir::new().unwrap();
    for (name, path, count) in files(folder.path()) {
        for way in [Action::LoadAll, Action::Page(1), Action::Oldest] {
            let mut program = Program::open(&path);
            for _ in 0..60 {
                program.act(way);
            }
            program.act(Action::LoadAll);
            let log = program.model.reader.log();
            assert_eq!((loaded(&program), log.total()), (count, Some(count)), "{name}, {way:?}");
            assert!(log.failure().is_none() && !program.model.reader.was_reread(), "{name}, {way:?}");
        }
    }
}

#[tokio::test]
async fn every_line_is_printed_once() {
    let folder = TempDir::new().unwrap();
    for (name, path, count) in files(folder.path()) {
        let catalogue = assets::action_types().unwrap();
        let narrowing = Narrowing::everything(&catalogue);
        let table = Table { catalogue, zone: Zone::UTC, charset: Charset::Unicode, narrowing };
        let source = Source::File(Archive::open(&path).unwrap());
        let mut out = Vec::new();
        let printed = table.print(&source, &mut out);
        tokio::time::timeout(Duration::from_mins(1), printed).await.expect("it ends").unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.lines().count(), count + 1, "{name}");
    }
}
