//! Records: seen with their verdict, answered, entered by hand.

pub mod assessment_view;
pub mod authority_choices;
pub mod bankruptcy;
pub mod enter_record;
pub mod facts;
pub mod record_view;
pub mod source;
pub mod state_facts;
