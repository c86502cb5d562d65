//! Roles to styles: the only place that names a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::model::{text::Origin, types::Role};

/// Styles by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    coloured: bool,
}

impl Theme {
    /// The sixteen colours of the terminal, so that its own scheme decides what they look like.
    #[must_use]
    pub const fn terminal() -> Self {
        Self { coloured: true }
    }

    /// No colour at all; meaning is carried by words, signs and attributes.
    #[must_use]
    pub const fn mono() -> Self {
        Self { coloured: false }
    }

    /// Text by where it came from. Markers look like nothing a stranger can write.
    #[must_use]
    pub fn origin(self, origin: Origin) -> Style {
        match origin {
            Origin::Own | Origin::Data => Style::new(),
            Origin::Marker => Style::new().add_modifier(Modifier::DIM | Modifier::UNDERLINED),
        }
    }

    /// The word of an action type.
    #[must_use]
    pub fn role(self, role: Role) -> Style {
        let colour = match role {
            Role::Quiet | Role::Other => return Style::new(),
            Role::Message => Color::Cyan,
            Role::Change => Color::Yellow,
            Role::Owner => Color::Magenta,
        };
        if self.coloured { Style::new().fg(colour) } else { Style::new() }
    }

    /// The ticket's number in the header.
    #[must_use]
    pub fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The mark of the cursor.
    #[must_use]
    pub fn gutter(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The character at the cursor of a line that is typed.
    #[must_use]
    pub fn caret(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What a search found, within a line.
    #[must_use]
    pub fn found(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Rules between entries.
    #[must_use]
    pub fn rule(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What failed.
    #[must_use]
    pub fn failure(self) -> Style {
        if self.coloured { Style::new().fg(Color::Red) } else { Style::new().add_modifier(Modifier::BOLD) }
    }

    /// What arrived or changed meanwhile.
    #[must_use]
    pub fn news(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }
}
