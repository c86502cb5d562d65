//! Every format is whole and safe, whatever is in it and however much of it.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use ticketlog::{
    export::{Format, Style, one},
    model::{
        json::Personal,
        text::{Charset, Untrusted},
    },
};

use crate::{
    oracle,
    support::{demo, export, hostile, saying, style, without_json},
};

const FORMATS: [Format; 5] = [Format::Ndjson, Format::Json, Format::Csv, Format::Markdown, Format::Table];

fn all_styles() -> impl Iterator<Item = Style> {
    // Made once: the catalogue is read from its text.
    static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| made_styles().collect());
    STYLES.iter().cloned()
}

fn made_styles() -> impl Iterator<Item = Style> {
    let personal = [Personal::Masked, Personal::Shown];
    let charsets = [Charset::Unicode, Charset::Ascii];
    FORMATS.into_iter().flat_map(move |format| {
        personal.into_iter().flat_map(move |personal| {
            charsets.into_iter().map(move |charset| Style { personal, charset, head: true, ..style(format) })
        })
    })
}

/// Says what a text must not hold: what acts on a terminal or turns the reading order. Lines end with a line feed.
fn assert_harmless(text: &str, style: &Style) {
    for line in text.split('\n') {
        match style.format {
            Format::Table | Format::Markdown | Format::Csv => {
                assert_eq!(
                    oracle::check_text(line, style.charset),
                    Ok(()),
                    "{style:?}: {}",
                    line.escape_unicode()
                );
            }
            Format::Json | Format::Ndjson => {
                let active = |c: char| {
                    c.is_control()
                        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
                };
                assert!(!line.contains(active), "{}", line.escape_unicode());
            }
        }
    }
    assert!(text.ends_with('\n') || text.is_empty());
}

#[test]
fn formats_are_known_by_their_words() {
    for (word, format) in Format::WORDS {
        assert_eq!(Format::named(word), Some(format));
    }
    assert_eq!(Format::WORDS.len(), FORMATS.len());
    assert_eq!(Format::named("xml"), None);
}

#[test]
fn a_log_without_entries_is_a_whole_file_in_every_format() {
    let empty = |format| export(&[], &style(format));
    assert_eq!(empty(Format::Ndjson), "");
    assert_eq!(empty(Format::Json), "[]\n");
    assert_eq!(
        empty(Format::Csv),
        "time,zone,utc,type,word,direction,actor,kind,sentence,from,to,assignee,flaw\n"
    );
    let markdown = empty(Format::Markdown);
    assert!(markdown.ends_with("|---|---|---|---|\n\n0 entries, 0 hidden, complete\n"), "{markdown}");
    assert!(empty(Format::Table).ends_with("\n0 entries, 0 hidden, complete\n"));
}

#[test]
fn whatever_an_entry_holds_every_format_is_text_that_does_nothing() {
    let entries = hostile();
    let bare: Vec<_> = entries.iter().map(without_json).collect();
    for style in all_styles() {
        assert_harmless(&export(&entries, &style), &style);
        assert_harmless(&export(&bare, &style), &style);
    }
}

#[test]
fn a_line_is_an_entry_and_an_object_whatever_it_holds() {
    let entries = hostile();
    let lines = export(&entries, &style(Format::Ndjson));
    assert_eq!(lines.lines().count(), entries.len());
    for line in lines.lines() {
        assert!(line.starts_with('{') && serde_json::from_str::<&RawValue>(line).is_ok(), "{line}");
    }
    let json = export(&entries, &style(Format::Json));
    let mut reader = serde_json::Deserializer::from_str(&json);
    assert_eq!(Vec::<&RawValue>::deserialize(&mut reader).unwrap().len(), entries.len());
    for (format, others) in [(Format::Table, 3), (Format::Csv, 1), (Format::Markdown, 9)] {
        let lines = export(&entries, &style(format)).lines().count();
        assert_eq!(lines, entries.len() + others, "{format:?}");
    }
}

#[tokio::test]
async fn an_entry_alone_is_what_it_is_among_others() {
    let entries = demo(255_762, 5).await;
    for format in [Format::Ndjson, Format::Json, Format::Csv, Format::Table] {
        let style = style(format);
        let all = export(&entries, &style);
        for entry in &entries {
            let alone = one(entry, &style);
            assert!(!alone.contains('\n') && all.contains(&alone), "{format:?}: {alone}");
        }
    }
    assert_eq!(
        one(&entries[0], &style(Format::Markdown)),
        "- 2023-12-13 23:11:52 Oslo, status, Garrick Ollivander: Open → Pending"
    );
    let entries = hostile();
    for style in all_styles() {
        for entry in &entries {
            let alone = one(entry, &style);
            assert!(!alone.contains('\n') && !alone.is_empty(), "{style:?}: {alone}");
        }
    }
}

#[tokio::test]
async fn the_table_is_fitted_to_its_width_and_cuts_nothing_without_one() {
    let entries = demo(255_762, 5).await;
    let printed = export(&entries, &style(Format::Table));
    let expected = "\
#4478963, newest first, times in Oslo
as of 2023-12-14 14:02:11 Oslo, ticketlog 0.1.0
2023-12-13 23:11  status          Garrick Ollivander        Open → Pending
2023-12-13 23:11  reply→          Garrick Ollivander        sent a reply
2023-12-13 23:11  assigned        Garrick Ollivander        took it
2023-12-13 23:01  read            Garrick Ollivander        read the ticket
2023-08-03 19:39  created         Harry Potter              created the ticket
5 entries, 0 hidden, complete
";
    assert_eq!(printed, expected);
    for width in [1, 2, 20, 47, 79, 80, 99, 100, 200] {
        let style = Style { width: Some(width), ..style(Format::Table) };
        let entries: Vec<_> = entries.iter().cloned().chain(hostile()).collect();
        let printed = export(&entries, &style);
        for line in printed.lines() {
            let cells = Untrusted::new(line).one_line(10_000, Charset::Unicode).cells();
            assert!(cells <= usize::from(width), "{width}: {cells} {line}");
        }
        let head: String = printed.lines().take(60).collect();
        assert!(
            head.replace(' ', "").contains("asof2023-12-1414:02:11Oslo"),
            "nothing of the head is cut: {head}"
        );
    }
    let narrow = export(&entries, &Style { width: Some(80), ..style(Format::Table) });
    assert!(
        narrow.contains("\n2023-12-13 23:11 status      Garrick Ollivander Open → Pending\n"),
        "{narrow}"
    );
}

/// Characters that mean something to a terminal, to a format or to a reader.
fn text() -> impl Strategy<Value = String> {
    let odd = [
        "\u{1B}[31m",
        "\u{7}",
        "\r",
        "\n",
        "\t",
        "\0",
        "\u{7F}",
        "\u{9B}",
        "\u{85}",
        "\u{2028}",
        "\u{202E}",
        "\u{2066}",
        "\u{200B}",
        "\u{FEFF}",
        "\u{E0041}",
        "\u{FF1D}",
        "=1+1",
        "@SUM(A1)",
        "+",
        "-",
        ";",
        ",",
        "\"",
        "'",
        "|",
        "`",
        "](http://x)",
        "<script>",
        "</td>",
        "&lt;",
        "\\",
        "{User:a1}",
        "{User:p2}",
        "{Tag:7}",
        "{",
        "}",
        "å",
        "e\u{301}",
        "\u{1F469}\u{200D}\u{1F469}",
        "漢",
        "a@example.org",
        "#",
        " ",
        "x",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_acts_on_anything_in_any_format(
        kind in prop_oneof![Just("ticket_status_changed".to_owned()), Just("ticket_assigned_to_user".to_owned()), text()],
        action in text(),
        actor in text(),
        person in text(),
    ) {
        let entry = saying(&kind, &action, &actor, &person);
        for style in all_styles() {
            let text = export(std::slice::from_ref(&entry), &style);
            assert_harmless(&text, &style);
            let lines = text.lines().count();
            let expected = match style.format {
                Format::Ndjson | Format::Json => 3,
                Format::Csv => 5,
                Format::Markdown => 10,
                Format::Table => 4,
            };
            prop_assert_eq!(lines, expected, "{:?} {}", style.format, text);
        }
    }
}
