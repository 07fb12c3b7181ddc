//! `workdays`: a statutory due date, by the State Council's holidays.

use counter_core::pack::RuleBook;
use jiff::civil::Date;

use super::shape::snake;
use crate::{failure::Failure, say::Answer};

pub fn workdays(from: Date, add: u16) -> Result<Answer, Failure> {
    let due = RuleBook::shipped().calendar().due(from, add);
    let text = match due.due_on {
        Some(day) => format!("{day}"),
        None => format!("节假日安排只公布到 {}，推算不到。", due.calendar_until),
    };
    Ok(Answer::new(snake(&due)?, text))
}
