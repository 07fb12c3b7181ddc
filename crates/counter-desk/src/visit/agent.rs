//! Who stands at the counter: checked before it is kept, the numbers sealed.

use counter_core::{
    change::Lane,
    identifier::ResidentId,
    sealed::Sealed,
    visit::{Agent, AgentCapacity, AuthorityProof},
};
use counter_store::{StoreError, WriteTx};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::visit_view;

/// The agent as typed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgentInput {
    /// 姓名.
    pub name: String,
    /// In which capacity.
    pub capacity: AgentCapacity,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
    /// How the authority to act was shown.
    pub authority: AuthorityProof,
    /// 身份证号码, where it was given.
    pub id_number: Option<String>,
    /// 手机号, where it was given.
    pub phone: Option<String>,
    /// Numbers left out are those of the person recorded at this visit.
    #[serde(default)]
    pub as_at_visit: Option<String>,
}

impl std::fmt::Debug for AgentInput {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("AgentInput")
            .field("capacity", &self.capacity)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

/// A field of the agent that cannot be kept as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentFault {
    /// No name, or a name of more than 50 characters.
    #[error("the agent's name is missing or too long")]
    Name,
    /// Not an identity number with a valid check character.
    #[error("the identity number is not valid")]
    IdNumber,
    /// Not a mainland mobile number.
    #[error("the telephone number is not valid")]
    Phone,
}

impl AgentFault {
    /// The stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "agent_name",
            Self::IdNumber => "agent_id_number",
            Self::Phone => "agent_phone",
        }
    }
}

/// Identity number and telephone, where they are known.
type Numbers = (Option<Zeroizing<String>>, Option<Zeroizing<String>>);

impl AgentInput {
    /// The first fault, if any.
    pub fn fault(&self) -> Option<AgentFault> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > 50 {
            return Some(AgentFault::Name);
        }
        if let Some(number) = given(&self.id_number)
            && ResidentId::parse(number).is_err()
        {
            return Some(AgentFault::IdNumber);
        }
        if let Some(phone) = given(&self.phone)
            && !is_phone(phone)
        {
            return Some(AgentFault::Phone);
        }
        None
    }

    /// The agent as it enters the change: the numbers sealed under the key of `lane`.
    pub(crate) fn sealed(&self, tx: &mut WriteTx<'_>, lane: &Lane) -> Result<Agent, StoreError> {
        let before = self.before(tx)?;
        let typed = |typed: &Option<String>, before: Option<Zeroizing<String>>| {
            given(typed).map(|typed| Zeroizing::new(typed.to_owned())).or(before)
        };
        let id_plain = typed(&self.id_number, before.0);
        let phone_plain = typed(&self.phone, before.1);
        let mut seal = |plain: &Option<Zeroizing<String>>| plain.as_ref().map(|plain| tx.seal(lane, plain)).transpose();
        let id_number = seal(&id_plain)?;
        let phone = seal(&phone_plain)?;
        Ok(Agent {
            name: self.name.trim().to_owned(),
            capacity: self.capacity,
            identity_checked: self.identity_checked,
            authority: self.authority,
            id_number,
            id_number_masked: id_plain.map(|number| masked(&number, 4, 4)),
            phone,
            phone_masked: phone_plain.map(|phone| masked(&phone, 3, 4)),
        })
    }

    /// Identity number and telephone of the same person at the visit named, where their keys are still there.
    fn before(&self, tx: &WriteTx<'_>) -> Result<Numbers, StoreError> {
        let Some(no) = &self.as_at_visit else {
            return Ok((None, None));
        };
        let agent = visit_view::load(tx, no)?.and_then(|visit| visit.agent);
        let Some(agent) = agent.filter(|agent| agent.name == self.name.trim()) else {
            return Ok((None, None));
        };
        let lane = super::lane(no);
        let open = |sealed: &Option<Sealed>| match sealed {
            Some(sealed) => tx.unseal(&lane, sealed),
            None => Ok(None),
        };
        Ok((open(&agent.id_number)?, open(&agent.phone)?))
    }
}

pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

pub(super) fn is_phone(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && bytes.iter().all(u8::is_ascii_digit)
}

pub(super) fn masked(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(at, c)| if at < head || at + tail >= count { c } else { '*' })
        .collect()
}
