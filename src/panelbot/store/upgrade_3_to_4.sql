-- Format 3 kept a transcript's keyword lists alone, and read all of them to search. What is kept now is made from the
-- transcripts at the next use.
DROP TABLE postings;
CREATE TABLE segments (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    n_turns INTEGER NOT NULL, n_passages INTEGER NOT NULL, n_words INTEGER NOT NULL,
    voices BLOB NOT NULL,       -- who speaks each passage: little-endian int16, a position in speakers
    data BLOB NOT NULL          -- what a search looks at, packed
);

-- Passages by the stems of their words. A block holds those of the transcripts whose first ids lie in its bounds.
CREATE TABLE blocks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    low INTEGER NOT NULL, high INTEGER NOT NULL,  -- exclusive
    n INTEGER NOT NULL          -- passages it was made with; some may be gone
);
CREATE TABLE lists (
    block INTEGER NOT NULL REFERENCES blocks(number) ON DELETE CASCADE,
    stem TEXT NOT NULL,
    data BLOB NOT NULL          -- passages that hold it, 8 bytes each
);
CREATE UNIQUE INDEX one_list ON lists (block, stem);
CREATE TABLE stems (stem TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
UPDATE meta SET value = '4' WHERE key = 'format'
