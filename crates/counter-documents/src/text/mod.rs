//! Text setting: characters to items, items to lines.

pub(crate) mod class;
mod lines;
mod shape;

pub(crate) use lines::{Column, Line, Placed, fill};
pub(crate) use shape::{Missing, Style, shape};
