-- The hub itself, the one-time codes it printed and the keys that speak for counters.
-- hub, enrolment_code and counter_key are read before a district is known: small tables, copied to every node of a
-- distributed engine. Everything else begins its key with the district.
CREATE TABLE hub (
    id smallint PRIMARY KEY CHECK (id = 1),
    incarnation bytea NOT NULL CHECK (length(incarnation) = 16),
    created_at bigint NOT NULL
);

CREATE TABLE enrolment_code (
    code_key_id bytea PRIMARY KEY CHECK (length(code_key_id) = 8),
    code_key bytea NOT NULL CHECK (length(code_key) = 32),
    district text NOT NULL,
    counter text NOT NULL,
    valid_until_at bigint NOT NULL,
    used_by_key bytea,
    used_at bigint,
    reply bytea
);

CREATE TABLE counter_key (
    key_id bytea PRIMARY KEY CHECK (length(key_id) = 8),
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    district text NOT NULL,
    counter text NOT NULL,
    delegation bytea NOT NULL,
    from_at bigint NOT NULL,
    until_at bigint NOT NULL,
    last_heard_at bigint
);
CREATE INDEX counter_key_by_counter ON counter_key (district, counter);

