//! The counter's encrypted database: connection, keys, migrations, one file per table.
