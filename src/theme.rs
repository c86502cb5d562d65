//! Roles to styles: the only place that names a colour.

mod words;

use ratatui::style::{Color, Modifier, Style};

use crate::model::{text::Origin, types};

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The word of a type: somebody wrote.
    Message,
    /// The ticket's state changed.
    Change,
    /// The ticket's owner changed.
    Owner,
    /// Somebody looked.
    Quiet,
    /// Any other type.
    Other,
    /// What stands for something that cannot be shown.
    Marker,
    /// The ticket's number in the header.
    Title,
    /// What arrived or changed meanwhile.
    News,
    /// What failed.
    Failure,
    /// Rules between entries.
    Rule,
    /// The mark of the cursor.
    Cursor,
    /// What a search found, within a line.
    Found,
}

impl Role {
    /// Every role, with the word that a theme file has for it.
    pub const ALL: [(Self, &str); 12] = [
        (Self::Message, "message"),
        (Self::Change, "change"),
        (Self::Owner, "owner"),
        (Self::Quiet, "quiet"),
        (Self::Other, "other"),
        (Self::Marker, "marker"),
        (Self::Title, "title"),
        (Self::News, "news"),
        (Self::Failure, "failure"),
        (Self::Rule, "rule"),
        (Self::Cursor, "cursor"),
        (Self::Found, "found"),
    ];

    /// The role of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(role, _)| role)
    }
}

/// Styles by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The sixteen colours of the terminal, so that its own scheme decides what they look like.
    #[must_use]
    pub const fn terminal() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reverse = plain.add_modifier(Modifier::REVERSED);
        Self {
            styles: [
                plain.fg(Color::Cyan),
                plain.fg(Color::Yellow),
                plain.fg(Color::Magenta),
                plain,
                plain,
                plain.add_modifier(Modifier::DIM.union(Modifier::UNDERLINED)),
                bold,
                bold,
                plain.fg(Color::Red),
                plain.add_modifier(Modifier::DIM),
                bold,
                reverse,
            ],
        }
    }

    /// The same with another style for a role.
    ///
    /// # Errors
    /// Why the words are no style, or none for this role.
    pub fn with(mut self, role: Role, words: &str) -> Result<Self, String> {
        let style = words::style(words)?;
        let tells = style.add_modifier.intersects(Modifier::UNDERLINED | Modifier::REVERSED);
        if role == Role::Marker && !tells {
            // Nothing that a stranger writes is ever underlined or reversed.
            return Err("a marker is underlined or reversed, so that no text can look like one".to_owned());
        }
        if let Some(place) = self.styles.get_mut(role as usize) {
            *place = style;
        }
        Ok(self)
    }

    /// The same without any colour, for a terminal that is to show none: meaning is carried by words, signs and
    /// attributes.
    #[must_use]
    pub fn without_colours(mut self) -> Self {
        for (style, (role, _)) in self.styles.iter_mut().zip(Role::ALL) {
            *style = Style { fg: None, bg: None, ..*style };
            if role == Role::Failure {
                *style = style.add_modifier(Modifier::BOLD);
            }
        }
        self
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Text by where it came from. Markers look like nothing a stranger can write.
    #[must_use]
    pub fn origin(&self, origin: Origin) -> Style {
        match origin {
            Origin::Own | Origin::Data => Style::new(),
            Origin::Marker => self.style(Role::Marker),
        }
    }

    /// The word of an action type.
    #[must_use]
    pub fn role(&self, role: types::Role) -> Style {
        self.style(match role {
            types::Role::Quiet => Role::Quiet,
            types::Role::Message => Role::Message,
            types::Role::Change => Role::Change,
            types::Role::Owner => Role::Owner,
            types::Role::Other => Role::Other,
        })
    }

    /// The ticket's number in the header.
    #[must_use]
    pub fn title(&self) -> Style {
        self.style(Role::Title)
    }

    /// The mark of the cursor.
    #[must_use]
    pub fn gutter(&self) -> Style {
        self.style(Role::Cursor)
    }

    /// What a search found, within a line.
    #[must_use]
    pub fn found(&self) -> Style {
        self.style(Role::Found)
    }

    /// Rules between entries.
    #[must_use]
    pub fn rule(&self) -> Style {
        self.style(Role::Rule)
    }

    /// What failed.
    #[must_use]
    pub fn failure(&self) -> Style {
        self.style(Role::Failure)
    }

    /// What arrived or changed meanwhile.
    #[must_use]
    pub fn news(&self) -> Style {
        self.style(Role::News)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_place_of_its_own() {
        for (at, (role, word)) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, at);
            assert_eq!(Role::named(word), Some(role));
        }
    }

    #[test]
    fn a_theme_without_colours_keeps_its_attributes_and_tells_failures() {
        let mono = Theme::terminal().without_colours();
        for (role, word) in Role::ALL {
            assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{word}");
        }
        assert_eq!(mono.failure(), Style::new().add_modifier(Modifier::BOLD));
        assert_eq!(mono.found(), Theme::terminal().found());
    }

    #[test]
    fn a_marker_never_looks_like_text() {
        let theme = Theme::terminal();
        assert!(theme.with(Role::Marker, "cyan bold dim").is_err());
        assert!(theme.with(Role::Marker, "cyan underline").is_ok());
    }
}
