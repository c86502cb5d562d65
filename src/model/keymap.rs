//! Which key asks for what, in which context. Built once; the look-up, the footer, the list of actions and every
//! sentence that names a key read it, so they cannot disagree.
//!
//! Layers: the keys that ship, then the files of the computer and of the user. A layer replaces the keys of the actions
//! that it names and takes those keys from all others; what it does not name stays.

pub mod actions;
pub mod key;
pub mod words;

pub use self::{
    actions::{ACTIONS, Described, Group},
    key::{Held, INTERRUPT, Key},
};
use crate::message::Action;

/// What the keys act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list.
    List,
    /// A page that covers the list.
    Page,
    /// The filter panel.
    Filter,
    /// A line that is typed: characters are text.
    Input,
    /// Choosing a ticket or an action: characters are text, other keys move among rows.
    Choose,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::List, Self::Page, Self::Filter, Self::Input, Self::Choose];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Page => "page",
            Self::Filter => "filter",
            Self::Input => "input",
            Self::Choose => "choose",
        }
    }

    /// Where that is, for a sentence.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Self::List => "on the list",
            Self::Page => "on an entry's page",
            Self::Filter => "in the filter panel",
            Self::Input => "while a line is typed",
            Self::Choose => "while something is chosen",
        }
    }

    /// Whether characters are text there.
    #[must_use]
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Input | Self::Choose)
    }

    /// The actions that mean something there.
    pub fn actions(self) -> impl Iterator<Item = &'static Described> {
        ACTIONS.iter().filter(move |described| described.contexts.contains(&self))
    }
}

/// Keys for an action in a context: none unbind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// What.
    pub described: &'static Described,
    /// By which keys, the one to show first in front.
    pub keys: Vec<Key>,
}

/// An action of a context with its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The action.
    pub described: &'static Described,
    keys: Vec<Key>,
    /// The name of the first key, or what runs it from the list of actions.
    shown: String,
    /// Key and word for the footer.
    hint: Option<String>,
}

impl Bound {
    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The names of its keys.
    #[must_use]
    pub fn names(&self) -> String {
        self.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }

    fn new(described: &'static Described, keys: Vec<Key>) -> Self {
        let first = keys.first().map(Key::to_string);
        let hint = first.as_ref().zip(described.hint).map(|(key, (word, _))| format!("{key} {word}"));
        let shown = first.unwrap_or_else(|| format!(":{}", described.name));
        Self { described, keys, shown, hint }
    }
}

/// Which key asks for what. Without any layer none asks for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    contexts: [Table; 5],
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Table {
    /// In the order of [`ACTIONS`].
    rows: Vec<Bound>,
    /// In the order of the keys.
    look_up: Vec<(Key, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let table = |context: Context| Table {
            rows: context.actions().map(|described| Bound::new(described, Vec::new())).collect(),
            look_up: Vec::new(),
        };
        Self { contexts: Context::ALL.map(table) }
    }
}

impl Keymap {
    /// Puts a layer over what is bound so far.
    pub fn bind(&mut self, layer: &[Binding]) {
        for context in Context::ALL {
            let here: Vec<&Binding> = layer.iter().filter(|binding| binding.context == context).collect();
            if !here.is_empty() {
                self.table_mut(context).bind(&here);
            }
        }
    }

    /// What a key asks for in a context.
    #[must_use]
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let look_up = &self.table(context).look_up;
        let at = look_up.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        look_up.get(at).map(|(_, action)| *action)
    }

    /// Every action of a context with its keys.
    #[must_use]
    pub fn rows(&self, context: Context) -> &[Bound] {
        &self.table(context).rows
    }

    /// The key to show for an action in a context; of several actions for one thing, the first that has a key.
    #[must_use]
    pub fn key(&self, context: Context, action: Action) -> Option<&str> {
        let mut rows = self.rows(context).iter();
        rows.find(|row| row.described.action == action && !row.keys.is_empty()).map(|row| row.shown.as_str())
    }

    /// The key to show for an action on the list; where it has none, what runs it from the list of actions.
    #[must_use]
    pub fn on_list(&self, action: Action) -> &str {
        self.in_context(Context::List, action)
    }

    /// The same in any context.
    #[must_use]
    pub fn in_context(&self, context: Context, action: Action) -> &str {
        let mut rows = self.rows(context).iter();
        rows.find(|row| row.described.action == action).map_or("", |row| row.shown.as_str())
    }

    /// Key and word of the actions that the footer tells, each with how soon it is left out.
    pub fn hints(&self, context: Context) -> impl Iterator<Item = (&str, Action, u8)> {
        self.rows(context).iter().filter_map(|row| {
            let (_, left_out) = row.described.hint?;
            Some((row.hint.as_deref()?, row.described.action, left_out))
        })
    }

    /// Whether something closes everywhere and something quits.
    ///
    /// # Errors
    /// The context where nothing does, and a sentence.
    pub fn check(&self) -> Result<(), (Context, String)> {
        for context in Context::ALL {
            let ways: &[Action] = match context {
                Context::List => &[Action::Quit, Action::CloseOrQuit],
                Context::Page | Context::Filter => &[Action::Close, Action::CloseOrQuit, Action::Enter],
                Context::Input | Context::Choose => &[Action::Close],
            };
            if ways.iter().all(|way| self.key(context, *way).is_none()) {
                let does = if context == Context::List { "quits" } else { "closes it" };
                let names = context.actions().filter(|described| ways.contains(&described.action));
                let names = names.map(|described| described.name).collect::<Vec<_>>().join(" or ");
                let sentence = format!("no key {does} {} any more; bind {names}", context.place());
                return Err((context, sentence));
            }
        }
        Ok(())
    }

    fn table(&self, context: Context) -> &Table {
        let [list, page, filter, input, choose] = &self.contexts;
        match context {
            Context::List => list,
            Context::Page => page,
            Context::Filter => filter,
            Context::Input => input,
            Context::Choose => choose,
        }
    }

    fn table_mut(&mut self, context: Context) -> &mut Table {
        let [list, page, filter, input, choose] = &mut self.contexts;
        match context {
            Context::List => list,
            Context::Page => page,
            Context::Filter => filter,
            Context::Input => input,
            Context::Choose => choose,
        }
    }
}

impl Table {
    fn bind(&mut self, layer: &[&Binding]) {
        for row in &mut self.rows {
            let named = layer.iter().find(|binding| binding.described == row.described);
            let mut keys =
                named.map_or_else(|| std::mem::take(&mut row.keys), |binding| binding.keys.clone());
            let taken = |key: &Key| named.is_none() && layer.iter().any(|binding| binding.keys.contains(key));
            keys.retain(|key| !taken(key));
            if row.described.action == Action::Interrupt && !keys.contains(&INTERRUPT) {
                keys.push(INTERRUPT);
            }
            *row = Bound::new(row.described, keys);
        }
        self.look_up = self
            .rows
            .iter()
            .flat_map(|row| row.keys.iter().map(|key| (*key, row.described.action)))
            .collect();
        self.look_up.sort_unstable_by_key(|(key, _)| *key);
    }
}

#[cfg(test)]
mod tests;
