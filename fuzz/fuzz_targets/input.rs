//! Arbitrary bytes as what a terminal sends: the same keys however they are cut, and noise asks for nothing.

#![no_main]

use std::sync::LazyLock;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use libfuzzer_sys::fuzz_target;
use ticketlog::{
    keys,
    model::keymap::{Context, Keymap},
    term::input::Decoder,
};

/// The keys that ship.
static KEYMAP: LazyLock<Keymap> = LazyLock::new(|| keys::defaults().expect("they parse"));

/// The end of a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

fuzz_target!(|data: &[u8]| {
    let whole = decoded(data, data.len());
    for size in [1, 2, 3, 7] {
        assert_eq!(decoded(data, size), whole, "cut into {size}");
    }
    for event in &whole {
        match event {
            Event::Key(key) => asks(key),
            Event::Paste(_) => {}
            other => panic!("neither a key nor a paste: {other:?}"),
        }
    }
    check_interrupt(data);
    let [kind, cut, inside @ ..] = data else {
        return;
    };
    check_noise(&noise(*kind, inside), usize::from(*cut));
});

/// Decodes bytes that come in pieces, and a silence after them; the next key is then a key.
fn decoded(bytes: &[u8], size: usize) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    for piece in bytes.chunks(size.max(1)) {
        decoder.feed(piece, &mut events);
    }
    decoder.give_up(&mut events);
    decoder.give_up(&mut events);
    assert_eq!(decoder.patience(), None, "given up is over");
    let before = events.len();
    decoder.feed(b"j", &mut events);
    let key = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
    assert_eq!(events.split_off(before), [Event::Key(key)]);
    events
}

/// Ctrl-C that comes alone is the key, whatever was begun, also behind a lone ESC.
fn check_interrupt(data: &[u8]) {
    for begin in [&b""[..], b"\x1b"] {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        decoder.feed(begin, &mut events);
        decoder.give_up(&mut events);
        decoder.feed(data, &mut events);
        decoder.interrupt(&mut events);
        assert_eq!(decoder.patience(), None, "nothing is left of it");
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(events.last(), Some(&Event::Key(ctrl_c)));
    }
}

/// Every key has a meaning or none, in every context.
fn asks(key: &KeyEvent) {
    for context in Context::ALL {
        let _ = keys::action(&KEYMAP, context, key);
    }
}

/// What no terminal sends for a key: reports, late answers, a paste.
fn noise(kind: u8, inside: &[u8]) -> Vec<u8> {
    let only = |allowed: &'static [u8]| -> Vec<u8> {
        inside.iter().map(|byte| allowed[usize::from(*byte) % allowed.len()]).collect()
    };
    let numbers = only(b"0123456789;:");
    let last = 0x40 + inside.last().map_or(0, |byte| byte % 0x3f);
    let words: Vec<u8> = inside.iter().copied().filter(|byte| !matches!(byte, 0x03 | 0x07 | 0x1b)).collect();
    match kind % 8 {
        0 => [b"\x1b[200~", inside, PASTE_END].concat(),
        1 => [b"\x1b[<", &numbers[..], b"M"].concat(),
        2 => [b"\x1b[M", &[&words, &b"qqq"[..]].concat()[..3]].concat(),
        3 => b"\x1b[I\x1b[O".to_vec(),
        4 => [b"\x1b[", &[b'<' + kind / 8 % 4][..], &numbers, &[last]].concat(),
        // A key with an event type, as when it is let go.
        5 => [b"\x1b[1;1:3", &numbers[..], &[last]].concat(),
        6 => [b"\x1b", &[b"]PX^_"[usize::from(kind / 8 % 5)]][..], &words, b"\x1b\\"].concat(),
        _ => [b"\x1b]", &words[..], b"\x07"].concat(),
    }
}

/// Noise types no key, neither whole nor cut off.
fn check_noise(noise: &[u8], cut: usize) {
    let text = noise.strip_prefix(b"\x1b[200~").and_then(|rest| rest.strip_suffix(PASTE_END));
    if text.is_some_and(|text| text.windows(PASTE_END.len()).any(|part| part == PASTE_END)) {
        return;
    }
    let is_noise = |event: &Event| text.is_some() && matches!(event, Event::Paste(_));
    let events = decoded(noise, noise.len());
    assert!(events.iter().all(is_noise) && events.len() == usize::from(text.is_some()), "{events:?}");
    // ESC with a silence behind it is the key.
    let cut = cut % noise.len();
    if noise[..cut].last() != Some(&0x1b) {
        let events = decoded(&noise[..cut], noise.len());
        assert!(events.iter().all(is_noise), "cut at {cut}: {events:?}");
    }
}
