//! A pipe that stays open: what it has brought is shown, and what it brings later.

use std::{collections::BTreeSet, fs::File, io::Write, sync::mpsc};

use ticketlog::{
    file::{Archive, News},
    model::{query::Query, text::Untrusted},
};

use crate::support::{all, begin, line, pipe, texts, window};

fn send(writer: &mut File, numbers: impl IntoIterator<Item = u64>) {
    let text: String = numbers.into_iter().map(|number| line(number) + "\n").collect();
    writer.write_all(text.as_bytes()).unwrap();
}

/// A pipe of which somebody wants to hear news.
fn live() -> (tempfile::TempDir, Archive, File, mpsc::Receiver<News>) {
    let (folder, archive, writer) = pipe();
    let (sender, news) = mpsc::channel();
    archive.on_news(Box::new(move |told| {
        let _ = sender.send(told);
    }));
    (folder, archive, writer, news)
}

#[test]
fn what_a_pipe_has_brought_is_shown_before_there_is_a_screen_full_and_more_when_more_comes() {
    for (first, then, expected, more) in [
        // Newest first, as an answer of the server that is written slowly.
        (vec![9, 8, 7], vec![6, 5], [9, 8, 7, 6, 5], News::WentOn),
        // Oldest first, as a log that is being written.
        (vec![1, 2, 3], vec![4, 5], [5, 4, 3, 2, 1], News::Grew),
        // The first entry tells no order.
        (vec![1], vec![2, 3, 4, 5], [5, 4, 3, 2, 1], News::Grew),
        (vec![5], vec![4, 3, 2, 1], [5, 4, 3, 2, 1], News::WentOn),
    ] {
        let (_folder, archive, mut writer, news) = live();
        let count = first.len();
        send(&mut writer, first);
        assert_eq!(all(&archive).len(), count);
        assert_eq!(news.recv().unwrap(), News::Paused);
        send(&mut writer, then);
        assert_eq!(news.recv().unwrap(), more);
        assert_eq!(texts(&all(&archive)), expected.map(|number: u64| format!("entry {number}")));
        // A line that is half written is no entry yet.
        writer.write_all(&line(6).as_bytes()[..20]).unwrap();
        assert_eq!(all(&archive).len(), 5);
        drop(writer);
        assert_eq!([news.recv().unwrap(), news.recv().unwrap()], [more, News::Ended]);
        assert_eq!(all(&archive).len(), 6);
        assert!(news.try_recv().is_err());
    }
}

#[test]
fn nothing_is_told_twice_nor_when_nothing_came() {
    let (_folder, archive, mut writer, news) = live();
    send(&mut writer, 1..4);
    all(&archive);
    all(&archive);
    drop(writer);
    // The end is known before this is answered.
    crate::support::measure(&archive);
    assert_eq!(window(&archive, 2, 1).len(), 1);
    assert_eq!(news.try_iter().collect::<Vec<_>>(), [News::Paused, News::Ended]);
}

#[test]
fn who_cannot_be_told_of_more_waits_for_the_end() {
    let (_folder, archive, mut writer) = pipe();
    let answer = begin(&archive, Query::All, 0, 50);
    // Longer than a pipe can hold: it was read, and nobody was answered.
    send(&mut writer, 0..2_000);
    assert!(answer.try_recv().is_err());
    drop(writer);
    assert_eq!(texts(&answer.recv().unwrap().unwrap())[0], "entry 1999");
}

#[test]
fn places_below_what_a_newest_first_pipe_has_brought_are_answered_for_now_and_it_is_told_when_more_comes() {
    let (_folder, archive, mut writer, news) = live();
    send(&mut writer, (100..200).rev());
    assert_eq!(window(&archive, 0, 50).len(), 50);
    assert!(news.try_recv().is_err(), "that is the last word on the newest fifty");
    assert_eq!(window(&archive, 80, 50).len(), 20);
    assert_eq!(window(&archive, 100, 50).len(), 0);
    assert_eq!(news.recv().unwrap(), News::Paused);
    send(&mut writer, (0..100).rev());
    assert_eq!(news.recv().unwrap(), News::WentOn);
    let told = texts(&window(&archive, 80, 50));
    assert_eq!((told.len(), told[0].as_str(), told[49].as_str()), (50, "entry 119", "entry 70"));
    drop(writer);
    assert_eq!(news.recv().unwrap(), News::Ended);
}

#[test]
fn a_choice_of_types_is_answered_for_now_too_and_stays_right_when_more_comes() {
    let (_folder, archive, mut writer, news) = live();
    let replies = Query::Only(BTreeSet::from([Untrusted::new("reply_created")]));
    let ask = || texts(&begin(&archive, replies.clone(), 0, 50).recv().unwrap().unwrap());
    send(&mut writer, 0..5);
    assert_eq!(ask(), ["entry 4", "entry 1"]);
    send(&mut writer, 5..9);
    assert_eq!([news.recv().unwrap(), news.recv().unwrap()], [News::Paused, News::Grew]);
    assert_eq!(ask(), ["entry 7", "entry 4", "entry 1"]);
}
