//! The filter panel: types in groups with their counts, kinds of actor, and what else is in force.
//!
//! ```text
//! ── 1 everything · 2 conversation · 3 changes ──
//! ▌[-] tags                           9 of      14 loaded
//!  [x]   tag added                    9 of       9 loaded
//!  [ ]   tag removed                  0 of       5 loaded
//!  [x] types not listed here
//!  [x] by the team
//! ```

use std::collections::HashMap;

use ratatui::{layout::Rect, style::Style};

use super::{
    narrowing::part_words,
    paint::{Canvas, number},
};
use crate::{
    message::Action,
    model::{
        Model,
        entry::ActorKind,
        keymap::Context,
        narrowing::Passes,
        panel::{PanelRow, Tick},
        text::{Line, Untrusted},
        types::{OTHER, TypeRow},
    },
};

pub(super) fn draw(model: &Model, rule: Rect, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(panel) = &model.filter else { return };
    if rule.height > 0 {
        let width = usize::from(rule.width);
        canvas.rule(rule.y, &Line::own(&presets(model, width)), canvas.theme.rule(), rule);
    }
    let rows = model.panel_rows();
    let height = usize::from(area.height);
    let at = panel.place(&rows);
    let first = (at + 1).saturating_sub(height);
    let counts = Counts::of(model);
    for (y, (index, row)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(first)) {
        let line = Rect { y, height: 1, ..area };
        let x = canvas.mark((area.x, y), index == at, line);
        canvas.line((x, y), &row_line(model, row, &counts, usize::from(area.width)), Style::new(), line);
    }
}

/// `1 everything · 2 conversation · 3 changes`; where they have no room `1-4 presets · changes`: how many there are,
/// and the one in force.
fn presets(model: &Model, width: usize) -> String {
    let named: Vec<String> = (1..)
        .zip(model.catalogue.presets())
        .filter_map(|(number, preset)| {
            let key = model.keys.key(Context::Filter, Action::Preset(number))?;
            Some(format!("{key} {}", preset.name))
        })
        .collect();
    let between = format!(" {} ", model.dot());
    let all = named.join(&between);
    let [first, last] = [named.first(), named.last()]
        .map(|named| named.and_then(|named| named.split(' ').next()).unwrap_or_default());
    // Two dashes and a blank at each end.
    if Line::own(&all).cells() + 6 <= width || named.len() < 2 {
        return all;
    }
    let narrowing = model.reader.narrowing();
    let here = narrowing.types.name().or_else(|| narrowing.is_everything().then_some("everything"));
    let here = here.map_or_else(String::new, |name| format!("{between}{name}"));
    format!("{first}-{last} presets{here}")
}

/// How many loaded entries of a type are shown, and how many there are.
struct Counts<'a> {
    model: &'a Model,
    /// Where more than types narrows the view, each entry that is shown is counted.
    shown: Option<HashMap<&'a Untrusted, usize>>,
}

impl<'a> Counts<'a> {
    fn of(model: &'a Model) -> Self {
        let counted = || model.reader.timeline().shown_by_type(model.reader.log());
        Self { model, shown: model.reader.narrowing().asks_entries().then(counted) }
    }

    fn count(&self, name: &Untrusted) -> (usize, usize) {
        let reader = &self.model.reader;
        let loaded = reader.log().count(name);
        let shown = match &self.shown {
            Some(shown) => shown.get(name).copied().unwrap_or(0),
            None if reader.choice().passes(name) => loaded,
            None => 0,
        };
        (shown, loaded.max(reader.all().count(name)))
    }

    fn sum(&self, names: &[Untrusted]) -> (usize, usize) {
        let counts = names.iter().map(|name| self.count(name));
        counts.fold((0, 0), |(shown, loaded), (more, of)| (shown + more, loaded + of))
    }
}

/// Tick, label, counts; where they have no room the counts are left out.
fn row_line(model: &Model, row: &PanelRow, counts: &Counts<'_>, width: usize) -> Line {
    let counted = width >= 32;
    let label_cells = match width {
        ..32 => width.saturating_sub(5).max(1),
        32..60 => width - 18,
        _ => 34,
    };
    let mut line = Line::own(match model.tick(row) {
        Tick::On => "[x] ",
        Tick::Off => "[ ] ",
        Tick::Some => "[-] ",
    });
    let mut label = label(model, row);
    label.fit(label_cells, model.charset);
    line.append(label);
    let count = match row {
        PanelRow::Group(group) => Some(counts.sum(&model.types_of(group))),
        PanelRow::Type(TypeRow::Type(name)) => Some(counts.count(name)),
        // Types are listed as soon as an entry of theirs is loaded.
        _ => None,
    };
    if let Some((shown, loaded)) = count.filter(|_| counted) {
        line.pad(label_cells + 4);
        line.push_own(&count_words(shown, loaded, width));
    }
    line
}

/// `9 of 14 loaded`, `9/14`
fn count_words(shown: usize, loaded: usize, width: usize) -> String {
    let is_wide = width >= 60;
    match (shown, loaded) {
        (_, 0) if is_wide => format!("{:>24}", "none loaded"),
        (_, 0) => format!("{:>12}", "-"),
        (shown, loaded) => {
            let (shown, loaded) = (number(shown as u64), number(loaded as u64));
            if is_wide {
                format!("{shown:>6} of {loaded:>7} loaded")
            } else {
                format!("{:>12}", format!("{shown}/{loaded}"))
            }
        }
    }
}

fn label(model: &Model, row: &PanelRow) -> Line {
    match row {
        PanelRow::Group(group) => Line::own(if group == OTHER { "other types" } else { group }),
        PanelRow::Type(TypeRow::Type(name)) => {
            let is_alone = model.types_of(model.catalogue.group(name)).len() < 2;
            let mut line = Line::own(if is_alone { "" } else { "  " });
            line.append(model.catalogue.label(&model.shown_type(name)).one_line(40, model.charset));
            line
        }
        PanelRow::Type(TypeRow::Unlisted) => Line::own("types not listed here"),
        PanelRow::Kind(kind) => Line::own(match kind {
            ActorKind::Team => "by the team",
            ActorKind::Client => "by clients",
            ActorKind::Bot => "by bots",
            ActorKind::Other => "by others, or nobody named",
        }),
        PanelRow::Part(lift) => part_words(model, *lift),
    }
}
