"""One job: claimed row -> QGIS container -> final state, with upstream's order of writes and its error words."""

import json
import os
import shutil
import sys
import tempfile
import traceback

import docker_api

TIMED_OUT = -1
# Blank, because the job's image was built by compose and would hand its labels down: a job is no service container.
NO_COMPOSE_LABELS = {
    "com.docker.compose.project": "",
    "com.docker.compose.service": "",
    "com.docker.compose.version": "",
}


def worker_label():
    return os.environ["ENVIRONMENT"] + "_worker"


def run_job(connection, job_id, project_id, job_type):
    try:
        _update(connection, job_id, "status = 'started', started_at = now()")
        if _has_other_live_job(connection, job_id, project_id):
            _update(connection, job_id, "status = 'pending', started_at = NULL")
            print(f"INFO Concurrent jobs occurred for job {job_id}", flush=True)
            return
        output, feedback = _run_container(connection, job_id, project_id, job_type)
        _update(connection, job_id, "output = %s, feedback = %s", output, json.dumps(feedback))
        if feedback["container_exit_code"] != 0 or feedback.get("error"):
            _update(connection, job_id, "status = 'failed'")
            print(f"ERROR Failed job {job_id}: {feedback.get('error')}", file=sys.stderr)
        else:
            _update(connection, job_id, "status = 'finished', finished_at = now()")
            print(f"INFO Finished job {job_id}", flush=True)
    except Exception as error:
        feedback = {
            "error": str(error),
            "error_origin": "worker_wrapper",
            "error_class": type(error).__name__,
            "error_stack": traceback.format_exc(),
        }
        print(f"ERROR Failed job run: {json.dumps(feedback)}", file=sys.stderr)
        _update(connection, job_id, "status = 'failed', feedback = %s, finished_at = now()", json.dumps(feedback))


def _run_container(connection, job_id, project_id, job_type):
    shared = tempfile.mkdtemp(dir=os.environ["TMP_DIRECTORY"])
    os.chmod(shared, 0o777)
    try:
        _update(connection, job_id, "docker_started_at = now()")
        container_id = _create_container(job_id, project_id, job_type, shared)
        docker_api.call("POST", f"/containers/{container_id}/start")
        _update(connection, job_id, "container_id = %s", container_id)
        print(f"INFO Starting worker {container_id}", flush=True)
        exit_code = _wait(container_id)
        _update(connection, job_id, "docker_finished_at = now()")
        output = docker_api.logs(container_id)
        docker_api.call("DELETE", f"/containers/{container_id}?force=1")
        feedback = _read_feedback(exit_code, shared)
        feedback["container_exit_code"] = exit_code
        return output, feedback
    finally:
        shutil.rmtree(shared, ignore_errors=True)


def _create_container(job_id, project_id, job_type, shared):
    megabytes = int(os.environ["WORKER_QGIS_MEMORY_LIMIT"].rstrip("m"))
    labels = {"app": worker_label(), "type": job_type, "job_id": str(job_id), "project_id": str(project_id)}
    created = docker_api.call_json(
        "POST",
        "/containers/create",
        {
            "Image": os.environ["QFIELDCLOUD_QGIS_IMAGE_NAME"],
            "Cmd": ["python3", "entrypoint.py", job_type, str(project_id)],
            "Env": [f"{name}={os.environ[name]}" for name in ("SANDBOX_JOB_SECONDS", "SANDBOX_JOB_MEGABYTES")],
            "Labels": NO_COMPOSE_LABELS | labels,
            "HostConfig": {
                "Binds": [f"{shared}:/io/:rw"],
                "NetworkMode": os.environ["QFIELDCLOUD_DEFAULT_NETWORK"],
                "Memory": megabytes * 1024 * 1024,
            },
        },
    )
    return created["Id"]


def _wait(container_id):
    try:
        limit = int(os.environ["QFIELDCLOUD_WORKER_TIMEOUT_S"])
        return docker_api.call_json("POST", f"/containers/{container_id}/wait", timeout=limit)["StatusCode"]
    except OSError:
        return TIMED_OUT


def _read_feedback(exit_code, shared):
    if exit_code == 137:
        return {"error": "Docker engine sigkill.", "error_type": "DOCKER_ENGINE_SIGKILL", "error_origin": "container"}
    if exit_code == TIMED_OUT:
        return {"error": "Worker timeout error.", "error_type": "TIMEOUT", "error_origin": "container"}
    try:
        with open(os.path.join(shared, "feedback.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        return {"error": str(error), "error_origin": "worker_wrapper", "error_class": type(error).__name__}


def _has_other_live_job(connection, job_id, project_id):
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM core_job WHERE project_id = %s AND status IN ('queued', 'started') AND id <> %s",
            (project_id, job_id),
        )
        return cursor.fetchone()[0] > 0


def _update(connection, job_id, changes, *values):
    with connection, connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_job SET {changes}, updated_at = now() WHERE id = %s", (*values, job_id))
