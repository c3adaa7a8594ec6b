-- For hosts that keep up with the journal: what was written to since.
CREATE INDEX incidents_by_change ON incidents (system, last_at);

-- Who pulled the kill switch and who put it back; controls holds only what is paused now.
CREATE TABLE control_changes (
  sequence    INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  system      TEXT NOT NULL,
  changed_by  TEXT NOT NULL,
  is_pause    INTEGER NOT NULL
);
