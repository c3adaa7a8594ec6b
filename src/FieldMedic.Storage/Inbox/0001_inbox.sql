-- Typed fields only. No column may ever hold text that people wrote.
CREATE TABLE deliveries (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  occurrence   TEXT UNIQUE,
  kind         TEXT NOT NULL,
  repository   TEXT,
  issue        INTEGER,
  comment      INTEGER,
  actor_id     INTEGER,
  actor_login  TEXT,
  actor_type   TEXT,
  happened_at  TEXT NOT NULL,
  accepted_at  TEXT NOT NULL,
  finished_at  TEXT,
  outcome      TEXT
);
CREATE INDEX deliveries_unfinished ON deliveries (sequence) WHERE finished_at IS NULL;
CREATE INDEX deliveries_by_issue ON deliveries (repository, issue, sequence);

CREATE TABLE feeds (
  name  TEXT PRIMARY KEY,
  mark  TEXT NOT NULL
) WITHOUT ROWID;
