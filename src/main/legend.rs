//! The file that says who is who: judged before anything is read, taken up, and kept at the end.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use ticketlog::{
    model::{
        redaction::{
            Redaction, Scope,
            legend::{self, Alias},
        },
        types::Catalogue,
    },
    shell::export::Redacting,
};

use crate::{
    Refusal,
    output::{self, reason, shown},
};

/// Refuses what no legend can be kept in, before a log is read that may take long: aliases without a legend are not to
/// be undone.
pub(super) fn check(path: &Path, output: Option<&Path>, input: Option<&Path>) -> Result<(), Refusal> {
    if path.as_os_str() == "-" {
        return Err(Refusal::new(2, "--legend is kept in a file and never printed. Name one."));
    }
    let refused = |why: &str| Err(Refusal::new(2, format!("{} {why}", shown(path))));
    let output = output.filter(|output| output.as_os_str() != "-").unwrap_or(Path::new("/dev/stdout"));
    if is_same(path, output) {
        return refused("cannot hold both the log and the legend. Name another file behind --legend.");
    }
    if input.is_some_and(|input| is_same(path, input)) {
        return refused("is what is to be printed. Name another file behind --legend.");
    }
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return refused("is no file that a legend can be kept in. Name another one behind --legend.");
    }
    output::can_replace(path).map_err(|error| unwritten(path, &reason(&error)))
}

/// Whether both are one file, or would be once they are there.
fn is_same(one: &Path, other: &Path) -> bool {
    let file = |path| fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    match (file(one), file(other)) {
        (None, None) => place(one).is_some_and(|one| place(other) == Some(one)),
        (one, other) => one == other,
    }
}

fn place(path: &Path) -> Option<PathBuf> {
    Some(fs::canonicalize(output::folder(path)).ok()?.join(path.file_name()?))
}

/// Whose names are replaced; who is called what already stands in the legend.
pub(super) fn redacting(
    scope: Scope,
    path: Option<&Path>,
    catalogue: &Catalogue,
) -> Result<Redacting, Refusal> {
    let mut redaction = Redaction::new(scope, catalogue);
    if let Some(path) = path {
        let refused = |why: String| Refusal::new(2, format!("{}: {why}. Name another file.", shown(path)));
        match fs::read_to_string(path) {
            Ok(text) => redaction = redaction.with_legend(legend::read(&text).map_err(refused)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(refused(format!("it cannot be read as a legend: {}", reason(&error))));
            }
        }
    }
    Ok(Redacting::new(redaction, catalogue.clone()))
}

/// Writes it.
pub(super) fn keep(path: &Path, legend: &[Alias]) -> Result<(), Refusal> {
    let text = legend::write(legend).map_err(|why| unwritten(path, &why))?;
    output::replace(path, &text).map_err(|error| unwritten(path, &reason(&error)))
}

fn unwritten(path: &Path, why: &str) -> Refusal {
    Refusal::new(1, format!("{} cannot be written: {why}.", shown(path)))
}
