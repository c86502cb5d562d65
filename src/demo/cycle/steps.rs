//! One round of a generated log: an agent looks, takes the ticket, works, answers; the client writes again.

/// Who does a step; the people change from round to round.
#[derive(Debug, Clone, Copy)]
pub(super) enum Actor {
    Agent,
    Colleague,
    Third,
    Client,
    Bot,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Reads,
    Takes,
    Notes,
    Tags,
    Untags,
    Moves,
    SetsField,
    Replies,
    Waits,
    Reopens,
}

impl What {
    /// `actionType`; [`super::super::deed::Deed`] gives the same, which a test checks.
    pub(super) const fn action_type(self) -> &'static str {
        match self {
            Self::Reads => "ticket_read",
            Self::Takes => "ticket_assigned_to_user",
            Self::Notes => "note_created",
            Self::Tags => "tag_added",
            Self::Untags => "tag_removed",
            Self::Moves => "ticket_category_changed",
            Self::SetsField => "custom_field_changed",
            Self::Replies => "reply_created",
            Self::Waits | Self::Reopens => "ticket_status_changed",
        }
    }
}

/// One step of a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Thousandths of the round's length after its begin; ascending by at least 10, except for consequences.
    pub(super) after: u16,
    /// Happens 0.12 s after the step before, as the reference shows for a reply and its status change.
    pub(super) consequence: bool,
    pub(super) actor: Actor,
    pub(super) what: What,
}

const fn step(after: u16, actor: Actor, what: What) -> Step {
    Step { after, consequence: false, actor, what }
}

const fn consequence(of: Step, what: What) -> Step {
    Step { after: of.after, consequence: true, actor: of.actor, what }
}

const ANSWER: Step = step(205, Actor::Agent, What::Replies);
const LETTER: Step = step(420, Actor::Client, What::Replies);

/// The steps of every round, oldest first.
pub(super) const STEPS: [Step; 20] = [
    step(0, Actor::Colleague, What::Reads),
    step(40, Actor::Agent, What::Reads),
    step(50, Actor::Agent, What::Takes),
    step(60, Actor::Agent, What::Notes),
    step(70, Actor::Agent, What::Tags),
    step(110, Actor::Colleague, What::Reads),
    step(120, Actor::Agent, What::Moves),
    step(130, Actor::Agent, What::SetsField),
    step(190, Actor::Agent, What::Reads),
    ANSWER,
    consequence(ANSWER, What::Waits),
    step(230, Actor::Colleague, What::Reads),
    step(260, Actor::Third, What::Reads),
    step(300, Actor::Bot, What::Replies),
    LETTER,
    consequence(LETTER, What::Reopens),
    step(450, Actor::Agent, What::Reads),
    step(480, Actor::Colleague, What::Reads),
    step(500, Actor::Agent, What::Untags),
    step(520, Actor::Third, What::Reads),
];
