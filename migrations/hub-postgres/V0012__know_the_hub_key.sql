-- The public half of the key this hub signs with; a process that brings another is refused.
-- Empty where an older program made the row: the first process that opens it then says which key it is.
ALTER TABLE hub ADD COLUMN public_key bytea CHECK (length(public_key) = 32);
