//! Dealing chunks out to pages.
//!
//! A chunk is what is never divided: a line, two lines at the edge of a paragraph, a table row.
//! Leaves out: how chunks are made and what stands on every page.

use std::rc::Rc;

use super::draw::Draw;

/// Marks that stay together, y from the chunk's top.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    pub(crate) height: f32,
    pub(crate) draws: Vec<Draw>,
    /// Blank above, left away at the top of a page.
    pub(crate) space_before: f32,
    /// Stays on the page of the next chunk.
    pub(crate) keep_with_next: bool,
    /// Put above this chunk when it is the first of a page: a table's head.
    pub(crate) repeat_above: Option<Rc<Chunk>>,
    /// Put below this chunk when it is the last of a page: the end of a divided cell.
    pub(crate) closing: Vec<Draw>,
    /// Starts a page.
    pub(crate) page_break: bool,
    /// A table, a card or another block with borders: text after it wants air.
    pub(crate) boxed: bool,
}

/// The part of a page that the body fills.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

/// Pages being filled.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) pages: Vec<Vec<Draw>>,
    /// Where the next chunk goes.
    pub(crate) y: f32,
    first: Area,
    other: Area,
    at_top: bool,
}

impl Flow {
    pub(crate) fn new(first: Area, other: Area) -> Self {
        Self {
            pages: vec![Vec::new()],
            y: first.top,
            first,
            other,
            at_top: true,
        }
    }

    pub(crate) fn area(&self) -> Area {
        if self.pages.len() == 1 { self.first } else { self.other }
    }

    pub(crate) fn room(&self) -> f32 {
        self.area().bottom - self.y
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.other.top;
        self.at_top = true;
    }

    /// Deals the chunks out in order.
    pub(crate) fn place_all(&mut self, chunks: Vec<Chunk>) {
        let mut rest = chunks.into_iter().peekable();
        let mut last_closing: Vec<Draw> = Vec::new();
        while let Some(chunk) = rest.next() {
            let mut group = vec![chunk];
            while group.last().is_some_and(|chunk| chunk.keep_with_next) {
                let Some(next) = rest.next() else { break };
                group.push(next);
            }
            let height: f32 = group.iter().map(|chunk| chunk.space_before + chunk.height).sum();
            let starts_page = group.first().is_some_and(|chunk| chunk.page_break);
            let whole_fits = height <= self.room() + 0.01;
            let fits_fresh = height <= self.other.bottom - self.other.top;
            if !self.at_top && (starts_page || (!whole_fits && fits_fresh)) {
                self.break_page(&mut last_closing);
            }
            for chunk in group {
                if !self.at_top && chunk.space_before + chunk.height > self.room() + 0.01 {
                    self.break_page(&mut last_closing);
                }
                last_closing.clone_from(&chunk.closing);
                self.put(chunk);
            }
        }
    }

    fn break_page(&mut self, closing: &mut Vec<Draw>) {
        let y = self.y;
        self.stamp(std::mem::take(closing), y);
        self.new_page();
    }

    /// Puts a chunk where the flow stands, whether or not it fits.
    pub(crate) fn put(&mut self, chunk: Chunk) {
        if self.at_top
            && let Some(head) = &chunk.repeat_above
        {
            let y = self.y;
            self.stamp(head.draws.clone(), y);
            self.y += head.height;
        }
        // Below the document head the blank stays.
        if !self.at_top || self.pages.len() == 1 {
            self.y += chunk.space_before;
        }
        let y = self.y;
        self.stamp(chunk.draws, y);
        self.y += chunk.height;
        if chunk.height > 0.0 {
            self.at_top = false;
        }
    }

    fn stamp(&mut self, draws: Vec<Draw>, y: f32) {
        let Some(page) = self.pages.last_mut() else { return };
        page.extend(draws.into_iter().map(|mut draw| {
            draw.shift(0.0, y);
            draw
        }));
    }
}
