-- One row a report; `id` is derived from its content, `n` only joins tables inside this file.
CREATE TABLE report (
  n           INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  record_id   TEXT NOT NULL,
  title       TEXT,
  url         TEXT,
  publisher   TEXT,
  published   TEXT,
  report_date TEXT,
  certain     INTEGER NOT NULL CHECK (certain IN (0, 1)),
  basis       TEXT NOT NULL,
  language    TEXT NOT NULL,
  cited       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cited)),
  origin      TEXT,
  original    TEXT,
  coder       TEXT NOT NULL,
  added       TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  text        TEXT NOT NULL
) STRICT;
CREATE INDEX report_record_id ON report (record_id);
CREATE INDEX report_url ON report (url);
CREATE INDEX report_day ON report (report_date);
CREATE INDEX report_text ON report (text_sha256);
CREATE INDEX report_publisher ON report (publisher);
CREATE INDEX report_original ON report (original) WHERE original IS NOT NULL;

-- The record as the coder gave it, without its text: zlib over the JSON of docs/record.md.
CREATE TABLE record (
  report INTEGER PRIMARY KEY REFERENCES report (n) ON DELETE CASCADE,
  json   BLOB NOT NULL
) STRICT;

CREATE TABLE report_topic (
  report   INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  topic    TEXT NOT NULL,
  PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_topic_topic ON report_topic (topic, report);

CREATE TABLE report_check (
  report   INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  code     TEXT NOT NULL,
  message  TEXT NOT NULL,
  spans    TEXT NOT NULL CHECK (json_valid(spans)),
  PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_check_code ON report_check (code, report);

-- Events as they are to be read: coded values with the corrections applied. `day` is the first day of the act, or the
-- day of the report where none is told; it orders series.
CREATE TABLE event (
  n              INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  report         INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  local          TEXT NOT NULL,
  type           TEXT NOT NULL,
  mode           TEXT,
  contexts       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contexts)),
  status         TEXT NOT NULL CHECK (status IN ('happened', 'planned', 'possible', 'denied')),
  quad           INTEGER CHECK (quad BETWEEN 1 AND 4),
  intensity      REAL,
  date           TEXT,
  date_start     TEXT,
  date_end       TEXT,
  date_is_report INTEGER NOT NULL CHECK (date_is_report IN (0, 1)),
  day            TEXT,
  trigger_start  INTEGER NOT NULL,
  trigger_end    INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end   INTEGER NOT NULL,
  place          TEXT,
  place_country  TEXT,
  place_start    INTEGER,
  place_end      INTEGER,
  latitude       REAL,
  longitude      REAL,
  said_by        TEXT,
  said_by_text   TEXT,
  said_by_start  INTEGER,
  said_by_end    INTEGER,
  statement      TEXT,
  same_as        TEXT,
  verdict        TEXT CHECK (verdict IN ('right', 'wrong')),
  corrected      INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1)),
  UNIQUE (report, local)
) STRICT;
CREATE INDEX event_day ON event (day, n);
CREATE INDEX event_type ON event (type, status, day);
CREATE INDEX event_status ON event (status, day);
CREATE INDEX event_said_by ON event (said_by COLLATE NOCASE) WHERE said_by IS NOT NULL;
CREATE INDEX event_place ON event (place_country, day) WHERE place_country IS NOT NULL;

CREATE TABLE event_party (
  event    INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
  side     TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  start    INTEGER,
  end      INTEGER,
  text     TEXT NOT NULL,
  name     TEXT NOT NULL,
  country  TEXT,
  sector   TEXT,
  entity   TEXT,
  role     TEXT,
  PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_party_country ON event_party (country, side, event);
CREATE INDEX event_party_name ON event_party (name COLLATE NOCASE, side, event);

CREATE TABLE statement (
  n               INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  report          INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  local           TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
  date            TEXT,
  day             TEXT,
  cue_start       INTEGER,
  cue_end         INTEGER,
  addressee_start INTEGER,
  addressee_end   INTEGER,
  source_start    INTEGER,
  source_end      INTEGER,
  source_text     TEXT,
  source_name     TEXT,
  source_country  TEXT,
  source_sector   TEXT,
  source_entity   TEXT,
  source_role     TEXT,
  UNIQUE (report, local)
) STRICT;
CREATE INDEX statement_day ON statement (day, n);
CREATE INDEX statement_source ON statement (source_name COLLATE NOCASE, day);
CREATE INDEX statement_country ON statement (source_country, day);

CREATE TABLE statement_span (
  statement INTEGER NOT NULL REFERENCES statement (n) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  start     INTEGER NOT NULL,
  end       INTEGER NOT NULL,
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;

-- One row a place where something was read: what became of it, and why. `item` is the id of the report there, empty
-- where there is none; `source` the file or address to read again, and `day` the report date given for it.
CREATE TABLE intake (
  place   TEXT NOT NULL,
  item    TEXT NOT NULL,
  source  TEXT NOT NULL,
  day     TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('coded', 'known', 'skipped', 'failed')),
  code    TEXT,
  reason  TEXT,
  report  INTEGER REFERENCES report (n) ON DELETE CASCADE,
  at      TEXT NOT NULL,
  PRIMARY KEY (place, item),
  CHECK (outcome IN ('coded', 'known') OR (code IS NOT NULL AND reason IS NOT NULL)),
  CHECK (outcome NOT IN ('coded', 'known') OR report IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_outcome ON intake (outcome, source);
CREATE INDEX intake_report ON intake (report);
CREATE INDEX intake_item ON intake (item);

-- What persons judged. Lines are only ever added; a line taken back is named by a later one in `undoes`.
CREATE TABLE correction (
  n       INTEGER PRIMARY KEY,
  event   TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('right', 'wrong')),
  field   TEXT,
  old     TEXT,
  new     TEXT,
  undoes  INTEGER REFERENCES correction (n),
  who     TEXT NOT NULL,
  at      TEXT NOT NULL,
  CHECK ((verdict IS NOT NULL) + (field IS NOT NULL) + (undoes IS NOT NULL) = 1)
) STRICT;
CREATE INDEX correction_event ON correction (event, n);
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are only ever added'); END;
CREATE TRIGGER correction_is_kept BEFORE DELETE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are only ever added'); END;

CREATE VIEW event_words AS
  SELECT event.n, substr(report.text, evidence_start + 1, evidence_end - evidence_start) AS evidence
  FROM event JOIN report ON report.n = event.report;

CREATE VIRTUAL TABLE report_fts USING fts5 (
  title, text, content = 'report', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_fts_insert AFTER INSERT ON report
BEGIN INSERT INTO report_fts (rowid, title, text) VALUES (new.n, new.title, new.text); END;
CREATE TRIGGER report_fts_delete AFTER DELETE ON report
BEGIN INSERT INTO report_fts (report_fts, rowid, title, text) VALUES ('delete', old.n, old.title, old.text); END;
CREATE TRIGGER report_fts_update AFTER UPDATE OF title, text ON report
BEGIN
  INSERT INTO report_fts (report_fts, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
  INSERT INTO report_fts (rowid, title, text) VALUES (new.n, new.title, new.text);
END;

CREATE VIRTUAL TABLE event_fts USING fts5 (
  evidence, content = 'event_words', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER event_fts_insert AFTER INSERT ON event
BEGIN
  INSERT INTO event_fts (rowid, evidence)
  SELECT new.n, substr(text, new.evidence_start + 1, new.evidence_end - new.evidence_start)
  FROM report WHERE n = new.report;
END;
CREATE TRIGGER event_fts_delete BEFORE DELETE ON event
BEGIN
  INSERT INTO event_fts (event_fts, rowid, evidence)
  SELECT 'delete', old.n, substr(text, old.evidence_start + 1, old.evidence_end - old.evidence_start)
  FROM report WHERE n = old.report;
END;
