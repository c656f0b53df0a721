-- Format 4 showed a register in a listing without looking at a sum. The sums are worked out when the column is there; what a
-- search reads has marks now, and is made again at the next use.
ALTER TABLE transcripts ADD COLUMN listed_sha256 TEXT NOT NULL DEFAULT '';
UPDATE meta SET value = '' WHERE key = 'derived';
UPDATE meta SET value = '5' WHERE key = 'format'
