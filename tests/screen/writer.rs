//! The writer thread: one write for a frame, and nothing waits for a terminal that does not read.

use std::{
    fs::File,
    io::Read,
    os::{fd::OwnedFd, unix::net::UnixDatagram, unix::net::UnixStream},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use ticketlog::term::writer::{WriteOutcome, Writer};

const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(50);

fn start(out: impl Into<OwnedFd>) -> (Writer, Receiver<WriteOutcome>) {
    let (sender, outcomes) = mpsc::channel();
    let done = move |outcome| {
        let _ = sender.send(outcome);
    };
    (Writer::start(File::from(out.into()), done).expect("a thread"), outcomes)
}

#[test]
fn a_frame_is_one_write() {
    // Each write on a datagram socket arrives as one datagram.
    let (ours, theirs) = UnixDatagram::pair().expect("a pair of sockets");
    let (mut writer, outcomes) = start(ours);
    let mut packet = vec![0; 100_000];
    for length in [1, 132, 2_400, 60_000] {
        assert!(writer.submit(vec![b'x'; length]));
        assert_eq!(theirs.recv(&mut packet).expect("a packet"), length);
        let outcome = outcomes.recv_timeout(LONG).expect("the outcome");
        assert!(matches!(outcome, WriteOutcome::Written { bytes, writes: 1 } if bytes == length));
        assert!(writer.is_idle());
    }
    assert!(writer.submit(Vec::new()));
    assert!(writer.is_idle());
    writer.finish(LONG);
    theirs.set_nonblocking(true).expect("a socket");
    assert!(theirs.recv(&mut packet).is_err(), "something was written for an empty frame");
}

#[test]
fn a_reader_that_stops_blocks_neither_submitting_nor_the_end() {
    let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
    let (mut writer, outcomes) = start(ours);
    assert!(writer.submit(vec![b'x'; 4_000_000]));
    for _ in 0..1_000 {
        assert!(!writer.submit(b"newer".to_vec()));
    }
    assert!(!writer.is_idle());
    assert!(outcomes.try_recv().is_err());
    writer.finish(SHORT);
    drop(theirs);
}

#[test]
fn what_is_handed_over_on_leaving_follows_the_frame_in_flight() {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    let (mut writer, _outcomes) = start(ours);
    assert!(writer.submit(vec![b'x'; 4_000_000]));
    let mut text = vec![0];
    theirs.read_exact(&mut text).expect("the frame is being written");
    writer.submit_last(b"the copy".to_vec());
    let reader = std::thread::spawn(move || {
        theirs.read_to_end(&mut text).expect("the rest");
        text
    });
    writer.finish(LONG);
    assert!(reader.join().expect("the text").ends_with(b"xthe copy"));
}

#[test]
fn what_is_handed_over_on_leaving_follows_a_frame_that_was_not_begun_with() {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    let (sender, outcomes) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    // The thread stays here: it has not begun with what is submitted next.
    let done = move |outcome| {
        let _ = sender.send(outcome);
        let _ = gate.recv();
    };
    let mut writer = Writer::start(File::from(OwnedFd::from(ours)), done).expect("a thread");
    assert!(writer.submit(b"first ".to_vec()));
    outcomes.recv_timeout(LONG).expect("the outcome");
    assert!(writer.submit(b"second ".to_vec()));
    writer.submit_last(b"the copy".to_vec());
    drop(go);
    writer.finish(LONG);
    let mut text = String::new();
    theirs.read_to_string(&mut text).expect("all of it");
    assert_eq!(text, "first second the copy");
}

#[test]
fn the_next_frame_is_taken_as_soon_as_the_last_is_done() {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    let (mut writer, outcomes) = start(ours);
    assert!(writer.submit(vec![b'x'; 4_000_000]));
    assert!(!writer.submit(b"lost".to_vec()));
    let mut taken = vec![0; 4_000_000];
    theirs.read_exact(&mut taken).expect("the first frame");
    let outcome = outcomes.recv_timeout(LONG).expect("the outcome");
    assert!(matches!(outcome, WriteOutcome::Written { bytes: 4_000_000, .. }));
    assert!(writer.submit(b"newest".to_vec()));
    writer.finish(LONG);
    let mut rest = String::new();
    theirs.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest, "newest");
}

#[test]
fn a_handle_that_does_not_block_is_waited_for() {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    ours.set_nonblocking(true).expect("a socket");
    let (mut writer, outcomes) = start(ours);
    assert!(writer.submit(vec![b'x'; 4_000_000]));
    assert!(outcomes.recv_timeout(SHORT).is_err());
    let mut taken = vec![0; 4_000_000];
    theirs.read_exact(&mut taken).expect("the frame");
    assert!(matches!(outcomes.recv_timeout(LONG), Ok(WriteOutcome::Written { bytes: 4_000_000, .. })));
}

#[test]
fn a_terminal_that_is_gone_is_reported_and_the_thread_goes_on() {
    let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
    drop(theirs);
    let (mut writer, outcomes) = start(ours);
    for _ in 0..2 {
        assert!(writer.submit(b"frame".to_vec()));
        assert!(matches!(outcomes.recv_timeout(LONG), Ok(WriteOutcome::Failed(_))));
        assert!(writer.is_idle());
    }
    writer.finish(LONG);
}
