-- Limits look back over one system for every action: its incidents first, then of each the two kinds of events that count,
-- so that a store of a thousand systems answers as quickly as one of a single system.
DROP INDEX events_by_type;
CREATE INDEX events_that_count ON events (incident, type, at) WHERE type IN ('action_started', 'verified');

-- The action log. An action without an outcome is either running or was cut off: succeeded is null.
DROP VIEW action_log;
CREATE VIEW action_log AS
SELECT
  started.at                                            AS at,
  started.incident                                      AS incident,
  incidents.system                                      AS system,
  incidents.last_at                                     AS incident_changed_at,
  json_extract(started.payload, '$.action.remedy')      AS remedy,
  json_extract(started.payload, '$.action.kind')        AS kind,
  json_extract(started.payload, '$.action.service')     AS service,
  json_extract(started.payload, '$.action.target')      AS target,
  json_extract(finished.payload, '$.succeeded')         AS succeeded,
  coalesce(json_extract(finished.payload, '$.detail'), 'outcome not recorded') AS details
FROM incidents
CROSS JOIN events AS started
  ON started.incident = incidents.id
 AND started.type = 'action_started'
 AND started.type IN ('action_started', 'verified')
LEFT JOIN events AS finished
  ON finished.incident = started.incident
 AND finished.sequence = (
       SELECT min(later.sequence) FROM events AS later
       WHERE later.incident = started.incident AND later.sequence > started.sequence
         AND later.type IN ('action_finished', 'action_started', 'flow_resumed'))
 AND finished.type = 'action_finished';
