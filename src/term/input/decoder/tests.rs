use proptest::prelude::*;

use super::*;

fn decoded(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    decoder.feed(bytes, &mut events);
    silence(&mut decoder, &mut events);
    events
}

/// Nothing comes any more.
fn silence(decoder: &mut Decoder, events: &mut Vec<Event>) {
    decoder.give_up(events);
    decoder.give_up(events);
    assert_eq!(decoder.patience(), None, "given up is over");
}

/// What bytes mean that come in pieces, with a short silence behind each.
fn keys_of_pieces(pieces: &[&[u8]]) -> Vec<KeyCode> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.feed(piece, &mut events);
        decoder.give_up(&mut events);
    }
    silence(&mut decoder, &mut events);
    let key = |event| match event {
        Event::Key(key) => key.code,
        other => panic!("not a key: {other:?}"),
    };
    events.into_iter().map(key).collect()
}

fn keys(bytes: &[u8]) -> Vec<(KeyCode, KeyModifiers)> {
    let key = |event| match event {
        Event::Key(key) => (key.code, key.modifiers),
        other => panic!("not a key: {other:?}"),
    };
    decoded(bytes).into_iter().map(key).collect()
}

#[test]
fn the_keys_that_terminals_send_are_known() {
    use KeyCode::{Backspace, Char, Down, End, Enter, Esc, F, Home, PageDown, PageUp, Tab, Up};
    const NONE: KeyModifiers = KeyModifiers::NONE;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    let cases: &[(&[u8], KeyCode, KeyModifiers)] = &[
        (b"j", Char('j'), NONE),
        (b"G", Char('G'), KeyModifiers::SHIFT),
        ("å".as_bytes(), Char('å'), NONE),
        (b"\r", Enter, NONE),
        (b"\t", Tab, NONE),
        (b"\x7f", Backspace, NONE),
        (b"\x03", Char('c'), CTRL),
        (b"\x1a", Char('z'), CTRL),
        (b"\x1b", Esc, NONE),
        (b"\x1bq", Char('q'), KeyModifiers::ALT),
        (b"\x1b[A", Up, NONE),
        (b"\x1bOB", Down, NONE),
        (b"\x1b[1;5B", Down, CTRL),
        (b"\x1b[H", Home, NONE),
        (b"\x1b[1~", Home, NONE),
        (b"\x1b[4~", End, NONE),
        (b"\x1bOF", End, NONE),
        (b"\x1b[5~", PageUp, NONE),
        (b"\x1b[6~", PageDown, NONE),
        (b"\x1bOP", F(1), NONE),
        (b"\x1b[11~", F(1), NONE),
        (b"\x1b[[A", F(1), NONE),
        (b"\x1b[24~", F(12), NONE),
    ];
    for (bytes, code, modifiers) in cases {
        assert_eq!(keys(bytes), [(*code, *modifiers)], "{}", bytes.escape_ascii());
    }
}

#[test]
fn reports_and_late_answers_type_nothing() {
    let noise: &[&[u8]] = &[
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[M qq",
        b"\x1b[<0;12;7M",
        b"\x1b[<0;12;7m",
        b"\x1b[12;7R",
        b"\x1b[?62;22c",
        b"\x1b[?1u",
        b"\x1b[?2026;2$y",
        b"\x1b[113;1:3u",
        b"\x1b[1;1:3A",
        b"\x1b]11;rgb:qqqq/qqqq/qqqq\x07",
        b"\x1b]11;rgb:qqqq/qqqq/qqqq\x1b\\",
        b"\x1bP>|quit(q)\x1b\\",
        b"\x1b_Gi=31;q\x1b\\",
        // Too long for a key, though its beginning is one.
        b"\x1b[00000000000000000000000000000005:3~",
        b"\x1b[99999999999999999999999999999999999999999999q",
        b"\xc3",
        b"\xff\xfe\x80\x9b",
    ];
    for bytes in noise {
        assert_eq!(decoded(bytes), [], "{}", bytes.escape_ascii());
        let after = [bytes, &b"q"[..]].concat();
        if !matches!(bytes.last(), Some(0xc3)) {
            assert_eq!(keys(&after), [(KeyCode::Char('q'), KeyModifiers::NONE)], "{}", bytes.escape_ascii());
        }
    }
}

#[test]
fn a_control_cuts_a_sequence_off() {
    for begun in [&b"\x1b["[..], b"\x1b[1;", b"\x1bO", b"\xe2\x96"] {
        let bytes = [begun, b"\x03"].concat();
        assert_eq!(keys(&bytes), [(KeyCode::Char('c'), KeyModifiers::CONTROL)], "{}", bytes.escape_ascii());
    }
}

#[test]
fn ctrl_c_cuts_off_what_would_swallow_it() {
    for begun in ["\x1b]11;rgb:", "\x1bPq", "\x1b_G", "\x1b^", "\x1bX", "\x1b]8;;\x1b", "\x1b[M q"] {
        let bytes = format!("{begun}\x03q");
        let ctrl_c = (KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(keys(bytes.as_bytes()), [ctrl_c, (KeyCode::Char('q'), KeyModifiers::NONE)], "{bytes:?}");
    }
}

#[test]
fn ctrl_c_alone_ends_a_paste_and_is_the_key() {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    decoder.feed(b"\x1b[200~text\x03more", &mut events);
    assert_eq!(events, [], "within a piece it is text");
    decoder.interrupt(&mut events);
    assert_eq!(decoder.patience(), None);
    let ctrl_c = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(events, [Event::Paste("text\x03more".to_owned()), ctrl_c.clone()]);
    events.clear();
    decoder.interrupt(&mut events);
    assert_eq!(events, [ctrl_c], "outside a paste it is the key");
}

#[test]
fn a_sequence_that_comes_long_after_its_escape_is_no_text() {
    use KeyCode::{Char, Down, Esc, F, Up};
    assert_eq!(keys_of_pieces(&[b"\x1b", b"[A"]), [Esc, Up]);
    assert_eq!(keys_of_pieces(&[b"\x1b", b"OB", b"A"]), [Esc, Down, Char('A')]);
    assert_eq!(keys_of_pieces(&[b"\x1b", b"[15~"]), [Esc, F(5)]);
    assert_eq!(keys_of_pieces(&[b"\x1b", b"[<64;12;7m"]), [Esc], "noise stays noise");
    assert_eq!(keys_of_pieces(&[b"\x1b", b"\x1b", b"[A"]), [Esc, Esc, Up]);
    // A longer silence, or another key: it was Esc, and what follows is typed.
    assert_eq!(keys_of_pieces(&[b"\x1b", b"", b"[A"]), [Esc, Char('['), Char('A')]);
    assert_eq!(keys_of_pieces(&[b"\x1b", b"j[A"]), [Esc, Char('j'), Char('['), Char('A')]);
}

#[test]
fn what_is_typed_after_esc_is_typed_also_where_it_might_have_begun_a_sequence() {
    use KeyCode::{Char, Esc};
    let control = |keys: &[KeyCode], bytes: &[u8]| {
        assert_eq!(keys_of_pieces(&[b"\x1b", bytes]), keys, "{}", bytes.escape_ascii());
    };
    control(&[Esc, Char('O')], b"O");
    control(&[Esc, Char('[')], b"[");
    control(&[Esc, Char('O'), Char('4'), Char('7')], b"O47");
    control(&[Esc, Char('['), Char('j')], b"[j");
    control(&[Esc, Char('['), Char('[')], b"[[");
    control(&[Esc, Char('['), Char('c')], b"[\x03");
    control(&[Esc, Char('O'), Char('c')], b"O\x03");
}

#[test]
fn a_paste_is_text_up_to_its_end_and_never_keys() {
    let paste = |text: &str| Event::Paste(text.to_owned());
    assert_eq!(decoded(b"\x1b[200~q\x03\x1b[A\x1b[201~"), [paste("q\x03\x1b[A")]);
    assert_eq!(decoded(b"\x1b[200~\x1b[\x1b[201~"), [paste("\x1b[")]);
    assert_eq!(decoded(b"\x1b[200~\x1b[201~"), [paste("")]);
    assert_eq!(decoded(b"\x1b[201~"), []);
    let long = [&b"\x1b[200~"[..], &b"q".repeat(1 << 20), b"\x1b[201~"].concat();
    assert_eq!(decoded(&long), [paste(&"q".repeat(LARGEST_PASTE))]);
}

#[test]
fn a_paste_without_an_end_is_over_after_a_silence() {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    decoder.feed(b"\x1b[200~qqq", &mut events);
    assert_eq!((events.len(), decoder.patience()), (0, Some(UNENDED_PASTE)));
    decoder.give_up(&mut events);
    decoder.feed(b"q", &mut events);
    assert_eq!(events.len(), 2);
    assert!(matches!(&events[0], Event::Paste(text) if text == "qqq"));
    assert!(matches!(&events[1], Event::Key(key) if key.code == KeyCode::Char('q')));
}

proptest! {
    #[test]
    fn any_bytes_cut_anywhere_give_the_same_events(bytes: Vec<u8>, cut in 0_usize..64) {
        let whole = decoded(&bytes);
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for part in bytes.chunks(cut.max(1)) {
            decoder.feed(part, &mut events);
        }
        silence(&mut decoder, &mut events);
        prop_assert_eq!(events, whole);
    }

    #[test]
    fn whatever_came_before_a_silence_and_a_key_is_a_key(bytes: Vec<u8>) {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        decoder.feed(&bytes, &mut events);
        decoder.give_up(&mut events);
        events.clear();
        decoder.feed(b"q", &mut events);
        prop_assert_eq!(events, [Event::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE))]);
    }

    #[test]
    fn ctrl_c_that_comes_alone_is_always_the_key(bytes: Vec<u8>, is_late: bool) {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        if is_late {
            decoder.feed(b"\x1b", &mut events);
            decoder.give_up(&mut events);
        }
        decoder.feed(&bytes, &mut events);
        decoder.interrupt(&mut events);
        prop_assert_eq!(decoder.patience(), None);
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        prop_assert_eq!(events.last(), Some(&Event::Key(ctrl_c)));
    }

    /// Sequences of every kind with random insides: none of them is a key that the program binds.
    #[test]
    fn noise_types_no_character(
        kind in prop::sample::select(vec!["\x1b[<", "\x1b[?", "\x1b[>", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX"]),
        inside in "[0-9;:]{0,60}",
        end in prop::sample::select(vec!["c", "n", "R", "M", "m", "u", "y", "t"]),
    ) {
        let end = if kind.as_bytes().get(1) == Some(&b'[') { end } else { "\x1b\\" };
        let noise = format!("{kind}{inside}{end}");
        prop_assert_eq!(decoded(noise.as_bytes()), []);
    }
}
