-- Which states a report names, as a side of an act or as who speaks: what two of them share is found without looking
-- through their acts and statements. All of it can be thrown away and found again of the view `named`.
CREATE VIEW named AS
  SELECT event.report, +event_party.country AS country, event.n AS event
  FROM event CROSS JOIN event_party ON event_party.event = event.n WHERE event_party.country IS NOT NULL
  UNION ALL SELECT report, +source_country, NULL FROM statement WHERE source_country IS NOT NULL;

-- `day` is that of the report, empty where it has none.
CREATE TABLE mention (
  country TEXT NOT NULL,
  day     TEXT NOT NULL,
  report  INTEGER NOT NULL,
  PRIMARY KEY (country, day, report)
) STRICT, WITHOUT ROWID;
INSERT INTO mention
  SELECT DISTINCT country, COALESCE(report_date, ''), report FROM named JOIN report ON report.n = named.report
  ORDER BY 1, 2, 3;

-- Parties that are added are noted in `uncounted`, and the states of these events are added with their acts.
CREATE TRIGGER mention_party_removed AFTER DELETE ON event_party WHEN old.country IS NOT NULL
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT old.country, COALESCE(report_date, ''), report.n
      FROM event JOIN report ON report.n = event.report WHERE event.n = old.event)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country);
END;
CREATE TRIGGER mention_party_changed AFTER UPDATE OF event, country ON event_party
WHEN (old.event, old.country) IS NOT (new.event, new.country)
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT old.country, COALESCE(report_date, ''), report.n
      FROM event JOIN report ON report.n = event.report WHERE event.n = old.event)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country);
END;

-- Before, as its parties go with it, and then tell no longer of which report they were.
CREATE TRIGGER mention_event_removed BEFORE DELETE ON event
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT country, COALESCE(report_date, ''), report.n
      FROM event_party JOIN report ON report.n = old.report WHERE event = old.n)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country
                    AND named.event IS NOT old.n);
END;
CREATE TRIGGER mention_event_moved AFTER UPDATE OF report ON event WHEN old.report <> new.report
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT country, COALESCE(report_date, ''), report.n
      FROM event_party JOIN report ON report.n = old.report WHERE event = new.n)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country);
END;

CREATE TRIGGER mention_speaker_added AFTER INSERT ON statement WHEN new.source_country IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO mention
    SELECT new.source_country, COALESCE(report_date, ''), n FROM report WHERE n = new.report;
END;
CREATE TRIGGER mention_speaker_removed AFTER DELETE ON statement WHEN old.source_country IS NOT NULL
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT old.source_country, COALESCE(report_date, ''), n FROM report WHERE n = old.report)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country);
END;
CREATE TRIGGER mention_speaker_changed AFTER UPDATE OF report, source_country ON statement
WHEN (old.report, old.source_country) IS NOT (new.report, new.source_country)
BEGIN
  DELETE FROM mention WHERE (country, day, report) IN (
      SELECT old.source_country, COALESCE(report_date, ''), n FROM report WHERE n = old.report)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.report = mention.report AND named.country = mention.country);
  INSERT OR IGNORE INTO mention SELECT new.source_country, COALESCE(report_date, ''), n
    FROM report WHERE n = new.report AND new.source_country IS NOT NULL;
END;

CREATE TRIGGER mention_report_dated AFTER UPDATE OF report_date ON report
WHEN old.report_date IS NOT new.report_date
BEGIN
  UPDATE mention SET day = COALESCE(new.report_date, '') WHERE day = COALESCE(old.report_date, '') AND report = new.n
    AND country IN (SELECT country FROM named WHERE named.report = new.n);
END;
CREATE TRIGGER mention_report_removed BEFORE DELETE ON report
BEGIN
  DELETE FROM mention WHERE day = COALESCE(old.report_date, '') AND report = old.n
    AND country IN (SELECT country FROM named WHERE named.report = old.n);
END;
