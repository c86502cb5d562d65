//! The configuration files: where they are looked for, and what they say together.
//!
//! The user's file is named by `--config` or `TICKETLOG_CONFIG`, else lies in the folder of the XDG Base Directory
//! Specification; the host's lie in the folders of `XDG_CONFIG_DIRS`. A file that was named must be there.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::themes::Themes;
use super::{
    document::{self, Document},
    origin::{Origin, Place, Problem, shown},
    value::Value,
    vocabulary::Vocabulary,
};
use crate::{
    model::{
        keymap::Binding,
        types::{Naming, Preset},
    },
    reason::not_read,
};

/// The largest file that is read.
const LARGEST: u64 = 1024 * 1024;

/// A place where a file is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The file.
    pub path: PathBuf,
    /// Why it is looked for there.
    pub reason: Reason,
}

/// Why a file is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was named, by this flag or variable.
    Named(&'static str),
    /// It is the user's.
    User,
    /// It is everybody's on this computer.
    Host,
}

/// Whether a file is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is read.
    Read,
    /// There is none.
    Missing,
    /// There is something that cannot be read.
    Unreadable,
}

/// The files, the most important one first, and what is wrong in them.
#[derive(Debug, Default)]
pub struct Files {
    found: Vec<(Candidate, Presence)>,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

/// Where files are looked for, the most important place first.
fn candidates(named: Option<&Path>, var: &dyn Fn(&str) -> Option<String>) -> Vec<Candidate> {
    let set = |name: &str| var(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // XDG Base Directory Specification 0.8: a path that is not absolute is to be ignored.
    let absolute = |name: &str| set(name).filter(|path| path.is_absolute());
    let candidate = |path, reason| Candidate { path, reason };
    let user = || {
        let folder =
            absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")));
        folder.map(|folder| candidate(folder.join("ticketlog/config.toml"), Reason::User))
    };
    let first = named
        .map(|path| candidate(path.to_owned(), Reason::Named("--config")))
        .or_else(|| set("TICKETLOG_CONFIG").map(|path| candidate(path, Reason::Named("TICKETLOG_CONFIG"))))
        .or_else(user);
    let folders = var("XDG_CONFIG_DIRS").filter(|folders| !folders.is_empty());
    let folders = folders.unwrap_or_else(|| "/etc/xdg".to_owned());
    let folders = folders.split(':').map(PathBuf::from).filter(|folder| folder.is_absolute());
    let hosts = folders.map(|folder| candidate(folder.join("ticketlog/config.toml"), Reason::Host));
    first.into_iter().chain(hosts).collect()
}

impl Files {
    /// Reads the files. `named` is the one of `--config`.
    #[must_use]
    pub fn read(named: Option<&Path>, var: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut files = Self::default();
        for candidate in candidates(named, var) {
            let presence = files.take(&candidate);
            files.found.push((candidate, presence));
        }
        files
    }

    /// Where files were looked for, and whether they are there.
    #[must_use]
    pub fn found(&self) -> &[(Candidate, Presence)] {
        &self.found
    }

    /// What is wrong in them.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    fn take(&mut self, candidate: &Candidate) -> Presence {
        let Candidate { path, reason } = candidate;
        let name = shown(&path.to_string_lossy());
        let error = match content(path) {
            Ok(bytes) => {
                let (document, problems) = document::read(&Arc::from(path.as_path()), &bytes);
                self.documents.push(document);
                self.problems.extend(problems);
                return Presence::Read;
            }
            Err(error) => error,
        };
        let absent = matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
        match reason {
            Reason::User | Reason::Host if absent => return Presence::Missing,
            Reason::Named(by) => self.problems.push(Problem::of_all(format!(
                "The configuration file {name}, named by {by}, cannot be read: {}",
                not_read(&error)
            ))),
            Reason::User | Reason::Host => self.problems.push(Problem::of_all(format!(
                "The configuration file {name} cannot be read: {}",
                not_read(&error)
            ))),
        }
        if absent { Presence::Missing } else { Presence::Unreadable }
    }

    /// What the files say of a key: first in the profile, then at the top; of each the most important file.
    pub(super) fn get(&self, profile: Option<&str>, key: &str) -> Option<(&Value, &Place)> {
        let own = || self.documents.iter().find_map(|document| document.get(Some(profile?), key));
        own().or_else(|| self.documents.iter().find_map(|document| document.get(None, key)))
    }

    /// What the files say of two keys of which only one counts: of the first place that has either.
    pub(super) fn either(&self, profile: Option<&str>, keys: [&str; 2]) -> [Option<(&Value, &Place)>; 2] {
        let places = profile.into_iter().map(Some).chain([None]);
        let places = places.flat_map(|profile| self.documents.iter().map(move |file| (file, profile)));
        let found = places.map(|(file, profile)| keys.map(|key| file.get(profile, key)));
        found.into_iter().find(|found| found.iter().any(Option::is_some)).unwrap_or_default()
    }

    /// What the files add to the action types; of two that say the same, the most important counts.
    pub(super) fn vocabulary(&self) -> (Vec<Naming>, Vec<Preset>) {
        let of_host_first = || self.documents.iter().rev().map(|document| &document.vocabulary);
        let types = of_host_first().flat_map(|words| words.types.iter().cloned()).collect();
        let mut presets: Vec<Preset> = Vec::new();
        for preset in self.documents.iter().flat_map(|document| &document.vocabulary.presets) {
            if !presets.iter().any(|known| known.name == preset.name) {
                presets.push(preset.clone());
            }
        }
        (types, presets)
    }

    /// The themes of each file, the most important first.
    pub(super) fn themes(&self) -> impl DoubleEndedIterator<Item = &Themes> {
        self.documents.iter().map(|document| &document.themes)
    }

    /// Which keys they bind, the host's first: what comes later goes before it.
    pub(super) fn keys(&self) -> impl DoubleEndedIterator<Item = &[(Binding, Place)]> {
        self.documents.iter().rev().map(|document| document.keys.as_slice())
    }

    /// What each file adds to the action types, the most important file first.
    pub(super) fn vocabularies(&self) -> impl Iterator<Item = (&Path, &Vocabulary)> {
        let read = self.found.iter().filter(|(_, presence)| *presence == Presence::Read);
        let files = read.map(|(candidate, _)| candidate.path.as_path());
        files.zip(self.documents.iter().map(|document| &document.vocabulary))
    }

    /// Whether a key stands anywhere.
    pub(super) fn has(&self, key: &str) -> bool {
        self.documents.iter().any(|document| document.has(key))
    }

    /// The names of all profiles, each once, in the order of the alphabet.
    pub(super) fn profiles(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.documents.iter().flat_map(|document| &document.profiles).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The first thing that is wrong, as what keeps the program from starting.
    ///
    /// # Errors
    /// That, and how much more there is.
    pub fn usable(&self) -> Result<(), String> {
        match self.problems.as_slice() {
            [] => Ok(()),
            [only] => Err(only.to_string()),
            [first, more @ ..] => {
                Err(format!("{first} There is more, {} in all: ticketlog config check.", more.len() + 1))
            }
        }
    }
}

/// What a file holds, up to 1 MiB.
pub(super) fn content(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST);
    if fits { Ok(bytes) } else { Err(io::Error::other("it is larger than 1 MiB")) }
}

/// The origin of what a file says.
pub(super) fn origin(place: &Place) -> Origin {
    Origin::File(place.clone())
}
