//! What is masked whether it is known or not: e-mail addresses, ids, and numbers so long that they may be a phone's or
//! a person's. Works on folded text.

use std::sync::LazyLock;

use regex::Regex;

/// What stands in the place of what was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mask {
    /// A number, a phone's, a person's, or an unknown one's.
    Number,
    /// An id.
    Id,
    /// An e-mail address.
    Address,
}

impl Mask {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Number => "(number)",
            Self::Id => "(id)",
            Self::Address => "(address)",
        }
    }
}

/// From so many digits on a number is masked.
const DIGITS: usize = 7;

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:"[^"\n]*"|[^\s<>()\[\]{},;:"@\\|]+)(?:@|%40)[^\s<>()\[\]{},;:"@\\|/?&#]+"#).ok()
});

static GUID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}").ok());

/// Digits with up to three signs between two of them, and the letters that touch them: `131052-308t`,
/// `+47 (22) 33 44 55`. Whatever stands there is a sign but a letter: who hides a number finds another one.
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[a-z]*\+?(?:\p{Nd}[^\p{L}\p{Nd}]{0,3}){6,}\p{Nd}[a-z\p{Nd}]*").ok());

/// Words of letters and digits in any order, with hyphens: `131052a308t`. Of scripts that part words by spaces: in
/// others a sentence is one.
static MIXED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let sign = r"[a-z\p{Nd}\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Hebrew}\p{Arabic}]";
    Regex::new(&format!("{sign}+(?:-{sign}+)*")).ok()
});

/// Finds everything that is to be masked in a fold, in any order; stretches may overlap.
pub(super) fn find(fold: &str, mut found: impl FnMut(usize, usize, Mask)) {
    let mut all = |regex: &LazyLock<Option<Regex>>, mask, wanted: fn(&str) -> bool| {
        // A pattern that is not understood would let everything pass; a test reads them all.
        let matches = regex.iter().flat_map(|regex| regex.find_iter(fold));
        for one in matches.filter(|one| wanted(one.as_str())) {
            found(one.start(), one.end(), mask);
        }
    };
    // In a link it is written by its code.
    if fold.contains('@') || fold.contains("%40") {
        all(&ADDRESS, Mask::Address, |_| true);
    }
    if fold.chars().filter(|c| c.is_numeric()).take(DIGITS).count() == DIGITS {
        all(&NUMBER, Mask::Number, |_| true);
        all(&MIXED, Mask::Number, |word| {
            word.chars().filter(|c| c.is_numeric()).take(DIGITS).count() == DIGITS
        });
    }
    if fold.len() >= 32 {
        all(&GUID, Mask::Id, |_| true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Vec<(String, Mask)> {
        let mut all = Vec::new();
        let fold = super::super::fold::fold(text);
        find(&fold, |from, to, mask| all.push((fold.get(from..to).unwrap().to_owned(), mask)));
        all
    }

    #[test]
    fn every_pattern_is_understood() {
        for pattern in [&ADDRESS, &GUID, &NUMBER, &MIXED] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn addresses_ids_and_long_numbers_are_found() {
        for (text, whole, mask) in [
            ("to a.b+c@example.org now", "a.b+c@example.org", Mask::Address),
            ("see ?u=a.b%40example.org&x=1", "?u=a.b%40example.org", Mask::Address),
            ("ａ＠ｂ", "a@b", Mask::Address),
            ("<å@bücher.example>", "a@bucher.example", Mask::Address),
            ("841C30D5-6ae4-4df1-939e-04c55aed5e98", "841c30d5-6ae4-4df1-939e-04c55aed5e98", Mask::Id),
            ("841c30d56ae44df1939e04c55aed5e98", "841c30d56ae44df1939e04c55aed5e98", Mask::Id),
            ("call +47 (22) 33-44.55 today", "+47 (22) 33-44.55", Mask::Number),
            ("131052-308T", "131052-308t", Mask::Number),
            ("131052A308T", "131052a308t", Mask::Number),
            ("no. 131052Ж308", "131052ж308", Mask::Number),
            ("131ß052Ω308", "131ss052ω308", Mask::Number),
            ("٠١٢٣٤٥٦", "٠١٢٣٤٥٦", Mask::Number),
            ("1\u{200b}2345\u{ad}67", "1234567", Mask::Number),
            ("1,2,3,4,5,6,7", "1,2,3,4,5,6,7", Mask::Number),
            ("131052;30812", "131052;30812", Mask::Number),
            ("131052~30812!", "131052~30812", Mask::Number),
            ("47+22+334455", "47+22+334455", Mask::Number),
            ("47=22=334455", "47=22=334455", Mask::Number),
            ("131052\"30812\"", "131052\"30812", Mask::Number),
            ("12&34&567", "12&34&567", Mask::Number),
            ("131052⁄30812", "131052⁄30812", Mask::Number),
            ("12, 34, 567", "12, 34, 567", Mask::Number),
            ("12 🎉 34\\56^7", "12 🎉 34\\56^7", Mask::Number),
            ("1½2½3½4", "11⁄221⁄231⁄24", Mask::Number),
            ("(47) 22 [33] 44", "47) 22 [33] 44", Mask::Number),
            ("at 192.168.10.1 now", "192.168.10.1", Mask::Number),
            ("on 2023-12-13.", "2023-12-13", Mask::Number),
            ("14:05, 15:30", "14:05, 15:30", Mask::Number),
        ] {
            assert!(masked(text).contains(&(whole.to_owned(), mask)), "{text}: {:?}", masked(text));
        }
    }

    #[test]
    fn short_numbers_and_plain_words_stay() {
        for text in [
            "123456",
            "at 14:05:33 on 3 May 2024",
            "@here",
            "a @ b",
            "face-to-face",
            "4 tickets, 12 entries",
            "1234 ---- 567",
            "10.0.0.17",
            "車12台と34台のうち567台",
        ] {
            assert_eq!(masked(text), [], "{text}");
        }
    }
}
