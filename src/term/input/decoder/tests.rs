use proptest::prelude::*;

use super::*;

fn decoded(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    decoder.feed(bytes, &mut events);
    decoder.give_up(&mut events);
    assert_eq!(decoder.patience(), None, "given up is over");
    events
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
        decoder.give_up(&mut events);
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
