//! The shortest way for the cursor from where it is to where it must be.
//!
//! Only CUP, CHA, CUF, VPA, CR and CR LF: known to every terminal we meet, and all that the byte oracle allows.
//! LF goes only with CR, so it does not matter whether the line discipline turns it into both; and only downwards
//! inside the screen, so it never scrolls.

/// What is known of the cursor's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Nothing: after margins, after the last column (a wrap may be pending), at the start.
    #[default]
    Unknown,
    /// The row alone: after a cluster that terminals measure differently.
    Row(usize),
    /// Column and row.
    At(usize, usize),
}

/// A way to get somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    Stay,
    /// CR, `down` LFs, then CUF to `column`.
    Line {
        down: usize,
        column: usize,
    },
    Right(usize),
    Column(usize),
    Row(usize),
    To(usize, usize),
}

impl Move {
    /// The shortest way from `place` to column `x` of row `y`.
    pub(super) fn shortest(place: Place, x: usize, y: usize) -> Self {
        let mut best = Self::To(x, y);
        let mut offer = |way: Self| {
            if way.cost() < best.cost() {
                best = way;
            }
        };
        let (row, column) = match place {
            Place::Unknown => return best,
            Place::Row(row) => (row, None),
            Place::At(column, row) => (row, Some(column)),
        };
        if row == y && column == Some(x) {
            return Self::Stay;
        }
        if row == y {
            offer(Self::Column(x));
            if let Some(right) = column.and_then(|column| x.checked_sub(column)) {
                offer(Self::Right(right));
            }
        }
        if row <= y {
            offer(Self::Line { down: y - row, column: x });
        }
        if column == Some(x) {
            offer(Self::Row(y));
        }
        best
    }

    /// Bytes it takes.
    pub(super) fn cost(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Line { down, column: 0 } => 1 + down,
            Self::Line { down, column } => 1 + down + Self::Right(column).cost(),
            Self::Right(count) => 3 + parameter(count),
            Self::Column(x) => 3 + parameter(x + 1),
            Self::Row(y) | Self::To(0, y) => 3 + parameter(y + 1),
            Self::To(x, y) => 4 + digits(y + 1) + digits(x + 1),
        }
    }

    /// Appends it.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Line { down, column } => {
                out.push(b'\r');
                out.extend(std::iter::repeat_n(b'\n', down));
                if column > 0 {
                    Self::Right(column).write(out);
                }
            }
            Self::Right(count) => push_csi(out, &[count], b'C'),
            Self::Column(x) => push_csi(out, &[x + 1], b'G'),
            Self::Row(y) => push_csi(out, &[y + 1], b'd'),
            Self::To(0, y) => push_csi(out, &[y + 1], b'H'),
            Self::To(x, y) => push_csi(out, &[y + 1, x + 1], b'H'),
        }
    }
}

/// Appends a control sequence; a single 1 is left out, being the default.
pub(super) fn push_csi(out: &mut Vec<u8>, numbers: &[usize], last: u8) {
    out.extend_from_slice(b"\x1b[");
    if numbers != [1] {
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                out.push(b';');
            }
            push_number(out, *number);
        }
    }
    out.push(last);
}

/// Appends a number in decimal.
pub(super) fn push_number(out: &mut Vec<u8>, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(u8::try_from(number % 10).unwrap_or_default() + b'0');
}

/// Bytes of a single parameter; 1 is the default and left out.
fn parameter(number: usize) -> usize {
    if number == 1 { 0 } else { digits(number) }
}

fn digits(number: usize) -> usize {
    if number < 10 { 1 } else { 1 + digits(number / 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(way: Move) -> String {
        let mut out = Vec::new();
        way.write(&mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn the_shortest_way_is_taken() {
        let cases = [
            (Place::Unknown, (0, 0), "^[H"),
            (Place::Unknown, (9, 4), "^[5;10H"),
            (Place::Unknown, (9, 0), "^[1;10H"),
            (Place::Row(4), (9, 4), "^[10G"),
            (Place::Row(4), (0, 4), "\r"),
            (Place::At(3, 4), (3, 4), ""),
            (Place::At(3, 4), (4, 4), "^[C"),
            (Place::At(3, 4), (20, 4), "^[21G"),
            (Place::At(3, 4), (12, 4), "^[9C"),
            (Place::At(30, 4), (12, 4), "^[13G"),
            (Place::At(30, 4), (0, 5), "\r\n"),
            (Place::At(30, 4), (1, 5), "\r\n^[C"),
            (Place::At(30, 4), (0, 20), "^[21H"),
            (Place::At(30, 4), (30, 20), "^[21d"),
            (Place::At(30, 20), (30, 0), "^[d"),
            (Place::At(30, 20), (29, 0), "^[1;30H"),
        ];
        for (place, (x, y), bytes) in cases {
            let way = Move::shortest(place, x, y);
            assert_eq!(written(way), bytes, "{place:?} to {x},{y}");
        }
    }

    #[test]
    fn the_cost_is_what_is_written() {
        for number in [0, 1, 2, 8, 9, 10, 98, 99, 100, 300] {
            let ways = [
                Move::Stay,
                Move::Line { down: 3, column: number },
                Move::Right(number),
                Move::Column(number),
                Move::Row(number),
                Move::To(number, 0),
                Move::To(0, number),
                Move::To(number, number),
            ];
            for way in ways {
                assert_eq!(way.cost(), written(way).len(), "{way:?}");
            }
        }
    }
}
