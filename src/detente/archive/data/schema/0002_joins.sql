-- What is found between reports, by `detente join`. All of it can be thrown away and found again.

-- MinHash of a report's text; `algorithm` tells what it may be compared with.
CREATE TABLE fingerprint (
  report    INTEGER PRIMARY KEY REFERENCES report (n) ON DELETE CASCADE,
  algorithm TEXT NOT NULL,
  print     BLOB NOT NULL
) STRICT;

-- Two reports with near texts; `one` was added before `other`.
CREATE TABLE copy (
  one       INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  other     INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('same-text', 'revision', 'rewrite', 'look-alike')),
  overlap   REAL NOT NULL,
  exchanged REAL NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_other ON copy (other);
CREATE INDEX copy_kind ON copy (kind);

-- What is odd about a report beside others; `beside` is the report that shows it, where it is one.
CREATE TABLE archive_check (
  report  INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  code    TEXT NOT NULL,
  message TEXT NOT NULL,
  beside  INTEGER REFERENCES report (n) ON DELETE CASCADE,
  PRIMARY KEY (report, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX archive_check_beside ON archive_check (beside);

-- Events that have been compared with the others; one that is corrected or coded anew falls out and is compared again.
CREATE TABLE joined (
  event INTEGER PRIMARY KEY REFERENCES event (n) ON DELETE CASCADE
) STRICT;
CREATE TRIGGER joined_event_changed
AFTER UPDATE OF type, mode, status, date_start, date_end, day, place, place_country, said_by, verdict ON event
BEGIN DELETE FROM joined WHERE event = new.n; END;
CREATE TRIGGER joined_party_added AFTER INSERT ON event_party
BEGIN DELETE FROM joined WHERE event = new.event; END;
CREATE TRIGGER joined_party_removed AFTER DELETE ON event_party
BEGIN DELETE FROM joined WHERE event = old.event; END;

-- Two events of different reports that tell one act; `one` < `other`.
CREATE TABLE act_link (
  one   INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
  PRIMARY KEY (one, other),
  CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_link_other ON act_link (other);

-- Which act an event tells, for acts with two tellings or more; an act's id is made of its first telling's.
CREATE TABLE telling (
  event INTEGER PRIMARY KEY REFERENCES event (n) ON DELETE CASCADE,
  act   TEXT NOT NULL
) STRICT;
CREATE INDEX telling_act ON telling (act, event);

-- A planned act and what came of it; `answer` is the later event that says so, null where none does.
CREATE TABLE promise (
  event     INTEGER PRIMARY KEY REFERENCES event (n) ON DELETE CASCADE,
  due_start TEXT,
  due_end   TEXT,
  outcome   TEXT NOT NULL CHECK (outcome IN ('kept', 'moved', 'broken', 'overdue', 'open')),
  answer    INTEGER REFERENCES event (n) ON DELETE SET NULL
) STRICT;
CREATE INDEX promise_outcome ON promise (outcome, due_end);
CREATE INDEX promise_answer ON promise (answer);

-- Two accounts of one act that cannot both hold, `one` said before `other`.
CREATE TABLE dispute (
  one   INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE,
  kind  TEXT NOT NULL CHECK (kind IN ('denied', 'changed-word', 'date', 'sides', 'numbers')),
  what  TEXT NOT NULL,
  PRIMARY KEY (one, other, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_other ON dispute (other);

CREATE TABLE story (
  id    TEXT PRIMARY KEY,
  first TEXT NOT NULL,
  last  TEXT NOT NULL,
  words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX story_last ON story (last);

CREATE TABLE story_report (
  report INTEGER PRIMARY KEY REFERENCES report (n) ON DELETE CASCADE,
  story  TEXT NOT NULL REFERENCES story (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX story_report_story ON story_report (story, report);
