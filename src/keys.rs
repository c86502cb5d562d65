//! Keys: which one asks for what, in which context, and how the footer and the page of keys name it.
//!
//! One table; the look-up, the footer and the page of keys all read it, so they cannot disagree.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::message::{Action, Edit};

/// What the keys act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The list.
    List,
    /// A page that covers the list.
    Page,
    /// The filter panel.
    Filter,
    /// A line that is typed: characters are text.
    Input,
    /// Choosing a ticket: characters are text, other keys move in the list.
    Choose,
}

/// A row of the table: keys that ask for one thing.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where they do; everywhere when empty.
    contexts: &'static [Context],
    /// The keys as [`name_of`] names them, the one to show first in front.
    keys: &'static [&'static str],
    /// What they ask for.
    action: Action,
    /// What the page of keys says; empty where another row says it for both.
    does: &'static str,
    /// The word in the footer, and how soon it is left out when there is no room: higher goes first.
    hint: Option<(&'static str, u8)>,
}

const LIST: &[Context] = &[Context::List];
const PAGE: &[Context] = &[Context::Page];
const FILTER: &[Context] = &[Context::Filter];
const NARROWING: &[Context] = &[Context::List, Context::Filter];
const INPUT: &[Context] = &[Context::Input];
const CHOOSE: &[Context] = &[Context::Choose];
const TYPED: &[Context] = &[Context::Input, Context::Choose];
const EVERYWHERE: &[Context] = &[];

const fn row(
    contexts: &'static [Context],
    keys: &'static [&'static str],
    action: Action,
    does: &'static str,
) -> Binding {
    Binding { contexts, keys, action, does, hint: None }
}

const fn shown(binding: Binding, word: &'static str, left_out: u8) -> Binding {
    Binding { hint: Some((word, left_out)), ..binding }
}

/// Every key. The order is the order of the footer and of the page of keys.
const BINDINGS: &[Binding] = &[
    row(EVERYWHERE, &["j", "down"], Action::Step(1), "one line down"),
    row(EVERYWHERE, &["k", "up"], Action::Step(-1), "one line up"),
    row(EVERYWHERE, &["ctrl-d"], Action::HalfPage(1), "half a screen down"),
    row(EVERYWHERE, &["ctrl-u"], Action::HalfPage(-1), "half a screen up"),
    row(EVERYWHERE, &["space", "pgdn"], Action::Page(1), "a screen down"),
    row(EVERYWHERE, &["b", "pgup"], Action::Page(-1), "a screen up"),
    row(EVERYWHERE, &["g", "home"], Action::Newest, "to the newest entry"),
    row(EVERYWHERE, &["G", "end"], Action::Oldest, "to the oldest entry"),
    shown(row(LIST, &["enter"], Action::Enter, "the entry on its own page"), "entry", 1),
    row(LIST, &["left"], Action::Fold, "fold the reads at the cursor again; enter unfolds them"),
    shown(row(LIST, &["tab"], Action::ToggleDetail, "detail pane on and off"), "pane", 5),
    shown(row(LIST, &["i"], Action::ToggleRaw, "fields or raw JSON"), "json", 6),
    row(EVERYWHERE, &["P"], Action::TogglePersonal, "personal data on and off"),
    shown(row(LIST, &["f"], Action::OpenFilter, "choose types, kinds of actor, presets"), "filter", 2),
    shown(row(LIST, &["/"], Action::Search, "look for something"), "search", 3),
    row(LIST, &["n"], Action::Hit(1), "to the next hit, down"),
    row(LIST, &["N"], Action::Hit(-1), "to the next hit, up"),
    row(LIST, &["x"], Action::HideType, "hide this type"),
    row(LIST, &["X"], Action::OnlyType, "only this type, again: all types"),
    row(LIST, &["p"], Action::OnlyPerson, "only this person, again: everybody"),
    row(LIST, &["&"], Action::TypePhrase, "only with this text: plain, /regex/, ! without it"),
    row(NARROWING, &["="], Action::ToggleNarrowing, "all narrowing off, and on again"),
    row(NARROWING, &["u"], Action::UndoNarrowing, "undo the last narrowing, many steps back"),
    shown(row(LIST, &["t"], Action::TypeTime, "jump to a time"), "time", 3),
    row(LIST, &["ctrl-o"], Action::Back, "back to where the last jump began"),
    row(LIST, &["'"], Action::HalfBack, "twice: the same"),
    row(LIST, &["J", "}"], Action::Day(1), "to the next older day"),
    row(LIST, &["K", "{"], Action::Day(-1), "to the next newer day"),
    row(LIST, &[")", "]"], Action::Silence(1), "to the next long silence, down"),
    row(LIST, &["(", "["], Action::Silence(-1), "to the next long silence, up"),
    shown(row(LIST, &["r"], Action::Refresh, "refresh, or try again"), "refresh", 7),
    row(EVERYWHERE, &["r"], Action::Refresh, ""),
    row(LIST, &["F"], Action::Follow, "follow: new entries come by themselves"),
    row(LIST, &["A"], Action::LoadAll, "load everything"),
    row(LIST, &["L"], Action::LastSeen, "to the newest entry you saw at your last look"),
    row(LIST, &["O"], Action::ChooseTicket, "open another ticket"),
    row(LIST, &["R"], Action::Resume, "take up the view that a dropped line left behind"),
    row(EVERYWHERE, &["esc"], Action::Close, "close what is on top"),
    shown(row(LIST, &["?", "f1"], Action::Help, "this list of keys"), "help", 0),
    row(EVERYWHERE, &["?", "f1"], Action::Help, ""),
    shown(row(LIST, &["q"], Action::CloseOrQuit, "close, on the list quit"), "quit", 4),
    row(EVERYWHERE, &["q"], Action::CloseOrQuit, ""),
    row(EVERYWHERE, &["Q"], Action::Quit, "quit"),
    row(EVERYWHERE, &["ctrl-c"], Action::Interrupt, "cancel what runs, else quit"),
    row(EVERYWHERE, &["ctrl-l"], Action::Repaint, "paint the screen anew"),
    row(EVERYWHERE, &["ctrl-z"], Action::Suspend, "suspend"),
    shown(row(PAGE, &["J"], Action::OtherEntry(1), "the next older entry"), "older entry", 3),
    shown(row(PAGE, &["K"], Action::OtherEntry(-1), "the next newer entry"), "newer entry", 4),
    row(PAGE, &["enter"], Action::Enter, ""),
    shown(row(PAGE, &["i"], Action::ToggleRaw, ""), "fields or json", 2),
    shown(row(PAGE, &["esc"], Action::Close, ""), "close", 1),
    shown(
        row(FILTER, &["space"], Action::Tick, "show or hide this row: a type, a group, a kind of actor"),
        "toggle",
        1,
    ),
    shown(row(FILTER, &["a"], Action::TickAll, "all types and kinds of actor"), "all", 3),
    shown(row(FILTER, &["n"], Action::TickNone, "no type"), "none", 4),
    shown(row(FILTER, &["o"], Action::TickOnly, "only this row"), "only this", 2),
    shown(row(FILTER, &["/"], Action::FindRow, "find a row by its name"), "find", 5),
    row(FILTER, &["1"], Action::Preset(1), "everything"),
    row(FILTER, &["2"], Action::Preset(2), "the conversation: replies and notes"),
    row(FILTER, &["3"], Action::Preset(3), "the changes: all but reads"),
    row(FILTER, &["4"], Action::Preset(4), "status and owner"),
    row(FILTER, &["5"], Action::Preset(5), "presets of your own, to 9"),
    row(FILTER, &["6"], Action::Preset(6), ""),
    row(FILTER, &["7"], Action::Preset(7), ""),
    row(FILTER, &["8"], Action::Preset(8), ""),
    row(FILTER, &["9"], Action::Preset(9), ""),
    shown(row(FILTER, &["enter"], Action::Enter, "done"), "done", 0),
    row(FILTER, &["f"], Action::OpenFilter, ""),
    shown(row(INPUT, &["enter"], Action::Enter, "jump there, stay there"), "go", 0),
    shown(row(INPUT, &["esc"], Action::Close, ""), "cancel", 1),
    shown(row(CHOOSE, &["enter"], Action::Enter, "open it"), "open", 0),
    shown(row(CHOOSE, &["down", "ctrl-n"], Action::Step(1), "one ticket down"), "next", 2),
    shown(row(CHOOSE, &["up", "ctrl-p"], Action::Step(-1), "one ticket up"), "previous", 3),
    row(CHOOSE, &["pgdn"], Action::Page(1), ""),
    row(CHOOSE, &["pgup"], Action::Page(-1), ""),
    row(CHOOSE, &["ctrl-r"], Action::Resume, "take up the view that a dropped line left behind"),
    shown(row(CHOOSE, &["esc"], Action::Close, ""), "leave", 1),
    row(INPUT, &["ctrl-r"], Action::Syntax, "in a search: plain text or a regular expression"),
    row(INPUT, &["up", "ctrl-p"], Action::Recall(-1), "in a search: the one before"),
    row(INPUT, &["down", "ctrl-n"], Action::Recall(1), "in a search: the one after"),
    row(TYPED, &["ctrl-c"], Action::Interrupt, ""),
    row(TYPED, &["backspace", "ctrl-h"], Action::Edit(Edit::Erase), "erase a character"),
    row(TYPED, &["delete", "ctrl-d"], Action::Edit(Edit::Delete), "erase the character at the cursor"),
    row(TYPED, &["ctrl-w"], Action::Edit(Edit::EraseWord), "erase a word"),
    row(TYPED, &["ctrl-u"], Action::Edit(Edit::EraseToStart), "erase to the start"),
    row(TYPED, &["left", "ctrl-b"], Action::Edit(Edit::Left), "left"),
    row(TYPED, &["right", "ctrl-f"], Action::Edit(Edit::Right), "right"),
    row(TYPED, &["home", "ctrl-a"], Action::Edit(Edit::Start), "to the start"),
    row(TYPED, &["end", "ctrl-e"], Action::Edit(Edit::End), "to the end"),
    row(TYPED, &["ctrl-l"], Action::Repaint, ""),
    row(TYPED, &["ctrl-z"], Action::Suspend, ""),
];

/// What a key asks for in a context; `None` for keys without a meaning.
#[must_use]
pub fn action(context: Context, event: &KeyEvent) -> Option<Action> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let name = name_of(event)?;
    if let (Context::Input | Context::Choose, KeyCode::Char(c)) = (context, event.code)
        && !event.modifiers.contains(KeyModifiers::CONTROL)
    {
        return Some(Action::Edit(Edit::Insert(c)));
    }
    valid(context).find(|binding| binding.keys.contains(&name.as_str())).map(|binding| binding.action)
}

fn valid(context: Context) -> impl Iterator<Item = &'static Binding> {
    // A context's own rows win over those of everywhere.
    let own = BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context));
    let everywhere = BINDINGS.iter().filter(|binding| binding.contexts.is_empty());
    // While a line is typed, keys of everywhere would be surprises.
    own.chain(everywhere.filter(move |_| !TYPED.contains(&context)))
}

/// A key's name: `j`, `G`, `ctrl-d`, `pgdn`, `f1`. `None` for keys that have no name here.
#[must_use]
pub fn name_of(event: &KeyEvent) -> Option<String> {
    let plain = match event.code {
        KeyCode::Char(' ') => "space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(n) => format!("f{n}"),
        KeyCode::Enter => "enter".to_owned(),
        KeyCode::Tab => "tab".to_owned(),
        KeyCode::Esc => "esc".to_owned(),
        KeyCode::Backspace => "backspace".to_owned(),
        KeyCode::Delete => "delete".to_owned(),
        KeyCode::Left => "left".to_owned(),
        KeyCode::Right => "right".to_owned(),
        KeyCode::Up => "up".to_owned(),
        KeyCode::Down => "down".to_owned(),
        KeyCode::Home => "home".to_owned(),
        KeyCode::End => "end".to_owned(),
        KeyCode::PageUp => "pgup".to_owned(),
        KeyCode::PageDown => "pgdn".to_owned(),
        _ => return None,
    };
    let others = KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
    if event.modifiers.intersects(others) {
        return None;
    }
    Some(if event.modifiers.contains(KeyModifiers::CONTROL) { format!("ctrl-{plain}") } else { plain })
}

/// The keys that work in a context, for the footer: the key, its word, and how soon it is left out.
pub fn hints(context: Context) -> impl Iterator<Item = (&'static str, &'static str, u8)> {
    let here = BINDINGS.iter().filter(move |b| b.contexts.is_empty() || b.contexts.contains(&context));
    here.filter_map(|binding| {
        let (word, left_out) = binding.hint?;
        Some((*binding.keys.first()?, word, left_out))
    })
}

/// The key to show for an action on the list.
#[must_use]
pub fn key_of(action: Action) -> Option<&'static str> {
    key_in(Context::List, action)
}

/// The key to show for an action in a context.
#[must_use]
pub fn key_in(context: Context, action: Action) -> Option<&'static str> {
    valid(context).find(|binding| binding.action == action)?.keys.first().copied()
}

/// Every key with what it does and what it asks for, for the page of keys. Lines without a key are headings.
#[must_use]
pub fn lines() -> Vec<(String, &'static str, Option<Action>)> {
    let mut lines = Vec::new();
    for (heading, contexts) in [
        ("", &[EVERYWHERE, LIST, NARROWING][..]),
        ("on an entry's page", &[PAGE]),
        ("in the filter", &[FILTER]),
        ("while typing", &[INPUT, TYPED]),
        ("choosing a ticket", &[CHOOSE]),
    ] {
        if !heading.is_empty() {
            lines.extend([(String::new(), "", None), (String::new(), heading, None)]);
        }
        let told = BINDINGS.iter().filter(|b| !b.does.is_empty() && contexts.contains(&b.contexts));
        lines.extend(told.map(|binding| (binding.keys.join(" "), binding.does, Some(binding.action))));
    }
    lines
}

#[cfg(test)]
mod tests;
