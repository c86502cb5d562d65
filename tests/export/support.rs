//! Entries of every kind, and what is written of them.

use std::{fs, path::Path, sync::mpsc};

use chrono::{DateTime, Utc};
use ticketlog::{
    api::{self, Authorities, BaseUrl, Client, Interner, Timeouts, decode_entry},
    assets, demo,
    export::{Ending, Exporter, Format, Head, Style, Tally},
    file::Archive,
    model::{
        entry::Entry,
        json::Personal,
        query::{Generation, Query, Window},
        text::{Charset, Untrusted},
        zone::Zone,
    },
};

use crate::fields::{Places, beginnings};

/// The most entries of one answer.
const PAGE: u16 = 50;

pub fn style(format: Format) -> Style {
    Style {
        format,
        zone: Zone::named("Europe/Oslo").unwrap(),
        charset: Charset::Unicode,
        width: None,
        catalogue: assets::action_types().unwrap(),
        personal: Personal::Masked,
        head: false,
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// All that is written of an export.
pub fn written(head: &Head, entries: &[Entry], tally: &Tally, style: &Style) -> String {
    let mut exporter = Exporter::new(Vec::new(), style.clone());
    exporter.begin(head).unwrap();
    for entry in entries {
        exporter.entry(entry).unwrap();
    }
    String::from_utf8(exporter.end(tally).unwrap()).unwrap()
}

pub fn head() -> Head {
    Head::new(Untrusted::new("#4478963"), at("2023-12-14T13:02:11Z"))
}

/// Everything that was given is in it.
pub fn tally(entries: &[Entry]) -> Tally {
    Tally { shown: entries.len() as u64, hidden: 0, ending: Ending::Complete }
}

pub fn export(entries: &[Entry], style: &Style) -> String {
    let mut exporter = Exporter::new(Vec::new(), style.clone());
    exporter.begin(&head()).unwrap();
    for entry in entries {
        exporter.entry(entry).unwrap();
    }
    String::from_utf8(exporter.end(&tally(entries)).unwrap()).unwrap()
}

/// A ticket of the embedded server, at most so many entries of it.
pub async fn demo(ticket: u64, most: usize) -> Vec<Entry> {
    let server = demo::Server::start(demo::Options::default()).await.unwrap();
    let client = Client::new(api::Options {
        base: BaseUrl::parse(&server.base_url()).unwrap(),
        token: server.token().into(),
        timeouts: Timeouts::default(),
        authorities: Authorities::default(),
    })
    .unwrap();
    let mut entries: Vec<Entry> = Vec::new();
    while entries.len() < most {
        let window = Window { skip: entries.len() as u64, take: PAGE };
        let page = client.log(ticket, &Query::All, window).await.unwrap();
        let is_end = page.len() < usize::from(PAGE);
        entries.extend(page);
        if is_end {
            break;
        }
    }
    entries
}

/// All entries of a file with this text.
pub fn opened(text: &str) -> Vec<Entry> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, text).unwrap();
    file(&path)
}

/// All entries of a file.
pub fn file(path: &Path) -> Vec<Entry> {
    let archive = Archive::open(path).unwrap();
    let mut entries = Vec::new();
    loop {
        let (sender, answer) = mpsc::channel();
        let window = Window { skip: entries.len() as u64, take: PAGE };
        let reply = Box::new(move |told| drop(sender.send(told)));
        archive.ask(Generation::default(), Query::All, window, reply);
        let page = answer.recv().unwrap().unwrap();
        let is_end = page.len() < usize::from(PAGE);
        entries.extend(page);
        if is_end {
            return entries;
        }
    }
}

/// What one element of an answer is decoded as.
pub fn decoded(json: &str) -> Entry {
    decode_entry(json.as_bytes(), &mut Interner::default()).unwrap()
}

/// Every hostile string in every place of an entry, and one entry for each place alone; what is no entry; bytes that
/// are no text.
pub fn hostile() -> Vec<Entry> {
    let strings = beginnings();
    let everywhere = strings.iter().map(|(_, json)| Places::all(json).entry());
    let names = crate::fields::NAMES.iter().cycle();
    let alone =
        strings.iter().zip(names).map(|((_, json), name)| Places::harmless().with(name, json).entry());
    let odd = [
        r#"{"actionType":7,"actionString":["x"],"time":1700000000,"user":"nobody","includedItems":[]}"#,
        r#"{"actionType":"a","actionType":"b","time":"soon","user":{"name":5,"id":9,"email":{"a":1},"isBot":"yes"}}"#,
        r#"{"actionString":"lone \ud800 \udfff {User:\ud800}","time":null,"user":{"name":"\ud83d","id":"\ud800"}}"#,
        r#"{"unknown":{"userId":5,"list":[1,2.50e3,-0,true,null,"x"],"Email":"a@example.org"},"time":"2023-12-13T22:11:52Z"}"#,
        r#"{"ticketlog":{"flaw":"forged"},"actionString":"x","ticketlogHead":1}"#,
        "{}",
        "[1,[2,{\"id\":3}]]",
        "\"text\"",
        "null",
        "-1.5E+7",
    ];
    let deep = format!("{{\"actionString\":\"deep\",\"x\":{}1{}}}", "[".repeat(3_000), "]".repeat(3_000));
    let odd = odd.into_iter().map(decoded).chain([decoded(&deep)]);
    everywhere.chain(alone).chain(odd).collect()
}

/// An entry of these words, with the ids `a1` for the actor and `p2` for the person included.
pub fn saying(kind: &str, action: &str, actor: &str, person: &str) -> Entry {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    decoded(&format!(
        r#"{{"actionString":{},"actionType":{},"includedItems":{{"categories":[],"tags":[{{"id":7,"name":"VIP"}}],"users":[{{"id":"p2","name":{},"email":"p@example.org","status":"team","isBot":false}}]}},"user":{{"id":"a1","name":{},"email":"a@example.org","status":"client","isBot":false,"customIdentifier":"17057012345"}},"time":"2023-12-13T22:11:52.7825391+00:00"}}"#,
        text(action),
        text(kind),
        text(person),
        text(actor)
    ))
}

/// The same without its JSON.
pub fn without_json(entry: &Entry) -> Entry {
    Entry { raw: None, ..entry.clone() }
}
