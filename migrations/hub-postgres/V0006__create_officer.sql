-- The officers who sign in at the hub's pages, the authorities they act for, and their sessions.
CREATE TABLE officer (
    district text NOT NULL,
    account text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    -- Until the officer has chosen a password of their own.
    must_change boolean NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    resting_until_at bigint,
    disabled_at bigint,
    created_at bigint NOT NULL,
    PRIMARY KEY (district, account)
);

CREATE TABLE officer_authority (
    district text NOT NULL,
    account text NOT NULL,
    authority text NOT NULL,
    PRIMARY KEY (district, account, authority)
);

-- Only the SHA-256 of a session's token is kept.
CREATE TABLE officer_session (
    district text NOT NULL,
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    account text NOT NULL,
    began_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (district, token_hash)
);
CREATE INDEX officer_session_by_account ON officer_session (district, account);
