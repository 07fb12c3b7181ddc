//! Wire shapes between counter and hub, signing and verifying.
