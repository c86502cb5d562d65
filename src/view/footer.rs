//! The last line: what there is to say, the line that is typed, how far a jump is; else the keys that work now, as
//! many as fit.

mod landing;
mod notice;
mod numbers;
mod taking;

use std::borrow::Cow;

use ratatui::{layout::Rect, style::Style};

use super::{
    paint::{Canvas, number},
    search,
};
use crate::{
    message::Action,
    model::{
        self, Model, counted,
        entry::Entry,
        input::{Input, Prompt},
        keymap::Context,
        log::Run,
        narrowing::Phrase,
        reader::Progress,
        saved_view::Resume,
        text::{Line, Untrusted},
        time_words,
    },
};

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.height == 0 {
        return;
    }
    if let Some(input) = model.input.as_ref().filter(|_| model.chooser.is_none() && model.palette.is_none()) {
        return match &model.search {
            Some(line) => search::draw(model, line, input, area, canvas),
            None => draw_input(model, input, area, canvas),
        };
    }
    let width = usize::from(area.width);
    let line = match (model.reader.progress(), model.reader.notice()) {
        _ if model.count.is_some() => Some(Line::own(&count_words(model))),
        _ if model.notice == Some(model::Notice::Taken) => taking::line(model),
        _ if model.notice == Some(model::Notice::NoNumbers) => numbers::missing(model),
        _ if model.seek.is_some() => Some(Line::own(&way_back_words(model))),
        (Some(progress), _) => Some(Line::own(&progress_words(model, progress))),
        (None, Some(notice)) => notice::line(model, notice, width),
        (None, None) if model.reader.loads_all() => Some(Line::own(&loading_words(model))),
        (None, None) if model.awaits_numbers() => Some(Line::own(&numbers::copying(model))),
        (None, None) => standing(model).map(|words| Line::own(&words)),
    };
    let mut line = line.unwrap_or_else(|| Line::own(&hints(model, width)));
    line.fit(width, model.charset);
    canvas.line((area.x, area.y), &line, Style::new(), area);
}

/// `time: 13.12. 22:11   Wed 13 Dec 2023 22:11 Oslo`, with the character at the cursor marked.
fn draw_input(model: &Model, input: &Input, area: Rect, canvas: &mut Canvas<'_>) {
    let word = match input.prompt() {
        Prompt::Jump => "time: ",
        Prompt::Row => "find: ",
        Prompt::Phrase => "text: ",
        Prompt::File => "file: ",
        Prompt::Search => "search: ",
        Prompt::Action => ": ",
    };
    let x = canvas.own((area.x, area.y), word, Style::new(), area);
    let room = Rect { x, width: area.right().saturating_sub(x), ..area };
    let end = draw_line(model, input, room, canvas);
    let mut echo = Line::own(&match input.prompt() {
        Prompt::Jump => time_echo(model, input),
        Prompt::Row => row_echo(model, input),
        Prompt::Phrase => phrase_echo(model, input),
        Prompt::File => taking::echo(model, input),
        Prompt::Search | Prompt::Action => String::new(),
    });
    echo.fit(usize::from(area.right().saturating_sub(end + 2)), model.charset);
    canvas.line((end + 2, area.y), &echo, canvas.theme.rule(), area);
}

/// What is understood of a time.
fn time_echo(model: &Model, input: &Input) -> String {
    match time_words::parse(&input.text(), model.time_words()) {
        Some(moment) => moment.words(model.zone),
        None if input.is_empty() => {
            "14:02, yesterday, -3d, 2023-03-01 10:00, 13.12. 22:11, friday".to_owned()
        }
        None => "not a time yet: 14:02, last night, -3d, 13.12. 22:11, friday".to_owned(),
    }
}

/// Whether a row of the panel is meant.
fn row_echo(model: &Model, input: &Input) -> String {
    match model.panel_row_named(&input.text()) {
        None if input.is_empty() => "a type, a group or a kind of actor".to_owned(),
        None => "no such row".to_owned(),
        Some(_) => format!("{} stays there", accept(model)),
    }
}

/// The key that a line is done with.
fn accept(model: &Model) -> &str {
    model.keys.in_context(Context::Input, Action::Enter)
}

/// What entries must have, or why it cannot be looked for.
fn phrase_echo(model: &Model, input: &Input) -> String {
    match Phrase::parse(&input.text(), &model.catalogue) {
        Ok(None) if model.reader.narrowing().phrase.is_some() => {
            format!("{} lifts the text in force", accept(model))
        }
        Ok(None) => "text, /regex/, !text for entries without it".to_owned(),
        Ok(Some(_)) => format!("{} narrows to it", accept(model)),
        Err(fault) => fault.words().to_owned(),
    }
}

/// Draws what is typed, with the terminal's cursor in it. Gives the column behind it.
pub(super) fn draw_line(model: &Model, input: &Input, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let (before, after) = input.parts();
    let room = usize::from(area.width);
    let typed = |text: &Untrusted| {
        if text.is_empty() { Line::default() } else { text.one_line(room, model.charset) }
    };
    let mut before = before;
    let mut shown = typed(&before);
    while room > 0 && shown.cells() >= room && !before.is_empty() {
        // The end is where the cursor stands: a long line is cut at its start.
        before = Untrusted::new(before.raw_for_export().chars().skip(1).collect::<String>());
        shown = typed(&before);
    }
    let x = canvas.line((area.x, area.y), &shown, Style::new(), area);
    let mut after = typed(&after);
    after.append(Line::own(" "));
    let end = canvas.line((x, area.y), &after, Style::new(), area);
    canvas.put_cursor((x, area.y), area);
    end
}

fn progress_words(model: &Model, progress: Progress) -> String {
    let target =
        progress.moment.map_or_else(|| "the oldest entry".to_owned(), |moment| moment.words(model.zone));
    let (dot, stop) = (model.dot(), model.keys.on_list(Action::Close));
    format!("looking for {target} {dot} {}  {stop} cancels", requests(progress))
}

/// `1 request`, `7 requests`
fn requests(progress: Progress) -> String {
    let count = progress.requests.into();
    format!("{} {}", number(count), counted::noun(count, "request", "requests"))
}

/// `loading everything: 1,240 so far, back to 3 Mar 2023  esc stops`
fn loading_words(model: &Model) -> String {
    let what = if model.reader.searches_on() {
        search::reading_on(model)
    } else if model.reader.narrowing().span.is_everything() {
        "loading everything".to_owned()
    } else {
        "loading the window of time".to_owned()
    };
    let log = model.reader.asked_log();
    // In a window of time the first run may lie outside.
    let first = log.runs().first().filter(|_| model.reader.narrowing().span.is_everything());
    let oldest = first.and_then(Run::oldest).and_then(Entry::stamp);
    let back = oldest.map(|stamp| format!(", back to {}", model.zone.day(stamp.instant())));
    let so_far = number(log.loaded() as u64);
    let stop = model.keys.on_list(Action::Close);
    format!("{what}: {so_far} so far{}  {stop} stops", back.unwrap_or_default())
}

/// `back to where the line dropped · 7 requests, any key stops`
fn way_back_words(model: &Model) -> String {
    if model.reader.asked_log().failure().is_some() && model.reader.retries_at().is_none() {
        let key = model.keys.on_list(Action::Refresh);
        return format!("{key} goes on to where the line dropped, any other key stops");
    }
    let told = model.reader.progress().filter(|progress| progress.requests > 0);
    let told = told.map(|progress| format!(" {} {}", model.dot(), requests(progress)));
    format!("back to where the line dropped{}, any key stops", told.unwrap_or_default())
}

/// What the terminal's life has to tell.
fn standing(model: &Model) -> Option<String> {
    let words = match model.notice? {
        model::Notice::FollowingEnded => {
            let key = model.keys.on_list(Action::Follow);
            return Some(format!("following ended, {key} begins it again"));
        }
        model::Notice::Taken | model::Notice::NoNumbers => return None,
        model::Notice::NoJobControl => "no shell could continue it: not suspended",
        model::Notice::NoTicketsHere => "a file is open; a ticket is opened by ticketlog NUMBER",
        model::Notice::EntryGone => "the entry where the line dropped is gone; this is the nearest",
        model::Notice::EntryNotReached => "where the line dropped was not reached; this is the nearest",
        model::Notice::OpenedWithPreset => return Some(opened_with(model)),
        model::Notice::UniversalAlready => "your zone is universal time",
        model::Notice::PresetUnknown => "the preset of the last time is not configured any more",
        model::Notice::FileReplaced => "the file was replaced or written anew: it is read from its start",
        model::Notice::PastedQuit => "that came in one piece, like pasted text: not quit",
    };
    Some(words.to_owned())
}

/// `opened with your preset changes, = lifts it`
fn opened_with(model: &Model) -> String {
    let name = model.reader.choice().name().unwrap_or_default();
    let lift = model.keys.on_list(Action::ToggleNarrowing);
    format!("opened with your preset {name}, {lift} lifts it")
}

/// What a dropped line left behind, with the key that takes it up: `R resume (line dropped)`. The question which
/// ticket names it in a row of its own.
fn offer(model: &Model) -> Option<String> {
    let Resume::Offer(view) = &model.resume else { return None };
    let context = model.context();
    let key = model
        .keys
        .key(context, Action::Resume)
        .filter(|_| model.obstacle(context, Action::Resume).is_none())?;
    Some(match context {
        Context::Choose => format!("{key} resume"),
        _ if model.subject.ticket() == Some(view.ticket) => format!("{key} resume (line dropped)"),
        _ => format!("{key} resume #{} (line dropped)", view.ticket),
    })
}

/// The key and what it does, for a narrow window.
fn short_offer(long: &str) -> String {
    long.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// `12 times  esc forgets it  j k ctrl-d ctrl-u`: what is typed of a count, and the keys that it may be for.
fn count_words(model: &Model) -> String {
    let context = model.context();
    let possible = model.keys.rows(context).iter().filter(|row| {
        let action = row.described.action;
        action.times(1).is_some() && model.obstacle(context, action).is_none()
    });
    let keys: Vec<String> = possible.filter_map(|row| row.keys().first()).map(ToString::to_string).collect();
    let times = model.count.map_or_else(String::new, |count| format!("{count} times"));
    let forgets = model.keys.in_context(context, Action::Close);
    format!("{times}  {forgets} forgets it  {}", keys.join(" "))
}

/// The keys that work now, as many as fit.
fn hints(model: &Model, width: usize) -> String {
    let mut hints: Vec<(Cow<'_, str>, u8)> = Vec::new();
    let offer = offer(model).map(|long| if long.len() > width { short_offer(&long) } else { long });
    hints.extend(offer.map(|offer| (offer.into(), 0)));
    let context = model.context();
    if context == Context::List {
        hints.extend(numbers::follow(model).map(|words| (words.into(), 0)));
        hints.extend(taking::selected(model).map(|words| (words.into(), 0)));
        hints.extend(search::standing(model, width).map(|words| (words.into(), 0)));
        let [older, newer] = [1, -1].map(|by| model.keys.key(context, Action::Step(by)));
        hints.extend(older.zip(newer).map(|(older, newer)| (format!("{older} {newer} move").into(), 3)));
    }
    let fold = model.reader.timeline().fold_here(model.reader.log());
    let unfolds = context == Context::List && fold.is_some_and(|fold| !fold.is_open);
    let now = model.keys.hints(context).filter(|(_, action, _)| model.obstacle(context, *action).is_none());
    hints.extend(now.map(|(hint, action, left_out)| match hint.strip_suffix("open") {
        Some(key) if action == Action::Enter && model.palette.is_some() => {
            (format!("{key}run").into(), left_out)
        }
        // What it does on a row of several reads.
        _ if action == Action::Enter && unfolds => (hint.replace("entry", "unfold").into(), left_out),
        _ => (hint.into(), left_out),
    }));
    while hints.iter().map(|(hint, _)| hint.chars().count() + 2).sum::<usize>() > width + 2 {
        let last = hints.iter().map(|(_, left_out)| *left_out).max();
        let Some(at) = hints.iter().position(|(_, left_out)| Some(*left_out) == last) else {
            break;
        };
        hints.remove(at);
    }
    hints.into_iter().map(|(hint, _)| hint).collect::<Vec<_>>().join("  ")
}
