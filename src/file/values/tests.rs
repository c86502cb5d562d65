//! What is found in whole, broken and cut documents.

use super::*;

/// The entries that are found, whatever the pieces are.
fn found(text: &str) -> Vec<&str> {
    let all: Vec<Vec<&str>> = (1..=text.len().min(40)).map(|pieces| found_in(text, pieces)).collect();
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{text}: {all:?}");
    all.into_iter().next().unwrap_or_default()
}

fn found_in(text: &str, pieces: usize) -> Vec<&str> {
    let mut index = Index::default();
    let mut values = Values::new();
    let mut offset = 0;
    for piece in text.as_bytes().chunks(pieces) {
        values.feed(piece, offset, &mut index);
        offset += piece.len() as u64;
    }
    values.finish(offset, &mut index);
    let range = |at| index.range(at).unwrap();
    let text_of = |(start, end)| {
        let whole = text.get(usize::try_from(start).unwrap()..usize::try_from(end).unwrap()).unwrap();
        whole.trim_end_matches(|c: char| c == ',' || c.is_whitespace())
    };
    (0..index.len()).map(range).map(text_of).collect()
}

#[test]
fn the_elements_of_an_array_are_entries() {
    assert_eq!(
        found(r#"[{"a":"]"},{"b":[1,{}]} , {"c":"\"}"}]"#),
        [r#"{"a":"]"}"#, r#"{"b":[1,{}]}"#, r#"{"c":"\"}"}"#]
    );
    assert_eq!(found("[]"), Vec::<&str>::new());
    assert_eq!(found(" [ ] "), Vec::<&str>::new());
}

#[test]
fn the_data_of_answers_are_entries_and_what_stands_round_them_is_not() {
    let answer = r#"{"errorCode":-1,"x":{"data":[7]},"data":[{"a":1},{"a":2}],"errorText":null}"#;
    assert_eq!(found(answer), [r#"{"a":1}"#, r#"{"a":2}"#]);
    let two = format!("{answer}\n{answer}\n[{{}}]");
    assert_eq!(found(&two), [r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":1}"#, r#"{"a":2}"#, "{}"]);
}

#[test]
fn objects_that_stand_alone_are_entries() {
    assert_eq!(found("{\n \"a\": [1]\n}\n{\"data\": 1}{}"), ["{\n \"a\": [1]\n}", "{\"data\": 1}", "{}"]);
}

#[test]
fn broken_elements_cost_themselves() {
    assert_eq!(found(r#"[1,"x,y",nonsense,{"a":1} {"b":2},{]]"#).len(), 6);
    assert_eq!(found("[{}]\ntrailing words\n[{}]"), ["{}", "trailing words", "{}"]);
}

#[test]
fn what_is_cut_off_is_the_last_entry() {
    for whole in [r#"[{"a":1},"#, r#"[{"a":1}"#, r#"{"data":[{"a":1}, "#] {
        assert_eq!(found(whole).last(), Some(&""), "{whole}");
    }
    assert_eq!(found(r#"[{"a":1},{"b":"#), [r#"{"a":1}"#, r#"{"b":"#]);
    assert_eq!(found(r#"{"data":[{"a":1}],"errorC"#), [r#"{"a":1}"#]);
}
