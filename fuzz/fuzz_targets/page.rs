//! Arbitrary bytes as the server's answers: decoded, cleaned, wrapped, drawn, sent as bytes, and judged.

#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use ticketlog::{
    api::{Interner, decode_page, decode_ticket},
    assets,
    message::{Action, Effect, Message},
    model::{
        Model, Setup,
        entry::Entry,
        failure::{Failure, FailureKind},
        keymap::Keymap,
        saved_view::Resume,
        subject::Subject,
        text::Charset,
        zone::Zone,
    },
    term::{colours::Colours, oracle as bytes, screen::Screen},
    theme::Theme,
    update::update,
    view,
};

#[path = "../../tests/text/oracle.rs"]
#[expect(dead_code, reason = "other targets ask for more")]
mod oracle;

/// What is pressed, by the bits of the input.
const KEYS: [Action; 16] = [
    Action::Step(1),
    Action::Step(-1),
    Action::Enter,
    Action::ToggleRaw,
    Action::TogglePersonal,
    Action::OpenFilter,
    Action::Oldest,
    Action::Newest,
    Action::Close,
    Action::ToggleDetail,
    Action::Tick,
    Action::TickOnly,
    Action::OtherEntry(1),
    Action::Page(1),
    Action::OpenPalette,
    Action::TickAll,
];

fuzz_target!(|data: &[u8]| {
    let [width, height, charset, first, second, third, body @ ..] = data else {
        return;
    };
    let size = Size::new(u16::from(*width) % 130, u16::from(*height) % 50);
    let mut shown = Shown::new(size, if charset % 4 == 0 { Charset::Ascii } else { Charset::Unicode });
    let entries = entries(body);
    shown.tell(Message::Start, &entries);
    shown.tell(Message::Ticket { ticket: 1, answer: ticket(body) }, &entries);
    for keys in [first, second, third] {
        shown.tell(Message::Asked(KEYS[usize::from(keys % 16)]), &entries);
        shown.tell(Message::Asked(KEYS[usize::from(keys / 16)]), &entries);
    }
});

fn failure(error: &impl ToString) -> Failure {
    Failure::new(FailureKind::Trouble, error.to_string())
}

/// The bytes as a whole answer, else as rows, else as the text of a row: so that the fuzzer gets through.
fn entries(body: &[u8]) -> Result<Vec<Entry>, Failure> {
    let decode = |body: &[u8]| decode_page(body, &mut Interner::default());
    let around = |before: &[u8], after: &[u8]| decode(&[before, body, after].concat());
    decode(body)
        .or_else(|_| around(b"{\"errorCode\":-1,\"data\":[", b"]}"))
        .or_else(|_| {
            let text = serde_json::to_vec(&String::from_utf8_lossy(body)).unwrap_or_default();
            let row = [
                b"{\"errorCode\":-1,\"data\":[{\"actionString\":".as_slice(),
                &text,
                b",\"actionType\":",
                &text,
                b",\"time\":",
                &text,
                b",\"user\":{\"name\":",
                &text,
                b",\"status\":",
                &text,
                b"}}]}",
            ];
            decode(&row.concat())
        })
        .map_err(|error| failure(&error))
}

fn ticket(body: &[u8]) -> Result<ticketlog::model::ticket::Ticket, Failure> {
    decode_ticket(body)
        .or_else(|_| {
            decode_ticket(&[b"{\"errorCode\":-1,\"data\":{\"title\":\"".as_slice(), body, b"\"}}"].concat())
        })
        .map_err(|_| failure(&String::from_utf8_lossy(body)))
}

/// A model and the terminal it is shown on.
struct Shown {
    model: Model,
    screen: Screen,
}

impl Shown {
    fn new(size: Size, charset: Charset) -> Self {
        let setup = Setup {
            subject: Subject::Ticket(1),
            catalogue: assets::action_types().expect("the built-in types"),
            zone: Zone::UTC,
            charset,
            size,
            now: DateTime::UNIX_EPOCH,
            keys: Keymap::default(),
            resume: Resume::Nothing,
        };
        Self { model: Model::new(setup), screen: Screen::new(size, Colours::Sixteen) }
    }

    /// Tells the model something, answers what it asks for, and looks.
    fn tell(&mut self, message: Message, entries: &Result<Vec<Entry>, Failure>) {
        let mut messages = vec![message];
        for _ in 0..8 {
            let Some(message) = messages.pop() else { break };
            for effect in update(&mut self.model, message) {
                if let Effect::FetchLog { generation, window, .. } = effect {
                    let answer = if window.skip == 0 { entries.clone() } else { Ok(Vec::new()) };
                    messages.push(Message::Log { generation, window, answer });
                }
            }
        }
        self.look();
    }

    fn look(&mut self) {
        let Size { width, height } = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view::draw(&self.model, &Theme::terminal(), &mut buffer);
        for row in buffer.content().chunks(usize::from(width).max(1)) {
            let mut x = 0;
            while x < row.len() {
                let symbol = row[x].symbol();
                oracle::check_text(symbol, self.model.charset).expect("a cell that is safe to show");
                x += oracle::cells(symbol);
            }
            assert_eq!(x, row.len(), "a wide character is whole");
        }
        bytes::check(&self.screen.frame(&buffer, None)).expect("the byte oracle");
    }
}
