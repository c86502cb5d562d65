//! What an export says of itself: of what, as of when, narrowed by what; how much, and whether that is all.

use ticketlog::{
    export::{Ending, Format, Head, Order, Style, Tally},
    model::{text::Untrusted, ticket::Ticket},
};

use crate::support::{demo, export, head, opened, style, written};

fn known() -> (Head, Tally) {
    let ticket = Ticket {
        title: Some(Untrusted::new("New car\nprice list")),
        status: Some(Untrusted::new("open")),
        owner: Some(Untrusted::new("Garrick Ollivander")),
        category: None,
        created: None,
    };
    let head = Head {
        ticket,
        order: Order::OldestFirst,
        narrowing: vec![Untrusted::new("only reply"), Untrusted::new("until 2023-12-14")],
        remarks: vec![Untrusted::new("names replaced")],
        ..head()
    };
    (
        head,
        Tally { shown: 1, hidden: 312, ending: Ending::Incomplete(Untrusted::new("the line dropped\u{1B}")) },
    )
}

#[test]
fn the_table_opens_with_what_it_is_and_closes_with_what_came_of_it() {
    let (head, tally) = known();
    let expected = "\
#4478963, oldest first, times in Oslo, only reply, until 2023-12-14
ticket: open, Garrick Ollivander, New car⏎price list
as of 2023-12-14 14:02:11 Oslo, names replaced, ticketlog 0.1.0
1 entry, 312 hidden, not complete: the line dropped␛
";
    assert_eq!(written(&head, &[], &tally, &style(Format::Table)), expected);
    let markdown = written(&head, &[], &tally, &style(Format::Markdown));
    for line in expected.lines() {
        assert!(markdown.contains(&line.replace('#', "\\#")), "{line} in {markdown}");
    }
}

#[tokio::test]
async fn ndjson_with_a_head_is_opened_as_what_it_is_without() {
    let entries = demo(4_478_963, 120).await;
    let (head, tally) = known();
    for (personal, order) in [(false, false), (true, false), (false, true)] {
        let personal =
            if personal { ticketlog::model::json::Personal::Shown } else { style(Format::Ndjson).personal };
        let style = Style { personal, ..style(Format::Ndjson) };
        let mut given = entries.clone();
        if order {
            given.reverse();
        }
        let text = written(&head, &given, &tally, &Style { head: true, ..style.clone() });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), entries.len() + 2);
        assert!(lines[0].starts_with(r##"{"ticketlogHead":{"version":"0.1.0","name":"#4478963","title":"New car\nprice list","status":"open","##), "{}", lines[0]);
        assert!(lines[0].ends_with(
            r#""asOf":"2023-12-14T13:02:11Z","zone":"Europe/Oslo","order":"oldest first","narrowing":["only reply","until 2023-12-14"],"remarks":["names replaced"]}}"#
        ), "{}", lines[0]);
        assert_eq!(
            *lines.last().unwrap(),
            r#"{"ticketlogTail":{"shown":1,"hidden":312,"complete":false,"why":"the line dropped\u001b"}}"#
        );
        let again = opened(&text);
        assert!(export(&again, &style) == export(&entries, &style));
    }
    // Two exports after each other are one log.
    let text = |entries| written(&head, entries, &tally, &Style { head: true, ..style(Format::Ndjson) });
    let (newer, older) = entries.split_at(60);
    let again = opened(&(text(newer) + &text(older)));
    assert!(again.iter().all(|entry| entry.flaw.is_none()) && again.len() == entries.len());
    // Also where there is nothing between them.
    let empty = written(&head, &[], &tally, &Style { head: true, ..style(Format::Ndjson) });
    assert_eq!((empty.lines().count(), opened(&empty).len()), (2, 0));
}

#[test]
fn csv_tells_in_comments_and_only_when_it_is_asked_to() {
    let (head, tally) = known();
    let text = written(&head, &[], &tally, &Style { head: true, ..style(Format::Csv) });
    let comments: Vec<&str> = text.lines().filter(|line| line.starts_with("#,")).collect();
    assert_eq!(comments.len(), 4);
    assert_eq!(
        (comments[0], comments[3]),
        (
            "#,\"#4478963, oldest first, times in Oslo, only reply, until 2023-12-14\"",
            "#,\"1 entry, 312 hidden, not complete: the line dropped␛\""
        )
    );
    assert!(!written(&head, &[], &tally, &style(Format::Csv)).contains('#'));
}

#[test]
fn json_holds_nothing_but_entries() {
    let (head, tally) = known();
    assert_eq!(written(&head, &[], &tally, &Style { head: true, ..style(Format::Json) }), "[]\n");
    for format in [Format::Markdown, Format::Table] {
        assert!(format.tells());
    }
    assert!(!Format::Json.tells() && !Format::Ndjson.tells() && !Format::Csv.tells());
}
