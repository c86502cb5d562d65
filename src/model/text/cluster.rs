//! Turns code points into clusters that are safe to show: the rules of cleaning for everything that spans more
//! than one code point.
//!
//! Text is read in *units*: at most four prepended characters, one character, its marks and joiners. Units that
//! join (Hangul letters, conjuncts, emoji, flags) make a cluster. Caps hold while reading, per code point: a
//! cluster that grows too wide or too long is shown as its units with dots between them. Every border of a
//! cluster that comes out is one for the segmenter too, whatever stands on either side.
//!
//! Feeds a [`Sink`]: one line, or a block. Knows nothing of widths of panes.

use super::Charset;
use super::classify::{Class, is_skin_tone, takes_joiner};
use super::line::Origin;
use super::sign;
use super::sink::{Sink, dot, show};
use super::source::Source;
use super::width::{cells, joins, sprawls};

/// The widest cluster, in cells.
const CELLS: usize = 8;
/// The longest cluster, in bytes.
const BYTES: usize = 64;
/// The most marks on one character.
const MARKS: usize = 6;
/// The most code points of a cluster that holds a joiner.
const JOINED: usize = 12;
/// The most characters in front of the one they belong to.
const PREPENDS: usize = 4;
/// The most code points shown of a cluster that was taken apart.
const APART: usize = 64;
/// What carries a mark that has nothing to stand on.
const CARRIER: char = '\u{25CC}';

/// A text being cleaned.
#[derive(Debug)]
pub(super) struct Cleaner<'a> {
    source: Source<'a>,
    charset: Charset,
    /// Nothing stands before what comes next.
    start: bool,
    /// The cluster being read; of one taken apart, its last two units.
    text: String,
    /// Where the units in `text` begin.
    units: Vec<usize>,
    /// Code points read into the cluster.
    points: usize,
    /// The code points shown so far of a cluster that is being taken apart.
    apart: Option<usize>,
}

impl<'a> Cleaner<'a> {
    /// Cleans `text`, reading no more than about `fuel` code points that are not repetitions. `start` says that
    /// nothing will stand before it.
    pub(super) fn new(text: &'a str, charset: Charset, fuel: usize, start: bool) -> Self {
        Self {
            source: Source::new(text, fuel),
            charset,
            start,
            text: String::new(),
            units: Vec::new(),
            points: 0,
            apart: None,
        }
    }

    /// Whether cleaning stopped before the end of the text.
    pub(super) fn is_exhausted(&self) -> bool {
        self.source.is_exhausted()
    }

    /// Cleans the next cluster, marker or break. False at the end.
    pub(super) fn step(&mut self, sink: &mut impl Sink) -> bool {
        if let Some(shown) = self.apart.take()
            && self.joins_on()
        {
            self.take_apart(shown, sink);
            return true;
        }
        if let Some(text) = self.source.plain_ascii() {
            sink.cluster(Origin::Data, text, 1);
            self.start = false;
            return true;
        }
        let Some((c, class)) = self.source.head() else {
            return false;
        };
        self.one(c, class, sink);
        self.start = false;
        true
    }

    fn one(&mut self, c: char, class: Class, sink: &mut impl Sink) {
        match class {
            Class::Space(2) => {
                sink.cluster(Origin::Data, " ", 1);
                self.cluster(sink);
            }
            Class::Plain | Class::Linking | Class::Mark | Class::Space(_) => self.cluster(sink),
            Class::Prepend if self.stands_before() => self.cluster(sink),
            Class::Prepend | Class::Sign | Class::Joiner | Class::Dropped => {
                let count = self.source.take_run(c);
                sink.marker(&sign::point(c, count));
            }
            Class::Tag => {
                let equal = self.source.take_run(c);
                match self.source.take_while(|class| class == Class::Tag) {
                    0 => sink.marker(&sign::point(c, equal)),
                    others => sink.marker(&sign::tags(c, equal + others)),
                }
            }
            Class::Tab => {
                self.source.step();
                sink.tab();
            }
            Class::Return if !self.source.is_crlf() => {
                let count = self.source.take_returns();
                sink.marker(&sign::control(c, count, self.charset));
            }
            Class::Break | Class::Return => sink.breaks(self.source.take_breaks()),
            Class::Control => {
                let count = self.source.take_run(c);
                sink.marker(&sign::control(c, count, self.charset));
            }
        }
    }

    /// Reads a whole cluster and shows it.
    fn cluster(&mut self, sink: &mut impl Sink) {
        self.text.clear();
        self.units.clear();
        self.points = 0;
        let mut left_out = self.unit();
        while left_out == 0 && self.joins_on() {
            left_out = self.unit();
            if self.text.len() > BYTES || cells(&self.text) > CELLS {
                return self.begin_apart(left_out, sink);
            }
        }
        show(&self.text, self.charset, sink);
        if self.charset == Charset::Unicode
            && sprawls(&self.text)
            && (left_out > 0 || !self.source.is_before_blank())
        {
            sink.cluster(Origin::Own, " ", 1);
        }
        if left_out > 0 {
            sink.marker(&sign::more(left_out));
        }
    }

    /// Shows the units read so far of a cluster that is too wide or too long.
    fn begin_apart(&mut self, left_out: usize, sink: &mut impl Sink) {
        let mut rest = self.text.as_str();
        for (nth, end) in self.units.iter().skip(1).chain([&self.text.len()]).enumerate() {
            let taken = self.text.len() - rest.len();
            let (unit, behind) = rest.split_at_checked(end - taken).unwrap_or((rest, ""));
            dot(nth > 0, self.charset, sink);
            show(unit, self.charset, sink);
            rest = behind;
        }
        self.go_on_apart(self.points, left_out, sink);
    }

    /// Shows the next unit of a cluster that is being taken apart, or says how much follows.
    fn take_apart(&mut self, shown: usize, sink: &mut impl Sink) {
        let begin = self.text.len();
        let before = self.points;
        let left_out = self.unit();
        let taken = self.points - before;
        if shown + taken > APART {
            let rest = if left_out == 0 { self.count_on() } else { left_out };
            return sink.marker(&sign::more(taken + rest));
        }
        dot(true, self.charset, sink);
        show(self.text.get(begin..).unwrap_or_default(), self.charset, sink);
        self.go_on_apart(shown + taken, left_out, sink);
    }

    fn go_on_apart(&mut self, shown: usize, left_out: usize, sink: &mut impl Sink) {
        if left_out > 0 {
            return sink.marker(&sign::more(left_out));
        }
        self.forget();
        self.apart = Some(shown);
    }

    /// Counts the code points to the end of the cluster without showing them.
    fn count_on(&mut self) -> usize {
        let mut count = 0;
        while self.joins_on() {
            let Some((c, _)) = self.source.head() else { break };
            if self.text.chars().eq([c, c]) {
                count += self.source.take_run(c);
                count += self.source.take_while(|class| class == Class::Mark);
                continue;
            }
            let before = self.points;
            let left_out = self.unit();
            count += self.points - before + left_out;
            if left_out > 0 {
                break;
            }
            self.forget();
        }
        count
    }

    /// Keeps the last two units only: no rule looks further back.
    fn forget(&mut self) {
        if let [.., keep, last] = self.units[..] {
            self.text.drain(..keep);
            self.units.clear();
            self.units.extend([0, last - keep]);
        }
    }

    /// Reads one unit to the end of `text`. Answers how many marks were left out.
    fn unit(&mut self) -> usize {
        let begin = self.text.len();
        self.units.push(begin);
        self.starter(begin);
        let mut marks = 0;
        loop {
            match self.source.head() {
                Some((c, Class::Mark)) => {
                    self.text.push(c);
                    let unit = self.text.get(begin..).unwrap_or_default();
                    if marks == MARKS || cells(unit) > CELLS {
                        self.text.pop();
                        return self.source.take_while(|class| class == Class::Mark);
                    }
                    marks += 1;
                }
                Some((c, Class::Joiner)) if self.keeps_joiner() => self.text.push(c),
                _ => return 0,
            }
            self.points += 1;
            self.source.step();
        }
    }

    /// Reads what a unit's marks stand on.
    fn starter(&mut self, begin: usize) {
        while let Some((c, class)) = self.source.head() {
            let base = match class {
                Class::Plain | Class::Linking | Class::Prepend => c,
                Class::Space(_) => ' ',
                // A skin tone at the very beginning is an honest character of its own.
                Class::Mark if self.text.len() == begin && is_skin_tone(c) && self.start => c,
                Class::Mark if self.text.len() == begin && self.charset == Charset::Unicode => {
                    self.text.push(CARRIER);
                    self.points += 1;
                    return;
                }
                _ => return,
            };
            self.text.push(base);
            self.points += 1;
            self.source.step();
            if class != Class::Prepend {
                return;
            }
        }
    }

    /// Whether what comes next belongs to the cluster that ends here.
    fn joins_on(&mut self) -> bool {
        let Some((c, Class::Linking)) = self.source.head() else {
            return false;
        };
        let last_two = match self.units[..] {
            [.., keep, _] => self.text.get(keep..).unwrap_or_default(),
            _ => &self.text,
        };
        joins(last_two, c)
    }

    /// Whether the joiner that comes next means something where it stands.
    fn keeps_joiner(&self) -> bool {
        let follows = self.source.behind().next().is_some_and(|(_, class)| {
            matches!(class, Class::Plain | Class::Linking | Class::Mark | Class::Prepend | Class::Space(_))
        });
        follows && self.points + 2 <= JOINED && self.text.chars().next_back().is_some_and(takes_joiner)
    }

    /// Whether the prepended character that comes next has something to stand before.
    fn stands_before(&self) -> bool {
        let mut behind =
            self.source.behind().enumerate().skip_while(|(_, (_, class))| *class == Class::Prepend);
        behind.next().is_some_and(|(prepends, (_, class))| {
            prepends < PREPENDS && matches!(class, Class::Plain | Class::Linking | Class::Mark)
        })
    }
}
