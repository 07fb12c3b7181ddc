-- The version of the program a counter last asked with, as it says; empty for one that does not say it.
ALTER TABLE counter_key ADD COLUMN program TEXT;
