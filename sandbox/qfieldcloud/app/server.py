"""The web app: a small HTTP server with as many slots as upstream's gunicorn has threads."""

import json
import os
import signal
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jobs
import status

PORT = 8000
# gunicorn's three workers of three threads: hung requests fill it up, as in the real app.
SLOTS = threading.BoundedSemaphore(9)
PAGE = b"<!doctype html><html lang=\"en\"><title>QFieldCloud sandbox</title><p>QFieldCloud sandbox</p></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer_request(self):
        with SLOTS:
            try:
                self._route(self.path.split("?")[0])
            except Exception as error:
                print(f"ERROR {type(error).__name__}: {error}".replace("\n", " "), file=sys.stderr)
                self._send_json(500, {"detail": "Internal server error"})

    do_GET = do_HEAD = do_POST = answer_request

    def _route(self, path):
        if path == "/api/v1/status/":
            self._send(200, status.read(), "application/json")
        elif path == "/api/v1/jobs/" and self.command == "POST":
            self._create_job()
        elif path == "/api/v1/jobs/":
            self._send_json(200, jobs.latest())
        elif path.startswith("/api/v1/jobs/"):
            self._show_job(path.split("/")[4])
        elif path in ("/", "/admin/", "/swagger/"):
            self._send(200, PAGE, "text/html")
        else:
            self._send_json(404, {"detail": "Not found."})

    def _create_job(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            wanted = json.loads(body)
            project_id = str(uuid.UUID(wanted["project_id"]))
            job_type = wanted.get("type", "package")
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._send_json(400, {"detail": "A project_id is needed."})
        if job_type not in jobs.CHILD_TABLES:
            return self._send_json(400, {"detail": "This type of job is not known."})
        return self._send_json(201, jobs.create(project_id, job_type))

    def _show_job(self, job_id):
        try:
            job = jobs.find(str(uuid.UUID(job_id)))
        except ValueError:
            job = None
        self._send_json(200 if job else 404, job or {"detail": "Not found."})

    def _send_json(self, code, value):
        self._send(code, json.dumps(value, default=str).encode(), "application/json")

    def _send(self, code, body, content_type):
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *arguments):
        print(f"INFO {self.address_string()} {format % arguments}", flush=True)


def run():
    # Process 1 has no default handlers; a hung request must not hold the stop.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("0.0.0.0", PORT), Handler).serve_forever()
