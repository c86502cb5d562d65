//! Keys as the terminal sends them, and keys as files bind them: both become [`Key`]s, and the [`Keymap`] says what
//! they ask for. Called by the shell for every key, and by the settings for what their files say.

mod file;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub use self::file::{Refused, read};
use crate::{
    message::{Action, Edit},
    model::keymap::{Context, Held, Key, Keymap, key::Code},
};

/// The keys that ship with the program.
///
/// # Errors
/// What is wrong in their file.
pub fn defaults() -> Result<Keymap, String> {
    file::parse(include_str!("../assets/keys.toml"))
}

/// What a key asks for in a context; `None` for keys without a meaning. Digits that nothing is bound to count.
#[must_use]
pub fn action(keymap: &Keymap, context: Context, event: &KeyEvent) -> Option<Action> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let key = key_of(event)?;
    if context.is_typed()
        && let Some(c) = key.character()
    {
        return Some(Action::Edit(Edit::Insert(c)));
    }
    let unshifted = || keymap.action(context, key.unshifted()?);
    keymap.action(context, key).or_else(unshifted).or_else(|| digit(context, key))
}

fn digit(context: Context, key: Key) -> Option<Action> {
    let digit = key.character().filter(|_| !context.is_typed())?.to_digit(10)?;
    u8::try_from(digit).ok().map(Action::Digit)
}

/// The key of an event; `None` for keys that have no name here.
#[must_use]
pub fn key_of(event: &KeyEvent) -> Option<Key> {
    let others = KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER;
    if event.modifiers.intersects(others) {
        return None;
    }
    let mut held = Held {
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: event.modifiers.contains(KeyModifiers::SHIFT),
    };
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::F(number) => Code::F(number),
        KeyCode::BackTab => {
            held.shift = true;
            Code::Named("tab")
        }
        KeyCode::Enter => Code::Named("enter"),
        KeyCode::Tab => Code::Named("tab"),
        KeyCode::Esc => Code::Named("esc"),
        KeyCode::Backspace => Code::Named("backspace"),
        KeyCode::Delete => Code::Named("delete"),
        KeyCode::Insert => Code::Named("insert"),
        KeyCode::Left => Code::Named("left"),
        KeyCode::Right => Code::Named("right"),
        KeyCode::Up => Code::Named("up"),
        KeyCode::Down => Code::Named("down"),
        KeyCode::Home => Code::Named("home"),
        KeyCode::End => Code::Named("end"),
        KeyCode::PageUp => Code::Named("pgup"),
        KeyCode::PageDown => Code::Named("pgdn"),
        _ => return None,
    };
    Key::new(code, held)
}

#[cfg(test)]
mod tests;
