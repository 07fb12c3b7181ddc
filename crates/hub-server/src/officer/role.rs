//! Who may do what. The table is one function, and a test walks through all of it.

/// What an officer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 认定单位经办: acts for one or several finding authorities, and sees only their cases.
    Authority,
    /// 信用办: sees the district, and decides nothing in an authority's place.
    CreditOffice,
    /// 管理员: accounts and counters; no cases.
    Administrator,
}

/// What can be done at the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Reading the queue, a case and its attachments.
    ReadCases,
    /// 受理, 不予受理, 要求补充, 决定: the authority's own acts.
    ActForAuthority,
    /// 核对撤下: looking whether the sites still show the record.
    CheckTakenDown,
    /// Reading what no lane has taken.
    ReadConflicts,
    /// 认领: standing by what a closed life of a counter still sent.
    Claim,
    /// Reading the district's counters.
    ReadCounters,
    /// Printing a one-time code that binds a counter.
    PrintCode,
    /// Reading the district's reports.
    ReadReports,
    /// Closing a month.
    CloseMonth,
    /// Publishing reference data and rule packs, revoking certificates.
    Publish,
    /// Making and ending officers' accounts.
    ManageOfficers,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Authority, Self::CreditOffice, Self::Administrator];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::CreditOffice => "credit_office",
            Self::Administrator => "administrator",
        }
    }

    /// The role named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 11] = [
        Self::ReadCases,
        Self::ActForAuthority,
        Self::CheckTakenDown,
        Self::ReadConflicts,
        Self::Claim,
        Self::ReadCounters,
        Self::PrintCode,
        Self::ReadReports,
        Self::CloseMonth,
        Self::Publish,
        Self::ManageOfficers,
    ];
}

/// Whether `role` may do `action`.
pub fn may(role: Role, action: Action) -> bool {
    use Role::{Administrator, Authority, CreditOffice};
    match action {
        Action::ReadCases | Action::CheckTakenDown => matches!(role, Authority | CreditOffice),
        Action::ActForAuthority => role == Authority,
        Action::ReadConflicts | Action::Claim | Action::ReadReports | Action::CloseMonth | Action::Publish => {
            role == CreditOffice
        }
        Action::ReadCounters | Action::PrintCode => matches!(role, CreditOffice | Administrator),
        Action::ManageOfficers => role == Administrator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_exactly_what_its_row_says() {
        use Action::{
            ActForAuthority, CheckTakenDown, Claim, CloseMonth, ManageOfficers, PrintCode, Publish, ReadCases,
            ReadConflicts, ReadCounters, ReadReports,
        };
        let table: [(Role, &[Action]); 3] = [
            (Role::Authority, &[ReadCases, ActForAuthority, CheckTakenDown]),
            (
                Role::CreditOffice,
                &[
                    ReadCases,
                    CheckTakenDown,
                    ReadConflicts,
                    Claim,
                    ReadCounters,
                    PrintCode,
                    ReadReports,
                    CloseMonth,
                    Publish,
                ],
            ),
            (Role::Administrator, &[ReadCounters, PrintCode, ManageOfficers]),
        ];
        assert_eq!(table.map(|(role, _)| role), Role::ALL);
        for (role, allowed) in table {
            for action in Action::ALL {
                assert_eq!(may(role, action), allowed.contains(&action), "{role:?} × {action:?}");
            }
        }
    }
}
