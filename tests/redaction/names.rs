//! Generated names of many scripts, and the ways in which people write a name.

use unicode_normalization::UnicodeNormalization;

use crate::{checker, dice::Dice};

/// Letters that names are made of, by script: each its own way to be told in another form.
const LETTERS: &[&[char]] = &[
    &['b', 'k', 'z', 'ö', 'ü', 'é', 'å', 'ñ', 'č', 'ř', 'q', 'x', 'w', 'ø', 'ł', 'æ'],
    &['ß', 's', 'ü', 'k', 'o', 'z', 'w'],
    &['ı', 'i', 'ş', 'ğ', 'k', 'z', 'ö', 'ü'],
    &['ж', 'й', 'ё', 'п', 'о', 'щ', 'ї', 'к'],
    &['ά', 'ν', 'ί', 'κ', 'ο', 'σ', 'ώ', 'ψ'],
    &['王', '伟', '芳', '娜', '敏', '静', '磊', '洋'],
    &['ガ', 'パ', 'ン', 'ー', 'ヴ', 'キ', 'ラ', 'ド'],
    &['が', 'ぎ', 'ぱ', 'ん', 'ら', 'や'],
    &['김', '민', '수', '각', '힣', '박', '훈'],
    &['م', 'ح', 'د', 'ع', 'ل', 'ي', 'آ'],
    &['ṩ', 'ế', 'ằ', 'ọ', 'd', 'q', 'z'],
];

/// Between the parts of a name.
const JOINTS: &[&str] = &[" ", " ", " ", "-", "'", "’", ". ", " 🎉 ", "\u{a0}"];

/// Seen by nobody.
const UNSEEN: &[&str] =
    &["\u{200b}", "\u{ad}", "\u{200d}", "\u{2060}", "\u{202e}", "\u{fe0f}", "\u{2069}", "\u{0}"];

/// Names in which nothing is to be seen.
const BLANK: &[&str] = &[
    "",
    "   ",
    "\u{a0}\u{3000}",
    "\u{2800}\u{2800}\u{2800}\u{2800}",
    "\u{200b}\u{202e}",
    "\u{301}",
    "\u{301}\u{20dd}",
    "\u{a8}",
];

/// A name of one to three parts that is none of our own words, or one of nothing visible.
pub fn name(dice: &mut Dice) -> String {
    if dice.one_in(6) {
        return dice.of(BLANK).to_owned();
    }
    loop {
        let letters = LETTERS[dice.up_to(LETTERS.len())];
        let mut name = word(dice, letters);
        for _ in 0..dice.up_to(3) {
            name.push_str(dice.of(JOINTS));
            name.push_str(&word(dice, letters));
        }
        if dice.one_in(8) {
            name.push_str(dice.of(&["2", " 3rd", " J.", " 🦊", "\u{301}"]));
        }
        if !checker::is_ours(&name) {
            return name;
        }
    }
}

fn word(dice: &mut Dice, letters: &[char]) -> String {
    let length = 1 + dice.up_to(8);
    let mut word: String = (0..length).map(|_| letters[dice.up_to(letters.len())]).collect();
    if let Some(short) = word.strip_suffix('σ') {
        word = format!("{short}ς");
    }
    let first: String = word.chars().take(1).flat_map(char::to_uppercase).collect();
    first + &word.chars().skip(1).collect::<String>()
}

/// The name as somebody may have written it.
pub fn written(dice: &mut Dice, name: &str) -> String {
    let mut text = name.to_owned();
    for _ in 0..2 {
        text = match dice.up_to(10) {
            0 => text.to_uppercase(),
            1 => text.to_lowercase(),
            2 => text.nfc().collect(),
            3 => text.nfd().collect(),
            4 => text.nfkd().collect(),
            5 => full_width(&text),
            6 => with_unseen(dice, &text),
            7 => text.replace('i', "İ").replace('I', "ı"),
            8 => text.replace('ß', "ẞ"),
            _ => text,
        };
    }
    text
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        _ => c,
    };
    text.chars().map(wide).collect()
}

fn with_unseen(dice: &mut Dice, text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if dice.one_in(2) {
            out.push_str(dice.of(UNSEEN));
        }
    }
    out
}
