"""The body of /api/v1/status/: database and storage, up to 60 s old, and never a word on workers or the queue."""

import json
import sys

import cache
import storage
from database import connect

CACHE_KEY = "status"
CACHE_SECONDS = 60


def read():
    cached = cache.get(CACHE_KEY)
    if cached is not None:
        return cached
    body = json.dumps(
        {
            "database": _check("database", _select_one),
            "storage": _check("storage", storage.head_bucket),
            "status_page_url": None,
            "incident_message": None,
            "incident_timestamp_utc": None,
            "maintenance_message": None,
            "maintenance_start_timestamp_utc": None,
            "maintenance_end_timestamp_utc": None,
        }
    ).encode()
    cache.put(CACHE_KEY, body, CACHE_SECONDS)
    return body


def _select_one():
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    finally:
        connection.close()


def _check(name, probe):
    try:
        probe()
        return "ok"
    except Exception as error:
        print(f"ERROR {name} raised an error while checking status: {error}".replace("\n", " "), file=sys.stderr)
        return "error"
