//! `certificate issue`: for everybody of a class who passed and has none yet.

use counter_desk::{certificate::issue_certificates::issue_certificates, permission::Permission};

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn issue(common: &Common, class: &str) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Train)?;
    let issued = issue_certificates(&desk, &actor, class)?;
    let text = format!(
        "已发证 {} 份，未发 {} 人。",
        issued.certificates.len(),
        issued.left_out.len()
    );
    Ok(Answer::new(snake(&issued)?, text))
}
