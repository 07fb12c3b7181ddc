-- The officers who sign in at the hub's pages, the authorities they act for, and their sessions.
CREATE TABLE officer (
    district TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    -- 1 until the officer has chosen a password of their own.
    must_change INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    resting_until_at INTEGER,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (district, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE officer_authority (
    district TEXT NOT NULL,
    account TEXT NOT NULL,
    authority TEXT NOT NULL,
    PRIMARY KEY (district, account, authority)
) STRICT, WITHOUT ROWID;

-- Only the SHA-256 of a session's token is kept.
CREATE TABLE officer_session (
    district TEXT NOT NULL,
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
    account TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (district, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX officer_session_by_account ON officer_session (district, account);
