//! What one start remembers of another: which preset was in force, by its name, and how times were told. Nothing else:
//! a narrowing made by hand is gone at the end, so that it cannot make another day's ticket look unanswered.

use super::{
    Model, Notice,
    narrowing::Narrowing,
    times::Times,
    types::{Catalogue, Preset},
    zone::Zone,
};

/// What is kept from one start to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The name of the preset; without one everything is shown.
    pub preset: Option<String>,
    /// Whether ages are shown in the place of times.
    pub ages: bool,
    /// Whether times are those of universal time.
    pub utc: bool,
}

/// What is worth remembering of a run at one moment of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Habits {
    /// Nothing where the view was narrowed by hand from the start.
    pub(crate) preset: Option<Chosen>,
    pub(crate) ages: bool,
    pub(crate) utc: bool,
}

/// The last choice of types that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// All types.
    Everything,
    /// The preset of this name.
    Preset(String),
}

impl Chosen {
    /// What a narrowing has in force; `None` where its types were chosen by hand.
    #[must_use]
    pub fn of(narrowing: &Narrowing) -> Option<Self> {
        let types = &narrowing.types;
        let preset = types.name().map(|name| Self::Preset(name.to_owned()));
        preset.or_else(|| types.is_everything().then_some(Self::Everything))
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Everything => None,
            Self::Preset(name) => Some(name),
        }
    }
}

impl Remembered {
    /// What is to be remembered after a run that began with one habit and ended with another; what did not change in it
    /// stays what is known, which another instance may have written meanwhile.
    #[must_use]
    pub fn after(self, begun: &Habits, ended: &Habits) -> Self {
        let changed = ended.preset.as_ref().filter(|_| begun.preset != ended.preset);
        Self {
            preset: changed.map_or(self.preset, |chosen| chosen.name().map(str::to_owned)),
            ages: if begun.ages == ended.ages { self.ages } else { ended.ages },
            utc: if begun.utc == ended.utc { self.utc } else { ended.utc },
        }
    }
}

impl Model {
    /// Opens as it is remembered: to be called before the first message, after [`super::reader::Reader::begin`].
    pub fn recall(&mut self, remembered: Remembered) {
        self.times.show_ages(remembered.ages);
        if remembered.utc {
            self.set_zone(Zone::UTC);
        }
        self.begun = self.habits();
        if let Some(name) = remembered.preset {
            self.begin_with(&name);
            // Also where it is known no more: then it is to be forgotten.
            self.begun.preset = Some(Chosen::Preset(name));
        }
    }

    /// Opens with a preset, before anything is asked, and says so.
    pub(super) fn begin_with(&mut self, name: &str) {
        let narrowing = with_preset(name, self.reader.narrowing(), &self.catalogue);
        self.notice =
            Some(if narrowing.is_some() { Notice::OpenedWithPreset } else { Notice::PresetUnknown });
        if let Some(narrowing) = narrowing {
            self.reader.begin(narrowing);
        }
    }

    /// What is worth remembering now.
    #[must_use]
    pub fn habits(&self) -> Habits {
        Habits {
            preset: self.reader.chosen(),
            ages: self.times.are_ages(),
            utc: is_utc(&self.times, self.zone),
        }
    }

    /// What was worth remembering at the start.
    #[must_use]
    pub fn begun(&self) -> &Habits {
        &self.begun
    }

    /// The name of the preset that was chosen last.
    pub(super) fn preset(&self) -> Option<String> {
        self.reader.chosen().and_then(|chosen| chosen.name().map(str::to_owned))
    }

    /// Whether the types are those that every ticket is opened with.
    pub(super) fn shows_as_opened(&self) -> bool {
        let now = Chosen::of(self.reader.narrowing());
        now == Some(Chosen::Everything) || (now.is_some() && now == self.begun.preset)
    }
}

/// Where the settings name universal time themselves, nobody has chosen it here.
fn is_utc(times: &Times, zone: Zone) -> bool {
    zone.is_universal() && !times.home().is_universal()
}

fn with_preset(name: &str, narrowing: &Narrowing, catalogue: &Catalogue) -> Option<Narrowing> {
    let is_meant = |preset: &&Preset| preset.name == name && !preset.is_everything();
    let preset = catalogue.presets().iter().find(is_meant)?;
    let mut narrowing = narrowing.clone();
    preset.choose(&mut narrowing.types, catalogue);
    Some(narrowing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habits(preset: Option<&str>, ages: bool) -> Habits {
        let preset = preset.map(|name| match name {
            "" => Chosen::Everything,
            name => Chosen::Preset(name.to_owned()),
        });
        Habits { preset, ages, utc: false }
    }

    #[test]
    fn what_did_not_change_stays_what_another_instance_wrote() {
        let known = Remembered { preset: Some("changes".to_owned()), ages: false, utc: true };
        let everything = habits(Some(""), false);
        assert_eq!(known.clone().after(&everything, &everything), known);
        let calls = known.clone().after(&everything, &habits(Some("calls"), false));
        assert_eq!(calls, Remembered { preset: Some("calls".to_owned()), ..known.clone() });
        let ages = known.clone().after(&everything, &habits(Some(""), true));
        assert_eq!(ages, Remembered { ages: true, ..known.clone() });
        let lifted = known.clone().after(&habits(Some("changes"), false), &everything);
        assert_eq!(lifted, Remembered { preset: None, ..known.clone() });
        // By hand, from the command line on.
        assert_eq!(known.clone().after(&everything, &habits(None, false)), known);
    }
}
