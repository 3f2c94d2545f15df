-- Views over a dataset's files. The tables are read where they lie; nothing is copied.

-- Tellings with the day they are counted on: that of the act; of a plan or possibility the day it was told; null where
-- none is. `drawn_on` is the same, null where the date is wider than a week allows.
CREATE VIEW told AS
SELECT id, joined, report, report_date AS told, date_start, date_end, type, quad, events.status,
       coalesce(intensity, 0) AS intensity, actors, recipients, countries, status_weight.place AS asserted,
       CAST(round(-coalesce(intensity, 0) / 10 * status_weight.weight * 1000000) AS BIGINT) AS millionths,
       CASE WHEN events.status IN ('planned', 'possible') THEN report_date ELSE date_start END AS counted_on,
       CASE WHEN events.status IN ('planned', 'possible') THEN report_date
            WHEN coalesce(date_end, date_start) - date_start <= (SELECT days FROM widest_date WHERE step = 'week')
            THEN date_start END AS drawn_on
FROM events JOIN status_weight ON status_weight.status = events.status;

-- Acts, each once: by the telling that asserts most, of those one with a day, of those the first told.
CREATE VIEW acts AS
SELECT joined AS id, id AS event, report, told, counted_on AS day, date_start, date_end, type, quad, status, intensity,
       millionths / 1000000 AS weight, actors, recipients, countries,
       count(*) OVER (PARTITION BY joined) AS tellings
FROM told
QUALIFY row_number() OVER (PARTITION BY joined ORDER BY asserted, counted_on IS NULL, told NULLS LAST, id) = 1;

-- The same for each pair of codes: of the tellings in which one of the two acts towards the other, or both together.
CREATE VIEW pair_acts AS
SELECT one, other, joined, id, report, told, counted_on, drawn_on, date_start, date_end, type, quad, status, intensity,
       millionths, actors, recipients, count(*) OVER tellings_of AS tellings
FROM (
  SELECT *, unnest(countries) AS other FROM (SELECT *, unnest(countries) AS one FROM told WHERE len(countries) > 1)
)
WHERE one < other AND (
  (list_contains(actors, one) AND list_contains(CASE WHEN len(recipients) = 0 THEN actors ELSE recipients END, other))
  OR (list_contains(actors, other) AND list_contains(CASE WHEN len(recipients) = 0 THEN actors ELSE recipients END, one))
)
WINDOW tellings_of AS (PARTITION BY joined, one, other)
QUALIFY row_number() OVER (tellings_of ORDER BY asserted, counted_on IS NULL, told NULLS LAST, id) = 1;

-- Reports by pair and day in which both take part in an act or speak.
CREATE VIEW pair_mentions AS
SELECT one, other, report_date, count(*) AS mentioning
FROM (
  SELECT report_date, one, unnest(countries) AS other
  FROM (SELECT report_date, countries, unnest(countries) AS one FROM reports WHERE len(countries) > 1)
)
WHERE one < other AND report_date IS NOT NULL
GROUP BY ALL;

CREATE VIEW days_read AS
SELECT report_date, count(*) AS read FROM reports WHERE report_date IS NOT NULL GROUP BY 1;

-- One row a pair and week (from Monday) in which it is told of or mentioned. Weeks without a row are calm: their
-- tension is 0 where anything was read at all.
CREATE VIEW pair_weeks AS
WITH acted AS (
  SELECT one, other, CAST(date_trunc('week', drawn_on) AS DATE) AS week, count(*) AS acts, sum(millionths) AS millionths,
         count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation,
         count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict
  FROM pair_acts WHERE drawn_on IS NOT NULL GROUP BY ALL
), mentioned AS (
  SELECT one, other, CAST(date_trunc('week', report_date) AS DATE) AS week, sum(mentioning) AS mentioning
  FROM pair_mentions GROUP BY ALL
), weeks AS (
  SELECT CAST(date_trunc('week', report_date) AS DATE) AS week, sum(read) AS read FROM days_read GROUP BY 1
)
SELECT one, other, week, coalesce(millionths, 0) / 1000000 AS tension, coalesce(acts, 0) AS acts,
       coalesce(verbal_cooperation, 0) AS verbal_cooperation, coalesce(material_cooperation, 0) AS material_cooperation,
       coalesce(verbal_conflict, 0) AS verbal_conflict, coalesce(material_conflict, 0) AS material_conflict,
       CAST(coalesce(mentioning, 0) AS BIGINT) AS mentioning, CAST(coalesce(read, 0) AS BIGINT) AS read
FROM acted FULL JOIN mentioned USING (one, other, week) LEFT JOIN weeks USING (week)
WHERE week BETWEEN (SELECT min(week) FROM weeks) AND (SELECT max(week) FROM weeks);
