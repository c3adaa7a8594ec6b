"""What the stack needs of ofelia: job-exec labels with '@every', no overlap, run through the Docker API's exec."""

import http.client
import json
import os
import re
import shlex
import signal
import socket
import time
import urllib.parse

SOCKET_PATH = "/var/run/docker.sock"
SCHEDULE = re.compile(r"ofelia\.job-exec\.([^.]+)\.schedule$")
UNITS = {"s": 1, "m": 60, "h": 3600}


class SocketConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(SOCKET_PATH)


def call(method, path, body=None):
    connection = SocketConnection("docker")
    try:
        content = json.dumps(body) if body is not None else None
        connection.request(method, f"/v1.41{path}", content, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = response.read()
    finally:
        connection.close()
    if response.status >= 400:
        raise RuntimeError(f"{response.status} {answer.decode(errors='replace').strip()}")
    return answer


def every_seconds(schedule):
    number, unit = re.fullmatch(r"@every (\d+)([smh])", schedule).groups()
    return int(number) * UNITS[unit]


def run(container_id, command):
    execution = json.loads(
        call(
            "POST",
            f"/containers/{container_id}/exec",
            {"AttachStdout": True, "AttachStderr": True, "Cmd": shlex.split(command)},
        )
    )["Id"]
    output = call("POST", f"/exec/{execution}/start", {"Detach": False, "Tty": False})
    code = json.loads(call("GET", f"/exec/{execution}/json"))["ExitCode"]
    return code, output[8:].decode(errors="replace").strip()


def scheduled_jobs(project):
    labels = ["ofelia.enabled=true", f"com.docker.compose.project={project}"]
    filters = urllib.parse.quote(json.dumps({"label": labels, "status": ["running"]}))
    for container in json.loads(call("GET", f"/containers/json?filters={filters}")):
        for label, schedule in container["Labels"].items():
            match = SCHEDULE.match(label)
            if match:
                name = match[1]
                yield container["Id"], name, every_seconds(schedule), container["Labels"][f"ofelia.job-exec.{name}.command"]


def main():
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    own = json.loads(call("GET", f"/containers/{socket.gethostname()}/json"))
    project = own["Config"]["Labels"]["com.docker.compose.project"]
    due = {}
    while True:
        for container_id, name, seconds, command in scheduled_jobs(project):
            key = (container_id, name)
            # The first run comes soon, so that a sandbox just started has a row to show.
            if time.monotonic() < due.setdefault(key, time.monotonic() + min(seconds, 2)):
                continue
            due[key] = time.monotonic() + seconds
            try:
                code, output = run(container_id, command)
                print(f"[Job {name}] exit={code} {output}", flush=True)
            except (OSError, RuntimeError) as error:
                print(f"[Job {name}] ERROR {error}", flush=True)
        time.sleep(1)


if __name__ == "__main__":
    main()
