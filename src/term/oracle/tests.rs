//! What the grammar takes and what it refuses.

use super::*;

#[test]
fn frames_of_our_own_pass() {
    let frames: &[&[u8]] = &[
        b"",
        b"\x1b[r\x1b[m\x1b[H\x1b[Jhello\x1b[?25l",
        b"\x1b[3;17r\x1b[17H\n\n\x1b[r\x1b[17;2Hnew row\x1b[K",
        b"\x1b[m\x1b[3;17r\x1b[3H\x1bM\x1b[r\x1b[5d\r\n\x1b[4C\x1b[20G",
        b"\x1b[1;38;2;1;2;3;48;5;17mcolour\x1b[m",
        "── 中 👨\u{200d}👩 é ▌".as_bytes(),
    ];
    for frame in frames {
        assert_eq!(check(frame), Ok(()), "{}", frame.escape_ascii());
    }
}

#[test]
fn everything_else_is_a_breach() {
    let frames: &[&[u8]] = &[
        b"\x07",
        b"\x08",
        b"\t",
        b"\x7f",
        b"\x1b",
        b"\x1b[",
        b"\x1b[6n",
        b"\x1b[c",
        b"\x1b[5A",
        b"\x1b[2S",
        b"\x1b[1;;2m",
        b"\x1b[1:2m",
        b"\x1b[?2026h",
        b"\x1b[?1049h",
        b"\x1b[?1000h",
        b"\x1b[<u",
        b"\x1b]0;title\x07",
        b"\x1b]52;c;aGk=\x07",
        b"\x1bP+q\x1b\\",
        b"\x1bc",
        b"\x1b7",
        b"\x9b2J",
        "\u{9b}2J".as_bytes(),
        "\u{202e}".as_bytes(),
        b"\xff",
        b"\xe4\xb8",
        b"\x1b[5;5r\x1b[r",
        b"\x1b[5r\x1b[r",
        b"\x1b[3;9r",
        b"\x1bM",
        b"\x1b[41m\x1b[3;9r\x1b[9H\n\x1b[r",
    ];
    for frame in frames {
        assert!(check(frame).is_err(), "{}", frame.escape_ascii());
    }
}

#[test]
fn the_state_of_the_pen_and_the_pieces_are_kept_over_frames() {
    let mut oracle = Oracle::new(Scope::Frames);
    for byte in "\x1b[44m中".as_bytes() {
        oracle.feed(&[*byte]).unwrap();
    }
    assert!(oracle.finish().is_ok());
    let breach = oracle.feed(b"\x1b[3;9r\x1b[9H\n").unwrap_err();
    assert_eq!((breach.offset, breach.what), (18, "a scroll without the colours reset"));
}

#[test]
fn a_session_may_switch_its_modes_and_a_copy_frame_may_copy() {
    let session =
        b"\x1b[?1049h\x1b[?2004h\x1b[?25lx\x1b]52;c;aGk=\x1b\\\x1b[<u\x1b[?1000l\x1b[0m\x1b[?25h\x1b[?1049l";
    let mut oracle = Oracle::new(Scope::Session);
    oracle.feed(session).unwrap();
    oracle.finish().unwrap();

    let copy = |bytes: &[u8]| Oracle::new(Scope::Copy).feed(bytes);
    assert!(copy(b"\x1b]52;c;aGk=\x07").is_ok());
    assert!(copy(b"\x1b]52;c;?\x07").is_err());
    assert!(copy(b"\x1b]52;c;aG\x1bk").is_err());
    assert!(copy(b"\x1b]0;x\x07").is_err());
    assert!(copy(b"\x1b[?1049h").is_err());
}
