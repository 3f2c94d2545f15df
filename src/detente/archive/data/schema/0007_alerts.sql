-- What a watch told of, so that nothing is told twice, whatever is started anew.
CREATE TABLE alert (
  n     INTEGER PRIMARY KEY,
  id    TEXT NOT NULL UNIQUE,
  kind  TEXT NOT NULL CHECK (kind IN ('surprise', 'kept', 'moved', 'broken')),
  day   TEXT NOT NULL,
  json  TEXT NOT NULL
) STRICT;

CREATE TABLE alert_pair (
  alert INTEGER NOT NULL REFERENCES alert (n) ON DELETE CASCADE,
  one   TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (one, other, alert)
) STRICT, WITHOUT ROWID;

-- By what an alert is known again: its pair and week, and the tellings of its acts.
CREATE TABLE alert_key (
  key   TEXT PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alert (n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_key_alert ON alert_key (alert);

-- The report up to which a pair was looked at; the pair ('', '') is all pairs.
CREATE TABLE alert_looked (
  one    TEXT NOT NULL,
  other  TEXT NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- Where alerts go; `after` is the newest alert there was when it was first named. No address, which may be a secret.
CREATE TABLE alert_channel (
  name  TEXT PRIMARY KEY,
  after INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_sent (
  channel TEXT NOT NULL REFERENCES alert_channel (name) ON DELETE CASCADE,
  alert   INTEGER NOT NULL REFERENCES alert (n) ON DELETE CASCADE,
  tries   INTEGER NOT NULL,
  sent    TEXT,
  PRIMARY KEY (channel, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_sent_alert ON alert_sent (alert);
