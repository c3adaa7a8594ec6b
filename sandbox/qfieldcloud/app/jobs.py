"""Jobs over HTTP: POST makes one pending, GET tells how it stands."""

import contextlib
import uuid

import psycopg2.extras

from database import connect

CHILD_TABLES = {
    "package": "core_packagejob",
    "delta_apply": "core_applyjob",
    "process_projectfile": "core_processprojectfilejob",
}


def create(project_id, job_type):
    job_id = str(uuid.uuid4())
    with contextlib.closing(connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_job (id, type, status, created_at, updated_at, container_id, created_by_id, triggered_by_id, project_id)"
            " VALUES (%s, %s, 'pending', now(), now(), '', 1, 1, %s)",
            (job_id, job_type, project_id),
        )
        cursor.execute(f"INSERT INTO {CHILD_TABLES[job_type]} (job_ptr_id) VALUES (%s)", (job_id,))
    return {"id": job_id, "type": job_type, "status": "pending", "project_id": project_id}


def find(job_id):
    with contextlib.closing(connect()) as connection, connection:
        with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
            cursor.execute(
                "SELECT id, project_id, type, status, output, feedback, created_at, started_at, finished_at"
                " FROM core_job WHERE id = %s",
                (job_id,),
            )
            return cursor.fetchone()


def latest(limit=50):
    with contextlib.closing(connect()) as connection, connection:
        with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
            cursor.execute(
                "SELECT id, project_id, type, status, created_at, started_at, finished_at"
                " FROM core_job ORDER BY created_at DESC LIMIT %s",
                (limit,),
            )
            return cursor.fetchall()
