-- Every time here is the server's: nodes need not agree on the hour.
CREATE TABLE incidents (
  id         text COLLATE "C" PRIMARY KEY,
  system     text NOT NULL,
  lifecycle  text NOT NULL,
  opened_at  timestamptz NOT NULL,
  last_at    timestamptz NOT NULL
);
CREATE INDEX incidents_by_system ON incidents (system, lifecycle, opened_at);
CREATE INDEX incidents_by_age ON incidents (opened_at, id);

-- The payload is text, not jsonb: what is read back is what was written, to the byte.
CREATE TABLE events (
  incident  text COLLATE "C" NOT NULL REFERENCES incidents (id),
  sequence  bigint NOT NULL CHECK (sequence >= 1),
  at        timestamptz NOT NULL,
  type      text NOT NULL,
  payload   text NOT NULL,
  PRIMARY KEY (incident, sequence)
);
CREATE INDEX events_by_type ON events (type, at) WHERE type IN ('action_started', 'verified');

CREATE TABLE incident_issues (
  incident    text COLLATE "C" NOT NULL REFERENCES incidents (id),
  repository  text NOT NULL,
  number      integer NOT NULL,
  PRIMARY KEY (incident, repository, number)
);

CREATE TABLE leases (
  system         text PRIMARY KEY,
  holder         text NOT NULL,
  machine        text NOT NULL,
  pid            integer NOT NULL,
  process_start  text NOT NULL,
  fence          bigint NOT NULL,
  expires_at     timestamptz NOT NULL
);

CREATE TABLE controls (
  system     text PRIMARY KEY,
  paused_by  text NOT NULL,
  paused_at  timestamptz NOT NULL
);

-- Typed fields only. No column may ever hold text that people wrote.
CREATE TABLE deliveries (
  sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           text NOT NULL UNIQUE,
  occurrence   text UNIQUE,
  kind         text NOT NULL,
  repository   text,
  issue        integer,
  comment      bigint,
  actor_id     bigint,
  actor_login  text,
  actor_type   text,
  happened_at  timestamptz NOT NULL,
  accepted_at  timestamptz NOT NULL,
  finished_at  timestamptz,
  outcome      text
);
CREATE INDEX deliveries_unfinished ON deliveries (sequence) WHERE finished_at IS NULL;
CREATE INDEX deliveries_by_issue ON deliveries (repository, issue, sequence);

CREATE TABLE feeds (
  name  text PRIMARY KEY,
  mark  timestamptz NOT NULL
);
