-- The part of QFieldCloud's schema that jobs, deltas and crons live in, named and typed as Django makes it.

CREATE TABLE core_user (
  id serial PRIMARY KEY,
  username varchar(150) NOT NULL UNIQUE,
  email varchar(254) NOT NULL DEFAULT '',
  type smallint NOT NULL DEFAULT 1
);

CREATE TABLE core_project (
  id uuid PRIMARY KEY,
  name varchar(255) NOT NULL,
  description text NOT NULL DEFAULT '',
  the_qgis_file_name text,
  is_public boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  file_storage_bytes bigint NOT NULL DEFAULT 0,
  data_last_updated_at timestamptz,
  data_last_packaged_at timestamptz,
  file_storage varchar(100) NOT NULL DEFAULT 'default',
  locked_at timestamptz,
  owner_id integer NOT NULL REFERENCES core_user (id) DEFERRABLE INITIALLY DEFERRED,
  last_package_job_id uuid,
  CONSTRAINT project_owner_name_uniq UNIQUE (owner_id, name)
);

CREATE TABLE core_job (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  type varchar(32) NOT NULL,
  status varchar(32) NOT NULL,
  output text,
  feedback jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  docker_started_at timestamptz,
  docker_finished_at timestamptz,
  container_id varchar(64) NOT NULL DEFAULT '',
  created_by_id integer NOT NULL DEFAULT 1 REFERENCES core_user (id) DEFERRABLE INITIALLY DEFERRED,
  triggered_by_id integer NOT NULL DEFAULT 1 REFERENCES core_user (id) DEFERRABLE INITIALLY DEFERRED,
  project_id uuid NOT NULL REFERENCES core_project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX core_job_status ON core_job (status);
CREATE INDEX core_job_created_at ON core_job (created_at);
CREATE INDEX core_job_container_id ON core_job (container_id);
CREATE INDEX core_job_project_id ON core_job (project_id);

CREATE TABLE core_packagejob (
  job_ptr_id uuid PRIMARY KEY REFERENCES core_job (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE core_processprojectfilejob (
  job_ptr_id uuid PRIMARY KEY REFERENCES core_job (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE core_applyjob (
  job_ptr_id uuid PRIMARY KEY REFERENCES core_job (id) DEFERRABLE INITIALLY DEFERRED,
  overwrite_conflicts boolean NOT NULL DEFAULT true
);

CREATE TABLE core_delta (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  deltafile_id uuid NOT NULL,
  client_id uuid NOT NULL,
  content jsonb NOT NULL,
  last_status varchar(32) NOT NULL DEFAULT 'pending',
  last_feedback jsonb,
  last_modified_pk text,
  last_apply_attempt_at timestamptz,
  last_apply_attempt_by_id integer REFERENCES core_user (id) DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by_id integer NOT NULL REFERENCES core_user (id) DEFERRABLE INITIALLY DEFERRED,
  project_id uuid NOT NULL REFERENCES core_project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX core_delta_project_id ON core_delta (project_id);

CREATE TABLE core_applyjobdelta (
  id serial PRIMARY KEY,
  status varchar(32) NOT NULL DEFAULT 'pending',
  feedback jsonb,
  modified_pk text,
  apply_job_id uuid NOT NULL REFERENCES core_applyjob (job_ptr_id) DEFERRABLE INITIALLY DEFERRED,
  delta_id uuid NOT NULL REFERENCES core_delta (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE django_cron_cronjoblog (
  id serial PRIMARY KEY,
  code varchar(64) NOT NULL,
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  is_success boolean NOT NULL DEFAULT false,
  message text NOT NULL DEFAULT '',
  ran_at_time time
);
CREATE INDEX django_cron_cronjoblog_start_time ON django_cron_cronjoblog (start_time);

INSERT INTO core_user (username) VALUES ('sandbox');
INSERT INTO core_project (id, name, owner_id, the_qgis_file_name)
  SELECT ('00000000-0000-0000-0000-' || lpad(number::text, 12, '0'))::uuid, 'project' || number, 1, 'project.qgs'
  FROM generate_series(1, 50) AS number;
-- Field data that no repair may ever lose.
INSERT INTO core_delta (deltafile_id, client_id, content, last_status, created_by_id, project_id)
  SELECT gen_random_uuid(), gen_random_uuid(), '{"method": "create"}', 'pending', 1, id
  FROM core_project ORDER BY id LIMIT 10;
