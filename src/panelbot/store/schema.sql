-- The truth of an index.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE transcripts (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL,
    event TEXT NOT NULL, location TEXT NOT NULL, source TEXT NOT NULL,
    path TEXT NOT NULL,         -- the file it was read from, empty for pasted text
    fingerprint TEXT NOT NULL,  -- of the file's bytes and the settings that shape passages
    edits TEXT NOT NULL,        -- JSON list: what people changed in the register, replayed when the file changes
    first_id INTEGER NOT NULL UNIQUE,  -- the vector index knows passage i as first_id + i; ids are never used twice
    changed INTEGER NOT NULL,   -- the generation in which the row last changed
    vectors_sha256 TEXT NOT NULL,
    -- Of this row and its speakers, turns and passages (the sum of all sums is in meta); and of what a listing shows: the
    -- texts above, the number of turns, the speakers.
    rows_sha256 TEXT NOT NULL, listed_sha256 TEXT NOT NULL
) WITHOUT ROWID;

-- Blobs have tables of their own, with row ids: looking for a key in a table WITHOUT ROWID reads every row it meets whole.
CREATE TABLE vectors (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    data BLOB NOT NULL          -- little-endian float32, one row a passage
);

CREATE TABLE speakers (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL, organization TEXT NOT NULL, title TEXT NOT NULL, role TEXT NOT NULL,
    aliases TEXT NOT NULL, evidence TEXT NOT NULL,  -- JSON lists
    PRIMARY KEY (transcript_id, position)
) WITHOUT ROWID;

CREATE TABLE turns (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    speaker INTEGER NOT NULL,   -- a position in speakers
    text TEXT NOT NULL, start REAL, "end" REAL,
    PRIMARY KEY (transcript_id, position)
) WITHOUT ROWID;

CREATE TABLE passages (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    turn INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (transcript_id, position)
) WITHOUT ROWID;

-- What follows is made from the tables above and made again where it is lost, but changes with them.
CREATE TABLE segments (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    n_turns INTEGER NOT NULL, n_passages INTEGER NOT NULL, n_words INTEGER NOT NULL,
    voices BLOB NOT NULL,       -- a mark, and who speaks each passage: little-endian int16, a position in speakers
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
    data BLOB NOT NULL          -- a mark, and the passages that hold it, 8 bytes each
);
CREATE UNIQUE INDEX one_list ON lists (block, stem);
CREATE TABLE stems (stem TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
