-- What nothing is told of is no broken promise: "overdue" said more than an archive can know. `looked_until` is the last
-- day whose reports were looked through for an answer; null in promises settled before it was kept.
CREATE TABLE promise_settled (
  event        INTEGER PRIMARY KEY REFERENCES event (n) ON DELETE CASCADE,
  due_start    TEXT,
  due_end      TEXT,
  outcome      TEXT NOT NULL CHECK (outcome IN ('kept', 'moved', 'broken', 'nothing-found', 'open')),
  answer       INTEGER REFERENCES event (n) ON DELETE SET NULL,
  looked_until TEXT
) STRICT;
INSERT INTO promise_settled
  SELECT event, due_start, due_end, CASE outcome WHEN 'overdue' THEN 'nothing-found' ELSE outcome END, answer, NULL
  FROM promise;
DROP TABLE promise;
ALTER TABLE promise_settled RENAME TO promise;
CREATE INDEX promise_outcome ON promise (outcome, due_end);
CREATE INDEX promise_answer ON promise (answer);
