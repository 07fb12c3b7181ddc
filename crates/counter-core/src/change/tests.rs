//! What the bytes of a change are, and how programs of other versions read them.

use super::*;
use crate::{
    account::AccountChange,
    lane_state::{LaneState, apply},
    refusal::RefusalCode,
};

fn change(body: ChangeBody, settles: Option<ChangeRef>) -> Change {
    Change {
        schema: if settles.is_some() {
            SETTLING_SCHEMA
        } else {
            CHANGE_SCHEMA
        },
        counter: CounterCode("W03".into()),
        incarnation: IncarnationId([1; 16]),
        seq: 2,
        lane: Lane::new(LaneKind::Account, "li"),
        act: ActId([2; 16]),
        body,
        actor: "li".into(),
        made_at: 1_795_485_600_000,
        base: Some(7),
        prev_hash: ChangeHash([3; 32]),
        settles,
    }
}

fn earlier() -> ChangeRef {
    ChangeRef {
        incarnation: IncarnationId([1; 16]),
        seq: 1,
        hash: ChangeHash([3; 32]),
    }
}

fn created() -> ChangeBody {
    ChangeBody::Account(AccountChange::Created {
        display_name: "李受理".into(),
        roles: Vec::new(),
    })
}

fn given_up() -> ChangeBody {
    ChangeBody::Withdrawal(Withdrawal {
        reason: "重复登记".into(),
    })
}

/// What a program reads that knows plain changes only: the schema, and then whether it may go on.
fn schema_in(bytes: &[u8]) -> u16 {
    let value: ciborium::Value = ciborium::from_reader(bytes).unwrap();
    let schema = value
        .as_map()
        .unwrap()
        .iter()
        .find(|(key, _)| key.as_text() == Some("schema"));
    schema.unwrap().1.as_integer().unwrap().try_into().unwrap()
}

/// The first change of a counter, as a program wrote it that knew nothing of settling.
const WRITTEN_BEFORE: &str = "ab66736368656d610167636f756e746572635730336b696e6361726e6174696f6e501a5cf8761d035f4d0bb2da2c6c0cfbc0\
     6373657101646c616e65a2646b696e6467636f756e7465726269646a3434303130342d5730336361637450c1e3a1b4d8350e\
     d2d770f4588e26c6f564626f6479a167636f756e746572a172696e6361726e6174696f6e5f6f70656e6564a4647369746566\
     3434303130346670726566697862595866706172656e74f66a6e756d6265725f74616760656163746f726673797374656d67\
     6d6164655f61741b000001a20e72c4716462617365f669707265765f68617368582000000000000000000000000000000000\
     00000000000000000000000000000000";
const ITS_HASH: &str = "a98b1b32586a251d5f2020cac6ec84e664669d47cdbbeaff6333de313b9b087d";

#[test]
fn a_plain_change_has_the_bytes_it_always_had() {
    let stored = ChangeBytes::from_stored(hex::decode(WRITTEN_BEFORE).unwrap());
    assert_eq!(stored.hash.to_string(), ITS_HASH);
    assert_eq!(stored.decode().unwrap().to_bytes(), stored);
}

#[test]
fn a_change_that_settles_another_is_newer_than_what_older_programs_read() {
    for body in [created(), given_up()] {
        let written = change(body, Some(earlier()));
        let stored = written.to_bytes();
        assert_eq!(schema_in(&stored.bytes), 2);
        assert_eq!(stored.decode().unwrap(), written);
    }
}

#[test]
fn giving_up_changes_no_state_and_names_what_it_gives_up() {
    let state = apply(None, &change(created(), None)).unwrap();
    assert!(matches!(state, Some(LaneState::Account(_))));
    for before in [None, state] {
        let after = apply(before.clone(), &change(given_up(), Some(earlier()))).unwrap();
        assert_eq!(after, before);
        let refusal = apply(before, &change(given_up(), None)).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NothingToSettle);
    }
}

#[test]
fn a_reason_and_what_is_waited_for_are_the_same_word_on_the_wire_and_in_the_database() {
    use crate::verdict::WaitingFor;
    for code in RefusalCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        assert_eq!(RefusalCode::from_word(code.as_str()), Some(code));
    }
    for waiting in WaitingFor::ALL {
        assert_eq!(serde_json::to_value(waiting).unwrap(), waiting.as_str());
        assert_eq!(WaitingFor::from_word(waiting.as_str()), Some(waiting));
    }
}
