-- Views for people who open the file in Datasette or the sqlite3 shell: factledger reads none of
-- them. They are made with the index. A day beyond the years 0000 to 9999 reads NULL.

-- Every entry of the log, what it is, and the whole of what it says.
DROP VIEW IF EXISTS entries;
CREATE VIEW entries AS
SELECT
    seq AS number,
    batch,
    at AS recorded_at,
    json_extract(body, '$.backfilled') AS written_at,  -- NULL where it was written when recorded
    coalesce(json_extract(body, '$.kind'), 'redacted') AS kind,
    json_extract(body, '$.label') AS label,
    json_extract(body, '$.target') AS target,
    body,
    lower(hex(hash)) AS hash
FROM record JOIN batch ON batch.first = record.batch;

-- Every claim, by itself, on the days of its span. `retired_by` is the first entry that corrected it
-- or took it back, also where that was undone since. Where `others_bear` is 1, another entry or the
-- key of its type has a say too: `factledger asof` and `factledger why` tell its status.
DROP VIEW IF EXISTS claims;
CREATE VIEW claims AS
SELECT
    number,
    CASE shape WHEN 0 THEN 'event' WHEN 1 THEN 'state' WHEN 2 THEN 'tally' ELSE 'assessment' END
        AS shape,
    type.word AS type,
    json_extract(claim, '$.mode') AS mode,
    json_extract(claim, '$.label') AS label,
    CASE WHEN first BETWEEN -365 AND 3652059 THEN date(first + 1721424.5) END AS possible_from,
    CASE WHEN sure <= until AND sure BETWEEN -365 AND 3652059 THEN date(sure + 1721424.5) END
        AS definite_from,
    CASE WHEN sure <= until AND until BETWEEN -365 AND 3652059 THEN date(until + 1721424.5) END
        AS definite_until,
    CASE WHEN gone BETWEEN -365 AND 3652059 THEN date(gone + 1721424.5) END AS ended_from,
    presumed > until AS presumed,
    recorded_at,
    nullif(retired, 1000000000) AS retired_by,
    touched < 1000000000 AS others_bear,
    (SELECT group_concat(json_extract(value, '$.role') || ' ' || json_extract(value, '$.actor'), ', ')
        FROM json_each(claim, '$.participants')) AS actors,
    json_extract(claim, '$.value') AS value,
    json_extract(claim, '$.text') AS text,
    source.word AS sources,
    json_extract(claim, '$.citations[0].locator') AS locator,
    json_extract(claim, '$.citations[0].quote') AS quote
FROM (
    SELECT pairing.*, at AS recorded_at, iif(
        json_extract(body, '$.kind') = 'correct', json_extract(body, '$.record'), body
    ) AS claim
    FROM pairing JOIN record ON record.seq = number JOIN batch ON batch.first = record.batch
    WHERE home
)
JOIN word AS type ON type.id = type
JOIN word AS source ON source.id = sources;

-- Two actors that claims name together, and how many claims nothing retired.
DROP VIEW IF EXISTS relationships;
CREATE VIEW relationships AS
SELECT
    one, other,
    count(*) FILTER (WHERE shape = 0) AS events,
    count(*) FILTER (WHERE shape = 1) AS states,
    count(*) FILTER (WHERE shape = 2) AS tallies,
    min(number) AS first_claim,
    max(number) AS newest_claim
FROM pairing JOIN pair ON pair.id = pairing.pair
WHERE other <> '' AND retired = 1000000000
GROUP BY pair;

-- Every actor, as it was declared last.
DROP VIEW IF EXISTS actors;
CREATE VIEW actors AS
SELECT
    id,
    number,
    json_extract(actor, '$.category') AS category,
    json_extract(actor, '$.names[0]') AS name,
    json_extract(actor, '$.of') AS of_actor,
    json_extract(actor, '$.iso3166') AS iso3166,
    json_extract(actor, '$.wikidata') AS wikidata,
    json_extract(actor, '$.names') AS names
FROM (
    SELECT key AS id, seq AS number, iif(
        json_extract(body, '$.kind') = 'correct', json_extract(body, '$.record'), body
    ) AS actor
    FROM (SELECT key, max(number) AS newest FROM posting WHERE list = 'declared:actor' GROUP BY key)
    JOIN record ON record.seq = newest
);

-- Every source, as it was declared last.
DROP VIEW IF EXISTS sources;
CREATE VIEW sources AS
SELECT
    id,
    number,
    json_extract(source, '$.title') AS title,
    json_extract(source, '$.publisher') AS publisher,
    json_extract(source, '$.published') AS published,
    json_extract(source, '$.url') AS url,
    json_extract(source, '$.language') AS language,
    coalesce(json_extract(source, '$.policy'), 'verbatim') AS policy
FROM (
    SELECT key AS id, seq AS number, iif(
        json_extract(body, '$.kind') = 'correct', json_extract(body, '$.record'), body
    ) AS source
    FROM (SELECT key, max(number) AS newest FROM posting WHERE list = 'declared:source' GROUP BY key)
    JOIN record ON record.seq = newest
);
