-- Events of other data sets, to be compared with. They are in no count, series or answer of the archive's own, and no
-- table of its own refers to them.
CREATE TABLE data_set (
  n    INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  form TEXT NOT NULL,
  at   TEXT NOT NULL
) STRICT;

-- States are codes with a space between them; `quad` is that of the data set, 1 to 4.
CREATE TABLE other_act (
  n                INTEGER PRIMARY KEY,
  data_set         INTEGER NOT NULL REFERENCES data_set (n) ON DELETE CASCADE,
  id               TEXT NOT NULL,
  day              TEXT NOT NULL,
  quad             INTEGER NOT NULL CHECK (quad BETWEEN 1 AND 4),
  kind             TEXT,
  intensity        REAL,
  actor            TEXT,
  actor_states     TEXT NOT NULL,
  recipient        TEXT,
  recipient_states TEXT NOT NULL,
  url              TEXT,
  words            TEXT,
  UNIQUE (data_set, id)
) STRICT;
CREATE INDEX other_act_day ON other_act (data_set, day);

-- The pairs of states an act is between, in order of their codes.
CREATE TABLE other_act_pair (
  one   TEXT NOT NULL,
  other TEXT NOT NULL,
  act   INTEGER NOT NULL REFERENCES other_act (n) ON DELETE CASCADE,
  PRIMARY KEY (one, other, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX other_act_pair_act ON other_act_pair (act);

-- Rows that could not be read, and why.
CREATE TABLE other_refused (
  data_set INTEGER NOT NULL REFERENCES data_set (n) ON DELETE CASCADE,
  file     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  code     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (data_set, file, line)
) STRICT, WITHOUT ROWID;
