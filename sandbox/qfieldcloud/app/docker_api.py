"""The few calls of the Docker Engine API that workers need, over the mounted socket."""

import http.client
import json
import socket
import urllib.parse

SOCKET_PATH = "/var/run/docker.sock"
API_VERSION = "v1.41"


class DockerError(Exception):
    def __init__(self, status, message):
        super().__init__(f"{status} {message}")
        self.status = status


class _SocketConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(SOCKET_PATH)
        except OSError as error:
            raise ConnectionError(f"Error while fetching server API version: {error}") from error


def call(method, path, body=None, timeout=60):
    connection = _SocketConnection("docker", timeout=timeout)
    try:
        connection.request(
            method,
            f"/{API_VERSION}{path}",
            json.dumps(body) if body is not None else None,
            {"Content-Type": "application/json"},
        )
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status >= 400:
        raise DockerError(response.status, content.decode(errors="replace").strip())
    return content


def call_json(method, path, body=None, timeout=60):
    return json.loads(call(method, path, body, timeout))


def running_containers(label):
    filters = urllib.parse.quote(json.dumps({"label": [label], "status": ["running"]}))
    return call_json("GET", f"/containers/json?filters={filters}")


def logs(container_id):
    """The container's output without the frame headers of a container that has no terminal."""
    content = call("GET", f"/containers/{container_id}/logs?stdout=1&stderr=1")
    lines, position = [], 0
    while position + 8 <= len(content):
        length = int.from_bytes(content[position + 4 : position + 8], "big")
        lines.append(content[position + 8 : position + 8 + length])
        position += 8 + length
    return b"".join(lines).decode(errors="replace").replace("\x00", "")
