-- Views over a dataset's files. The tables are read where they lie; nothing is copied.

-- Acts as `detente relations` counts them: each once, by the telling that asserts most and was told first.
CREATE VIEW told AS
SELECT id, joined, report, coalesce(report_date, date_start) AS told, date_start, date_end, type, quad, events.status,
       intensity, actors, recipients, countries, status_weight.weight AS asserted,
       CAST(round(-intensity / 10 * status_weight.weight * 1000000) AS BIGINT) AS millionths,
       CASE WHEN events.status IN ('planned', 'possible') OR date_start IS NULL THEN told
            WHEN coalesce(date_end, date_start) - date_start <= (SELECT days FROM widest_date WHERE step = 'week')
            THEN date_start END AS day
FROM events JOIN status_weight ON status_weight.status = events.status
WHERE intensity IS NOT NULL AND coalesce(report_date, date_start) IS NOT NULL;

CREATE VIEW acts AS
SELECT joined AS id, id AS event, report, told, day, date_start, date_end, type, quad, status, intensity,
       millionths / 1000000 AS weight, actors, recipients, countries,
       count(*) OVER (PARTITION BY joined) AS tellings
FROM told
QUALIFY row_number() OVER (PARTITION BY joined ORDER BY asserted DESC, told, id) = 1;

-- The same for each pair: of the tellings that name both.
CREATE VIEW pair_acts AS
SELECT one, other, joined, id, report, told, day, date_start, date_end, type, quad, status, intensity, millionths,
       actors, recipients, tellings
FROM (
  SELECT *, count(*) OVER tellings_of AS tellings, row_number() OVER (tellings_of ORDER BY asserted DESC, told, id) AS place
  FROM (
    SELECT *, unnest(countries) AS other FROM (SELECT *, unnest(countries) AS one FROM told WHERE len(countries) > 1)
  )
  WHERE one < other
  WINDOW tellings_of AS (PARTITION BY joined, one, other)
)
WHERE place = 1 AND (
  (list_contains(actors, one) AND (list_contains(recipients, other) OR (len(recipients) = 0 AND list_contains(actors, other))))
  OR (list_contains(actors, other) AND (list_contains(recipients, one) OR (len(recipients) = 0 AND list_contains(actors, one))))
);

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
  SELECT one, other, CAST(date_trunc('week', day) AS DATE) AS week, count(*) AS acts, sum(millionths) AS millionths,
         count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation,
         count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict
  FROM pair_acts WHERE day IS NOT NULL GROUP BY ALL
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
