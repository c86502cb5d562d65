//! The themes that ship: text that can be read on its ground, and types that can be told apart by eyes of every kind.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use ratatui::style::{Color, Modifier};
use ticketlog::{
    settings::shipped_themes,
    term::colours::Colours,
    theme::{Role, Theme},
};

const BLACK: [u8; 3] = [0; 3];
const WHITE: [u8; 3] = [255; 3];

/// The roles whose colours tell types apart, beside the words.
const TYPES: [Role; 3] = [Role::Message, Role::Change, Role::Owner];

/// What eyes see of linear red, green and blue: all of it, and without each kind of cone (Machado, Oliveira, Fernandes:
/// A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009, severity 1).
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn theme(name: &str) -> Theme {
    shipped_themes().into_iter().find(|(known, _)| known == name).unwrap().1
}

/// sRGB to linear light (IEC 61966-2-1).
fn linear(rgb: [u8; 3]) -> [f64; 3] {
    rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.into_iter().zip(b).map(|(a, b)| a * b).sum()
}

/// WCAG 2.2: from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |rgb| dot(linear(rgb), [0.2126, 0.7152, 0.0722]) + 0.05;
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

/// CIE 1976 L*a*b* under daylight.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let xyz = [
        dot(linear, [0.4124, 0.3576, 0.1805]) / 0.950_47,
        dot(linear, [0.2126, 0.7152, 0.0722]),
        dot(linear, [0.0193, 0.1192, 0.9505]) / 1.088_83,
    ];
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let [x, y, z] = xyz.map(f);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours are to these eyes; two are a just visible difference.
fn difference(a: [u8; 3], b: [u8; 3], eyes: [[f64; 3]; 3]) -> f64 {
    let seen = |rgb| lab(eyes.map(|row| dot(row, linear(rgb)).clamp(0.0, 1.0)));
    let (a, b) = (seen(a), seen(b));
    a.into_iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn text_of_every_role_has_a_contrast_of_four_and_a_half_in_every_depth() {
    let mut judged = 0;
    for (name, ground) in [("dark", BLACK), ("light", WHITE)] {
        for depth in [Colours::Sixteen, Colours::TwoFiftySix, Colours::True] {
            for (role, word) in Role::ALL {
                let style = theme(name).style(role);
                // Nobody knows how dark a terminal makes what is dim.
                assert!(!style.add_modifier.contains(Modifier::DIM), "{name}: {word}");
                let Some(text) = depth.looks(style.fg.unwrap_or(Color::Reset)) else { continue };
                let ground = style.bg.and_then(|ground| depth.looks(ground)).unwrap_or(ground);
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{name}: {word} in {depth:?}: {contrast:.1}");
                judged += 1;
            }
        }
    }
    assert_eq!(judged, 2 * 3 * 6, "roles with a colour; the others have the terminal's own for text");
}

/// In sixteen colours only those that xterm has are known, and people change them: words and signs remain.
#[test]
fn types_are_told_apart_by_eyes_of_every_kind() {
    for (name, text) in [("dark", [229; 3]), ("light", BLACK)] {
        for depth in [Colours::TwoFiftySix, Colours::True] {
            let mut colours: Vec<[u8; 3]> =
                TYPES.iter().filter_map(|role| depth.looks(theme(name).style(*role).fg.unwrap())).collect();
            colours.push(text);
            assert_eq!(colours.len(), TYPES.len() + 1);
            for (at, a) in colours.iter().enumerate() {
                for b in &colours[at + 1..] {
                    for (kind, eyes) in EYES {
                        let difference = difference(*a, *b, eyes);
                        assert!(difference >= 10.0, "{name}, {depth:?}, {kind}: {a:?} {b:?} {difference:.1}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_failed_is_told_by_more_than_its_colour_and_mono_has_none() {
    for (name, theme) in shipped_themes() {
        let failure = theme.style(Role::Failure);
        let is_bold = failure.add_modifier.contains(Modifier::BOLD);
        assert!(is_bold || name == "terminal", "{name}: as red as a change to some");
    }
    for (role, word) in Role::ALL {
        let style = theme("mono").style(role);
        assert_eq!((style.fg, style.bg), (None, None), "{word}");
    }
}
