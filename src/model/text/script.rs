//! Whether a name is written in letters of more than one script within a word: `аdmin` with a Cyrillic а.
//!
//! A hint, no judgement. Words of different scripts side by side are honest, and so is Latin beside Chinese,
//! Japanese or Korean (Unicode TS 39, "highly restrictive"). Called by `Untrusted::name`.
//!
//! Names are not compared with each other. Two people of one name are ordinary, and a name tells nobody apart:
//! beside it stand the status, and the id and the address behind `P`. Folding look-alikes would call honest names
//! equal (`Ian` and `lan`, `Сара` and `Capa`), and the answer would change with what happens to be loaded.

use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection};

/// The bytes that are looked at: more than is ever shown of a name.
const LOOKED_AT: usize = 1024;

/// Whether a word of `text` mixes scripts that share look-alikes.
pub(super) fn is_mixed(text: &str) -> bool {
    let (beginning, _) = text.split_at_checked(text.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
    !beginning.is_ascii() && beginning.split_whitespace().any(mixes)
}

fn mixes(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    !letters.is_single_script() && !letters.check_restriction_level(RestrictionLevel::HighlyRestrictive)
}

#[cfg(test)]
mod tests {
    use super::is_mixed;

    #[test]
    fn a_word_of_two_scripts_is_mixed() {
        for name in [
            "\u{430}d\u{43C}\u{456}n",
            "Harry P\u{43E}tter",
            "\u{391}pple",
            "p\u{430}-1",
            "\u{5D0}\u{628}",
            "\u{430}\u{200B}dmin",
            "(\u{430}dmin)",
        ] {
            assert!(is_mixed(name), "{}", name.escape_unicode());
        }
    }

    #[test]
    fn honest_names_are_not() {
        for name in [
            "",
            "Harry Potter",
            "\u{C5}se \u{D8}deg\u{E5}rd-\u{DE}\u{F3}r",
            "\u{41E}\u{43B}\u{44C}\u{433}\u{430} Smith",
            "\u{41E}\u{43B}\u{44C}\u{433}\u{430}-2",
            "\u{7530}\u{4E2D}\u{3072}\u{30CA}",
            "\u{674E}Lee",
            "\u{AE40}Kim",
            "\u{915}\u{94D}\u{937}\u{924}\u{94D}\u{930}\u{93F}\u{92F}",
            "\u{646}\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
            "Ann\u{1F469}\u{200D}\u{1F467}e\u{301} (x)",
        ] {
            assert!(!is_mixed(name), "{}", name.escape_unicode());
        }
    }

    #[test]
    fn a_name_that_equals_another_one_after_folding_is_no_mixture() {
        // Wholly Cyrillic, full-width, with a ligature, with an l for an I.
        for name in ["\u{421}\u{430}\u{440}\u{430}", "\u{FF21}dmin", "\u{FB01}ona", "lan"] {
            assert!(!is_mixed(name), "{}", name.escape_unicode());
        }
    }

    #[test]
    fn what_is_never_shown_of_a_name_is_not_looked_at() {
        assert!(!is_mixed(&format!("{} \u{430}dmin", "a".repeat(1024))));
        assert!(is_mixed(&format!("{} \u{430}dmin", "a".repeat(900))));
        assert!(!is_mixed(&"\u{4E2D}".repeat(1000)));
    }
}
