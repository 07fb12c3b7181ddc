-- Double publicity (双公示): who was permitted and penalised what, where it came from, what is wrong with it.

-- 信用主体. `identity` names it: the credit code, otherwise another code with the kind of code before it.
CREATE TABLE subject (
    id        INTEGER PRIMARY KEY,
    identity  TEXT    NOT NULL UNIQUE,
    uscc      TEXT,
    name      TEXT    NOT NULL,
    -- letters, digits and characters only, for comparing
    name_key  TEXT    NOT NULL,
    -- the day of the decision the name was last read in: a newer one renames
    named_on  TEXT,
    penalties INTEGER NOT NULL DEFAULT 0,
    permits   INTEGER NOT NULL DEFAULT 0,
    demo      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX subject_name_key ON subject (name_key);

-- Names a subject had or was reported under, other than its name now.
CREATE TABLE subject_former_name (
    subject_id INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL CHECK (ordinal BETWEEN 1 AND 255),
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL,
    PRIMARY KEY (subject_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_former_name_key ON subject_former_name (name_key);

-- Every name as one row: its characters, its pairs of characters, the initials of every three. The row is
-- numbered subject id × 256 + ordinal of the name (0 = the first), and never changes.
CREATE VIRTUAL TABLE subject_search USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

-- One file read in.
CREATE TABLE import_run (
    id          INTEGER PRIMARY KEY,
    file_name   TEXT    NOT NULL,
    sha256      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    layout      TEXT    NOT NULL,
    data_as_of  TEXT,
    -- decisions before this day were reported late (V06); NULL where it was not checked
    late_before TEXT,
    read_rows   INTEGER NOT NULL,
    accepted    INTEGER NOT NULL,
    accepted_with_warnings INTEGER NOT NULL,
    kept_for_check INTEGER NOT NULL,
    duplicates  INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    imported_by TEXT    NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE import_finding (
    run_id    INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    sheet     TEXT    NOT NULL,
    row       INTEGER NOT NULL,
    column    TEXT    NOT NULL,
    rule      TEXT    NOT NULL,
    level     TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    original  TEXT,
    corrected TEXT,
    PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

-- 行政处罚信息. `key` names the decision (文号, subject, authority), `content` what the row says about it.
CREATE TABLE penalty (
    id          INTEGER PRIMARY KEY,
    key         BLOB    NOT NULL UNIQUE,
    content     BLOB    NOT NULL,
    subject_id  INTEGER NOT NULL,
    document_no TEXT,
    decided_on  TEXT,
    -- every filled field under its code, and what stood in the file where that differs
    cells       TEXT    NOT NULL,
    originals   TEXT,
    -- 待核记录: why, as a JSON array of sentences; NULL where the row is fit for reporting
    check_notes TEXT,
    late        INTEGER NOT NULL,
    -- the record typed in by hand that this row is the same decision as
    entered_key TEXT,
    run_id      INTEGER NOT NULL,
    sheet       TEXT    NOT NULL,
    row         INTEGER NOT NULL
) STRICT;
CREATE INDEX penalty_subject ON penalty (subject_id);

-- 行政许可信息, alike.
CREATE TABLE permit (
    id          INTEGER PRIMARY KEY,
    key         BLOB    NOT NULL UNIQUE,
    content     BLOB    NOT NULL,
    subject_id  INTEGER NOT NULL,
    document_no TEXT,
    decided_on  TEXT,
    cells       TEXT    NOT NULL,
    originals   TEXT,
    check_notes TEXT,
    late        INTEGER NOT NULL,
    run_id      INTEGER NOT NULL,
    sheet       TEXT    NOT NULL,
    row         INTEGER NOT NULL
) STRICT;
CREATE INDEX permit_subject ON permit (subject_id);
