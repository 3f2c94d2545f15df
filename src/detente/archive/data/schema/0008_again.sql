-- Finding the events that tell an act again in the same report: which stand for an act is asked of every event.
CREATE INDEX event_same_as ON event (same_as) WHERE same_as IS NOT NULL;
