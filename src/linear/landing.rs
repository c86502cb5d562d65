//! What is said when a jump has ended: nothing where it ended on what was named, else what lies there instead.

use crate::model::{
    Model,
    log::Disorder,
    reader::{Barred, Landed},
};

/// The sentence; `None` where there is nothing to say.
pub(super) fn sentence(model: &Model, landed: &Landed) -> Option<String> {
    let barred = match landed.barred {
        Some(Barred::Older) => Some("Older entries could not be read; refresh tries again."),
        Some(Barred::Newest) => Some("The newest entries could not be read; refresh tries again."),
        None => None,
    };
    let parts = [place(model, landed), barred.map(str::to_owned)];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn place(model: &Model, landed: &Landed) -> Option<String> {
    if landed.disorder != Disorder::None {
        let found = match landed.moment {
            Some(_) => "this is the nearest that was found",
            None => "the last entry need not be the oldest",
        };
        return Some(format!("Times are not in order; {found}."));
    }
    let moment = landed.moment?;
    let time = |instant| model.zone.minute(instant);
    let entry = if landed.is_hidden { "entry that is shown" } else { "entry" };
    let Some(at) = landed.at else {
        return landed.before_all.then(|| format!("No {entry} is as early as {}.", time(moment.at)));
    };
    if moment.holds(at.instant(), model.zone) {
        return None;
    }
    Some(if landed.before_all {
        format!("No {entry} is before {}.", time(at.instant()))
    } else if let Some(newer) = landed.newer {
        format!("No {entry} is between {} and {}.", time(at.instant()), time(newer))
    } else {
        format!("No {entry} is after {}.", time(at.instant()))
    })
}
