-- Format 2 had no checksums but of the vectors. The sums are worked out when the column is there.
ALTER TABLE transcripts ADD COLUMN rows_sha256 TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX one_first_id ON transcripts (first_id);
UPDATE meta SET value = '3' WHERE key = 'format'
