//! The reference central credit system: records, judges and answers.
