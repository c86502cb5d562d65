//! The README's pictures: frames of the program on a sample ticket, in the colours of its dark theme, as SVG.
//!
//! `UPDATE_PICTURES=1 cargo test --test measures pictures` draws them again; without it a picture that is old fails.

#[path = "pictures/svg.rs"]
mod svg;

use std::{fs, path::Path};

use ticketlog::settings::shipped_themes;

use crate::program::Program;

/// A picture: the file in `assets/`, what it shows, the keys that lead there.
const PICTURES: [(&str, &str, &str); 3] = [
    ("timeline", "The timeline of a ticket with the detail pane", "jjjj"),
    ("filter", "The filter panel, with the reads hidden", "fjjjjjj "),
    ("actions", "The list of every action with its keys", "?"),
];

#[tokio::test]
async fn the_pictures_are_what_the_program_draws() {
    let themes = shipped_themes();
    let (_, dark) = themes.iter().find(|(name, _)| name == "dark").unwrap();
    let readme = include_str!("../../README.md");
    for (name, shows, keys) in PICTURES {
        let mut program = Program::open(4_478_963, 80, 24).await;
        program.settle().await;
        program.keys(keys);
        program.rest().await;
        let drawn = svg::of(&program.drawn(dark), shows);
        let place = format!("assets/{name}.svg");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&place);
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == drawn, "{place} is old: UPDATE_PICTURES=1 cargo test --test measures pictures");
        assert!(readme.contains(&format!("![{shows}]({place})")), "README.md does not show {place}");
    }
}
