-- Format 1 kept the vectors in their transcript's row. Foreign keys must be off while this runs.
CREATE TABLE vectors (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    data BLOB NOT NULL
);
INSERT INTO vectors SELECT id, vectors FROM transcripts ORDER BY id;

CREATE TABLE new_transcripts (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL,
    event TEXT NOT NULL, location TEXT NOT NULL, source TEXT NOT NULL,
    path TEXT NOT NULL, fingerprint TEXT NOT NULL, edits TEXT NOT NULL,
    first_id INTEGER NOT NULL, changed INTEGER NOT NULL, vectors_sha256 TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO new_transcripts SELECT id, title, language, date, event, location, source, path, fingerprint, edits, first_id,
    changed, vectors_sha256 FROM transcripts ORDER BY id;
DROP TABLE transcripts;
ALTER TABLE new_transcripts RENAME TO transcripts;

CREATE TABLE new_postings (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE,
    data BLOB NOT NULL
);
INSERT INTO new_postings SELECT transcript_id, data FROM postings ORDER BY transcript_id;
DROP TABLE postings;
ALTER TABLE new_postings RENAME TO postings;
UPDATE meta SET value = '2' WHERE key = 'format'
