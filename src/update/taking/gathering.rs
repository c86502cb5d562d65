//! What is shown or selected, with what is to be said of it, for whoever writes it.

use crate::{
    export::{Ending, Format, Head, Order, Parcel, Style, Tally},
    model::{
        Model,
        gathered::{Aliases, Gathered, personal_beside},
        json::Personal,
        narrowing::Saying,
        redaction::Redaction,
        subject::Subject,
        text::Untrusted,
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

/// What is selected, else all that is shown, as it may be seen; `None` where that is nothing.
pub(super) fn parcel(model: &Model, format: Format) -> Option<Parcel> {
    let people = model.replaced_people().zip(model.aliases());
    model.gather().map(|gathered| packed(model, gathered, format, people))
}

/// What has waited for numbers, if they have come.
pub(in crate::update) fn numbered(model: &mut Model) -> Option<Parcel> {
    let gathered = model.numbered()?;
    let people = model.known_people()?;
    Some(packed(model, gathered, Format::Markdown, Some((people, Aliases::Numbered))))
}

/// What was gathered, with what these people are called, and what is said of that.
fn packed(
    model: &Model,
    gathered: Gathered,
    format: Format,
    people: Option<(&Redaction, Aliases)>,
) -> Parcel {
    let head = head(model, &gathered, people);
    let mut entries = match people {
        Some((people, _)) => gathered.entries.iter().map(|entry| people.entry(entry)).collect(),
        None => gathered.entries,
    };
    entries.retain(|entry| format.holds_stand_ins() || entry.unreadable().is_none());
    let ending = gathered.incomplete.map_or(Ending::Complete, |why| Ending::Incomplete(Untrusted::new(why)));
    let tally = Tally { shown: entries.len() as u64, hidden: gathered.hidden as u64, ending };
    let personal = if gathered.personal { Personal::Shown } else { Personal::Masked };
    let style = Style { personal, zone: gathered.zone, ..style(model, format) };
    let personal = personal_beside(gathered.personal, people.map(|(people, _)| people.scope()));
    Parcel { head, tally, style, aliases: people.map(|(_, aliases)| aliases), personal, entries }
}

fn head(model: &Model, gathered: &Gathered, people: Option<(&Redaction, Aliases)>) -> Head {
    let (people, aliases) = people.unzip();
    let name = match &model.subject {
        Subject::Ticket(number) => Untrusted::new(format!("#{number}")),
        Subject::File(name) => people.map_or_else(|| name.clone(), |people| people.text(name)),
        Subject::Nothing => Untrusted::default(),
    };
    let ticket = people.map_or_else(|| gathered.ticket.clone(), |people| people.ticket(&gathered.ticket));
    let saying = Saying::in_full(&model.catalogue, model.charset, gathered.zone).without_names(people);
    let parts = gathered.narrowing.parts(saying);
    let narrowing = parts.iter().map(|part| Untrusted::new(part.words.plain())).collect();
    let order = if gathered.is_out_of_order { Order::AsTheyCame } else { Order::NewestFirst };
    let remarks = aliases.into_iter().map(|aliases| Untrusted::new(aliases.words())).collect();
    Head { ticket, order, narrowing, remarks, ..Head::new(name, gathered.as_of) }
}
