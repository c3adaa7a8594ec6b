"""A name server that knows no name: without one, the name of a stopped container is waited for instead of refused."""

import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((sys.argv[1], 53))
while True:
    query, client = server.recvfrom(512)
    end = 12
    while query[end]:
        end += query[end] + 1
    # The question again, no answers, NXDOMAIN.
    server.sendto(query[:2] + b"\x81\x83" + b"\x00\x01" + bytes(6) + query[12 : end + 5], client)
