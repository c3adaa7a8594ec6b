"""`manage.py runcrons`, run by ofelia every minute: one cron of upstream's, and a row for each run of it."""

import contextlib
import os

from database import connect

CRON = "qfieldcloud.set_terminated_workers_to_final_status"
# Upstream's wording and its gap: a `queued` row without `started_at` never matches.
FAIL_DEAD_JOBS = """
    UPDATE core_job
    SET status = 'failed', finished_at = now(), updated_at = now(), output = 'Job unexpectedly terminated.',
        feedback = '{"error": "Job unexpectedly terminated.", "error_origin": "worker_wrapper", "container_exit_code": -2}'
    WHERE status IN ('queued', 'started') AND started_at < now() - make_interval(secs => %s)
"""
GRACE_SECONDS = 10


def run():
    limit = int(os.environ["QFIELDCLOUD_WORKER_TIMEOUT_S"]) + GRACE_SECONDS
    with contextlib.closing(connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute(FAIL_DEAD_JOBS, (limit,))
        message = f"{cursor.rowcount} jobs set to failed"
        cursor.execute(
            "INSERT INTO django_cron_cronjoblog (code, start_time, end_time, is_success, message)"
            " VALUES (%s, now(), clock_timestamp(), true, %s)",
            (CRON, message),
        )
        cursor.execute("DELETE FROM django_cron_cronjoblog WHERE start_time < now() - interval '1 day'")
    print(f"INFO {CRON}: {message}", flush=True)
