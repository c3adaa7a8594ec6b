"""`manage.py dequeue`, after upstream: take the oldest pending job of a project without a live job, run it, repeat."""

import os
import time

import docker_api
from database import connect
from job_run import run_job, worker_label
from shutdown import Shutdown
from wait_for_services import wait_for_database

IDLE_SECONDS = 1
# A job container is known in the database a moment after it was started.
ORPHAN_GRACE_SECONDS = 5

# One dead `queued` or `started` row blocks its project for ever: this is upstream's behaviour and wanted here.
TAKE_NEXT = """
    SELECT id, project_id, type
    FROM core_job AS job
    WHERE status = 'pending'
      AND project_id NOT IN (SELECT project_id FROM core_job WHERE status IN ('queued', 'started'))
      AND NOT EXISTS (SELECT 1 FROM core_project WHERE id = job.project_id AND locked_at IS NOT NULL)
    ORDER BY created_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
"""


def dequeue():
    shutdown = Shutdown()
    wait_for_database()
    os.makedirs(os.environ["TMP_DIRECTORY"], exist_ok=True)
    print("INFO Dequeue QFieldCloud jobs from the database", flush=True)
    connection = connect()
    while not shutdown.asked:
        cancel_orphaned_workers(connection)
        job = take_next_job(connection, shutdown)
        if job is None:
            time.sleep(IDLE_SECONDS)
            continue
        run_job(connection, *job)
        shutdown.end_job()


def take_next_job(connection, shutdown):
    with connection, connection.cursor() as cursor:
        cursor.execute(TAKE_NEXT)
        job = cursor.fetchone()
        if job is None or not shutdown.begin_job():
            return None
        print(f"INFO Dequeued job {job[0]}, run!", flush=True)
        cursor.execute("UPDATE core_job SET status = 'queued', updated_at = now() WHERE id = %s", (job[0],))
    return job


def cancel_orphaned_workers(connection):
    """Asks Docker in every round, as upstream: trouble with the socket ends the worker even when the queue is empty."""
    running = docker_api.running_containers(f"app={worker_label()}")
    old = [item["Id"] for item in running if time.time() - item["Created"] > ORPHAN_GRACE_SECONDS]
    if not old:
        return
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT container_id FROM core_job WHERE container_id = ANY(%s)", (old,))
        known = {row[0] for row in cursor.fetchall()}
    for container_id in set(old) - known:
        try:
            docker_api.call("DELETE", f"/containers/{container_id}?force=1")
            print(f"INFO Cancelled orphaned worker {container_id}", flush=True)
        except docker_api.DockerError as error:
            print(f"WARNING Orphaned worker {container_id} could not be cancelled: {error}", flush=True)
