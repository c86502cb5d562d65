//! Nothing of anybody comes out of an export, in any format, with personal data or without.

use std::sync::LazyLock;

use ticketlog::{
    assets,
    export::{Ending, Exporter, Format, Head, Style, Tally},
    model::{
        entry::Entry,
        json::Personal,
        redaction::{Redaction, Scope},
        text::{Charset, Untrusted},
        ticket::Ticket,
        zone::Zone,
    },
};

use crate::{
    checker::Checker,
    dice::{Dice, seeds},
    leaks::walk,
    log::{make, plain_entry, raw},
};

const FORMATS: [Format; 5] = [Format::Ndjson, Format::Json, Format::Csv, Format::Markdown, Format::Table];

fn exported(entries: &[Entry], ticket: Ticket, format: Format, personal: Personal) -> String {
    let style = Style {
        format,
        zone: Zone::named("Europe/Oslo").unwrap(),
        charset: Charset::Unicode,
        width: None,
        catalogue: assets::action_types().unwrap(),
        personal,
        head: true,
    };
    let as_of = chrono::DateTime::parse_from_rfc3339("2023-12-14T12:00:00Z").unwrap().to_utc();
    let head = Head { ticket, ..Head::new(Untrusted::new("#17"), as_of) };
    let mut exporter = Exporter::new(Vec::new(), style);
    exporter.begin(&head).unwrap();
    for entry in entries {
        exporter.entry(entry).unwrap();
    }
    let tally = Tally { shown: 1, hidden: 0, ending: Ending::Complete };
    String::from_utf8(exporter.end(&tally).unwrap()).unwrap()
}

/// The words that the formats have of their own, however people are called.
pub static OURS: LazyLock<String> = LazyLock::new(|| {
    let exports =
        FORMATS.map(|format| exported(&[plain_entry()], Ticket::default(), format, Personal::Shown));
    exports.concat()
});

/// What a reader of the format gets to read.
fn texts(format: Format, export: &str) -> Vec<String> {
    let mut texts = Vec::new();
    match format {
        Format::Json => walk(&serde_json::from_str(export).unwrap(), &mut texts),
        Format::Ndjson => {
            export.lines().for_each(|line| walk(&serde_json::from_str(line).unwrap(), &mut texts));
        }
        Format::Csv => {
            let rows =
                export.split('\n').filter(|line| !line.starts_with("#,")).collect::<Vec<_>>().join("\n");
            let mut reader = csv::Reader::from_reader(rows.as_bytes());
            let records = reader.records().map(Result::unwrap);
            texts.extend(records.flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>()));
        }
        Format::Markdown => texts.extend(export.lines().map(|line| line.replace('\\', ""))),
        Format::Table => texts.extend(export.lines().map(str::to_owned)),
    }
    texts
}

#[test]
fn nothing_of_anybody_comes_out_of_an_export() {
    for seed in seeds(6) {
        let made = make(&mut Dice::new(seed), 12, 24);
        let checker = Checker::new(&made.secrets);
        let mut redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
        for entry in &made.entries {
            redaction.learn(entry);
        }
        let copies: Vec<Entry> = made.entries.iter().map(|entry| redaction.entry(entry)).collect();
        let ticket = Ticket {
            title: Some(Untrusted::new(format!("about {}", raw(&made.people[3].name)))),
            owner: Some(made.people[1].name.clone()),
            ..Ticket::default()
        };
        let ticket = redaction.ticket(&ticket);
        for format in FORMATS {
            for personal in [Personal::Shown, Personal::Masked] {
                let export = exported(&copies, ticket.clone(), format, personal);
                for text in texts(format, &export) {
                    let leaks = checker.leaks(&text);
                    assert!(leaks.is_empty(), "REDACTION_SEED={seed}, {format:?}: {leaks:?} in {text:?}");
                }
            }
        }
    }
}

#[test]
fn people_have_the_same_alias_in_every_format() {
    let made = make(&mut Dice::new(7), 5, 12);
    let mut redaction = Redaction::new(Scope::Everyone, &assets::action_types().unwrap());
    for entry in &made.entries {
        redaction.learn(entry);
    }
    for entry in &made.entries {
        let copy = redaction.entry(entry);
        // One that was told as a text is nobody whom the program could show.
        let Some(actor) = &copy.actor else { continue };
        let alias = raw(&actor.name).to_owned();
        for format in FORMATS {
            let export = exported(std::slice::from_ref(&copy), Ticket::default(), format, Personal::Masked);
            assert!(export.contains(&alias), "{alias} is not in {export}");
        }
    }
}
