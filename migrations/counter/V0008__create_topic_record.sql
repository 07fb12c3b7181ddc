-- 专题记录: what public lists say of a subject, as the hub publishes them. Which topics there are is told by the rows.
CREATE TABLE topic_record (
    -- its place in the hub's dataset
    key         BLOB    PRIMARY KEY,
    subject_id  INTEGER NOT NULL,
    topic       TEXT    NOT NULL,
    topic_group TEXT    NOT NULL CHECK (topic_group IN ('untrustworthy', 'trustworthy', 'other')),
    authority   TEXT,
    document_no TEXT,
    listed_on   TEXT,
    until_on    TEXT,
    reason      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_record_subject ON topic_record (subject_id);
