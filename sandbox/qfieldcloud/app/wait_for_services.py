"""Upstream's entrypoint waits 30 s for the database and then goes on without it."""

import contextlib
import time

import psycopg2

from database import connect

LIMIT_SECONDS = 30
PAUSE_SECONDS = 0.5


def wait_for_database():
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with contextlib.closing(connect()):
                return True
        except psycopg2.OperationalError as error:
            print(f"WARNING The database is not there yet: {error}".replace("\n", " "), flush=True)
            time.sleep(PAUSE_SECONDS)
    return False
