//! The two lines at the top: the ticket and how fresh the picture is; what narrows it and how much is loaded.

use ratatui::{layout::Rect, style::Style};

use super::{
    list::{news_since, tries_again},
    narrowing::{self, Counts, counts},
    paint::{Canvas, number},
};
use crate::message::Action;
use crate::model::{
    Model, Summary,
    entry::Entry,
    failure::{Failure, FailureKind},
    follow::Following,
    log::Run,
    reader::Freshness,
    roll::Numbers,
    sentence::short_name,
    subject::Subject,
    text::{Line, Untrusted},
    ticket::Ticket,
    timeline::{Row, Tail},
};

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.height > 0 {
        ticket_line(model, area, canvas);
    }
    if area.height > 1 {
        loaded_line(model, Rect { y: area.y + 1, height: 1, ..area }, canvas);
    }
}

fn ticket_line(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let fresh = freshness(model);
    let left = put_right(&Line::own(&fresh), area, canvas);
    let room = Rect { width: left.saturating_sub(area.x), ..area };
    let x = match &model.subject {
        Subject::Nothing => canvas.own((area.x, area.y), "ticketlog", canvas.theme.title(), room),
        Subject::Ticket(number) => {
            canvas.own((area.x, area.y), &format!("#{number}"), canvas.theme.title(), room)
        }
        Subject::File(name) => {
            let name = model.shown_text(name).one_line(usize::from(room.width), model.charset);
            canvas.line((area.x, area.y), &name, canvas.theme.title(), room)
        }
    };
    let rest = facts(model, usize::from(room.right().saturating_sub(x)));
    canvas.line((x, area.y), &rest, Style::new(), room);
}

/// Draws at the right edge. Gives the column where the rest of the line must end.
fn put_right(line: &Line, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let cells = u16::try_from(line.cells()).unwrap_or(u16::MAX);
    if cells == 0 || cells > area.width {
        return area.right();
    }
    let x = area.right() - cells;
    canvas.line((x, area.y), line, Style::new(), area);
    x.saturating_sub(1)
}

/// Below this width the words about following are single ones.
const NARROW: u16 = 60;

fn freshness(model: &Model) -> String {
    if model.subject == Subject::Nothing {
        return String::new();
    }
    match (model.reader.asked_log().failure().map(|failure| failure.kind), model.reader.freshness()) {
        (Some(FailureKind::NotAuthorised), _) => "not authorised".to_owned(),
        (Some(FailureKind::NoSuchTicket), _) => "no such ticket".to_owned(),
        (Some(FailureKind::NoLog), _) => format!("{}no log", still_following(model)),
        (Some(FailureKind::Input), _) => format!("{}not readable", still_following(model)),
        (_, Freshness::Waiting) => "loading".to_owned(),
        (_, Freshness::AsOf(at)) => {
            let is_file = matches!(model.subject, Subject::File(_));
            let is_narrow = model.size.width < NARROW;
            let words = match (model.follow.following(), is_file) {
                (Following::On, _) if is_narrow => "following",
                (Following::Paused, _) if is_narrow => "paused",
                (Following::Off, false) => "as of",
                (Following::On, false) => "following, as of",
                (Following::Paused, false) => "follow paused, as of",
                // A file says nothing of the ticket now, whenever it was read.
                (Following::Off, true) => "file read at",
                (Following::On, true) => "following, read at",
                (Following::Paused, true) => "follow paused, read at",
            };
            format!("{words} {}", model.zone.clock(at))
        }
        (_, Freshness::OfflineSince(at)) => {
            let paused = model.follow.following() == Following::Paused && model.size.width >= NARROW;
            let paused = if paused { ", follow paused" } else { "" };
            format!("offline since {}{paused}", model.zone.clock(at))
        }
    }
}

/// A file that cannot be read may be back at the next poll.
fn still_following(model: &Model) -> &'static str {
    let is_said = model.follow.following() == Following::On && model.size.width >= NARROW;
    if is_said { "following, " } else { "" }
}

/// Status, owner, category and title, as many as fit; the title is cut from the right.
fn facts(model: &Model, room: usize) -> Line {
    let (ticket, from_log) = match &model.summary {
        Summary::Asked => return Line::default(),
        Summary::Known(ticket) => (ticket, false),
        Summary::FromLog(ticket) => (ticket, true),
    };
    let ticket = &*model.shown_ticket(ticket);
    let mut line = Line::default();
    for (at, part) in parts(model, ticket, room).into_iter().enumerate() {
        let gap = if at == 0 { " ".to_owned() } else { format!(" {} ", model.dot()) };
        if line.cells() + gap.len() + part.cells() > room {
            break;
        }
        line.push_own(&gap);
        line.append(part);
    }
    let mark = " (from the log)";
    if from_log && line.cells() > 0 && line.cells() + mark.len() <= room {
        line.push_own(mark);
    }
    let left = room.saturating_sub(line.cells() + 3);
    if let Some(title) = &ticket.title
        && left >= 8
    {
        line.push_own(&format!(" {} ", model.dot()));
        line.append(title.one_line(left, model.charset));
    }
    line
}

fn parts(model: &Model, ticket: &Ticket, room: usize) -> Vec<Line> {
    let owner_cells = if room < 50 { 10 } else { 24 };
    let owner = ticket.owner.as_ref().map(|owner| short_name(owner, owner_cells));
    let all = [(ticket.status.clone(), 12), (owner, owner_cells), (ticket.category.clone(), 20)];
    let told =
        all.into_iter().filter_map(|(text, cells)| Some((text.filter(|text| !text.is_empty())?, cells)));
    told.map(|(text, cells): (Untrusted, usize)| text.one_line(cells, model.charset)).collect()
}

fn loaded_line(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let narrowed = !model.reader.narrowing().is_everything();
    let news = news(model, area.width);
    let right =
        if narrowed { counts_and_zone(model, &news, area.width) } else { Line::own(&model.zone.name()) };
    let end = put_right(&right, area, canvas);
    let room = Rect { width: end.saturating_sub(area.x), ..area };
    if let Some(failure) = unseen_failure(model) {
        let words = format!("{}: ", tries_again(model));
        let x = canvas.own((area.x, area.y), &words, canvas.theme.failure(), room);
        let cells = usize::from(room.right().saturating_sub(x));
        let sentence = model.shown_failure(failure).one_line(cells, model.charset);
        canvas.line((x, area.y), &sentence, canvas.theme.failure(), room);
        return;
    }
    let cells = usize::from(room.width).saturating_sub(Line::own(&news).cells());
    let mut left = if narrowed { narrowing::line(model, cells) } else { extent(model) };
    left.fit(cells, model.charset);
    // A few letters of it would say less than nothing.
    let has_room = cells >= if narrowed { 6 } else { 12 };
    let is_told = has_room && left.cells() > 0;
    let end = format!(" {} ", model.dot());
    let news = if is_told { &news } else { news.strip_suffix(&end).unwrap_or(&news) };
    let x = canvas.own((area.x, area.y), news, canvas.theme.news(), room);
    if is_told {
        canvas.line((x, area.y), &left, Style::new(), room);
    }
}

/// `30 shown, 20 hidden of 50 · Oslo`: so short that there is room for what narrows the view.
fn counts_and_zone(model: &Model, news: &str, width: u16) -> Line {
    let zone = format!(" {} {}", model.dot(), model.zone.name());
    let whole = if width < NARROW { Counts::Short } else { Counts::Whole };
    let forms = [(whole, zone.as_str()), (Counts::Shortest, zone.as_str()), (Counts::Shortest, "")];
    let taken = Line::own(news).cells() + narrowing::least_cells(model) + 1;
    let mut lines = forms.into_iter().map(|(length, zone)| {
        let mut line = counts(model, length);
        line.push_own(zone);
        line
    });
    let shortest = lines.next_back().unwrap_or_default();
    lines.find(|line| line.cells() + taken <= usize::from(width)).unwrap_or(shortest)
}

/// A failure whose row is not on the screen: the newest entries could not be read again, or the list is scrolled.
fn unseen_failure(model: &Model) -> Option<&Failure> {
    let log = model.reader.log();
    let failure = model.reader.asked_log().failure().filter(|_| log.is_answered())?;
    let rows = model.reader.timeline().rows(log);
    let seen = rows.iter().any(|row| matches!(row, Row::Tail { tail: Tail::Failed(_), .. }));
    (!seen && model.page.is_none()).then_some(failure)
}

/// What happened meanwhile.
fn news(model: &Model, width: u16) -> String {
    let dot = model.dot();
    let hidden = model.reader.arrived_hidden();
    let more = if model.reader.has_more_arrived() { "+" } else { "" };
    let number = |count| format!("{}{more}", number(count));
    let up = model.keys.on_list(Action::Newest);
    let arrived = match (model.reader.arrived() - hidden, hidden) {
        (0, 0) => String::new(),
        (count, 0) => format!("{} new above, {up} {dot} ", number(count)),
        (0, hidden) => format!("{} new, hidden {dot} ", number(hidden)),
        (count, hidden) => format!("{} new above, {up}, {} hidden {dot} ", number(count), number(hidden)),
    };
    let changed =
        if model.reader.was_reread() { format!("the log changed, read again {dot} ") } else { String::new() };
    let disorder = if model.reader.log().is_out_of_order() {
        format!("times not in order {dot} ")
    } else {
        String::new()
    };
    let rest = arrived + &changed + &disorder + &unseen(model);
    let is_alone = rest.is_empty() && model.reader.narrowing().is_everything();
    replaced(model, is_alone || width >= NARROW) + &rest
}

/// `names replaced, numbers follow · `; where there is no room for both, the footer tells of numbers.
fn replaced(model: &Model, has_room: bool) -> String {
    let numbers = match model.numbers() {
        None => return String::new(),
        Some(Numbers::Follow(_)) if has_room => ", numbers follow",
        Some(Numbers::Missing(_)) if has_room => ", no numbers",
        Some(_) => "",
    };
    format!("names replaced{numbers} {} ", model.dot())
}

/// What came since the last look, while it is not the list that tells: `50+ new since Tue 14:02, L · `
fn unseen(model: &Model) -> String {
    let news = model.reader.timeline().news_below(model.reader.log());
    let key = model.keys.on_list(Action::LastSeen);
    news.map_or_else(String::new, |news| format!("{}, {key} {} ", news_since(model, news), model.dot()))
}

/// `350 loaded, back to 3 Mar 2023 · ticket created 3 Aug 2022`
fn extent(model: &Model) -> Line {
    let log = model.reader.log();
    if !log.is_answered() {
        return Line::default();
    }
    let mut words = format!("{} loaded", number(log.loaded() as u64));
    if model.reader.is_narrowing_off() {
        let key = model.keys.on_list(Action::ToggleNarrowing);
        words = format!("narrowing off, {key} puts it on {} {words}", model.dot());
    }
    let oldest = log.runs().first().and_then(Run::oldest).and_then(Entry::stamp);
    match (log.total(), oldest) {
        (Some(_), _) if model.reader.is_leaving() => words.push_str(", with holes between"),
        (Some(_), _) if model.reader.is_open() => words.push_str(", all so far"),
        (Some(_), _) => words.push_str(", all of them"),
        // A jump left holes: no one date says how far back everything is loaded.
        _ if model.reader.is_leaving() => words.push_str(", with holes between"),
        _ if log.runs().len() > 1 => words = format!("{words} in {} stretches", log.runs().len()),
        (None, Some(stamp)) => words = format!("{words}, back to {}", model.zone.day(stamp.instant())),
        (None, None) => {}
    }
    if let Summary::Known(Ticket { created: Some(created), .. }) = &model.summary {
        words = format!("{words} {} ticket created {}", model.dot(), model.zone.day(*created));
    }
    Line::own(&words)
}
