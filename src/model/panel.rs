//! The filter panel: what its rows are and what each of them stands for.
//!
//! ```text
//! ticket            a group of types, toggled as one; a group with one type is that type alone
//!   created         a type
//! types not listed  all others
//! team              a kind of actor
//! Garrick only      what else is in force; there to be lifted
//! ```

use super::{
    Model,
    entry::ActorKind,
    narrowing::{KINDS, Kinds, Lift, Narrowing, kind_name},
    text::Untrusted,
    types::TypeRow,
};

/// The filter panel.
///
/// Holds the row at the cursor and not its place: an answer that brings new types moves places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterPanel {
    /// The row at the cursor.
    pub row: PanelRow,
}

/// A row of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelRow {
    /// All types of a group.
    Group(String),
    /// One type, or all that are not listed.
    Type(TypeRow),
    /// A kind of actor.
    Kind(ActorKind),
    /// What else is in force.
    Part(Lift),
}

/// Whether a row has a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It has.
    On,
    /// It has none.
    Off,
    /// A part of its group has.
    Some,
}

impl FilterPanel {
    /// Where the cursor stands among these rows.
    #[must_use]
    pub fn place(&self, rows: &[PanelRow]) -> usize {
        rows.iter().position(|row| *row == self.row).unwrap_or(0)
    }
}

impl Model {
    /// The rows of the panel.
    #[must_use]
    pub fn panel_rows(&self) -> Vec<PanelRow> {
        let mut rows = Vec::new();
        for group in self.catalogue.groups() {
            let types = self.types_of(group);
            if types.len() > 1 {
                rows.push(PanelRow::Group(group.to_owned()));
            }
            rows.extend(types.into_iter().map(|name| PanelRow::Type(TypeRow::Type(name))));
        }
        rows.push(PanelRow::Type(TypeRow::Unlisted));
        rows.extend(KINDS.map(PanelRow::Kind));
        let lifts = self.reader.narrowing().lifts();
        rows.extend(lifts.filter(|lift| !matches!(lift, Lift::Types | Lift::Kinds)).map(PanelRow::Part));
        rows
    }

    /// The listed types of a group.
    #[must_use]
    pub fn types_of(&self, group: &str) -> Vec<Untrusted> {
        let listed = self.reader.choice().listed();
        listed.filter(|name| self.catalogue.group(name) == group).cloned().collect()
    }

    /// Whether a row has a tick.
    #[must_use]
    pub fn tick(&self, row: &PanelRow) -> Tick {
        let narrowing = self.reader.narrowing();
        let on = |is_on: bool| if is_on { Tick::On } else { Tick::Off };
        match row {
            PanelRow::Group(group) => {
                let types = self.types_of(group);
                let ticked = types.iter().filter(|name| narrowing.types.ticked().contains(*name)).count();
                if ticked > 0 && ticked < types.len() { Tick::Some } else { on(ticked > 0) }
            }
            PanelRow::Type(row) => on(narrowing.types.is_ticked(row)),
            PanelRow::Kind(kind) => on(narrowing.kinds.shows(*kind)),
            PanelRow::Part(_) => Tick::On,
        }
    }

    /// The change that toggles a row.
    pub fn toggling(&self, row: PanelRow) -> impl FnOnce(&mut Narrowing) + use<> {
        let types = if let PanelRow::Group(group) = &row { self.types_of(group) } else { Vec::new() };
        move |narrowing: &mut Narrowing| match row {
            PanelRow::Group(_) => narrowing.types.toggle_all(&types),
            PanelRow::Type(row) => narrowing.types.toggle(&row),
            PanelRow::Kind(kind) => narrowing.kinds.toggle(kind),
            PanelRow::Part(lift) => narrowing.lift(lift),
        }
    }

    /// The change that shows a row's types or actors alone.
    pub fn choosing_only(&self, row: PanelRow) -> impl FnOnce(&mut Narrowing) + use<> {
        let types = if let PanelRow::Group(group) = &row { self.types_of(group) } else { Vec::new() };
        move |narrowing: &mut Narrowing| match row {
            PanelRow::Group(_) => narrowing.types.set(&types, &[], false),
            PanelRow::Type(row) => narrowing.types.only(&row),
            PanelRow::Kind(kind) => narrowing.kinds = Kinds::only(&[kind]),
            PanelRow::Part(_) => {}
        }
    }

    /// The change that a preset makes, by the number of its key from 1.
    #[must_use]
    pub fn choosing_preset(&self, number: u8) -> Option<impl FnOnce(&mut Narrowing) + use<>> {
        let at = usize::from(number).checked_sub(1)?;
        let (preset, catalogue) = (self.catalogue.presets().get(at)?.clone(), self.catalogue.clone());
        Some(move |narrowing: &mut Narrowing| {
            if preset.is_everything() {
                *narrowing = narrowing.lifted();
            } else {
                preset.choose(&mut narrowing.types, &catalogue);
            }
        })
    }

    /// The first row that a typed text names: by the start of a label, else by any part of it or of a type's name.
    #[must_use]
    pub fn panel_row_named(&self, typed: &str) -> Option<PanelRow> {
        let typed = typed.trim().to_lowercase();
        let rows = self.panel_rows();
        let names = |row: &PanelRow| match row {
            PanelRow::Group(group) => vec![group.clone()],
            PanelRow::Type(TypeRow::Type(name)) => {
                let of = [self.catalogue.label(name), self.catalogue.word(name), name.clone()];
                of.map(|name| name.raw().to_lowercase()).to_vec()
            }
            PanelRow::Type(TypeRow::Unlisted) => vec!["types not listed here".to_owned()],
            PanelRow::Kind(kind) => vec![kind_name(*kind).to_owned()],
            PanelRow::Part(_) => Vec::new(),
        };
        let starts = |row: &&PanelRow| names(row).iter().any(|name| name.starts_with(&typed));
        let holds = |row: &&PanelRow| names(row).iter().any(|name| name.contains(&typed));
        let found = rows.iter().find(starts).or_else(|| rows.iter().find(holds));
        found.filter(|_| !typed.is_empty()).cloned()
    }
}

/// Ticks every type and every kind.
pub fn tick_all(narrowing: &mut Narrowing) {
    narrowing.types.all();
    narrowing.kinds = Kinds::default();
}

/// Takes the tick of every type away.
pub fn tick_none(narrowing: &mut Narrowing) {
    narrowing.types.none();
}
