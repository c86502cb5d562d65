//! That nothing of a stranger is markup or HTML in Markdown.

use proptest::prelude::*;
use ticketlog::{
    export::{Exporter, Format, one},
    model::text::Untrusted,
};

use crate::support::{export, head, hostile, saying, style, tally};

/// What is left when a sign stands for each escape and entity: none of it may be markup.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                let next = rest.next();
                assert!(next.is_some_and(|c| c.is_ascii_punctuation()), "{text}");
                out.push('¤');
            }
            '&' => {
                let entity: String = rest.by_ref().take_while(|c| *c != ';').collect();
                assert!(["lt", "gt", "amp"].contains(&entity.as_str()), "{text}");
                out.push('¤');
            }
            c => out.push(c),
        }
    }
    out
}

/// The rows, each with its four cells.
fn assert_rows(markdown: &str, rows: usize) {
    let lines: Vec<&str> = markdown.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("|---")).unwrap() + 1;
    for (at, line) in lines.iter().enumerate() {
        let mut plain = unescaped(line);
        let is_row = (first..first + rows).contains(&at);
        if at + 2 == first || at + 1 == first {
            continue;
        }
        if is_row {
            assert_eq!(plain.matches('|').count(), 5, "{line}");
            assert!(plain.starts_with("| ") && plain.ends_with(" |"), "{line}");
            plain = plain.replace('|', "");
        }
        let ours = if at == 0 { "# " } else { "" };
        let plain = plain.strip_prefix(ours).unwrap();
        assert!(!plain.contains(['|', '`', '*', '_', '[', ']', '<', '>', '~', '#', '@', '$']), "{line}");
        assert!(!plain.contains("://") && !plain.to_lowercase().contains("www."), "{line}");
    }
    assert_eq!(lines.len(), first + rows + 2, "{markdown}");
}

const MARKUP: [&str; 22] = [
    "a | b",
    "`code`",
    "``` x",
    "a\nb",
    "a\r\n\r\n# b",
    "[x](http://evil.example)",
    "![x](y)",
    "](",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "&lt;b&gt;",
    "\\",
    "\\|",
    "a\\",
    "*b*",
    "__b__",
    "~~b~~",
    "# head",
    "@somebody",
    "https://evil.example",
    "WWW.evil.example",
    "$$x$$",
];

#[test]
fn nothing_breaks_out_of_its_cell() {
    for text in MARKUP {
        let entries =
            [saying(text, text, text, text), saying("ticket_assigned_to_user", "to {User:p2}", text, text)];
        assert_rows(&export(&entries, &style(Format::Markdown)), 2);
        for entry in &entries {
            let item = one(entry, &style(Format::Markdown));
            let plain = unescaped(item.strip_prefix("- ").unwrap());
            assert!(!plain.contains(['|', '`', '*', '_', '[', ']', '<', '>', '#', '@']), "{item}");
        }
    }
    assert_rows(&export(&hostile(), &style(Format::Markdown)), hostile().len());
}

#[test]
fn nothing_breaks_out_of_the_head() {
    for text in MARKUP {
        let mut head = head();
        head.name = Untrusted::new(format!("file {text}"));
        head.ticket.title = Some(Untrusted::new(text));
        head.ticket.status = Some(Untrusted::new("open"));
        head.narrowing = vec![Untrusted::new(text)];
        head.remarks = vec![Untrusted::new(text)];
        let mut exporter = Exporter::new(Vec::new(), style(Format::Markdown));
        exporter.begin(&head).unwrap();
        let text = String::from_utf8(exporter.end(&tally(&[])).unwrap()).unwrap();
        assert_rows(&text, 0);
        let lists = text.lines().filter(|line| line.starts_with("- ")).count();
        assert_eq!((lists, text.matches("\n# ").count()), (3, 0), "{text}");
    }
}

#[test]
fn words_stay_readable() {
    let entry = saying(
        "ticket_status_changed",
        "changed it from \"Open (new)\" to \"1. Done - ok!\"",
        "Å. O'Neill-Berg",
        "x",
    );
    let row = export(&[entry], &style(Format::Markdown));
    assert!(
        row.contains("| 2023-12-13 23:11:52 | status | Å. O'Neill-Berg | Open (new) → 1. Done - ok\\! |"),
        "{row}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_is_markup(text in "[|`*_<>&\\\\#@$!:/.w\\[\\]() a\n{}~-]{0,12}") {
        assert_rows(&export(&[saying(&text, &text, &text, &text)], &style(Format::Markdown)), 1);
    }
}
