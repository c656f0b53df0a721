-- The truth of an index. Keyword lists are derived (word search only) but live here to change in the same transaction.
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
    rows_sha256 TEXT NOT NULL   -- of this row and its speakers, turns and passages; the sum of all sums is in meta
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

CREATE TABLE postings (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    data BLOB NOT NULL
);
