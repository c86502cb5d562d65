//! Words of many for one: people ask for `replies`, the list says `reply`.

/// What this word may be the plural of.
pub fn singulars(word: &str) -> impl Iterator<Item = String> {
    let changed = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let longer = ["s", "es"].into_iter().filter_map(|end| word.strip_suffix(end).map(str::to_owned));
    changed.into_iter().chain(longer)
}
