CREATE TABLE events (
  incident  TEXT NOT NULL,
  sequence  INTEGER NOT NULL CHECK (sequence >= 1),
  at        TEXT NOT NULL,
  type      TEXT NOT NULL,
  payload   TEXT NOT NULL,
  PRIMARY KEY (incident, sequence)
) WITHOUT ROWID;

CREATE TABLE incidents (
  id         TEXT PRIMARY KEY,
  system     TEXT NOT NULL,
  lifecycle  TEXT NOT NULL,
  opened_at  TEXT NOT NULL,
  last_at    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX incidents_by_system ON incidents (system, lifecycle, opened_at);

CREATE TABLE incident_issues (
  incident    TEXT NOT NULL REFERENCES incidents (id),
  repository  TEXT NOT NULL,
  number      INTEGER NOT NULL,
  PRIMARY KEY (incident, repository, number)
) WITHOUT ROWID;

CREATE TABLE leases (
  system         TEXT PRIMARY KEY,
  holder         TEXT NOT NULL,
  host           TEXT NOT NULL,
  pid            INTEGER NOT NULL,
  process_start  TEXT NOT NULL,
  fence          INTEGER NOT NULL,
  expires_at     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE controls (
  system     TEXT PRIMARY KEY,
  paused_by  TEXT NOT NULL,
  paused_at  TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX events_by_type ON events (type, at);

-- The action log. An action without an outcome is either running or was cut off: succeeded is null.
CREATE VIEW action_log AS
SELECT
  started.at                                            AS at,
  started.incident                                      AS incident,
  incidents.system                                      AS system,
  json_extract(started.payload, '$.action.remedy')      AS remedy,
  json_extract(started.payload, '$.action.kind')        AS kind,
  json_extract(started.payload, '$.action.service')     AS service,
  json_extract(started.payload, '$.action.target')      AS target,
  json_extract(finished.payload, '$.succeeded')         AS succeeded,
  coalesce(json_extract(finished.payload, '$.detail'), 'outcome not recorded') AS details
FROM events AS started
JOIN incidents ON incidents.id = started.incident
LEFT JOIN events AS finished
  ON finished.incident = started.incident
 AND finished.sequence = (
       SELECT min(later.sequence) FROM events AS later
       WHERE later.incident = started.incident AND later.sequence > started.sequence
         AND later.type IN ('action_finished', 'action_started', 'flow_resumed'))
 AND finished.type = 'action_finished'
WHERE started.type = 'action_started';
