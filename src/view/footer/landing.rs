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
    let moment = landed.moment?;
    let entry = match model.reader.log().query() {
        _ if landed.is_hidden => "entry shown",
        Query::Only(_) => "entry of these types",
        Query::All => "entry",
    };
    let Some(at) = landed.at else {
        return landed.before_all.then(|| format!("no {entry} up to {}", model.zone.minute(moment.at)));
    };
    if moment.holds(at.instant(), model.zone) {
        return None;
    }
    let time = |stamp| time(model, moment, stamp);
    if landed.before_all {
        let so_far = if model.reader.is_open() { " so far" } else { "" };
        return Some(format!("no {entry} before {}, the oldest{so_far}", time(at)));
    }
    Some(match landed.newer {
        Some(_) => format!("no {entry} between {}", ends(model, landed)?),
        None => format!("no {entry} after {}, the newest", time(at)),
    })
}

/// `times are not in order; the nearest loaded before is 2023-08-04 11:55`
fn disordered(model: &Model, landed: &Landed) -> String {
    let note = "times are not in order";
    let Some(moment) = landed.moment else {
        return format!("{note}: the last entry need not be the oldest");
    };
    let Some(at) = landed.at else { return note.to_owned() };
    if moment.holds(at.instant(), model.zone) {
        return note.to_owned();
    }
    let loaded = if landed.disorder == Disorder::InAll { "" } else { " loaded" };
    let found =
        if landed.before_all { format!("earliest{loaded}") } else { format!("nearest{loaded} before") };
    format!("{note}; the {found} is {}", model.zone.minute(at.instant()))
}

/// `13:10 and 15:42`, with the day of each where they are not both of the day that was named; a day that both share is
/// told once.
fn ends(model: &Model, landed: &Landed) -> Option<String> {
    let (zone, moment) = (model.zone, landed.moment?);
    let (from, to) = (landed.at?.instant(), landed.newer?);
    let day = |at| zone.local(at).date();
    Some(match (day(from) == day(to), day(from) == day(moment.at)) {
        (true, true) => format!("{} and {}", zone.clock(from), zone.clock(to)),
        (true, false) => format!("{} and {}", zone.minute(from), zone.clock(to)),
        (false, _) => format!("{} and {}", zone.minute(from), zone.minute(to)),
    })
}

/// A time, without its day where that is the one that was named.
fn time(model: &Model, moment: Moment, stamp: Stamp) -> String {
    let zone = model.zone;
    let is_same_day = zone.local(stamp.instant()).date() == zone.local(moment.at).date();
    if is_same_day { zone.clock(stamp.instant()) } else { zone.minute(stamp.instant()) }
}
