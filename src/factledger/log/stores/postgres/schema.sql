-- A ledger on PostgreSQL: one schema, three roles. `factledger postgres setup` fills in the names.
-- A line of `ledger.jsonl` is one row; the view `ledger_jsonl` gives it back byte for byte.

BEGIN;

DO $$
DECLARE
    name text;
BEGIN
    IF current_setting('server_encoding') <> 'UTF8' THEN
        RAISE EXCEPTION 'the database has the encoding %; a ledger needs UTF8',
            current_setting('server_encoding');
    END IF;
    FOREACH name IN ARRAY ARRAY[@owner_text, @writer_text, @reader_text] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA @schema AUTHORIZATION @owner;
SET LOCAL ROLE @owner;

CREATE TABLE @schema.line (
    seq bigint PRIMARY KEY,
    batch bigint NOT NULL CHECK (batch BETWEEN 1 AND seq),
    last bigint NOT NULL CHECK (last >= seq),
    at text COLLATE "C" NOT NULL,
    "commit" bytea NOT NULL CHECK (octet_length("commit") = 32),
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    body text CHECK (body LIKE '{%}' AND strpos(body, E'\n') = 0
        AND octet_length(body) <= 1048276),  -- canonical JSON, NULL where it was erased
    salt bytea CHECK (octet_length(salt) = 16),
    CHECK ((body IS NULL) = (salt IS NULL))
);

CREATE INDEX line_erased ON @schema.line (seq) WHERE body IS NULL;

-- Where a writer puts the lines of another store, by COPY, for `restore` to take in.
CREATE UNLOGGED TABLE @schema.incoming (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint, batch bigint, last bigint, at text, "commit" bytea, hash bytea, body text,
    salt bytea
);

CREATE VIEW @schema.ledger_jsonl AS
SELECT seq,
    '{"at":"' || at || '","batch":' || batch || ','
    || CASE WHEN body IS NULL THEN '"commit":"' || encode("commit", 'hex') || '"'
        ELSE '"body":' || body END
    || ',"hash":"' || encode(hash, 'hex') || '","last":' || last || ','
    || CASE WHEN body IS NULL THEN ''
        ELSE '"salt":"' || rtrim(translate(encode(salt, 'base64'), '+/', '-_'), '=') || '",' END
    || '"seq":' || seq || '}' AS line
FROM @schema.line;

-- --- nothing is ever changed, but for the content that is erased

CREATE FUNCTION @schema.stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('factledger.erasing', true) = 'yes'
        AND NEW.body IS NULL AND NEW.salt IS NULL
        AND (NEW.seq, NEW.batch, NEW.last, NEW.at, NEW."commit", NEW.hash)
            = (OLD.seq, OLD.batch, OLD.last, OLD.at, OLD."commit", OLD.hash) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'append-only: no line is changed or deleted, but for what erase() erases'
        USING ERRCODE = '55000';
END
$$;

CREATE TRIGGER line_unchanged BEFORE UPDATE OR DELETE ON @schema.line
FOR EACH ROW EXECUTE FUNCTION @schema.stays();
CREATE TRIGGER line_not_emptied BEFORE TRUNCATE ON @schema.line
FOR EACH STATEMENT EXECUTE FUNCTION @schema.stays();
-- Also under session_replication_role = replica, and for a superuser.
ALTER TABLE @schema.line ENABLE ALWAYS TRIGGER line_unchanged;
ALTER TABLE @schema.line ENABLE ALWAYS TRIGGER line_not_emptied;

-- --- the chain

CREATE FUNCTION @schema.layout() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';

CREATE FUNCTION @schema.lock_key() RETURNS integer LANGUAGE sql STABLE
AS $$ SELECT (('@schema.line'::regclass::oid::bigint) - 2147483648)::integer $$;

CREATE FUNCTION @schema.commitment(salt bytea, body text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(decode('666163746c65646765722f3120636f6d6d69740a', 'hex') || salt
        || convert_to(body, 'UTF8'))
$$;

CREATE FUNCTION @schema.link(
    before bytea, seq bigint, at text, batch bigint, last bigint, "commit" bytea
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(decode('666163746c65646765722f3120636861696e0a', 'hex') || before || convert_to(
        '{"at":"' || at || '","batch":' || batch || ',"commit":"' || encode("commit", 'hex')
        || '","last":' || last || ',"seq":' || seq || '}', 'UTF8'))
$$;

CREATE FUNCTION @schema.check_instant(at text) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF at !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{6}Z$' THEN
        RAISE EXCEPTION '% is not an instant in UTC with six decimals', at USING ERRCODE = '22023';
    END IF;
    PERFORM at::timestamptz;  -- a day that is none stops here
END
$$;

-- The head, once this transaction alone may move it; it must be `expect`, unless that is NULL.
CREATE FUNCTION @schema.take_turn(expect bytea, OUT seq bigint, OUT hash bytea, OUT at text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
        RAISE EXCEPTION 'synchronous_commit is %, and has to be on',
            current_setting('synchronous_commit') USING ERRCODE = '55000';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the transaction is %, and has to be read committed',
            current_setting('transaction_isolation') USING ERRCODE = '25001';
    END IF;
    PERFORM pg_advisory_xact_lock(1178684743, @schema.lock_key());
    SELECT l.seq, l.hash, l.at INTO seq, hash, at FROM @schema.line l ORDER BY l.seq DESC LIMIT 1;
    IF seq IS NULL THEN
        seq := 0;
        hash := decode(repeat('00', 32), 'hex');
        at := '';
    END IF;
    IF expect <> hash THEN
        RAISE EXCEPTION 'the head moved'
            USING ERRCODE = '40001', DETAIL = encode(hash, 'hex');
    END IF;
END
$$;

-- Appends batches: the first `sizes[1]` bodies at `ats[1]`, and so on. Returns the head before and
-- the hash of the last line, for the client to work out for itself.
CREATE FUNCTION @schema.append(
    ats text[], sizes integer[], bodies text[], salts bytea[], expect bytea DEFAULT NULL,
    OUT before_seq bigint, OUT before_hash bytea, OUT before_at text, OUT hash bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    number bigint;
    batch bigint;
    last bigint;
    at text;
    done integer := 0;
    committed bytea[];
    batches bigint[];
    lasts bigint[];
    instants text[];
    hashes bytea[];
BEGIN
    SELECT t.seq, t.hash, t.at INTO before_seq, before_hash, before_at
        FROM @schema.take_turn(expect) t;
    number := before_seq;
    hash := before_hash;
    at := before_at;
    IF cardinality(bodies) <> cardinality(salts) OR cardinality(ats) <> cardinality(sizes) THEN
        RAISE EXCEPTION 'as many salts as bodies, and sizes as instants' USING ERRCODE = '22023';
    END IF;
    committed := ARRAY(
        SELECT @schema.commitment(salt, body)
        FROM unnest(salts, bodies) WITH ORDINALITY AS u (salt, body, place) ORDER BY place);
    FOR which IN 1 .. cardinality(sizes) LOOP
        PERFORM @schema.check_instant(ats[which]);
        at := greatest(at COLLATE "C", ats[which]);
        batch := number + 1;
        last := number + sizes[which];
        WHILE number < last LOOP
            number := number + 1;
            done := done + 1;
            hash := @schema.link(hash, number, at, batch, last, committed[done]);
            batches[done] := batch;
            lasts[done] := last;
            instants[done] := at;
            hashes[done] := hash;
        END LOOP;
    END LOOP;
    IF done <> cardinality(bodies) THEN
        RAISE EXCEPTION 'the sizes are of % bodies, not %', done, cardinality(bodies)
            USING ERRCODE = '22023';
    END IF;
    -- One statement for all rows: one for each took twice as long.
    INSERT INTO @schema.line
        SELECT before_seq + u.place, u.b, u.l, u.a, u.c, u.h, u.body, u.salt
        FROM unnest(batches, lasts, instants, committed, hashes, bodies, salts)
            WITH ORDINALITY AS u (b, l, a, c, h, body, salt, place);
    @ring
END
$$;

-- Takes in the lines that this transaction put into `incoming`, if they continue the log.
CREATE FUNCTION @schema.restore(expect bytea, OUT hash bytea) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head record;
    one @schema.incoming%ROWTYPE;
    number bigint;
    batch bigint := 0;
    last bigint;
    at text;
BEGIN
    SELECT * INTO head FROM @schema.take_turn(expect);
    number := head.seq;
    last := head.seq;
    at := head.at;
    hash := head.hash;
    FOR one IN
        SELECT * FROM @schema.incoming WHERE transaction = pg_current_xact_id() ORDER BY seq
    LOOP
        IF number = last THEN
            batch := number + 1;
            last := one.last;
            IF one.at COLLATE "C" < at THEN
                RAISE EXCEPTION 'line % is older than the one before', one.seq
                    USING ERRCODE = '22023';
            END IF;
            at := one.at;
            PERFORM @schema.check_instant(at);
        END IF;
        number := number + 1;
        IF one.body IS NOT NULL THEN
            one."commit" := @schema.commitment(one.salt, one.body);
        END IF;
        hash := @schema.link(hash, number, at, batch, last, one."commit");
        IF (one.seq, one.batch, one.last, one.at, one.hash)
            IS DISTINCT FROM (number, batch, last, at, hash) THEN
            RAISE EXCEPTION 'line % does not follow from the lines before', number
                USING ERRCODE = '22023';
        END IF;
        INSERT INTO @schema.line VALUES
            (number, batch, last, at, one."commit", hash, one.body, one.salt);
    END LOOP;
    IF number <> last THEN
        RAISE EXCEPTION 'the last batch ends at line %, and line % is the last', last, number
            USING ERRCODE = '22023';
    END IF;
    DELETE FROM @schema.incoming;
    @ring
END
$$;

-- Takes the content of lines away; no hash changes.
CREATE FUNCTION @schema.erase(entries bigint[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM @schema.take_turn(NULL);
    PERFORM set_config('factledger.erasing', 'yes', true);
    UPDATE @schema.line SET body = NULL, salt = NULL
        WHERE seq = ANY (entries) AND body IS NOT NULL;
    PERFORM set_config('factledger.erasing', '', true);
END
$$;

-- --- who may do what: a reader reads, a writer appends as well, erasing is the owner's

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA @schema FROM PUBLIC;
GRANT USAGE ON SCHEMA @schema TO @reader, @writer;
GRANT SELECT ON @schema.line, @schema.ledger_jsonl TO @reader, @writer;
GRANT EXECUTE ON FUNCTION @schema.layout, @schema.lock_key TO @reader, @writer;
GRANT EXECUTE ON FUNCTION @schema.append, @schema.restore TO @writer;
GRANT INSERT (seq, batch, last, at, "commit", hash, body, salt) ON @schema.incoming TO @writer;

COMMIT;
