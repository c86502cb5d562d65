//! Where cleaned text goes: what `cluster` feeds, and how a finished cluster is spelled in either charset.
//!
//! Implemented by a row, a block and a line being pushed to. Decides nothing about what is allowed: it gets
//! clusters that hold all rules, and turns those that would be invisible, or may not be printed, into markers.

use super::line::Origin;
use super::width::{cells, clusters};
use super::{Charset, sign};

/// Takes what comes out of cleaning, in order.
pub(super) trait Sink {
    /// One cluster of one to eight cells.
    fn cluster(&mut self, origin: Origin, text: &str, cells: usize);
    /// A tab.
    fn tab(&mut self);
    /// One or more line breaks.
    fn breaks(&mut self, count: usize);
    /// A marker of any length.
    fn marker(&mut self, text: &str) {
        for (cluster, cells) in clusters(text) {
            self.cluster(Origin::Marker, cluster, cells);
        }
    }
}

/// Shows a cluster, or in its place the characters of one that would be invisible or may not be printed.
pub(super) fn show(text: &str, charset: Charset, sink: &mut impl Sink) {
    if charset == Charset::Ascii {
        return spell(text, sink);
    }
    match cells(text) {
        0 => text.chars().for_each(|c| sink.marker(&sign::point(c, 1))),
        cells => sink.cluster(Origin::Data, text, cells),
    }
}

/// Shows a cluster in ASCII. What we added ourselves to carry a mark is not needed there.
fn spell(text: &str, sink: &mut impl Sink) {
    let mut bytes = [0; 4];
    for c in text.chars() {
        match c {
            ' '..='~' => sink.cluster(Origin::Data, c.encode_utf8(&mut bytes), 1),
            _ => sink.marker(&sign::escape(c)),
        }
    }
}

/// Keeps two parts of a cluster that was taken apart from joining again.
pub(super) fn dot(wanted: bool, charset: Charset, sink: &mut impl Sink) {
    if wanted && charset == Charset::Unicode {
        sink.marker(sign::DOT);
    }
}
