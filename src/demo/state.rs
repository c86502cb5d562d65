//! What a sample ticket looks like after its entries: status, assignee, category, tags, fields, replies.
//!
//! Keeps a story consistent, since what a sentence says about the state before it comes from here, and gives
//! `GET /tickets/{id}` its object (reference object "Ticket").

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    cast::{Category, Person, Tag},
    deed::{Deed, Language},
};

/// The state that deeds change.
#[derive(Debug, Clone)]
pub(super) struct State<'a> {
    /// The status label in the log's language.
    pub(super) status: &'a str,
    /// Who has the ticket.
    pub(super) assignee: Option<&'a Person>,
    /// Where the ticket lies.
    pub(super) category: Option<&'a Category>,
    /// By name.
    pub(super) tags: BTreeMap<&'a str, &'a Tag>,
    /// Custom fields by name.
    pub(super) fields: BTreeMap<String, String>,
    /// How many replies were sent.
    pub(super) replies: u64,
    /// `isSpam`.
    pub(super) spam: bool,
}

impl<'a> State<'a> {
    /// A ticket that was just created.
    pub(super) const fn new(language: Language) -> Self {
        Self {
            status: language.labels()[0].0,
            assignee: None,
            category: None,
            tags: BTreeMap::new(),
            fields: BTreeMap::new(),
            replies: 0,
            spam: false,
        }
    }

    /// The state after this deed.
    pub(super) fn apply(&mut self, deed: &Deed<'a>) {
        match deed {
            Deed::Status { to, .. } => self.status = to,
            Deed::Assigned(person) => self.assignee = Some(person),
            Deed::Unassigned => self.assignee = None,
            Deed::Category { to, .. } => self.category = Some(to),
            Deed::Tagged(tag) => {
                self.tags.insert(tag.name.as_str(), tag);
            }
            Deed::Untagged(tag) => {
                self.tags.remove(tag.name.as_str());
            }
            Deed::Field { name, value } => {
                self.fields.insert(name.clone(), value.clone());
            }
            Deed::Replied => self.replies += 1,
            Deed::Spam => self.spam = true,
            Deed::NotSpam => self.spam = false,
            Deed::Created | Deed::Read | Deed::Noted | Deed::Other { .. } => {}
        }
    }
}

/// What a ticket's object says that its log does not.
#[derive(Debug, Clone)]
pub(super) struct About<'a> {
    pub(super) id: u64,
    pub(super) title: &'a str,
    pub(super) message: &'a str,
    pub(super) source: &'a str,
    pub(super) author: &'a Person,
    /// As the API writes it.
    pub(super) created: String,
    /// The time of the newest reply, or of the creation.
    pub(super) last_activity: String,
}

/// A ticket as `GET /tickets/{id}` answers it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ticket {
    id: u64,
    title: String,
    message: String,
    html_message: String,
    author: Person,
    category: Option<Category>,
    creation_time: String,
    pub(super) last_thread_element_creation_time: String,
    locked_by: Option<Person>,
    original_link: Option<String>,
    properties: Value,
    reply_count: u64,
    sentiment: &'static str,
    source: String,
    detailed_source: String,
    source_name: &'static str,
    status: &'static str,
    tags: Vec<Value>,
    attachments: Vec<Value>,
    custom_fields: Vec<Value>,
}

impl Ticket {
    /// The object of a ticket in this state.
    pub(super) fn new(about: About, state: &State, language: Language) -> Self {
        let status = language.labels().iter().find(|it| it.0 == state.status).map_or("open", |it| it.1);
        Self {
            id: about.id,
            title: about.title.into(),
            message: about.message.into(),
            html_message: format!("<p>{}</p>", about.message),
            author: about.author.clone(),
            category: state.category.cloned(),
            creation_time: about.created,
            last_thread_element_creation_time: about.last_activity,
            locked_by: state.assignee.cloned(),
            original_link: None,
            properties: properties(state),
            reply_count: state.replies,
            sentiment: "neutral",
            source: about.source.into(),
            detailed_source: about.source.into(),
            source_name: "Demo",
            status,
            tags: state.tags.values().map(|tag| tag.wire()).collect(),
            attachments: Vec::new(),
            custom_fields: state
                .fields
                .iter()
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect(),
        }
    }
}

fn properties(state: &State) -> Value {
    json!({
        "isAnonymized": false,
        "isMuted": false,
        "hasAttachments": false,
        "hasDraft": false,
        "isAssignedToBot": state.assignee.is_some_and(|person| person.is_bot),
        "isDeleted": false,
        "isExpired": false,
        "isHidden": false,
        "isLocked": state.assignee.is_some(),
        "isSpam": state.spam,
        "isSensitive": false,
    })
}
