//! What an empty list says: why it is empty and which keys change that.

use super::{list::tries_again, narrowing::lifts, paint::number};
use crate::message::Action;
use crate::model::{
    Model,
    query::Query,
    subject::Subject,
    text::{Charset, Line, Untrusted},
};

/// The lines below the rows of a list without entries; nothing where there are some, or where some are on the way.
pub(super) fn nothing_to_see(model: &Model, width: usize) -> Vec<Line> {
    let reader = &model.reader;
    if reader.timeline().shown() > 0 {
        return Vec::new();
    }
    let log = reader.log();
    let narrowed = !reader.narrowing().is_everything();
    let words = if reader.choice().query().is_none() {
        "No action type is chosen, so nothing is shown.".to_owned()
    } else if let (Some(failure), false) = (log.failure(), log.is_answered()) {
        let mut lines = model.shown_failure(failure).block(width, model.charset);
        lines.extend(own_block(
            &format!("{}, {} leaves.", tries_again(model), model.keys.on_list(Action::CloseOrQuit)),
            width,
            model.charset,
        ));
        return lines;
    } else if !log.is_answered() {
        "loading".to_owned()
    } else if log.loaded() > 0 && narrowed {
        match log.loaded() {
            1 => "The one entry loaded is hidden.".to_owned(),
            loaded => format!("All {} entries loaded are hidden.", number(loaded as u64)),
        }
    } else if matches!(log.query(), Query::Only(_)) && !log.is_asking() {
        let whole = match (is_file(model), reader.is_open()) {
            (true, true) => "pipe so far",
            (true, false) => "file",
            (false, _) => "ticket",
        };
        format!("The {whole} has no entry of these types.")
    } else if log.total() == Some(0) {
        let whole = if is_file(model) { "The log in this file" } else { "This ticket's log" };
        format!("{whole} is empty.")
    } else {
        return Vec::new();
    };
    let mut lines = own_block(&words, width, model.charset);
    if narrowed && (log.is_answered() || reader.choice().query().is_none()) {
        lines.extend(lifts(model, width));
    }
    lines
}

pub(super) fn is_file(model: &Model) -> bool {
    matches!(model.subject, Subject::File(_))
}

pub(super) fn own_block(words: &str, width: usize, charset: Charset) -> Vec<Line> {
    Untrusted::new(words).block(width, charset)
}
