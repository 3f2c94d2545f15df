-- What waits for `detente join`: events that were not compared yet, and reports without a fingerprint. It is noted as it
-- comes, as looking for it among all that was joined takes as long as joining a day's news.
CREATE TABLE unjoined (
  event INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER unjoined_event_added AFTER INSERT ON event
BEGIN INSERT OR IGNORE INTO unjoined VALUES (new.n); END;
CREATE TRIGGER unjoined_event_removed AFTER DELETE ON event
BEGIN DELETE FROM unjoined WHERE event = old.n; END;
CREATE TRIGGER unjoined_compared AFTER INSERT ON joined
BEGIN DELETE FROM unjoined WHERE event = new.event; END;
CREATE TRIGGER unjoined_forgotten AFTER DELETE ON joined
BEGIN INSERT OR IGNORE INTO unjoined SELECT n FROM event WHERE n = old.event; END;
INSERT INTO unjoined SELECT n FROM event WHERE n NOT IN (SELECT event FROM joined);

CREATE TABLE unprinted (
  report INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER unprinted_report_added AFTER INSERT ON report
BEGIN INSERT OR IGNORE INTO unprinted VALUES (new.n); END;
CREATE TRIGGER unprinted_report_removed AFTER DELETE ON report
BEGIN DELETE FROM unprinted WHERE report = old.n; END;
CREATE TRIGGER unprinted_printed AFTER INSERT ON fingerprint
BEGIN DELETE FROM unprinted WHERE report = new.report; END;
CREATE TRIGGER unprinted_forgotten AFTER DELETE ON fingerprint
BEGIN INSERT OR IGNORE INTO unprinted SELECT n FROM report WHERE n = old.report; END;
INSERT INTO unprinted SELECT n FROM report INDEXED BY report_day WHERE n NOT IN (SELECT report FROM fingerprint);
