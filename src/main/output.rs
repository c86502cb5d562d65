//! Where an export goes: standard output, or a place of its own; and why it cannot go there, in sentences.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

pub(super) use ticketlog::reason::not_written as reason;
pub(super) use ticketlog::shell::placing::{Making, can_replace, folder, replace};
use ticketlog::{
    model::text::{Charset, Untrusted},
    shell::placing::{NoPlace, Place},
};

use crate::Refusal;

/// The longest name that is quoted.
const LONGEST: usize = 200;

/// Where an export goes.
pub(super) enum Output {
    Standard(BufWriter<io::Stdout>),
    Place(Place),
}

impl Output {
    /// Opens it: what cannot be written is known before anything is read.
    pub(super) fn open(path: Option<&PathBuf>, making: Making) -> Result<Self, Refusal> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        Place::open(path, making).map(Self::Place).map_err(|why| unwritten(path, &why))
    }

    /// Whether it is standard output.
    pub(super) fn is_standard(&self) -> bool {
        matches!(self, Self::Standard(_))
    }

    /// Whether what was written stays where it is although more fails.
    pub(super) fn is_kept(&self) -> bool {
        !matches!(self, Self::Place(Place::Whole { .. }))
    }

    /// What to call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Standard(_) => "The output".to_owned(),
            Self::Place(place) => shown(place.path()),
        }
    }

    /// Puts a whole file in its place.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self {
            Self::Standard(_) => Ok(()),
            Self::Place(place) => {
                let path = place.path().to_owned();
                place.finish().map_err(|why| unwritten(&path, &why))
            }
        }
    }

    /// Nothing was written: a file that was made for it goes.
    pub(super) fn leave(self) {
        if let Self::Place(place) = self {
            place.leave();
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::Place(place) => place.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Place(place) => place.flush(),
        }
    }
}

fn unwritten(path: &Path, why: &NoPlace) -> Refusal {
    let (code, words) = match why {
        NoPlace::Folder => (2, "is a folder. Name a file in it.".to_owned()),
        NoPlace::Exists => (2, "exists. Name another file, or add --force to replace it.".to_owned()),
        NoPlace::System(error) => (1, format!("cannot be written: {}.", reason(error))),
    };
    Refusal::new(code, format!("{} {words}", shown(path)))
}

pub(super) fn shown(path: &Path) -> String {
    Untrusted::new(path.to_string_lossy().into_owned()).one_line(LONGEST, Charset::Ascii).plain()
}
