//! What stands in one cell of the terminal.

use std::hash::{BuildHasher, RandomState};

use super::{
    pen::Pen,
    shape::{Shape, is_selector},
};

/// The text of a cell: up to seven bytes as they are, longer clusters as a keyed hash.
///
/// The key is random for each process, so nobody can write two clusters that we take for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text(u64);

impl Text {
    /// What the terminal shows there is not known.
    const UNKNOWN: Self = Self(0xfe << 56);
    /// The right part of a wide cluster.
    const TAIL: Self = Self(0xfd << 56);
    pub(super) const BLANK: Self = Self::ascii(b' ');
    const HASHED: u64 = 0xff << 56;

    /// [`Text::packed`] for nearly every cell there is: a step must stay cheap.
    pub(super) const fn ascii(byte: u8) -> Self {
        Self(byte as u64 | 1 << 56)
    }

    /// At most seven bytes; the eighth says how many.
    pub(super) const fn packed(bytes: &[u8]) -> Self {
        let mut packed = [0; 8];
        let (head, _) = packed.split_at_mut(bytes.len());
        head.copy_from_slice(bytes);
        Self(u64::from_le_bytes(packed) | (bytes.len() as u64) << 56)
    }

    /// A cluster's text.
    pub(super) fn of(text: &str, seed: &RandomState) -> Self {
        if text.len() <= 7 { Self::packed(text.as_bytes()) } else { Self(Self::HASHED | seed.hash_one(text)) }
    }

    /// A number for hashing.
    pub(super) fn bits(self) -> u64 {
        self.0
    }
}

/// One cell: what it shows and with which pen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    text: Text,
    pen: Pen,
    /// Cells it takes, itself included.
    span: u8,
    /// Cells it may take on a terminal that measures otherwise; 0 when all agree.
    reach: u8,
}

/// `span` and `reach` follow from the text.
impl PartialEq for Glyph {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.pen == other.pen
    }
}

impl Glyph {
    /// A blank with no colour.
    pub(super) const BLANK: Self = Self::blank(Pen::PLAIN);
    /// A cell of which nothing is known: equal to no cell of a picture.
    pub(super) const UNKNOWN: Self = Self::part(Text::UNKNOWN);
    /// The right part of a wide cluster; its look belongs to the cell on its left.
    pub(super) const TAIL: Self = Self::part(Text::TAIL);

    const fn part(text: Text) -> Self {
        Self { text, pen: Pen::PLAIN, span: 1, reach: 0 }
    }

    /// A blank written with a pen.
    pub(super) const fn blank(pen: Pen) -> Self {
        Self { text: Text::BLANK, pen, span: 1, reach: 0 }
    }

    /// A shape written with a pen.
    pub(super) fn new(shape: Shape, pen: Pen) -> Self {
        Self { text: shape.text, pen, span: shape.span, reach: shape.reach }
    }

    pub(super) fn text(self) -> Text {
        self.text
    }

    pub(super) fn pen(self) -> Pen {
        self.pen
    }

    /// Cells it takes.
    pub(super) fn span(self) -> usize {
        usize::from(self.span)
    }

    /// Cells it may take where terminals disagree, `None` where they agree.
    pub(super) fn reach(self) -> Option<usize> {
        (self.reach > 0).then_some(usize::from(self.reach))
    }

    pub(super) fn is_blank(self) -> bool {
        self.text == Text::BLANK
    }

    pub(super) fn is_tail(self) -> bool {
        self.text == Text::TAIL
    }

    /// Whether this pen writes the glyph as it should look.
    pub(super) fn suits(self, pen: Pen) -> bool {
        self.pen == pen || (self.is_blank() && self.pen == pen.on_blank())
    }

    /// Bytes of its text, `None` for a cluster that only the picture holds.
    pub(super) fn len(self) -> Option<usize> {
        let [.., len] = self.text.0.to_le_bytes();
        (len <= 7).then_some(usize::from(len))
    }

    /// Appends its text; `symbol` is what the picture holds there, for clusters too long to be kept.
    pub(super) fn write(self, symbol: &str, out: &mut Vec<u8>) {
        if let Some(len) = self.len() {
            out.extend(self.text.0.to_le_bytes().into_iter().take(len));
        } else {
            let mut bytes = [0; 4];
            for c in symbol.chars().filter(|c| !is_selector(*c)) {
                out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
            }
        }
    }
}
