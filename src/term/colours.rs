//! How many colours the terminal has, and how a style's colours are written with them.
//!
//! Pure: the environment comes in as a closure. Attributes (bold, dim, underline, reverse) are no colours and are
//! written in every mode, because the selection must stay visible without colour. Called by the settings and by
//! [`crate::term::screen`].

use ratatui::style::Color;

/// How styles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colours {
    /// No foreground or background codes at all; attributes stay.
    None,
    /// The sixteen colours of the user's palette.
    #[default]
    Sixteen,
    /// The palette of 256 colours.
    TwoFiftySix,
    /// 24 bits.
    True,
}

/// What the user asked for with `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColourChoice {
    /// What the environment says.
    #[default]
    Auto,
    /// Colours, whatever `NO_COLOR` and `TERM=dumb` say.
    Always,
    /// No colours.
    Never,
}

impl Colours {
    /// What the environment promises, `var` being a look-up in it.
    ///
    /// `NO_COLOR` (not empty, see <https://no-color.org>) beats `CLICOLOR_FORCE`, which beats `TERM=dumb` and
    /// `CLICOLOR=0`. Inside GNU screen (`STY`) 24 bits are not believed: `COLORTERM` is inherited from outside, and
    /// screen 4 reads `38;2;…` as other attributes.
    #[must_use]
    pub fn detect(choice: ColourChoice, var: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| var(name).unwrap_or_default();
        let off = match choice {
            ColourChoice::Never => true,
            ColourChoice::Always => false,
            ColourChoice::Auto => !get("NO_COLOR").is_empty() || (!is_forced(&get) && is_plain(&get)),
        };
        if off {
            return Self::None;
        }
        let term = get("TERM");
        let claims_true =
            matches!(get("COLORTERM").as_str(), "truecolor" | "24bit") || term.ends_with("-direct");
        if claims_true && get("STY").is_empty() {
            Self::True
        } else if term.contains("256color") || (claims_true && !term.starts_with("screen")) {
            Self::TwoFiftySix
        } else {
            Self::Sixteen
        }
    }

    /// What a style's colour looks like here, by xterm's own palette: red, green and blue. `None` where it is left to the
    /// terminal.
    #[must_use]
    pub fn looks(self, colour: Color) -> Option<[u8; 3]> {
        match self.ink(colour).kind() {
            Kind::Default => None,
            Kind::Index(index) => Some(palette(index)),
            Kind::Rgb(rgb) => Some(rgb),
        }
    }

    /// A style's colour in the nearest form this terminal knows.
    pub(in crate::term) fn ink(self, colour: Color) -> Ink {
        let exact = match colour {
            Color::Reset => Ink::DEFAULT,
            Color::Black => Ink::index(0),
            Color::Red => Ink::index(1),
            Color::Green => Ink::index(2),
            Color::Yellow => Ink::index(3),
            Color::Blue => Ink::index(4),
            Color::Magenta => Ink::index(5),
            Color::Cyan => Ink::index(6),
            Color::Gray => Ink::index(7),
            Color::DarkGray => Ink::index(8),
            Color::LightRed => Ink::index(9),
            Color::LightGreen => Ink::index(10),
            Color::LightYellow => Ink::index(11),
            Color::LightBlue => Ink::index(12),
            Color::LightMagenta => Ink::index(13),
            Color::LightCyan => Ink::index(14),
            Color::White => Ink::index(15),
            Color::Indexed(index) => Ink::index(index),
            Color::Rgb(red, green, blue) => Ink::rgb([red, green, blue]),
        };
        match (self, exact.kind()) {
            (Self::None, _) => Ink::DEFAULT,
            (Self::Sixteen, Kind::Index(index)) if index >= 16 => {
                Ink::index(nearest_of_sixteen(palette(index)))
            }
            (Self::Sixteen, Kind::Rgb(rgb)) => Ink::index(nearest_of_sixteen(rgb)),
            (Self::TwoFiftySix, Kind::Rgb(rgb)) => Ink::index(nearest_of_256(rgb)),
            _ => exact,
        }
    }
}

fn is_forced(get: &impl Fn(&str) -> String) -> bool {
    !matches!(get("CLICOLOR_FORCE").as_str(), "" | "0")
}

fn is_plain(get: &impl Fn(&str) -> String) -> bool {
    matches!(get("TERM").as_str(), "" | "dumb") || get("CLICOLOR") == "0"
}

/// A colour as the terminal is told: small and quick to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::term) struct Ink(u32);

/// What an [`Ink`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::term) enum Kind {
    Default,
    Index(u8),
    Rgb([u8; 3]),
}

impl Ink {
    pub(in crate::term) const DEFAULT: Self = Self(0);

    const fn index(index: u8) -> Self {
        Self(u32::from_be_bytes([1, 0, 0, index]))
    }

    const fn rgb([red, green, blue]: [u8; 3]) -> Self {
        Self(u32::from_be_bytes([2, red, green, blue]))
    }

    /// A number below 2^26 that is different for each ink.
    pub(in crate::term) fn bits(self) -> u64 {
        u64::from(self.0)
    }

    /// The ink with this number.
    pub(in crate::term) fn of_bits(bits: u64) -> Self {
        Self(u32::try_from(bits).unwrap_or_default())
    }

    pub(in crate::term) const fn kind(self) -> Kind {
        match self.0.to_be_bytes() {
            [1, _, _, index] => Kind::Index(index),
            [2, red, green, blue] => Kind::Rgb([red, green, blue]),
            _ => Kind::Default,
        }
    }
}

/// xterm's first sixteen; users change them, so the nearest is a guess.
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The steps of the cube of 6x6x6 colours, indices 16 to 231.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour xterm gives an index of the 256.
fn palette(index: u8) -> [u8; 3] {
    let step = |n: u8| STEPS.get(usize::from(n % 6)).copied().unwrap_or_default();
    match index {
        0..16 => SIXTEEN.get(usize::from(index)).copied().unwrap_or_default(),
        16..232 => {
            let n = index - 16;
            [step(n / 36), step(n / 6), step(n)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

fn nearest_of_sixteen(rgb: [u8; 3]) -> u8 {
    nearest(rgb, 0..=15)
}

fn nearest_of_256(rgb: [u8; 3]) -> u8 {
    nearest(rgb, 16..=255)
}

fn nearest(rgb: [u8; 3], mut among: impl Iterator<Item = u8>) -> u8 {
    let first = among.next().unwrap_or_default();
    among
        .fold((distance(rgb, palette(first)), first), |best, index| {
            best.min((distance(rgb, palette(index)), index))
        })
        .1
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.into_iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const XTERM: (&str, &str) = ("TERM", "xterm-256color");

    fn detect(choice: ColourChoice, vars: &[(&str, &str)]) -> Colours {
        Colours::detect(choice, |name| {
            vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_decides_about_colours() {
        use ColourChoice::{Always, Auto, Never};
        type Case<'a> = (ColourChoice, &'a [(&'a str, &'a str)], Colours);
        let cases: &[Case<'_>] = &[
            (Auto, &[("TERM", "xterm")], Colours::Sixteen),
            (Auto, &[("TERM", "linux")], Colours::Sixteen),
            (Auto, &[XTERM], Colours::TwoFiftySix),
            (Auto, &[XTERM, ("COLORTERM", "truecolor")], Colours::True),
            (Auto, &[XTERM, ("COLORTERM", "24bit")], Colours::True),
            (Auto, &[("TERM", "xterm-direct")], Colours::True),
            (Auto, &[XTERM, ("COLORTERM", "yes")], Colours::TwoFiftySix),
            (Auto, &[("TERM", "screen"), ("COLORTERM", "truecolor"), ("STY", "1.pts")], Colours::Sixteen),
            (
                Auto,
                &[("TERM", "screen.xterm-256color"), ("COLORTERM", "truecolor"), ("STY", "1")],
                Colours::TwoFiftySix,
            ),
            (Auto, &[XTERM, ("NO_COLOR", "1")], Colours::None),
            (Auto, &[XTERM, ("NO_COLOR", "")], Colours::TwoFiftySix),
            (Auto, &[XTERM, ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Colours::None),
            (Auto, &[XTERM, ("CLICOLOR", "0")], Colours::None),
            (Auto, &[XTERM, ("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], Colours::TwoFiftySix),
            (Auto, &[("TERM", "dumb")], Colours::None),
            (Auto, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "0")], Colours::None),
            (Auto, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], Colours::Sixteen),
            (Auto, &[], Colours::None),
            (Always, &[], Colours::Sixteen),
            (Always, &[XTERM, ("NO_COLOR", "1")], Colours::TwoFiftySix),
            (Never, &[XTERM, ("COLORTERM", "truecolor"), ("CLICOLOR_FORCE", "1")], Colours::None),
        ];
        for (choice, vars, colours) in cases {
            assert_eq!(detect(*choice, vars), *colours, "{choice:?} {vars:?}");
        }
    }

    #[test]
    fn colours_are_brought_down_to_the_nearest_the_terminal_has() {
        let ink = |colours: Colours, colour| colours.ink(colour).kind();
        assert_eq!(ink(Colours::True, Color::Rgb(1, 2, 3)), Kind::Rgb([1, 2, 3]));
        assert_eq!(ink(Colours::TwoFiftySix, Color::Rgb(255, 0, 0)), Kind::Index(196));
        assert_eq!(ink(Colours::TwoFiftySix, Color::Rgb(9, 9, 9)), Kind::Index(232));
        assert_eq!(ink(Colours::Sixteen, Color::Rgb(250, 10, 10)), Kind::Index(9));
        assert_eq!(ink(Colours::Sixteen, Color::Indexed(21)), Kind::Index(4));
        assert_eq!(ink(Colours::Sixteen, Color::Indexed(231)), Kind::Index(15));
        assert_eq!(ink(Colours::Sixteen, Color::Indexed(7)), Kind::Index(7));
        assert_eq!(ink(Colours::Sixteen, Color::Gray), Kind::Index(7));
        assert_eq!(ink(Colours::None, Color::Red), Kind::Default);
        assert_eq!(ink(Colours::True, Color::Reset), Kind::Default);
    }
}
