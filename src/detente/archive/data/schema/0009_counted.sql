-- Which telling stands for each act, and on what day it is counted: reckoned when events change, so that no page has to
-- sort the tellings of years. All of it can be thrown away and reckoned again of the other tables.

-- The acts of a scope: '' all, 'USA' those of a state, 'USA>' what it does, '>USA' what is done to it. Which telling
-- stands for an act may differ between scopes. `day` is empty where the act has none; then `told` is its report's.
CREATE TABLE standing (
  scope  TEXT NOT NULL,
  day    TEXT NOT NULL,
  event  INTEGER NOT NULL,
  status TEXT NOT NULL,
  told   TEXT,
  PRIMARY KEY (scope, day, event)
) STRICT, WITHOUT ROWID;

-- The acts between two states, `one` < `other`, and how many events tell each.
CREATE TABLE pair_act (
  one       TEXT NOT NULL,
  other     TEXT NOT NULL,
  day       TEXT NOT NULL,
  event     INTEGER NOT NULL,
  status    TEXT NOT NULL,
  told      TEXT,
  intensity REAL NOT NULL,
  tellings  INTEGER NOT NULL,
  PRIMARY KEY (one, other, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_act_other ON pair_act (other, one);

-- Events that changed since: they are in neither table until they are reckoned anew, with the acts they tell.
CREATE TABLE uncounted (
  event INTEGER PRIMARY KEY
) STRICT;

-- By the values that the rows were made of, which hold until after this: so no index on their events is needed.
CREATE TRIGGER uncounted_withdrawn BEFORE INSERT ON uncounted
WHEN NOT EXISTS (SELECT 1 FROM uncounted WHERE event = new.event)
BEGIN
  DELETE FROM standing WHERE event = new.event
    AND day = (SELECT COALESCE(CASE WHEN status IN ('planned', 'possible') THEN report_date ELSE date_start END, '')
               FROM event JOIN report ON report.n = event.report WHERE event.n = new.event)
    AND scope IN (SELECT '' UNION ALL SELECT country FROM event_party WHERE event = new.event
                  UNION ALL SELECT CASE side WHEN 'actor' THEN country || '>' ELSE '>' || country END
                  FROM event_party WHERE event = new.event);
  DELETE FROM pair_act WHERE event = new.event
    AND day = (SELECT COALESCE(CASE WHEN status IN ('planned', 'possible') THEN report_date ELSE date_start END, '')
               FROM event JOIN report ON report.n = event.report WHERE event.n = new.event)
    AND (one, other) IN (SELECT a.country, b.country FROM event_party a
                         JOIN event_party b ON b.event = a.event AND b.country > a.country WHERE a.event = new.event);
END;

CREATE TRIGGER uncounted_report_dated BEFORE UPDATE OF report_date ON report
WHEN old.report_date IS NOT new.report_date
BEGIN INSERT OR IGNORE INTO uncounted SELECT n FROM event WHERE report = old.n; END;

CREATE TRIGGER uncounted_event_added AFTER INSERT ON event
BEGIN INSERT OR IGNORE INTO uncounted VALUES (new.n); END;
CREATE TRIGGER uncounted_event_changed BEFORE UPDATE OF status, intensity, date_start, verdict ON event
WHEN (old.status, old.intensity, old.date_start, old.verdict)
  IS NOT (new.status, new.intensity, new.date_start, new.verdict)
BEGIN INSERT OR IGNORE INTO uncounted VALUES (old.n); END;
CREATE TRIGGER uncounted_event_moved BEFORE UPDATE OF id, report, same_as ON event
WHEN (old.id, old.report, old.same_as) IS NOT (new.id, new.report, new.same_as)
BEGIN
  INSERT OR IGNORE INTO uncounted SELECT old.n UNION SELECT n FROM event WHERE same_as IN (old.id, old.same_as)
    UNION SELECT n FROM event WHERE id = old.same_as;
END;
CREATE TRIGGER uncounted_event_removed BEFORE DELETE ON event
BEGIN
  INSERT OR IGNORE INTO uncounted SELECT old.n UNION SELECT n FROM event WHERE same_as IN (old.id, old.same_as)
    UNION SELECT n FROM event WHERE id = old.same_as;
END;

CREATE TRIGGER uncounted_party_added BEFORE INSERT ON event_party
BEGIN INSERT OR IGNORE INTO uncounted VALUES (new.event); END;
CREATE TRIGGER uncounted_party_changed BEFORE UPDATE OF event, side, country ON event_party
BEGIN INSERT OR IGNORE INTO uncounted VALUES (old.event), (new.event); END;
CREATE TRIGGER uncounted_party_removed BEFORE DELETE ON event_party
WHEN EXISTS (SELECT 1 FROM event WHERE n = old.event)
BEGIN INSERT OR IGNORE INTO uncounted VALUES (old.event); END;

-- One of those that tell the act still is enough: the whole act is reckoned anew.
CREATE TRIGGER uncounted_telling_added BEFORE INSERT ON telling
BEGIN INSERT OR IGNORE INTO uncounted VALUES (new.event); END;
CREATE TRIGGER uncounted_telling_changed BEFORE UPDATE ON telling
BEGIN
  INSERT OR IGNORE INTO uncounted VALUES (old.event), (new.event);
  INSERT OR IGNORE INTO uncounted SELECT event FROM telling WHERE act = old.act AND event <> old.event LIMIT 1;
END;
CREATE TRIGGER uncounted_telling_removed BEFORE DELETE ON telling
BEGIN
  INSERT OR IGNORE INTO uncounted SELECT n FROM event WHERE n = old.event;
  INSERT OR IGNORE INTO uncounted SELECT event FROM telling WHERE act = old.act AND event <> old.event LIMIT 1;
END;

INSERT INTO uncounted SELECT n FROM event;
