//! Names that stand in no entry, and names of nothing.

use ticketlog::{
    assets,
    export::Format,
    model::redaction::{Redaction, Scope},
    shell::{
        export::{End, Plan, Redacting, export},
        passage::{Order, Source},
    },
};

use crate::{
    running::{answering, ok},
    support::{Never, client, plan},
};

#[tokio::test]
async fn the_owner_of_a_ticket_who_is_in_no_entry_is_known_before_anything_is_printed() {
    let ticket = r#"{"title":"Zebulon Quirk never called","lockedBy":{"name":"Zebulon Quirk"}}"#;
    let log = r#"[{"actionString":"wants Zebulon back","actionType":"note","time":"2024-01-01T00:00:00Z",
        "user":{"id":"1","name":"Luna Lovegood","status":"client"}}]"#;
    let base = answering(move |asked, _| ok(if asked.contains("/log") { log } else { ticket }));
    for format in [Format::Markdown, Format::Table, Format::Ndjson, Format::Json, Format::Csv] {
        let source = Source::Ticket(client(&base, "CANARY"), 1);
        let catalogue = assets::action_types().unwrap();
        let redacting = Redacting::new(Redaction::new(Scope::Everyone, &catalogue), catalogue);
        let plan = Plan { redacting: Some(redacting), ..plan(Order::NewestFirst, format) };
        let mut out = Vec::new();
        let outcome = export(plan, &source, &mut out, &mut Never, |_| ()).await;
        assert!(matches!(outcome.end, End::Done));
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("Client 1") && text.contains("wants"), "{text}");
        assert!(!text.contains("Zebulon") && !text.contains("Quirk"), "{format:?}: {text}");
    }
}
