//! How the screen is divided now, and how high the detail pane is.

use super::Model;
use crate::layout::{Areas, Below, Panes, areas};

impl Model {
    /// Where everything stands.
    #[must_use]
    pub fn areas(&self) -> Areas {
        areas(self.size, self.panes(self.is_covered()))
    }

    /// Tells the list how high it is. A page covers the list without changing it.
    pub fn fit_list(&mut self) {
        let height = areas(self.size, self.panes(false)).body.height;
        self.reader.set_height(usize::from(height));
    }

    fn panes(&self, page: bool) -> Panes {
        let below = match &self.filter {
            Some(_) => Below::Filter(u16::try_from(self.panel_rows().len()).unwrap_or(u16::MAX)),
            None if self.detail => Below::Detail(self.pane),
            None => Below::Nothing,
        };
        Panes { below, page }
    }

    /// Makes the detail pane so many lines higher, lower when negative, as far as the list keeps what it needs; opens it
    /// where it is closed. A height that the screen suggests by itself is no wish: another screen may suggest another.
    pub fn resize_pane(&mut self, by: i16) {
        if !self.detail {
            self.detail = by > 0;
            return;
        }
        let height = self.areas().below.height;
        if height == 0 {
            return;
        }
        self.pane = Some(height.saturating_add_signed(by));
        let reached = self.areas().below.height;
        self.pane = None;
        let suggested = self.areas().below.height;
        self.pane = Some(reached).filter(|reached| *reached != suggested);
    }

    /// How high somebody wants the detail pane to be.
    pub(super) fn wished_pane(&self) -> Option<u16> {
        self.pane
    }

    /// Begins with a detail pane of this height.
    pub(super) fn wish_pane(&mut self, height: Option<u16>) {
        self.pane = height;
        self.fit_list();
    }
}
