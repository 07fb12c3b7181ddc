-- Every table that grows is keyed by district first, as in the store of a city.
CREATE TABLE request_nonce_by_district (
    district TEXT NOT NULL,
    key_id BLOB NOT NULL,
    nonce BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (district, key_id, nonce)
) STRICT, WITHOUT ROWID;
INSERT INTO request_nonce_by_district (district, key_id, nonce, seen_at)
SELECT district, key_id, nonce, seen_at FROM request_nonce JOIN counter_key USING (key_id);
DROP TABLE request_nonce;
ALTER TABLE request_nonce_by_district RENAME TO request_nonce;
CREATE INDEX request_nonce_by_time ON request_nonce (district, seen_at);
