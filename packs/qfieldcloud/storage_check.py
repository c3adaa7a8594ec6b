"""Puts, reads and deletes one small object with the settings of the container this runs in; prints one JSON object.

Only the standard library: it is handed to python3 inside the app's and the workers' containers. Prints no key and no address.
"""

import datetime
import hashlib
import hmac
import http.client
import json
import os
import signal
import socket
import sys
import time

CODES = {
    "InvalidAccessKeyId": "credentials",
    "SignatureDoesNotMatch": "credentials",
    "AccessDenied": "credentials",
    "NoSuchBucket": "bucket",
    "RequestTimeTooSkewed": "clock",
}


class Refused(Exception):
    pass


def settings():
    env = os.environ
    if env.get("STORAGES"):
        options = json.loads(env["STORAGES"])["default"]["OPTIONS"]
        names = ("endpoint_url", "bucket_name", "access_key", "secret_key", "region_name")
        return [options.get(name) or "" for name in names]
    names = ("ENDPOINT_URL", "BUCKET_NAME", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION_NAME")
    return [env.get("STORAGE_" + name) or "" for name in names]


def sign(secret, parts, text):
    key = ("AWS4" + secret).encode()
    for part in parts:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def send(method, path, body=b""):
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, digest = now.strftime("%Y%m%dT%H%M%SZ"), hashlib.sha256(body).hexdigest()
    parts = [stamp[:8], region or "us-east-1", "s3", "aws4_request"]
    signed = "host;x-amz-content-sha256;x-amz-date"
    canonical = f"{method}\n{path}\n\nhost:{host}\nx-amz-content-sha256:{digest}\nx-amz-date:{stamp}\n\n{signed}\n{digest}"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{'/'.join(parts)}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    headers = {
        "x-amz-content-sha256": digest,
        "x-amz-date": stamp,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={access}/{'/'.join(parts)}, SignedHeaders={signed}, Signature={sign(secret, parts, text)}",
    }
    connection.request(method, path, body=body if method == "PUT" else None, headers=headers)
    answer = connection.getresponse()
    content = answer.read(65536)
    if answer.status >= 300:
        code = content.decode("utf-8", "replace").partition("<Code>")[2].partition("</Code>")[0]
        raise Refused(CODES.get(code) or {401: "credentials", 403: "credentials", 507: "full"}.get(answer.status, "refused"))
    return content


def give(ok, error):
    print(json.dumps({"ok": ok, "error": error, "ms": round(1000 * (time.monotonic() - started))}))
    sys.stdout.flush()
    os._exit(0)


started, connected = time.monotonic(), False
# A name that is gone can hold up its look-up longer than any time-out of a socket.
signal.signal(signal.SIGALRM, lambda *_: give(False, "unreachable"))
signal.alarm(3)
try:
    endpoint, bucket, access, secret, region = settings()
    scheme, _, rest = endpoint.partition("://")
    host, _, prefix = rest.rstrip("/").partition("/")
    if not (scheme in ("http", "https") and host and bucket and access and secret):
        give(False, "settings")
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, timeout=2)
    connection.connect()
    connected = True
    token = os.urandom(16).hex()
    path = f"/{prefix + '/' if prefix else ''}{bucket}/fieldmedic/{token}"
    send("PUT", path, token.encode())
    same = send("GET", path) == token.encode()
    send("DELETE", path)
    give(same, "" if same else "content")
except Refused as refused:
    give(False, str(refused))
except (KeyError, TypeError, ValueError):
    give(False, "settings")
except socket.timeout:
    # Not even a connection: a hung process whose queue is full looks like a firewall from here.
    give(False, "silent" if connected else "no_answer")
except (OSError, http.client.HTTPException):
    give(False, "silent" if connected else "unreachable")
