//! A counter that is nothing but a key and a chain, and takes cases in.

use counter_core::{
    assess::{PackChoice, assess},
    attachment::AttachmentRef,
    case::{CaseChange, CaseReceived, Material, MaterialMark, MaterialState},
    change::{ActId, Change, ChangeBody, ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind, Undone},
    incarnation::{CounterChange, ParentHead},
    objection::{ObjectionChange, ObjectionDoor, ObjectionGround, ObjectionReceived},
    record::Record,
    subject_snapshot::SubjectSnapshot,
};
use ed25519_dalek::SigningKey;
use hub_api::{
    blob::{BlobHash, BlobRef},
    key::PublicKey,
    push::{HeadClaim, PushAnswer, PushBatch},
};
use hub_server::{
    attachment::put_range,
    recording::{Sender, record},
    store::{CounterKeyRow, EnrolmentStore, HubStore, HubTransaction, Life},
};
use jiff::civil::Date;
use serde_bytes::ByteBuf;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::office::{DAY, NOW, Office, SITE};

pub const SCAN: &[u8] = b"%PDF-1.7 a scan of the decision";

pub struct Counter<'a> {
    office: &'a Office,
    code: CounterCode,
    life: IncarnationId,
    pub key: SigningKey,
    changes: Vec<ChangeBytes>,
    sent: usize,
}

/// Every change is an act of its own.
fn act_of(place: usize) -> ActId {
    ActId([u8::try_from(place + 1).unwrap(); 16])
}

impl<'a> Counter<'a> {
    /// A counter that is enrolled and has opened its first life.
    pub async fn enrolled(office: &'a Office, code: &str, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let row = CounterKeyRow {
            key: PublicKey::of(&key),
            district: SITE.into(),
            counter: CounterCode(code.into()),
            delegation: Vec::new(),
            from_at: NOW - DAY,
            until_at: NOW + 400 * DAY,
            program: None,
        };
        let mut transaction = office.hub.store.begin().await.unwrap();
        transaction.put_counter_key(&row).await.unwrap();
        transaction.commit().await.unwrap();
        let mut counter = Self {
            office,
            code: row.counter,
            life: IncarnationId([seed; 16]),
            key,
            changes: Vec::new(),
            sent: 0,
        };
        let opened = CounterChange::IncarnationOpened {
            site: SITE.into(),
            prefix: "YX".into(),
            parent: None,
            number_tag: String::new(),
        };
        counter.add(
            Lane::new(LaneKind::Counter, format!("{SITE}-{code}")),
            ChangeBody::Counter(opened),
        );
        counter
    }

    /// The same counter put back from a backup: its next life, which closes this one.
    pub fn restored(&self, seed: u8) -> Self {
        let mut next = Self {
            office: self.office,
            code: self.code.clone(),
            life: IncarnationId([seed; 16]),
            key: self.key.clone(),
            changes: Vec::new(),
            sent: 0,
        };
        let parent = ParentHead {
            incarnation: self.life,
            seq: self.changes.len() as u64,
            hash: self.changes.last().unwrap().hash,
        };
        let opened = CounterChange::IncarnationOpened {
            site: SITE.into(),
            prefix: "YX".into(),
            number_tag: "7B".into(),
            parent: Some(parent.clone()),
        };
        let lane = Lane::new(LaneKind::Counter, format!("{SITE}-{}", self.code));
        // It has read what the hub told of the lane so far.
        next.add_after(lane, ChangeBody::Counter(opened), parent.hash, Some(100));
        next
    }

    pub fn add(&mut self, lane: Lane, body: ChangeBody) {
        let before = self.changes.last().map_or(ChangeHash::ORIGIN, |last| last.hash);
        self.add_after(lane, body, before, None);
    }

    fn add_after(&mut self, lane: Lane, body: ChangeBody, prev_hash: ChangeHash, base: Option<u64>) {
        let change = Change {
            schema: Change::schema_of(&body, None),
            counter: self.code.clone(),
            incarnation: self.life,
            seq: self.changes.len() as u64 + 1,
            lane,
            act: act_of(self.changes.len()),
            body,
            actor: "chen".into(),
            made_at: NOW,
            base,
            prev_hash,
            settles: None,
        };
        self.changes.push(change.to_bytes());
    }

    /// 撤销 of the change before.
    pub fn undone(&mut self, no: &str) {
        let act = act_of(self.changes.len() - 1);
        self.add(Lane::new(LaneKind::Case, no), ChangeBody::Undone(Undone { act }));
    }

    pub fn case(&mut self, no: &str, body: CaseChange) {
        self.add(Lane::new(LaneKind::Case, no), ChangeBody::Case(body));
    }

    /// Takes a case in and enters it at its site, both on `on`.
    pub fn submitted(&mut self, no: &str, authority: &str, on: Date) {
        self.received(no, authority, on);
        let (site, number) = ("信用中国".to_owned(), format!("XYZG-{no}"));
        self.case(no, CaseChange::Submitted { site, number, on });
    }

    /// Takes a case in.
    pub fn received(&mut self, no: &str, authority: &str, on: Date) {
        let record = Record::from_json(&json!({
            "CF_XDR_MC": format!("{no}餐饮<b>有限</b>公司"), "CF_XDR_SHXYM": "91440101MA5ANLXK5N",
            "CF_WSH": format!("越应急罚〔2026〕{no}"), "CF_CFLB": "罚款", "CF_NR_FK": "0.5",
            "CF_JDRQ": "2026-05-10", "CF_CFJG": authority, "CF_XDR_ZJHM": "11010519491231002X",
            "fulfilled": true, "rectified": true, "committed": true, "published": true,
        }))
        .unwrap();
        let assessment = assess(&record, on, &PackChoice::Auto, &self.office.rules).unwrap();
        let material = Material {
            code: "fulfilment_proof".into(),
            name: "缴款凭证".into(),
            required: true,
            note: None,
            how_to: String::new(),
            basis: String::new(),
            unverified: false,
            hints: Vec::new(),
            mark: MaterialMark {
                state: MaterialState::Received,
                original_seen: true,
                copy_kept: true,
                scans: vec![AttachmentRef {
                    sha256: hex::encode(Sha256::digest(SCAN)),
                    name: "缴款凭证.pdf".into(),
                    media_type: "application/pdf".into(),
                    length: SCAN.len() as u64,
                }],
                ..MaterialMark::default()
            },
        };
        let received = CaseReceived {
            visit: format!("V-{no}"),
            subject: SubjectSnapshot {
                uscc: record.uscc.clone(),
                name: record.subject_name.clone().unwrap(),
            },
            record_key: no.into(),
            record,
            assessment,
            materials: vec![material],
            received_on: on,
            data_as_of: None,
            verification_required: false,
        };
        self.case(no, CaseChange::Received(Box::new(received)));
    }

    /// Something about the objection `no`.
    pub fn objection(&mut self, no: &str, body: ObjectionChange) {
        self.add(Lane::new(LaneKind::Objection, no), ChangeBody::Objection(body));
    }

    /// Takes an objection in about the record of the case `case`.
    pub fn objected(&mut self, no: &str, case: &str, on: Date) {
        let record = Record::from_json(&json!({"CF_WSH": case})).unwrap();
        let received = ObjectionReceived {
            visit: format!("V-{no}"),
            subject: SubjectSnapshot {
                uscc: None,
                name: "某公司".into(),
            },
            record_key: case.into(),
            record,
            door: ObjectionDoor::CreditGuangzhou,
            grounds: vec![ObjectionGround::Wrong],
            disputed: Vec::new(),
            facts: "日期有误".into(),
            materials: Vec::new(),
            pack: "gz-objection-2024".into(),
            case: Some(case.into()),
            received_on: on,
        };
        self.objection(no, ObjectionChange::Received(Box::new(received)));
    }

    /// Sends what was not sent yet.
    pub async fn push(&mut self) {
        let last = self.changes.last().unwrap();
        let claim = HeadClaim {
            site: SITE.into(),
            counter: self.code.clone(),
            incarnation: self.life,
            seq: self.changes.len() as u64,
            hash: last.hash,
        };
        let batch = PushBatch {
            changes: self.changes[self.sent..]
                .iter()
                .map(|change| ByteBuf::from(change.bytes.clone()))
                .collect(),
            head: claim.sign(&self.key),
            lane_keys: Vec::new(),
        };
        let sender = Sender {
            key: PublicKey::of(&self.key),
            life: Life {
                district: SITE.into(),
                counter: self.code.clone(),
                incarnation: self.life,
            },
        };
        let answer = record(&self.office.hub, &sender, &batch).await.unwrap();
        assert!(matches!(answer, PushAnswer::Recorded { .. }), "{answer:?}");
        self.sent = self.changes.len();
    }

    /// Sends the scan that the cases cite.
    pub async fn send_scan(&self) {
        let blob = BlobRef {
            sha256: BlobHash(Sha256::digest(SCAN).into()),
            length: SCAN.len() as u64,
        };
        put_range(&self.office.hub, SITE, blob, 0, SCAN).await.unwrap();
    }
}
