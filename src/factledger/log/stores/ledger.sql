-- The log: what was acknowledged, in order. A line of `ledger.jsonl` is one row; the view `line`
-- gives it back byte for byte. Nothing is ever changed, but for the content that is erased.

CREATE TABLE batch (
    first INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL CHECK (last >= first),
    at    TEXT NOT NULL
) STRICT;

CREATE INDEX batch_at ON batch (at);

CREATE TABLE record (
    seq      INTEGER PRIMARY KEY,
    batch    INTEGER NOT NULL,
    body     TEXT,  -- canonical JSON; NULL where the content was erased
    salt     TEXT,  -- 16 bytes, base64url
    "commit" BLOB,  -- kept where body and salt were erased; SHA-256 of both otherwise
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    CHECK ((body IS NULL) = (salt IS NULL) AND (body IS NULL) = ("commit" IS NOT NULL))
) STRICT;

-- REPLACE does not fire a trigger of DELETE; that a row comes next, and only next, stops it.
CREATE TRIGGER record_in_order BEFORE INSERT ON record
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'append-only: a record comes after the last one'); END;

CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'append-only: no record is deleted'); END;

CREATE TRIGGER record_unchanged BEFORE UPDATE ON record
WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL
    AND NEW.seq IS OLD.seq AND NEW.batch IS OLD.batch AND NEW.hash IS OLD.hash
    AND (OLD."commit" IS NULL OR NEW."commit" IS OLD."commit"))
BEGIN SELECT RAISE(ABORT, 'append-only: the content of a record is erased, or it stays'); END;

CREATE TRIGGER batch_in_order BEFORE INSERT ON batch
WHEN NEW.first IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'append-only: a batch comes after the last record'); END;

CREATE TRIGGER batch_stays BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'append-only: no batch is deleted'); END;

CREATE TRIGGER batch_unchanged BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'append-only: no batch is changed'); END;

CREATE VIEW line AS
SELECT seq,
    '{"at":"' || at || '","batch":' || batch || ','
    || iif(body IS NULL, '"commit":"' || lower(hex("commit")) || '"', '"body":' || body)
    || ',"hash":"' || lower(hex(hash)) || '","last":' || last || ','
    || iif(body IS NULL, '', '"salt":"' || salt || '",')
    || '"seq":' || seq || '}' AS line
FROM record JOIN batch ON batch.first = record.batch;
