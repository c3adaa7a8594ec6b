"""Asks the app by its name in the project's network, past nginx, and the database with the app's own settings; prints one JSON object.

It is handed to python3 inside the app's container. Any answer below 500 means that the app answers. That the database answers others
says nothing about the app: its password may be wrong, or its way be barred. Without the app's driver the database is not tried.
Prints no address and no password.
"""

import http.client
import json
import os
import signal
import socket
import sys
import threading
import time

SIGNS = {"password authentication": "credentials", "no password": "credentials", "translate host name": "name", "refused": "refused", "timeout": "silent", "too many": "connections", "slots": "connections"}
answer = {"ok": False, "status": 0, "database": "not_tried", "database_refused": False, "database_addresses": 0}


def give():
    print(json.dumps({**answer, "ms": round(1000 * (time.monotonic() - started))}))
    sys.stdout.flush()
    os._exit(0)


def ask_database():
    env = os.environ
    if not env.get("POSTGRES_HOST"):
        return
    try:
        import psycopg2 as driver
    except ImportError:
        return
    try:
        answer.update(database_addresses=len({a[4][0] for a in socket.getaddrinfo(env["POSTGRES_HOST"], None, socket.AF_INET)}))
    except OSError:
        pass
    try:
        driver.connect(
            host=env["POSTGRES_HOST"],
            port=env.get("POSTGRES_PORT") or "5432",
            dbname=env.get("POSTGRES_DB"),
            user=env.get("POSTGRES_USER"),
            password=env.get("POSTGRES_PASSWORD"),
            sslmode=env.get("POSTGRES_SSLMODE") or "prefer",
            connect_timeout=2,
            application_name="fieldmedic",
        ).close()
        answer.update(database="reached")
    except driver.Error as error:
        text = str(error)
        answer.update(database=next((name for sign, name in SIGNS.items() if sign in text), "other"), database_refused=True)


started = time.monotonic()
signal.signal(signal.SIGALRM, lambda *_: give())
signal.alarm(4)
asking = threading.Thread(target=ask_database, daemon=True)
asking.start()
try:
    connection = http.client.HTTPConnection("app", 8000, timeout=3)
    hosts = (os.environ.get("DJANGO_ALLOWED_HOSTS") or "localhost").split()
    connection.request("GET", "/api/v1/status/", headers={"Host": hosts[0]})
    status = connection.getresponse().status
    answer.update(ok=status < 500, status=status)
except (OSError, http.client.HTTPException):
    pass
asking.join()
give()
