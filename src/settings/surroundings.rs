//! What the terminal's surroundings say where no setting does: time zone and characters.

use std::path::Path;

use super::origin::{Origin, Setting};
use crate::model::zone::Zone;

/// The zone of `TZ`, else the host's, else universal time. Its name is always shown, so a `TZ` that cannot be
/// understood is seen.
pub(super) fn zone(tz: Option<&str>, localtime: &Path) -> Setting<Zone> {
    let named = tz.map(|tz| tz.trim_start_matches(':'));
    if let Some(name) = named {
        let inside = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
        let value = Zone::named(inside).unwrap_or(Zone::UTC);
        return Setting { value, origin: Origin::Variable("TZ") };
    }
    let link = std::fs::read_link(localtime).unwrap_or_default();
    let linked = link.to_string_lossy().rsplit_once("zoneinfo/").and_then(|(_, name)| Zone::named(name));
    // Some hosts copy the zone's file and write its name beside it.
    let written = || Zone::named(std::fs::read_to_string(localtime.with_file_name("timezone")).ok()?.trim());
    let found = linked.or_else(written).map(|value| Setting { value, origin: Origin::Host });
    found.unwrap_or(Setting::default(Zone::UTC))
}

/// Whether the locale leaves nothing but ASCII, and the variable that says so. An unset locale counts as UTF-8.
pub(super) fn ascii(var: &dyn Fn(&str) -> Option<String>) -> Setting<bool> {
    let set = |name| var(name).filter(|value| !value.is_empty()).map(|value| (name, value));
    let Some((name, locale)) = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set) else {
        return Setting::default(false);
    };
    let locale = locale.to_ascii_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    if utf8 { Setting::default(false) } else { Setting { value: true, origin: Origin::Variable(name) } }
}

/// The theme for the ground that `COLORFGBG` names by its number among the terminal's colours, `15;0`; without it the
/// terminal's own colours, which look right on either.
pub(super) fn theme(var: &dyn Fn(&str) -> Option<String>) -> Setting<String> {
    const VARIABLE: &str = "COLORFGBG";
    let ground = var(VARIABLE).and_then(|value| value.rsplit(';').next()?.parse().ok());
    let name = match ground {
        Some(0..=6 | 8) => "dark",
        Some(7 | 9..=15) => "light",
        _ => return Setting::default("terminal".to_owned()),
    };
    Setting { value: name.to_owned(), origin: Origin::Variable(VARIABLE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_the_characters() {
        let ascii = |pairs: &[(&str, &str)]| {
            let var =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            ascii(&var).value
        };
        assert!(!ascii(&[]));
        assert!(!ascii(&[("LANG", "nb_NO.UTF-8")]));
        assert!(!ascii(&[("LANG", "nb_NO.utf8"), ("LC_ALL", "")]));
        assert!(ascii(&[("LANG", "nb_NO.UTF-8"), ("LC_ALL", "C")]));
        assert!(ascii(&[("LANG", "nb_NO.ISO-8859-1")]));
    }

    #[test]
    fn the_ground_decides_the_theme_and_nothing_that_cannot_be_read_does() {
        let named = |value: &str| theme(&|_: &str| Some(value.to_owned())).value;
        for (value, name) in [
            ("15;0", "dark"),
            ("0;15", "light"),
            ("0;default;7", "light"),
            ("12;8", "dark"),
            ("15;default", "terminal"),
            ("15;300", "terminal"),
            ("", "terminal"),
        ] {
            assert_eq!(named(value), name, "{value}");
        }
    }

    /// P09: a `TZ` that names no zone is universal time.
    #[test]
    fn the_zone_comes_from_tz_then_from_the_host_and_is_never_a_guess() {
        let nowhere = Path::new("/nonexistent");
        let name = |tz| zone(tz, nowhere).value.name();
        assert_eq!(name(Some("Europe/Oslo")), "Oslo");
        assert_eq!(name(Some(":Europe/Oslo")), "Oslo");
        for tz in [Some("/etc/passwd"), Some(""), None] {
            assert_eq!(name(tz), "UTC", "{tz:?}");
        }
    }
}
