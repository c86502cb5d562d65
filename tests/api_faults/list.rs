//! A list of tickets: what is asked, and what is made of answers that are not one.

use ticketlog::model::{failure::FailureKind, text::Untrusted};

use crate::{TOKEN, client_for, fault_server::FaultServer, json, patient};

#[tokio::test]
async fn a_list_is_asked_for_once_by_numbers_as_the_reference_page_names_them() {
    let body = r#"{"data":[{"id":7,"title":"Broken wand","status":"open"},{"title":"no number"},
        {"id":443484636000,"title":null}],"errorCode":-1,"errorText":null}"#;
    let server = FaultServer::answering(json("200 OK", body)).await;
    let client = client_for(&format!("http://{}/v2/", server.host()), patient());
    let tickets = client.tickets(&[443_484_636_000, 7]).await.unwrap();
    let told: Vec<_> = tickets.iter().map(|(number, about)| (*number, about.title.clone())).collect();
    assert_eq!(told, [(7, Some(Untrusted::new("Broken wand"))), (443_484_636_000, None)]);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v2/tickets/list HTTP/1.1\r\n"), "{head}");
    let head = head.to_ascii_lowercase();
    assert!(head.contains(&format!("authorization: bearer {}", TOKEN.to_ascii_lowercase())), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(body, r#"{"ticketIds":[443484636000,7],"take":50}"#);
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_one_failure() {
    for (status, body) in [
        ("500 Trouble", "{}"),
        ("404 Not Found", ""),
        ("200 OK", "<html>"),
        ("200 OK", r#"{"data":{},"errorCode":-1}"#),
        ("200 OK", r#"{"data":null,"errorCode":7,"errorText":"no"}"#),
    ] {
        let server = FaultServer::answering(json(status, body)).await;
        let client = client_for(&format!("http://{}", server.host()), patient());
        let failure = client.tickets(&[7]).await.unwrap_err();
        assert!(!format!("{failure:?}").contains("CANARY"), "{status} {body}");
        assert_ne!(failure.kind, FailureKind::NotAuthorised, "{status} {body}");
        assert_eq!(server.connections(), 1);
    }
}
