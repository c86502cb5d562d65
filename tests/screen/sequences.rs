//! After any sequence of frames the emulator shows exactly the last picture.

use proptest::prelude::*;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
    style::{Color, Modifier, Style},
};
use ticketlog::term::{
    colours::Colours,
    screen::{Screen, ScrollUse},
};

use crate::emulator::Emulator;

/// Rows to draw from: few, so that the same row turns up elsewhere and shifts are found.
const TEXTS: [&str; 18] = [
    "",
    " 2023-12-13 23:11 status   Garrick Ollivander Open → Pending",
    "▌2023-12-13 23:11 reply→   Garrick Ollivander sent a reply",
    " 2023-12-13 23:01 read     3 people           6 reads",
    "── 4 months without an entry ──",
    "    indented      with gaps        here",
    "中文字符 and 한국어 text",
    "a中b中c中d中e",
    "中",
    "e\u{301}te\u{301} cafe\u{301}",
    "👍 thumbs 👍🏽 up",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 family 👩\u{200d}👧",
    "🇩🇪 flags 🇫🇷🇬🇧 here",
    "❤\u{fe0f} selector ⌚ watch",
    "नमस्ते स्वागत क्षमा",
    "ทำได้ ไทย",
    "x",
    "                                    far",
];

const COLOURS: [Color; 6] = [
    Color::Reset,
    Color::Red,
    Color::LightBlue,
    Color::Indexed(200),
    Color::Indexed(196),
    Color::Rgb(255, 0, 0),
];

const ATTRIBUTES: [Modifier; 8] = [
    Modifier::empty(),
    Modifier::empty(),
    Modifier::BOLD,
    Modifier::DIM,
    Modifier::REVERSED,
    Modifier::UNDERLINED,
    Modifier::ITALIC,
    Modifier::BOLD.union(Modifier::UNDERLINED).union(Modifier::REVERSED),
];

/// A stretch of a row in a style of its own.
#[derive(Debug, Clone)]
struct Stretch {
    from: u16,
    length: u16,
    fg: usize,
    bg: usize,
    attributes: usize,
}

#[derive(Debug, Clone)]
struct Row {
    text: usize,
    indent: u16,
    stretch: Option<Stretch>,
}

#[derive(Debug, Clone)]
enum Step {
    /// Rows from `top` on move by some lines, new ones come in.
    Shift {
        top: usize,
        bottom: usize,
        lines: i8,
    },
    /// Some rows become others.
    Change(Vec<(usize, Row)>),
    /// All rows become others.
    Page(Vec<Row>),
    Resize(u16, u16),
    Invalidate,
    Scroll(bool),
    Cursor(Option<(u16, u16)>),
    Nothing,
}

fn stretch() -> impl Strategy<Value = Stretch> {
    (0u16..40, 1u16..60, 0..COLOURS.len(), 0..COLOURS.len(), 0..ATTRIBUTES.len()).prop_map(
        |(from, length, fg, bg, attributes)| Stretch {
            from,
            length,
            fg,
            bg: if bg == 5 { 0 } else { bg },
            attributes,
        },
    )
}

fn row() -> impl Strategy<Value = Row> {
    (0..TEXTS.len(), prop_oneof![3 => Just(0u16), 1 => 0u16..30], proptest::option::weighted(0.4, stretch()))
        .prop_map(|(text, indent, stretch)| Row { text, indent, stretch })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0usize..12, 0usize..26, -6i8..7).prop_map(|(top, bottom, lines)| Step::Shift { top, bottom, lines }),
        4 => proptest::collection::vec((0usize..26, row()), 1..5).prop_map(Step::Change),
        1 => proptest::collection::vec(row(), 26).prop_map(Step::Page),
        1 => (1u16..90, 1u16..26).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => Just(Step::Invalidate),
        1 => any::<bool>().prop_map(Step::Scroll),
        2 => proptest::option::of((0u16..90, 0u16..26)).prop_map(Step::Cursor),
        1 => Just(Step::Nothing),
    ]
}

/// The rows, the screen that shows them, and the terminal that should.
struct Bench {
    rows: Vec<Row>,
    size: Size,
    cursor: Option<Position>,
    colours: Colours,
    screen: Screen,
    emulator: Emulator,
}

impl Bench {
    fn apply(&mut self, step: &Step) {
        match step {
            Step::Shift { top, bottom, lines } => {
                let (top, bottom) = (*top.min(bottom), *top.max(bottom));
                let rows = &mut self.rows[top..=bottom.min(25)];
                let by = usize::from(lines.unsigned_abs()) % rows.len();
                if *lines > 0 {
                    rows.rotate_left(by);
                } else {
                    rows.rotate_right(by);
                }
            }
            Step::Change(changes) => changes.iter().for_each(|(y, row)| self.rows[*y] = row.clone()),
            Step::Page(rows) => self.rows.clone_from(rows),
            Step::Resize(width, height) => {
                self.size = Size::new(*width, *height);
                self.emulator.resize(self.size);
                self.screen.resize(self.size);
            }
            Step::Invalidate => self.screen.invalidate(),
            Step::Scroll(on) => self.screen.set_scroll(if *on { ScrollUse::On } else { ScrollUse::Off }),
            Step::Cursor(cursor) => self.cursor = cursor.map(Position::from),
            Step::Nothing => {}
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a picture made by hand")]
    fn draw(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        for (y, row) in (0..self.size.height).zip(&self.rows) {
            let indent = row.indent.min(self.size.width - 1);
            buffer.set_string(indent, y, TEXTS[row.text], Style::new());
            if let Some(stretch) = &row.stretch {
                let area = Rect::new(stretch.from, y, stretch.length, 1).intersection(buffer.area);
                let style = Style::new().fg(COLOURS[stretch.fg]).bg(COLOURS[stretch.bg]);
                buffer.set_style(area, style.add_modifier(ATTRIBUTES[stretch.attributes]));
            }
        }
        buffer
    }

    fn frame(&mut self) {
        let picture = self.draw();
        let cursor = self.cursor.map(|cursor| Position {
            x: cursor.x.min(self.size.width - 1),
            y: cursor.y.min(self.size.height - 1),
        });
        let bytes = self.screen.frame(&picture, cursor);
        self.emulator.take(&bytes);
        self.emulator.expect(&picture, cursor, self.colours);
        assert_eq!(self.screen.frame(&picture, cursor), b"", "the same picture again");
    }
}

/// The bytes of the step from a picture to the next.
fn cost(from: &Bench, steps: &[Step], scroll: ScrollUse) -> usize {
    let mut bench = Bench {
        rows: from.rows.clone(),
        screen: Screen::new(from.size, from.colours),
        emulator: Emulator::used(from.size),
        ..*from
    };
    bench.screen.set_scroll(scroll);
    let _ = bench.screen.frame(&bench.draw(), None);
    for step in steps {
        bench.apply(step);
    }
    bench.screen.frame(&bench.draw(), None).len()
}

/// Steps that leave the size and the scrolls alone.
fn rows_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0usize..24, 0usize..24, -6i8..7).prop_map(|(top, bottom, lines)| Step::Shift { top, bottom, lines }),
        1 => proptest::collection::vec((0usize..24, row()), 1..5).prop_map(Step::Change),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_emulator_shows_the_last_picture(
        rows in proptest::collection::vec(row(), 26),
        size in (1u16..90, 1u16..26),
        colours in prop_oneof![
            Just(Colours::None), Just(Colours::Sixteen), Just(Colours::TwoFiftySix), Just(Colours::True)
        ],
        steps in proptest::collection::vec(step(), 1..16),
    ) {
        let size = Size::new(size.0, size.1);
        let mut bench = Bench {
            rows,
            size,
            cursor: None,
            colours,
            screen: Screen::new(size, colours),
            emulator: Emulator::used(size),
        };
        bench.frame();
        for step in &steps {
            bench.apply(step);
            bench.frame();
        }
    }

    #[test]
    fn a_scroll_is_never_dearer_than_none(
        rows in proptest::collection::vec(row(), 26),
        steps in proptest::collection::vec(rows_step(), 1..4),
    ) {
        let size = Size::new(80, 24);
        let start = Bench {
            rows,
            size,
            cursor: None,
            colours: Colours::Sixteen,
            screen: Screen::new(size, Colours::Sixteen),
            emulator: Emulator::used(size),
        };
        prop_assert!(cost(&start, &steps, ScrollUse::On) <= cost(&start, &steps, ScrollUse::Off));
    }
}
