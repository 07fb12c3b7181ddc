//! 到期名单: whose day to apply comes near, called one by one.

pub mod call_list;
pub mod call_number;
pub mod print_calls;
pub mod record_call;
