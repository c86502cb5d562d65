//! What holds for any input: unknown fields change nothing, a bad row costs itself, nothing panics.

use proptest::prelude::*;
use serde_json::{Value, json};
use ticketlog::{api::decode_ticket, model::entry::Entry};

use crate::{ENGLISH, NORWEGIAN, decode, summary, text};

/// Any JSON, and keys that are none of ours.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{0,6}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Puts the extra members into every object, however deep.
fn enrich(value: &mut Value, extra: &[(String, Value)]) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| enrich(element, extra)),
        Value::Object(members) => {
            members.values_mut().for_each(|member| enrich(member, extra));
            for (key, value) in extra {
                members.insert(format!("x{key}"), value.clone());
            }
        }
        _ => (),
    }
}

/// A row of the reference with one member replaced, added, doubled or left out, or something else altogether.
fn odd_row() -> impl Strategy<Value = String> {
    let names = vec!["actionString", "actionType", "includedItems", "time", "user", "other"];
    let member = (prop::sample::select(names), any_json(), 0..4_usize);
    let usual: Value = serde_json::from_str(ENGLISH).unwrap();
    let usual = usual["data"].as_array().unwrap().clone();
    prop_oneof![
        any_json().prop_map(|value| value.to_string()),
        (prop::sample::select(usual), member).prop_map(|(mut row, (name, value, how))| {
            let members = row.as_object_mut().unwrap();
            match how {
                0 => drop(members.remove(name)),
                1 => drop(members.insert(name.to_owned(), value)),
                2 => {
                    let row = row.to_string();
                    return format!("{} , \"{name}\" : {value}}}", row.strip_suffix('}').unwrap());
                }
                _ => {}
            }
            row.to_string()
        }),
    ]
}

proptest! {
    #[test]
    fn an_answer_reads_the_same_whatever_the_order_of_its_members(
        rows in prop::collection::vec(odd_row(), 0..5),
        space in prop::sample::select(vec!["", " ", "\n\t "]),
        code in prop::sample::select(vec!["-1", "-1", "-1", "0", "null", "-1,\"errorCode\":-1"]),
    ) {
        // The first is read in one pass where it can be, the second never.
        let rows = rows.join(&format!("{space},{space}"));
        let first = format!("{space}{{{space}\"data\"{space}:[{space}{rows}{space}]{space},\"errorCode\":{code}}}{space}");
        let second = format!("{{\"errorCode\":{code},\"data\":[{rows}]}}");
        let told = |body: String| {
            let entries = decode(body).map_err(|error| error.to_string())?;
            let raw = |entry: &Entry| entry.raw.as_ref().unwrap().raw_for_export().to_owned();
            Ok::<_, String>(entries.iter().map(|entry| (summary(entry), raw(entry))).collect::<Vec<_>>())
        };
        prop_assert_eq!(told(first), told(second));
    }

    /// P04: unknown fields and objects are passed over wherever they stand.
    #[test]
    fn unknown_fields_anywhere_change_nothing(
        extra in prop::collection::vec(("[a-zA-Z]{0,8}", any_json()), 0..4),
    ) {
        for body in [ENGLISH, NORWEGIAN] {
            let plain: Vec<_> = decode(body).unwrap().iter().map(summary).collect();
            let mut value: Value = serde_json::from_str(body).unwrap();
            enrich(&mut value, &extra);
            let rich: Vec<_> = decode(value.to_string()).unwrap().iter().map(summary).collect();
            prop_assert_eq!(plain, rich);
        }
    }

    #[test]
    fn a_row_of_any_json_costs_no_other_row(value in any_json(), kind in ".{0,8}") {
        let good = json!({ "actionType": kind });
        for odd in [value.clone(), json!({ "user": value, "time": value, "includedItems": value })] {
            let body = json!({ "data": [good, odd, good], "errorCode": -1 });
            let entries = decode(body.to_string()).unwrap();
            prop_assert_eq!(entries.len(), 3);
            for place in [0, 2] {
                prop_assert_eq!(text(&entries[place].action_type), &kind);
                prop_assert!(entries[place].flaw.is_none());
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = decode_ticket(&bytes);
        let wrapped = [br#"{"errorCode":-1,"data":["#.as_slice(), &bytes, b"]}"].concat();
        let _ = decode(wrapped);
    }

    #[test]
    fn an_example_with_changed_bytes_never_panics_and_a_cut_one_is_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(),
    ) {
        // A line feed at its end may be cut off.
        let whole = ENGLISH.trim_end().as_bytes();
        prop_assert!(decode(&whole[..end.index(whole.len())]).is_err());
        let mut bytes = whole.to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = decode(&bytes);
    }
}
