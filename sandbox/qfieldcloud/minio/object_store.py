"""An object store over HTTP: buckets are folders of /data; HEAD, GET, PUT and DELETE of /bucket[/key].

Asks for the stack's credentials as S3 does (Signature Version 4) and answers 403 with S3's error code without them; a bucket that is
not there is 404 NoSuchBucket, a full disk 507. The health path is open, as in MinIO.
"""

import errno
import os
import signal
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from signature import refusal

ROOT = "/data"
PORT = 9000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.startswith("/minio/health/"):
            return self._send(200, b"ok")
        path = self._allowed_path(b"")
        if path is None:
            return None
        if os.path.isdir(path):
            return self._send(200, "\n".join(sorted(os.listdir(path))).encode())
        if not os.path.isfile(path):
            return self._refuse(404, "NoSuchBucket" if os.path.dirname(path) == ROOT else "NoSuchKey")
        with open(path, "rb") as file:
            return self._send(200, file.read())

    do_HEAD = do_GET

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self._allowed_path(body)
        if path is None:
            return
        try:
            self._store(path, body)
            self._send(200)
        except OSError as error:
            print(f"ERROR {error}", flush=True)
            self._send(507 if error.errno == errno.ENOSPC else 500, str(error).encode())

    def do_DELETE(self):
        path = self._allowed_path(b"")
        if path is None:
            return
        if os.path.isfile(path):
            os.remove(path)
        self._send(204)

    def _allowed_path(self, body):
        keys = os.environ["STORAGE_ACCESS_KEY_ID"], os.environ["STORAGE_SECRET_ACCESS_KEY"]
        code = refusal(self.command, self.path, self.headers, body, *keys)
        if code is not None:
            self._refuse(403, code)
            return None
        path = os.path.normpath(ROOT + self.path.split("?")[0])
        if path != ROOT and not path.startswith(ROOT + "/"):
            self._refuse(404, "NoSuchKey")
            return None
        bucket = os.path.join(ROOT, path[len(ROOT) + 1 :].split("/")[0])
        if path != bucket and not os.path.isdir(bucket):
            self._refuse(404, "NoSuchBucket")
            return None
        return path

    def _refuse(self, status, code):
        self._send(status, f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code></Error>".encode())

    @staticmethod
    def _store(path, body):
        if os.path.dirname(path) == ROOT:
            os.makedirs(path, exist_ok=True)
            return
        folder = os.path.dirname(path)
        os.makedirs(folder, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError:
            os.remove(part)
            raise

    def _send(self, code, body=b""):
        self.send_response(code)
        if code != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and code != 204:
            self.wfile.write(body)

    def log_message(self, format, *arguments):
        if not self.path.startswith("/minio/health/"):
            print(f"INFO {self.address_string()} {format % arguments}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("0.0.0.0", PORT), Handler).serve_forever()
