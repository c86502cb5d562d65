//! Following: the head is asked for again and again, and what arrives comes on the screen where the user wants that.

use std::time::Duration;

use super::asked;
use crate::{
    message::{Effect, Message, Timer},
    model::{
        Model, Notice,
        failure::FailureKind,
        follow::{Due, Following, Turn},
        timeline::Timeline,
    },
};

/// What was so before an answer was taken.
pub(super) struct Before {
    arrivals: u64,
    shown_arrivals: u64,
    /// The screen moves along with what arrives.
    attached: bool,
}

impl Before {
    pub(super) fn of(model: &Model) -> Self {
        let is_open = model.page.is_none() && model.filter.is_none() && model.input.is_none();
        // Who jumps is on the way to somewhere else.
        let is_open = is_open && model.reader.progress().is_none();
        let attached = is_open && model.follow.following() == Following::On && model.reader.is_on_newest();
        let (arrivals, shown_arrivals) = (model.reader.arrivals(), model.reader.shown_arrivals());
        Self { arrivals, shown_arrivals, attached }
    }
}

/// Begins, at the newest entry; or ends.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.follow.following() != Following::Off {
        model.follow.stop();
        return Vec::new();
    }
    let fetches = model.reader.to_newest();
    let mut effects = asked(model, fetches);
    effects.extend(begin(model));
    effects
}

/// Polls at once, and from now on.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    let (turn, wait) = model.follow.start(model.now);
    poll(model, turn, wait)
}

pub(super) fn due(model: &mut Model, turn: Turn) -> Vec<Effect> {
    match model.follow.due(turn, model.now) {
        Due::Poll(turn, wait) => poll(model, turn, wait),
        Due::Nothing => Vec::new(),
    }
}

fn poll(model: &mut Model, turn: Turn, wait: Duration) -> Vec<Effect> {
    let fetches = model.reader.poll(model.now);
    let mut effects = asked(model, fetches);
    effects.push(Effect::Wait(Timer::Poll(turn), wait));
    effects
}

/// What is read comes through a pipe, which goes on or has ended.
pub(super) fn piped(model: &mut Model, message: &Message) -> Vec<Effect> {
    let fetches = match message {
        Message::Grew => model.reader.poll(model.now),
        Message::WentOn => model.reader.went_on(model.now),
        other => {
            model.reader.set_open(matches!(other, Message::Paused));
            Vec::new()
        }
    };
    asked(model, fetches)
}

/// What is read is another file, or was written anew: nothing of the one before is kept beside it.
pub(super) fn replaced(model: &mut Model) -> Vec<Effect> {
    if model.reader.has_loaded() {
        model.notice = Some(Notice::FileReplaced);
    }
    let unread = model.outdate_people();
    let fetches = model.reader.replaced();
    let cancelled = model.reader.cancelled().into_iter().chain(unread);
    let mut effects: Vec<Effect> = cancelled.map(Effect::Cancel).collect();
    effects.extend(asked(model, fetches));
    effects
}

/// Whether asking again would not help: the sentence says what does. A file that is written anew is empty or gone for
/// a moment.
fn is_final(failure: FailureKind) -> bool {
    match failure {
        FailureKind::NotAuthorised | FailureKind::NoSuchTicket => true,
        FailureKind::Trouble | FailureKind::NoLog | FailureKind::Input => false,
    }
}

/// An answer was taken.
pub(super) fn heard(model: &mut Model, before: &Before) -> Vec<Effect> {
    let news = model.reader.arrivals() > before.arrivals;
    let failure = model.reader.asked_log().failure().map(|failure| failure.kind);
    if failure.is_some_and(is_final) && model.follow.following() != Following::Off {
        model.follow.stop();
        model.notice = Some(Notice::FollowingEnded);
    }
    let mut effects = Vec::new();
    if news && before.attached {
        model.note_unattended();
        let fetches = model.reader.travel(Timeline::to_newest);
        effects.extend(asked(model, fetches));
    }
    if news && model.follow.following() == Following::On {
        // The status or the owner may have changed with it.
        effects.extend(model.ask_ticket());
        // What is hidden does not ring.
        let rings = model.follow.bell && model.reader.shown_arrivals() > before.shown_arrivals;
        effects.extend(rings.then_some(Effect::Bell));
    }
    let next = model.reader.heard().and_then(|heard| model.follow.heard(heard));
    effects.extend(next.map(|(turn, wait)| Effect::Wait(Timer::Poll(turn), wait)));
    effects
}
