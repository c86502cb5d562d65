//! What cleaning costs: a megabyte of ordinary, stacked and hostile text as one line and as blocks.
//!
//! A field shows 64 KiB in a detail, so a megabyte is sixteen fields of that size. The segmenter alone, over the
//! same text, is the measure.

use divan::{Bencher, black_box, counter::BytesCount};
use ticketlog::model::text::{Charset, Untrusted};
use unicode_segmentation::UnicodeSegmentation;

/// The bytes of a field that a detail shows.
const FIELD: usize = 64 * 1024;
/// Fields that make a megabyte.
const FIELDS: usize = 16;
const KINDS: [&str; 4] = ["ascii", "marks", "mixed", "jamo"];

fn main() {
    divan::main();
}

/// `bytes` of text of a kind, or a little less.
fn text(kind: &str, bytes: usize) -> String {
    let unit = match kind {
        "ascii" => "The customer writes that the report is empty again. ".to_owned(),
        "marks" => "\u{301}".repeat(32_000),
        "jamo" => "\u{1100}".repeat(20_000),
        _ => "ok \u{1b}[2J\u{202E}a\u{301}\u{302}\u{1100}\u{1161}\u{915}\u{94D}\u{937}\u{1F469}\u{200D}\u{1F467}\u{FE0F}\u{200B}\n\u{E000}\u{65E5}\t"
            .to_owned(),
    };
    let mut text = unit.repeat(bytes / unit.len() + 1);
    text.truncate(text.floor_char_boundary(bytes));
    text
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn block_of_a_megabyte(bencher: Bencher, kind: &str) {
    let field = Untrusted::new(text(kind, FIELD));
    bencher.counter(BytesCount::new(FIELD * FIELDS)).bench(|| {
        for _ in 0..FIELDS {
            black_box(field.block(80, Charset::Unicode));
        }
    });
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn segmenter_alone_over_a_megabyte(bencher: Bencher, kind: &str) {
    let field = text(kind, FIELD);
    bencher.counter(BytesCount::new(FIELD * FIELDS)).bench(|| {
        for _ in 0..FIELDS {
            black_box(black_box(field.as_str()).graphemes(true).count());
        }
    });
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn block_of_one_field_of_a_megabyte(bencher: Bencher, kind: &str) {
    let field = Untrusted::new(text(kind, FIELD * FIELDS));
    bencher.bench(|| field.block(80, Charset::Unicode));
}

#[divan::bench(args = KINDS, sample_count = 20)]
fn line_of_a_megabyte(bencher: Bencher, kind: &str) {
    let field = Untrusted::new(text(kind, FIELD * FIELDS));
    bencher.bench(|| field.one_line(120, Charset::Unicode));
}

#[divan::bench(sample_count = 20)]
fn line_of_ten_megabytes_of_letters(bencher: Bencher) {
    let field = Untrusted::new("a".repeat(10_000_000));
    bencher.bench(|| field.one_line(120, Charset::Unicode));
}

#[divan::bench(args = ["ascii", "mixed"], sample_count = 20)]
fn fifty_rows(bencher: Bencher, kind: &str) {
    let field = Untrusted::new(text(kind, 300));
    bencher.bench(|| {
        for _ in 0..50 {
            black_box(field.one_line(120, Charset::Unicode));
        }
    });
}
