"""A memcached client that ignores every error, as upstream's `ignore_exc` does: without memcached the site stays up, uncached."""

import socket

ADDRESS = ("memcached", 11211)
TIMEOUT_SECONDS = 2
ENDINGS = (b"END\r\n", b"STORED\r\n", b"ERROR\r\n")


def get(key):
    try:
        reply = _ask(f"get {key}\r\n".encode())
    except OSError:
        return None
    if not reply.startswith(b"VALUE"):
        return None
    return reply.split(b"\r\n", 1)[1].rsplit(b"\r\nEND", 1)[0]


def put(key, value, seconds):
    try:
        _ask(f"set {key} 0 {seconds} {len(value)}\r\n".encode() + value + b"\r\n")
    except OSError:
        pass


def _ask(command):
    with socket.create_connection(ADDRESS, TIMEOUT_SECONDS) as connection:
        connection.sendall(command)
        reply = b""
        while not reply.endswith(ENDINGS):
            received = connection.recv(65536)
            if not received:
                break
            reply += received
        return reply
