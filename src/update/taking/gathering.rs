//! What is shown or selected, with what is to be said of it, for whoever writes it.

use crate::{
    export::{Ending, Format, Head, Order, Parcel, Style, Tally},
    model::{
        Model, Summary, entry::Entry, json::Personal, narrowing::Saying, reader::Freshness, subject::Subject,
        text::Untrusted, ticket::Ticket,
    },
};

/// How it is written.
pub(super) fn style(model: &Model, format: Format) -> Style {
    Style {
        format,
        zone: model.zone,
        charset: model.charset,
        width: None,
        catalogue: model.catalogue.clone(),
        personal: if model.personal { Personal::Shown } else { Personal::Masked },
        head: false,
    }
}

/// What is selected, else all that is shown; `None` where that is nothing.
pub(super) fn parcel(model: &Model, format: Format) -> Option<Parcel> {
    let (reader, log) = (&model.reader, model.reader.log());
    let shown = |entry| model.shown_entry(entry).into_owned();
    let (entries, ending): (Vec<Entry>, Ending) = if let Some((entries, has_hole)) = model.selected_entries()
    {
        let why =
            if has_hole { "a selection with entries between that are not loaded" } else { "a selection" };
        (entries.into_iter().map(shown).collect(), Ending::Incomplete(Untrusted::new(why)))
    } else {
        let ids = reader.timeline().all_shown();
        let entries = ids.into_iter().filter_map(|id| log.entry(id)).map(shown).collect();
        (entries, ending(model))
    };
    if entries.is_empty() {
        return None;
    }
    let hidden = log.loaded().saturating_sub(reader.timeline().shown());
    let tally = Tally { shown: entries.len() as u64, hidden: hidden as u64, ending };
    Some(Parcel { head: head(model), tally, style: style(model, format), entries })
}

fn ending(model: &Model) -> Ending {
    let why = match (model.reader.is_open(), model.reader.has_all()) {
        (true, _) => "what is read goes on",
        (false, false) => "not everything is loaded",
        (false, true) => return Ending::Complete,
    };
    Ending::Incomplete(Untrusted::new(why))
}

fn head(model: &Model) -> Head {
    let name = match &model.subject {
        Subject::Ticket(number) => Untrusted::new(format!("#{number}")),
        Subject::File(name) => model.shown_text(name).into_owned(),
        Subject::Nothing => Untrusted::default(),
    };
    let as_of = match model.reader.freshness() {
        Freshness::AsOf(at) | Freshness::OfflineSince(at) => at,
        Freshness::Waiting => model.now,
    };
    let ticket = match &model.summary {
        Summary::Known(ticket) | Summary::FromLog(ticket) => model.shown_ticket(ticket).into_owned(),
        Summary::Asked => Ticket::default(),
    };
    let saying = Saying::in_full(&model.catalogue, model.charset, model.zone);
    let parts = model.shown_parts(model.reader.narrowing().parts(saying));
    let narrowing = parts.iter().map(|part| Untrusted::new(part.words.plain())).collect();
    let order = if model.reader.log().is_out_of_order() { Order::AsTheyCame } else { Order::NewestFirst };
    let replaced = model.redacts().map(|_| Untrusted::new("names replaced"));
    Head { ticket, order, narrowing, remarks: replaced.into_iter().collect(), ..Head::new(name, as_of) }
}
