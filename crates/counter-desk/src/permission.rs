//! Which role may do what: the whole table, in one place.

use counter_core::account::Role;

/// Something a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Look things up.
    Read,
    /// Receive visits and cases, answer for records, print.
    Receive,
    /// Import data.
    Import,
    /// Open classes, enrol trainees, issue certificates.
    Train,
    /// Start and watch exams.
    Proctor,
    /// Bind to a hub, back up, add accounts.
    Administer,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Receive,
        Self::Import,
        Self::Train,
        Self::Proctor,
        Self::Administer,
    ];
}

/// Whether one of `roles` gives `permission`.
pub fn may(roles: &[Role], permission: Permission) -> bool {
    roles.iter().any(|role| gives(*role).contains(&permission))
}

/// What a role gives.
pub fn gives(role: Role) -> &'static [Permission] {
    use Permission::{Administer, Import, Proctor, Read, Receive, Train};
    match role {
        Role::Administrator => &[Read, Receive, Import, Train, Proctor, Administer],
        Role::Lead => &[Read, Receive, Import, Train, Proctor],
        Role::Clerk => &[Read, Receive, Import, Train, Proctor],
        Role::TrainingOrganizer => &[Read, Train, Proctor],
        Role::Proctor => &[Read, Proctor],
        Role::StreetWindow => &[Read, Receive],
        Role::Auditor => &[Read],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing_and_only_an_administrator_administers() {
        assert_eq!(gives(Role::Auditor), [Permission::Read]);
        for role in [
            Role::Lead,
            Role::Clerk,
            Role::TrainingOrganizer,
            Role::Proctor,
            Role::StreetWindow,
            Role::Auditor,
        ] {
            assert!(!may(&[role], Permission::Administer), "{role:?}");
        }
        assert!(
            Permission::ALL
                .iter()
                .all(|permission| may(&[Role::Administrator], *permission))
        );
    }

    #[test]
    fn a_proctor_cannot_receive_cases_and_nobody_does_anything_without_a_role() {
        assert!(!may(&[Role::Proctor], Permission::Receive));
        assert!(Permission::ALL.iter().all(|permission| !may(&[], *permission)));
    }
}
