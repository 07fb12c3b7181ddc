//! Printed documents: layout, PDF and QR.
