-- Who coded a record: the coder's name and version, and the language model under it. Every record so far was coded by
-- the rules of the detente whose version stood here.
ALTER TABLE report ADD COLUMN coder_name TEXT;
ALTER TABLE report ADD COLUMN coder_version TEXT;
ALTER TABLE report ADD COLUMN coder_model TEXT;
UPDATE report SET coder_name = 'rules', coder_version = coder;
ALTER TABLE report DROP COLUMN coder;
CREATE INDEX report_coder ON report (coder_name, coder_version);

-- How likely an event is right, where its coder says so; and the number of its act within the report, equal for every
-- telling of it.
ALTER TABLE event ADD COLUMN score REAL CHECK (score BETWEEN 0 AND 1);
ALTER TABLE event ADD COLUMN act INTEGER;

-- Which event of today the lines on an event hold for: `coded` is the event they name, `start` and `end` its trigger in
-- the report; `event` is null where no event of today has that place, so that the lines wait.
CREATE TABLE attachment (
  coded  TEXT PRIMARY KEY,
  report INTEGER REFERENCES report (n) ON DELETE SET NULL,
  start  INTEGER,
  end    INTEGER,
  event  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_event ON attachment (event);
CREATE INDEX attachment_report ON attachment (report);
INSERT INTO attachment (coded, report, start, end, event)
  SELECT DISTINCT correction.event, event.report, trigger_start, trigger_end, event.id
  FROM correction LEFT JOIN event ON event.id = correction.event;
