//! The use cases of the counter, one folder per operation.
