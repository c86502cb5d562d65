//! The answers to `GET /tickets/{id}` and `POST /tickets/list` become [`Ticket`]s (reference object "Ticket").
//!
//! It only fills the header and the list of tickets opened lately, so it is read as leniently as can be: what is missing, null or of another type is
//! simply not known.

use serde_json::value::RawValue;

use super::{
    json::{self, Shape, Slot},
    page::{self, PageError},
};
use crate::model::{query::TicketNumber, stamp::Stamp, text::Untrusted, ticket::Ticket};

/// Reads a ticket from the body of an answer.
///
/// # Errors
/// When the answer is not the API's, or says that it failed.
pub fn decode_ticket(body: &[u8]) -> Result<Ticket, PageError> {
    page::read(body, read)
}

/// Reads a list of tickets from the body of an answer. One without a number is left out.
///
/// # Errors
/// When the answer is not the API's, or says that it failed.
pub fn decode_tickets(body: &[u8]) -> Result<Vec<(TicketNumber, Ticket)>, PageError> {
    page::read(body, |text| {
        let data = page::data(text)?;
        let tickets = json::elements(data)
            .ok_or(PageError::WrongData { found: Shape::of(data), expected: Shape::List })?;
        Ok(tickets.into_iter().filter_map(numbered).collect())
    })
}

fn numbered(ticket: &RawValue) -> Option<(TicketNumber, Ticket)> {
    let mut id = Slot::default();
    json::members(ticket, |key, value| {
        if key == "id" {
            id.offer(value);
        }
    })?;
    let number = json::integer(id.get()?).and_then(|number| TicketNumber::try_from(number).ok())?;
    Some((number, fields(ticket).ok()?))
}

fn read(text: &str) -> Result<Ticket, PageError> {
    fields(page::data(text)?)
}

fn fields(data: &RawValue) -> Result<Ticket, PageError> {
    let mut fields = Fields::default();
    json::members(data, |key, value| match key {
        "title" => fields.title.offer(value),
        "status" => fields.status.offer(value),
        "lockedBy" => fields.locked_by.offer(value),
        "category" => fields.category.offer(value),
        "creationTime" => fields.created.offer(value),
        _ => (),
    })
    .ok_or(PageError::WrongData { found: Shape::of(data), expected: Shape::Object })?;
    Ok(Ticket {
        title: untrusted(fields.title),
        status: untrusted(fields.status),
        owner: name(fields.locked_by),
        category: name(fields.category),
        created: fields
            .created
            .get()
            .and_then(json::text)
            .and_then(|text| Stamp::parse(&text))
            .map(|stamp| stamp.instant()),
    })
}

#[derive(Default)]
struct Fields<'a> {
    title: Slot<'a>,
    status: Slot<'a>,
    locked_by: Slot<'a>,
    category: Slot<'a>,
    created: Slot<'a>,
}

fn untrusted(slot: Slot<'_>) -> Option<Untrusted> {
    slot.get().and_then(json::text).map(Untrusted::new)
}

/// The member `name` of a person or a category.
fn name(slot: Slot<'_>) -> Option<Untrusted> {
    let value: &RawValue = slot.get()?;
    let mut name = Slot::default();
    json::members(value, |key, value| {
        if key == "name" {
            name.offer(value);
        }
    })?;
    untrusted(name)
}
