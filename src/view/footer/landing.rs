//! What is said when a jump has ended: nothing where it ended on what was named, else what lies there instead. Where
//! times are not in order that comes first, and nothing is claimed of what lies between.

use crate::{
    message::Action,
    model::{
        Model,
        log::Disorder,
        query::Query,
        reader::{Barred, Landed},
        stamp::Stamp,
        time_words::Moment,
    },
};

/// The words for the end of a jump.
pub(super) fn words(model: &Model, landed: &Landed) -> Option<String> {
    let place = place(model, landed);
    let Some(barred) = landed.barred else { return place };
    let key = model.keys.on_list(Action::Refresh);
    let which = match barred {
        Barred::Older => "older",
        Barred::Newest => "the newest",
    };
    Some(match place {
        // Room for both in 80 columns.
        Some(place) => format!("{place}; {key} tries {which} ones again"),
        None => format!("{which} entries could not be read: {key} tries again"),
    })
}

fn place(model: &Model, landed: &Landed) -> Option<String> {
    if landed.disorder != Disorder::None {
        return Some(disordered(model, landed));
    }
    let (moment, at) = (landed.moment?, landed.at?);
    if moment.holds(at.instant(), model.zone) {
        return None;
    }
    let entry = match model.reader.log().query() {
        _ if landed.is_hidden => "entry shown",
        Query::Only(_) => "entry of these types",
        Query::All => "entry",
    };
    let time = |stamp| time(model, moment, stamp);
    if landed.before_all {
        let so_far = if model.reader.is_open() { " so far" } else { "" };
        return Some(format!("no {entry} before {}, the oldest{so_far}", time(at)));
    }
    Some(match landed.newer {
        Some(newer) => format!("no {entry} between {} and {}", time(at), time(newer)),
        None => format!("no {entry} after {}, the newest", time(at)),
    })
}

/// `times are not in order here; the nearest loaded before is 2023-08-04 11:55`
fn disordered(model: &Model, landed: &Landed) -> String {
    let note = "times are not in order here";
    let (Some(moment), Some(at)) = (landed.moment, landed.at) else {
        return note.to_owned();
    };
    if moment.holds(at.instant(), model.zone) {
        return note.to_owned();
    }
    let loaded = if landed.disorder == Disorder::InAll { "" } else { " loaded" };
    let found =
        if landed.before_all { format!("earliest{loaded}") } else { format!("nearest{loaded} before") };
    format!("{note}; the {found} is {}", model.zone.minute(at.instant()))
}

/// A time, without its day where that is the one that was named.
fn time(model: &Model, moment: Moment, stamp: Stamp) -> String {
    let zone = model.zone;
    let is_same_day = zone.local(stamp.instant()).date() == zone.local(moment.at).date();
    if is_same_day { zone.clock(stamp.instant()) } else { zone.minute(stamp.instant()) }
}
