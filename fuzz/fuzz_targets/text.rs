//! Arbitrary bytes as a stranger's text: whatever they are, what comes out is safe to show.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ticketlog::model::text::{Charset, Line, Untrusted};

#[path = "../../tests/text/oracle.rs"]
mod oracle;

fuzz_target!(|data: &[u8]| {
    let [cells, width, charset, rest @ ..] = data else {
        return;
    };
    let charset = if charset % 4 == 0 { Charset::Ascii } else { Charset::Unicode };
    let text = Untrusted::new(String::from_utf8_lossy(rest).into_owned());

    let cells = usize::from(*cells);
    let line = text.one_line(cells, charset);
    check(&line, cells, charset);
    oracle::check_joiners(&line.plain()).expect("joiners join");
    let again = Untrusted::new(line.plain()).one_line(cells, charset);
    assert!(again.plain() == line.plain() || line.plain().trim().is_empty());

    let width = usize::from(*width);
    let mut all = Line::own("> ");
    for line in text.block(width, charset) {
        check(&line, width, charset);
        all.append(line);
        oracle::check(&all, charset).expect("lines keep apart");
        if all.cells() > 500 {
            all = Line::default();
        }
    }
});

fn check(line: &Line, most: usize, charset: Charset) {
    assert!(line.cells() <= most);
    oracle::check(line, charset).expect("safe to show");
}
