//! The whole machine on a file that changes otherwise than by whole lines at its end.

use std::{fs, path::Path};

use ticketlog::{message::Action, model::Notice};

use crate::{program::file, support::line};

/// A row whose line was half written gives way to its entry, and more stands above it.
#[test]
fn a_line_that_is_completed_with_more_behind_it_is_followed_and_counted() {
    for (lines, follows) in [(60, true), (60, false), (2, true), (2, false)] {
        let (folder, mut program) = file((0..lines).map(line));
        let path = folder.path().join("log.ndjson");
        let whole = line(lines);
        let (half, rest) = whole.split_at(20);
        // Read to its end by now.
        crate::support::measure(&program.archive);
        append(&path, half);
        program.act(if follows { Action::Follow } else { Action::Refresh }).act(Action::Newest);
        assert_eq!(program.current(), format!("line {} is cut off", lines + 1));
        let more: String = (lines + 1..lines + 6).map(|number| line(number) + "\n").collect();
        append(&path, &format!("{rest}\n{more}"));
        if follows {
            program.rest();
            assert_eq!(program.current(), format!("entry {}", lines + 5));
        } else {
            program.act(Action::Refresh);
            assert_eq!((program.current(), program.model.reader.arrived()), (format!("entry {lines}"), 5));
        }
        let expected: Vec<String> = (0..lines + 6).rev().map(|number| format!("entry {number}")).collect();
        assert_eq!(program.loaded()[..6], expected[..6]);
        assert_eq!(program.model.reader.arrivals(), 6, "the half line, and what came after it");
    }
}

#[test]
fn a_file_that_was_replaced_is_followed_on_at_its_newest_entry() {
    let (folder, mut program) = file((0..200).map(line));
    let path = folder.path().join("log.ndjson");
    program.act(Action::Follow);
    crate::support::measure(&program.archive);
    fs::write(&path, (500..510).map(|number| line(number) + "\n").collect::<String>()).unwrap();
    program.rest();
    assert_eq!((program.current(), program.loaded().len()), ("entry 509".to_owned(), 10));
    append(&path, &(line(510) + "\n"));
    program.rest();
    assert_eq!((program.current(), program.loaded().len()), ("entry 510".to_owned(), 11));
}

fn append(path: &Path, text: &str) {
    use std::io::Write;
    fs::File::options().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// Newest first, so that the windows below the first one are read as they are asked for.
#[test]
fn a_file_that_was_replaced_leaves_nothing_of_the_one_before() {
    for other in [
        // Its newest entries are those that are loaded; below them are others.
        (0..10).chain(150..200).collect::<Vec<u64>>(),
        // Another log.
        (1_000..1_300).collect(),
        // The same, cut off at its end.
        (60..200).collect(),
        // Older entries of the same log.
        (0..120).collect(),
    ] {
        let (folder, mut program) = file((0..200).rev().map(line));
        let path = folder.path().join("log.ndjson");
        for _ in 0..8 {
            program.act(Action::Page(1));
        }
        assert!(program.loaded().len() > 100);
        crate::support::measure(&program.archive);
        let text: String = other.iter().rev().map(|number| line(*number) + "\n").collect();
        fs::write(&path, text).unwrap();
        program.act(Action::Refresh);
        let expected: Vec<String> = other.iter().rev().map(|number| format!("entry {number}")).collect();
        assert_eq!(program.model.notice, Some(Notice::FileReplaced));
        assert!(program.loaded().iter().all(|text| expected.contains(text)), "{:?}", program.loaded());
        program.act(Action::LoadAll);
        assert_eq!(program.loaded(), expected);
    }
}
