//! A frame as SVG: text of one width, no font of its own, the same bytes for the same cells.

use std::fmt::Write as _;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

/// A cell in tenths of a pixel, so that no number is rounded.
const CELL: (usize, usize) = (84, 180);
/// Around the cells.
const MARGIN: usize = 120;
const GROUND: &str = "#101010";
const TEXT: &str = "#e4e4e4";

/// Draws every cell.
pub fn of(buffer: &Buffer, shows: &str) -> String {
    let columns = usize::from(buffer.area.width);
    let rows = usize::from(buffer.area.height);
    let (width, height) = (pixels(columns * CELL.0 + 2 * MARGIN), pixels(rows * CELL.1 + 2 * MARGIN));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" \
         fill=\"{GROUND}\"/>\n<g font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\" \
         font-size=\"14\" xml:space=\"preserve\">\n",
        escaped(shows)
    );
    for (y, row) in buffer.content().chunks(columns.max(1)).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let length = row[x..].iter().take_while(|cell| cell.style() == row[x].style()).count();
            draw(&mut svg, (x, y), &row[x..x + length]);
            x += length;
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Cells of one style. Each word stands where its first cell is, so that a font of another width moves nothing.
fn draw(svg: &mut String, at: (usize, usize), cells: &[Cell]) {
    let modifier = cells[0].modifier;
    let (mut ink, mut ground) = (colour(cells[0].fg, TEXT), colour(cells[0].bg, GROUND));
    if modifier.contains(Modifier::REVERSED) {
        (ink, ground) = (ground, ink);
    }
    let (left, top) = (MARGIN + at.0 * CELL.0, MARGIN + at.1 * CELL.1);
    if ground != GROUND {
        let (width, height) = (pixels(cells.len() * CELL.0), pixels(CELL.1));
        let (x, y) = (pixels(left), pixels(top));
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
        );
    }
    let mut look = format!("fill=\"{ink}\"");
    for (bit, words) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.7\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        look.push_str(if modifier.contains(bit) { words } else { "" });
    }
    let mut x = 0;
    while x < cells.len() {
        let word: Vec<&str> =
            cells[x..].iter().map(Cell::symbol).take_while(|symbol| *symbol != " ").collect();
        if !word.is_empty() {
            let place = pixels(left + x * CELL.0);
            let (base, length) = (pixels(top + 135), pixels(word.len() * CELL.0));
            let _ = writeln!(
                svg,
                "<text x=\"{place}\" y=\"{base}\" textLength=\"{length}\" {look}>{}</text>",
                escaped(&word.concat())
            );
        }
        x += word.len().max(1);
    }
}

fn colour(colour: Color, reset: &str) -> String {
    match colour {
        Color::Reset => reset.to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        // Of the terminal's own, which look different on each; those of the dark theme stand for them.
        Color::Cyan => "#5fd7ff".to_owned(),
        Color::Yellow => "#ffd75f".to_owned(),
        other => panic!("a picture has no colour for {other:?}"),
    }
}

fn pixels(tenths: usize) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
