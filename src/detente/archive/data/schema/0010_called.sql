-- How parties and speakers are called, each name and post once: part of a name is looked for here, not in every row.
-- Names that nobody goes by any more may stay.
CREATE TABLE called (
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (name, role)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER called_party_added AFTER INSERT ON event_party
BEGIN INSERT OR IGNORE INTO called VALUES (new.name, COALESCE(new.role, '')); END;
CREATE TRIGGER called_party_changed AFTER UPDATE OF name, role ON event_party
BEGIN INSERT OR IGNORE INTO called VALUES (new.name, COALESCE(new.role, '')); END;
CREATE TRIGGER called_speaker_added AFTER INSERT ON statement WHEN new.source_name IS NOT NULL
BEGIN INSERT OR IGNORE INTO called VALUES (new.source_name, COALESCE(new.source_role, '')); END;
CREATE TRIGGER called_speaker_changed AFTER UPDATE OF source_name, source_role ON statement
WHEN new.source_name IS NOT NULL
BEGIN INSERT OR IGNORE INTO called VALUES (new.source_name, COALESCE(new.source_role, '')); END;
INSERT INTO called SELECT DISTINCT name, COALESCE(role, '') FROM event_party
  UNION SELECT DISTINCT source_name, COALESCE(source_role, '') FROM statement WHERE source_name IS NOT NULL;

-- Who speaks for a state, counted without reading the statements themselves.
CREATE INDEX statement_speaker ON statement (source_country, source_name, source_role) WHERE source_name IS NOT NULL;

-- Words of new reports are merged with those of old ones sixteen pieces at a time, not with every batch: that took a
-- third of the time of adding to a million events. `Archive.optimize` merges what a run leaves.
INSERT INTO report_fts (report_fts, rank) VALUES ('automerge', 0);
INSERT INTO event_fts (event_fts, rank) VALUES ('automerge', 0);
