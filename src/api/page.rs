//! The body of an answer: the envelope, and in it a page of entries.
//!
//! The envelope is `{"data": ..., "errorCode": -1, "errorText": null}` (reference page "API Request Result").
//! **-1 is success, not 0.** An answer without a whole-numbered `errorCode` is not accepted, even when it has
//! data: only -1 is documented as success, and an empty list from something else must not pass for a ticket
//! without a history. When the code is -1, `errorText` is not looked at.
//!
//! Owns the order of judgement: nothing, a web page, cut off, not JSON, not the envelope, an error, no data.

use std::{borrow::Cow, error::Error, fmt};

use serde::Deserialize as _;
use serde_json::{error::Category, value::RawValue};

use super::{
    interner::Interner,
    json::{self, Shape, Slot},
    mend, row, rows,
};
use crate::model::entry::Entry;

/// Success, in the words of the envelope.
pub(super) const SUCCESS: i64 = -1;

/// Why an answer is not a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// Nothing at all, or white space.
    Empty,
    /// It begins like a web page.
    Html,
    /// JSON that ends too early.
    CutOff,
    /// Not JSON.
    NotJson,
    /// JSON, and then something more.
    Trailing,
    /// JSON, but no object.
    NoEnvelope(Shape),
    /// A member of the envelope stands there more than once.
    Doubled(&'static str),
    /// No `errorCode`, or one that is not a whole number.
    NoCode(ServerText),
    /// The server says that it failed.
    Refused {
        /// `errorCode`, anything but -1.
        code: i64,
        /// `errorText`.
        text: ServerText,
    },
    /// Success, but `data` is missing or null.
    NoData,
    /// Success, but `data` is something else than was asked for.
    WrongData {
        /// What it is.
        found: Shape,
        /// What it should be.
        expected: Shape,
    },
}

/// What the server says about an error. Comes out only through the sentence of a failure, which is untrusted.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ServerText(pub(super) String);

impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerText({} bytes)", self.0.len())
    }
}

/// Reads a page of entries from the body of an answer. One bad entry never costs the page.
///
/// A byte order mark is skipped, invalid UTF-8 becomes U+FFFD, raw control bytes inside strings become escapes.
/// Entries keep the server's order.
///
/// # Errors
/// When the answer is not the API's, or says that it failed.
pub fn decode_page(body: &[u8], interner: &mut Interner) -> Result<Vec<Entry>, PageError> {
    read(body, |text| {
        if let Some(entries) = rows::read(text, interner) {
            return Ok(entries);
        }
        let data = data(text)?;
        let rows = json::elements(data)
            .ok_or(PageError::WrongData { found: Shape::of(data), expected: Shape::List })?;
        Ok(rows.into_iter().map(|value| row::read(value, interner)).collect())
    })
}

/// Reads an entry that stands alone, such as a line of a file. The same tolerance as for a page.
///
/// # Errors
/// When it is not JSON. JSON of another kind is an entry with its [`Entry::flaw`].
pub fn decode_entry(json: &[u8], interner: &mut Interner) -> Result<Entry, PageError> {
    read(json, |text| match rows::alone(text, interner) {
        Some(entry) => Ok(entry),
        None => document(text).map(|value| row::read(value, interner)),
    })
}

/// What `read` makes of the body as text. A body that is not JSON is read once more with its strings mended.
pub(super) fn read<T>(
    body: &[u8],
    mut read: impl FnMut(&str) -> Result<T, PageError>,
) -> Result<T, PageError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    // The lossy way looks at every byte by itself, which costs a fifth of the whole reading.
    let text = str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    match read(&text) {
        Err(PageError::NotJson) => {
            mend::strings(&text).map_or(Err(PageError::NotJson), |mended| read(&mended))
        }
        result => result,
    }
}

/// `data` of a successful answer; never null.
pub(super) fn data(body: &str) -> Result<&RawValue, PageError> {
    let envelope = Envelope::open(body)?;
    match envelope.code {
        Some(SUCCESS) => envelope.data.ok_or(PageError::NoData),
        Some(code) => Err(PageError::Refused { code, text: envelope.text }),
        None => Err(PageError::NoCode(envelope.text)),
    }
}

/// The members of the envelope, as far as they are there.
pub(super) struct Envelope<'a> {
    /// Whether there is an `errorCode` of any kind, which tells the API's answers from others.
    pub(super) is_api: bool,
    /// `errorText`, empty when it is missing, null or no text.
    pub(super) text: ServerText,
    code: Option<i64>,
    data: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    /// Opens an envelope without judging what is in it.
    pub(super) fn open(body: &'a str) -> Result<Self, PageError> {
        let document = document(body)?;
        let (mut data, mut code, mut text) = (Slot::default(), Slot::default(), Slot::default());
        json::members(document, |key, value| match key {
            "data" => data.offer(value),
            "errorCode" => code.offer(value),
            "errorText" => text.offer(value),
            _ => (),
        })
        .ok_or(PageError::NoEnvelope(Shape::of(document)))?;
        for (slot, name) in [(data, "data"), (code, "errorCode"), (text, "errorText")] {
            if slot.is_doubled() {
                return Err(PageError::Doubled(name));
            }
        }
        Ok(Self {
            is_api: code.get().is_some(),
            text: ServerText(text.get().and_then(json::text).map(Cow::into_owned).unwrap_or_default()),
            code: code.get().and_then(json::integer),
            data: data.get(),
        })
    }
}

/// The one JSON value that the body consists of.
fn document(body: &str) -> Result<&RawValue, PageError> {
    let start = body.trim_ascii_start();
    if start.is_empty() {
        return Err(PageError::Empty);
    }
    if start.starts_with('<') {
        return Err(PageError::Html);
    }
    let mut reader = serde_json::Deserializer::from_str(body);
    let document = <&RawValue>::deserialize(&mut reader).map_err(|error| match error.classify() {
        Category::Eof => PageError::CutOff,
        Category::Io | Category::Syntax | Category::Data => PageError::NotJson,
    })?;
    reader.end().map_err(|_| PageError::Trailing)?;
    Ok(document)
}

/// What is wrong with the answer, to stand after "the answer from HOST"; without the server's own text.
impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Html => f.write_str("is an HTML page"),
            Self::CutOff => f.write_str("is incomplete"),
            Self::NotJson => f.write_str("is not JSON"),
            Self::Trailing => f.write_str("goes on after the end of its JSON"),
            Self::NoEnvelope(shape) => write!(f, "is {}, not the API's envelope", shape.words()),
            Self::Doubled(name) => write!(f, "holds {name} more than once"),
            Self::NoCode(_) => f.write_str("has no errorCode, so it is not the API's envelope"),
            Self::Refused { code, .. } => write!(f, "is an error, code {code}"),
            Self::NoData => f.write_str("holds no data"),
            Self::WrongData { found, expected } => {
                write!(f, "holds {} as data, not {}", found.words(), expected.words())
            }
        }
    }
}

impl Error for PageError {}
