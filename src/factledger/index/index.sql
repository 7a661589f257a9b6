-- The derived index: made from the log, read in its place, and made anew by `factledger reindex`.
-- Days are whole numbers (1 is 0001-01-01); -1000000000 and 1000000000 are before and after all.

CREATE TABLE progress (
    one     INTEGER PRIMARY KEY CHECK (one = 6),  -- which kinds, keys and rules of spans its maker knew
    indexed INTEGER NOT NULL,  -- the last entry that is in the index
    hash    BLOB NOT NULL      -- its hash
) STRICT;

-- Where something is in the log: label, target, key, what is declared, withdrawn, identified.
CREATE TABLE posting (
    list TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (list, key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;

-- Two actors in alphabetical order; the second is empty for a claim of one actor alone.
CREATE TABLE pair (
    id INTEGER PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL, UNIQUE (one, other)
) STRICT;
CREATE INDEX pair_other ON pair (other);

-- A claim, once for every two actors that it names, on the days of its span: possible from
-- `first`, definite from `sure` to `until`, then presumed to `presumed`, ended from `gone` on. `touched` is the entry from
-- which on other entries bear on it, so that its span alone does not tell its status.
CREATE TABLE pairing (
    pair INTEGER NOT NULL, shape INTEGER NOT NULL, first INTEGER NOT NULL, number INTEGER NOT NULL,
    sure INTEGER NOT NULL, until INTEGER NOT NULL, gone INTEGER NOT NULL,
    presumed INTEGER NOT NULL, retired INTEGER NOT NULL, touched INTEGER NOT NULL,
    home INTEGER NOT NULL, type INTEGER NOT NULL, sources INTEGER NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (pair, shape, first, number)
) STRICT, WITHOUT ROWID;

-- The terms of each entry, as `factledger.index.search` makes them; the text that they were in is not kept.
CREATE VIRTUAL TABLE found USING fts5(
    terms, content = '', detail = none, columnsize = 0, tokenize = 'ascii', prefix = '1 2 3'
);

-- The words among the terms, each once: which words begin as others do.
CREATE TABLE term (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- The claims on which other entries bear from `touched` on.
CREATE TABLE bearing (
    pair INTEGER NOT NULL, number INTEGER NOT NULL, touched INTEGER NOT NULL,
    PRIMARY KEY (pair, number)
) STRICT, WITHOUT ROWID;
