-- Counting the events of a time, and those that a person judged, without reading the events themselves.
CREATE INDEX event_standing ON event (day, verdict, same_as);
CREATE INDEX event_judged ON event (type, verdict, corrected) WHERE verdict IS NOT NULL OR corrected = 1;
