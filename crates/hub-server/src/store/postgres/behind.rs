//! Statements that are sent at once and looked at later: while PostgreSQL works at them, the hub goes on judging.
//!
//! A connection works at its statements in order, so whatever is read or kept after one of these comes after it.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use deadpool_postgres::Object;
use futures_util::future::{BoxFuture, MaybeDone, maybe_done};
use tokio_postgres::{Error, Statement, types::ToSql};

/// A value that goes with a statement to where it is waited for.
pub(super) type Value = Box<dyn ToSql + Sync + Send>;

/// A statement on its way, and then what came of it.
type Sent = Pin<Box<MaybeDone<BoxFuture<'static, Result<(), Error>>>>>;

/// The statements of a transaction that nobody has waited for, in the order they were sent in.
#[derive(Default)]
pub(super) struct Behind(Vec<Sent>);

impl Behind {
    /// Sends `statement`.
    pub async fn execute(&mut self, connection: Arc<Object>, statement: Statement, values: Vec<Value>) {
        self.send(Box::pin(async move {
            connection.execute_raw(&statement, values).await.map(drop)
        }))
        .await;
        // The connection's own task takes it to the socket.
        tokio::task::yield_now().await;
    }

    /// Sends statements without values.
    pub async fn batch(&mut self, connection: Arc<Object>, sql: &'static str) {
        self.send(Box::pin(async move { connection.batch_execute(sql).await }))
            .await;
    }

    async fn send(&mut self, statement: BoxFuture<'static, Result<(), Error>>) {
        let mut statement = Box::pin(maybe_done(statement));
        // Polled once, it is on its way.
        poll_fn(|context| {
            let _later = statement.as_mut().poll(context);
            Poll::Ready(())
        })
        .await;
        self.0.push(statement);
    }

    /// Waits for all of them.
    ///
    /// # Errors
    /// That of the first that failed: the others failed for its sake.
    pub async fn settle(&mut self) -> Result<(), Error> {
        for mut statement in self.0.drain(..) {
            statement.as_mut().await;
            if let Some(done) = statement.as_mut().take_output() {
                done?;
            }
        }
        Ok(())
    }
}
