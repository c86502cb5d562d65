//! What one start remembers of another: the preset in force, how times are told, the pane's height. One file for each API and profile.

use std::io;

use serde::{Deserialize, Serialize};

use super::{Store, VERSION};
use crate::model::remembered::{Habits, Remembered};

/// The longest name of a preset that a configuration may hold, in bytes.
const LONGEST: usize = 160;

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    version: u32,
    preset: Option<String>,
    ages: bool,
    utc: bool,
    /// Not in files of before.
    #[serde(default)]
    pane: Option<u16>,
}

impl Store {
    /// What is remembered; nothing where there is no such file, or none that can be read.
    #[must_use]
    pub fn remembered(&self) -> Remembered {
        let usable = |document: &Document| {
            let is_short = |name: &String| name.len() <= LONGEST;
            document.version == VERSION && document.preset.as_ref().is_none_or(is_short)
        };
        let document: Option<Document> = self.read(&self.remembered_name()).filter(usable);
        document.map_or_else(Remembered::default, |Document { preset, ages, utc, pane, .. }| Remembered {
            preset,
            ages,
            utc,
            pane,
        })
    }

    /// Remembers what changed in a run; nothing is written where nothing did.
    ///
    /// # Errors
    /// When the folder or the file cannot be written, or another instance does not stop writing; what was remembered
    /// before is then still there.
    pub fn remember(&self, begun: &Habits, ended: &Habits) -> io::Result<()> {
        if begun == ended {
            return Ok(());
        }
        self.make_folder()?;
        let _lock = self.lock()?;
        let known = self.remembered();
        let kept = known.clone().after(begun, ended);
        let is_new = known != kept;
        let Remembered { preset, ages, utc, pane } = kept;
        let document = Document { version: VERSION, preset, ages, utc, pane };
        if is_new { self.replace(&self.remembered_name(), &document) } else { Ok(()) }
    }

    fn remembered_name(&self) -> String {
        format!("remembered-{}.json", self.key)
    }
}
